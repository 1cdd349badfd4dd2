"""Data packs that came on a stick, laid beside those that came by the line until a clerk installs them."""

import contextlib
import errno
import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from counter_app.domain.errors import EnvironmentProblem
from counter_protocol.messages import PackOffer

_SHA256 = re.compile(r"[0-9a-f]{64}")
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


class CarriedPacks:
    """Implements `services.carry.carry_port.PackShelf` in the folder of incoming packs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, offer: PackOffer, pieces: Iterable[bytes]) -> bool:
        """As `PackShelf.keep`. The sum is the file's only name: no name of the sender's is ever used."""
        if _SHA256.fullmatch(offer.sha256) is None:
            return False
        target = self._folder / offer.sha256
        unfinished = target.with_name(f"{offer.sha256}.carried")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if not _write(unfinished, offer, pieces):
                return False
            unfinished.replace(target)
        except OSError as error:
            if error.errno in _FULL:
                raise EnvironmentProblem("disk_full") from error
            raise EnvironmentProblem("pack_not_written", reason=error.strerror or "") from error
        finally:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
        return True


def _write(path: Path, offer: PackOffer, pieces: Iterable[bytes]) -> bool:
    """Write the pieces; tell whether they are what was offered."""
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for piece in pieces:
            size += len(piece)
            if size > offer.size:
                return False
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return size == offer.size and digest.hexdigest() == offer.sha256
