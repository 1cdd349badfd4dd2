"""What the gateway has taken already: a file of one line each, so that a second run sends the rest only.

It holds codes of dossiers and hashes of messages, nothing a citizen said.
"""

import hashlib
import os
from pathlib import Path
from types import TracebackType

import msgspec

from counter_server.dvcqg.messages import HoSo, TienTrinh


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    kind: str
    sha256: str
    as_of: int = 0


class SentBook:
    """Open while sending. Each line is on the disk before the next call is made."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._dossiers: dict[str, _Line] = {}
        self._steps: set[tuple[str, str]] = set()
        self._descriptor = -1

    def __enter__(self) -> "SentBook":
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        text = self._path.read_bytes()
        whole = text.rfind(b"\n") + 1
        os.truncate(self._descriptor, whole)  # a line a power cut left unfinished
        for line in text[:whole].splitlines():
            self._keep(msgspec.json.decode(line, type=_Line))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._descriptor)

    def knows(self, dossier: HoSo) -> bool:
        """Tell whether the gateway has taken the dossier just as it is now."""
        line = self._dossiers.get(dossier.MaHoSo)
        return line is not None and line.sha256 == _hash(dossier)

    def is_newer(self, code: str, as_of: int) -> bool:
        """Tell whether the gateway has taken a later state of the dossier: an old export must not undo it."""
        line = self._dossiers.get(code)
        return line is not None and line.as_of > as_of

    def new_steps(self, steps: list[TienTrinh]) -> list[TienTrinh]:
        """Return the steps the gateway has not taken."""
        return [step for step in steps if (step.MaHoSo, _hash(step)) not in self._steps]

    def took(self, message: HoSo | TienTrinh, as_of: int = 0) -> None:
        """Note that the gateway has taken a message."""
        kind = "HoSo" if isinstance(message, HoSo) else "TienTrinh"
        line = _Line(code=message.MaHoSo, kind=kind, sha256=_hash(message), as_of=as_of)
        os.write(self._descriptor, msgspec.json.encode(line) + b"\n")
        os.fsync(self._descriptor)
        self._keep(line)

    def _keep(self, line: _Line) -> None:
        if line.kind == "HoSo":
            self._dossiers[line.code] = line
        else:
            self._steps.add((line.code, line.sha256))


def _hash(message: HoSo | TienTrinh) -> str:
    return hashlib.sha256(msgspec.json.encode(message)).hexdigest()
