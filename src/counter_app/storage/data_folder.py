"""What lies where in the data folder, and that only its owner can read it."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

from counter_app.domain.errors import EnvironmentProblem

_OWNER_ONLY_FOLDER = 0o700
_OWNER_ONLY_FILE = 0o600


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The files of one counter; none of their names says anything about a citizen."""

    root: Path

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.root / "counter.db"

    @property
    def unfinished_database(self) -> Path:
        """A database still being set up; it holds nothing yet and is renamed when it is whole."""
        return self.root / "counter.db.unfinished"

    @property
    def key_record(self) -> Path:
        """Where the key is kept (never the key)."""
        return self.root / "key.json"

    @property
    def key_file(self) -> Path:
        """The key itself, only where no keyring exists."""
        return self.root / "counter.key"

    @property
    def lock(self) -> Path:
        """The lock of the one writing program."""
        return self.root / "counter.lock"

    @property
    def reserve(self) -> Path:
        """Space given back when the disk is full."""
        return self.root / "reserve.bin"

    @property
    def cache(self) -> Path:
        """Files that can be made again, and so may be deleted."""
        return self.root / "cache"

    @property
    def backups(self) -> Path:
        """Copies of the database from before a change of its schema."""
        return self.root / "backups"

    @property
    def told_of_log(self) -> Path:
        """Which damaged log was told of: a sum, until the database is open."""
        return self.root / "log-damaged"

    def make(self) -> None:
        """Make the folders.

        Raises:
            EnvironmentProblem: ``folder_not_writable``.
        """
        try:
            for folder in (self.root, self.cache, self.backups):
                if not folder.is_dir():
                    folder.mkdir(parents=True, exist_ok=True)
                    # A database that is durable in a folder that is not would be gone after a power cut.
                    sync_folder(folder.parent)
                folder.chmod(_OWNER_ONLY_FOLDER)
        except OSError as error:
            raise EnvironmentProblem("folder_not_writable") from error

    def keep_private(self) -> None:
        """Take every right from group and others; a file we may not change is left alone."""
        for file in self.root.iterdir():
            if file.is_file():
                with contextlib.suppress(OSError):
                    file.chmod(_OWNER_ONLY_FILE)


def write_private(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner only.

    Raises:
        OSError: it cannot be written; what was there before is untouched.
    """
    unfinished = path.with_name(path.name + ".unfinished")
    with contextlib.suppress(FileNotFoundError):
        unfinished.unlink()
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY_FILE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    sync_folder(path.parent)


def discard_database(path: Path) -> None:
    """Remove what an interrupted set-up or upgrade left (never anybody's data), log included."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename durable; Windows has no such call and does it by itself."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
