"""The folder the scanner's own software writes into: files are taken once they have stopped growing.

Nothing is ever deleted: a file that was stored moves into the folder ``da-nhan`` beside the others.
"""

import stat
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from counter_app.domain.errors import EnvironmentProblem
from counter_app.domain.working_calendar import OFFICE_ZONE

TAKEN = "da-nhan"
_ENDINGS = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"})
_MOST = 200  # newest first; a folder with more is somebody's archive


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFile:
    """A file in the folder. ``settled``: it was as large when it was last looked at, so it is whole."""

    path: Path
    size: int
    written_at: datetime
    settled: bool


class ScanFolder:
    """Looks into a folder; the caller looks again every second or two."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen: dict[Path, tuple[int, int]] = {}

    def look(self) -> Sequence[WaitingFile]:
        """Return what lies there, the newest first.

        Raises:
            EnvironmentProblem: ``scan_folder_missing``.
        """
        try:
            found = [(path, path.lstat()) for path in self.folder.iterdir() if _may_be_scan(path)]
        except OSError as problem:
            raise EnvironmentProblem("scan_folder_missing") from problem
        plain = [(path, state) for path, state in found if stat.S_ISREG(state.st_mode)]
        newest = sorted(plain, key=lambda each: each[1].st_mtime_ns, reverse=True)[:_MOST]
        before = self._seen
        self._seen = {path: (state.st_size, state.st_mtime_ns) for path, state in newest}
        return [
            WaitingFile(
                path=path,
                size=state.st_size,
                written_at=datetime.fromtimestamp(state.st_mtime, OFFICE_ZONE),
                settled=state.st_size > 0 and before.get(path) == self._seen[path],
            )
            for path, state in newest
        ]

    def put_away(self, path: Path) -> Path | None:
        """Move a stored file to ``da-nhan`` under a name nothing has there; None when it cannot be moved."""
        target = self.folder / TAKEN / path.name
        try:
            target.parent.mkdir(exist_ok=True)
            number = 2
            while target.exists():
                target = target.with_name(f"{path.stem}-{number}{path.suffix}")
                number += 1
            path.rename(target)
        except OSError:
            return None  # the scan itself is safe; the file just stays where it is
        return target


def _may_be_scan(path: Path) -> bool:
    """By its ending only, to leave out the scanner's own files; what it is, its content says later."""
    return path.suffix.lower() in _ENDINGS and not path.name.startswith((".", "~"))
