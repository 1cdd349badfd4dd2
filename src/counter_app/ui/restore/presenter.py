"""What the guided restore does beside the window: look, unpack and check, put in place; plain values out."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from counter_app.services.backup.backup_port import SUFFIX
from counter_app.services.backup.restore import Restored, restore
from counter_app.services.backup.salvage import Salvaged, SavedData, go_on_with, save_what_is_left

if TYPE_CHECKING:
    from counter_app.domain.errors import KnownError
    from counter_app.services.backup.backup_port import BackupManifest, PreparedRestore
    from counter_app.services.desk import Desk
    from counter_app.ui.operations import Operations

T = TypeVar("T")
Failed = Callable[["KnownError"], None]


class RestorePresenter:
    """Holds what is unpacked between the steps. ``touched``: the program must start anew to go on."""

    def __init__(self, desk: "Desk", operations: "Operations") -> None:
        self._desk = desk
        self._operations = operations.beside()
        self._prepared: PreparedRestore | None = None
        self._saved: SavedData | None = None
        self.file: Path | None = None
        self._typed = ""
        self.touched = False

    @property
    def own_folder(self) -> Path | None:
        """Where this counter's own backups lie, None when there is none."""
        folder = self._desk.backups.own_folder
        return folder if any(folder.glob(f"*{SUFFIX}")) else None

    def look(self, file: Path, done: "Callable[[BackupManifest, bool], None]", failed: Failed) -> None:
        """Tell what a file says of itself, and whether this machine has its key."""

        def work() -> "tuple[BackupManifest, bool]":
            manifest = self._desk.backups.look(file)
            return manifest, self._desk.backups.opens_with_own_key(manifest)

        def looked(found: "tuple[BackupManifest, bool]") -> None:
            self.file = file
            done(*found)

        self._run(work, looked, failed)

    def prepare(self, typed: str, done: "Callable[[PreparedRestore], None]", failed: Failed) -> None:
        """Unpack and check the file; the present data is closed for it and stays as it is."""
        file, self._typed = self.file, typed
        if file is None:
            return

        def work() -> "PreparedRestore":
            self._close_data()
            return self._desk.backups.prepare(file, typed)

        def prepared(found: "PreparedRestore") -> None:
            self._prepared = found
            done(found)

        self._run(work, prepared, failed)

    def prepare_again(self, done: "Callable[[PreparedRestore], None]", failed: Failed) -> None:
        """Unpack the same file once more, with what opened it before."""
        self.prepare(self._typed, done, failed)

    def put_in_place(self, slip: str, done: Callable[[Restored], None], failed: Failed) -> None:
        """Let what was unpacked be the data from now on."""
        prepared, self._prepared = self._prepared, None
        if prepared is not None:
            desk = self._desk
            by = self._asked_by()
            self._run(lambda: restore(prepared, desk.clock, desk.ids, slip=slip, clerk=by), done, failed)

    def save_what_is_left(self, done: Callable[[SavedData], None], failed: Failed) -> None:
        """Read what can be read of the damaged data."""

        def work() -> SavedData:
            self._close_data()
            return save_what_is_left(self._desk.backups, self._desk.clock)

        def saved(found: SavedData) -> None:
            self._saved = found
            done(found)

        self._run(work, saved, failed)

    def go_on(self, slip: str, done: Callable[[Salvaged], None], failed: Failed) -> None:
        """Let what was saved be the data from now on."""
        saved, self._saved = self._saved, None
        if saved is not None:
            desk = self._desk
            by = self._asked_by()
            self._run(lambda: go_on_with(saved, desk.clock, desk.ids, slip=slip, clerk=by), done, failed)

    def _asked_by(self) -> str:
        """Return who signed in before, "" where the data did not open."""
        present = self._desk.session.present
        return "" if present is None else present.full_name

    def give_up(self) -> None:
        """Remove what was unpacked and not put in place."""
        if self._prepared is not None:
            self._prepared.discard()
        if self._saved is not None:
            self._saved.prepared.discard()
        self._prepared = self._saved = None

    def _close_data(self) -> None:
        self.touched = True
        if self._desk.sync is not None:
            self._desk.sync.stop()
        self._desk.store.close()

    def _run(self, work: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        self._operations.run_command(work, done=done, failed=failed, changes=False)
