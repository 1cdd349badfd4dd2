"""Puts a restored data folder in the place of the present one; at every moment one of them is whole.

The new folder grows beside the data folder as ``<name>.restoring``. When it is whole and durable it gets a
mark; then the present folder is renamed to ``<name>.truoc-<moment>`` (never deleted) and the new one takes
its name. Two renames cannot be one, so `settle` is asked at every start: a marked folder whose place is free
is put there, one whose place is still taken, or which has no mark, is removed: the data of before counts.
"""

import contextlib
import json
import os
import shutil
from pathlib import Path

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage.data_folder import DataFolder, sync_folder, write_private
from counter_app.storage.instance_lock import InstanceLock

OUTCOME = "restored.json"
_MARK = "ready.json"


def growing_folder(data_dir: Path) -> Path:
    """Return where a restored folder is made."""
    return data_dir.with_name(data_dir.name + ".restoring")


def restore_lock(data_dir: Path) -> Path:
    """Return the lock of the one program that restores."""
    return data_dir.with_name(data_dir.name + ".restoring.lock")


def take_the_place(data_dir: Path, stamp: str) -> str:
    """Rename the present folder away and the grown one into its place; return the first one's new name.

    Raises:
        EnvironmentProblem: ``restore_not_placed`` (reason); the present folder is where it was.
    """
    growing = growing_folder(data_dir)
    aside = _free_name(data_dir.with_name(f"{data_dir.name}.truoc-{stamp}"))
    had_data = data_dir.exists()
    try:
        write_private(growing / _MARK, b"{}")
        _sync_below(growing)
        if had_data:
            data_dir.rename(aside)
            sync_folder(data_dir.parent)
        try:
            growing.rename(data_dir)
        except OSError:
            if had_data:
                aside.rename(data_dir)
            raise
        sync_folder(data_dir.parent)
    except OSError as error:
        raise EnvironmentProblem("restore_not_placed", reason=error.strerror or "") from error
    _tell(data_dir, "finished", aside.name if had_data else "")
    return aside.name if had_data else ""


def settle(data_dir: Path) -> str:
    """Finish or undo what a killed restore left, before anything is opened.

    Returns "finished", "abandoned", or "" when there was nothing to do.
    """
    growing = growing_folder(data_dir)
    if (data_dir / _MARK).is_file():  # in place, and killed before it could say so
        _tell(data_dir, "finished", (set_aside(data_dir) or [""])[-1])
        return "finished"
    if not growing.is_dir():
        return ""
    try:
        lock = InstanceLock(restore_lock(data_dir))
    except EnvironmentProblem:
        return ""  # another program is restoring right now
    try:
        return _settled(data_dir, growing)
    finally:
        lock.release()


def outcome(data_dir: Path) -> tuple[str, str]:
    """Return what a restore came to and the folder set aside, as long as nobody took note; else "" twice."""
    try:
        told = json.loads((data_dir / OUTCOME).read_bytes())
        return str(told["outcome"]), str(told["aside"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", ""


def take_note(data_dir: Path) -> None:
    """Forget the outcome: somebody read it."""
    with contextlib.suppress(OSError):
        (data_dir / OUTCOME).unlink()


def set_aside(data_dir: Path) -> list[str]:
    """Return the names of data folders that were set aside by restores, oldest first."""
    beginning = f"{data_dir.name}.truoc-"
    try:
        return sorted(each.name for each in data_dir.parent.iterdir() if each.name.startswith(beginning))
    except OSError:
        return []


def _settled(data_dir: Path, growing: Path) -> str:
    present = DataFolder(data_dir)
    empty = not present.database.exists() and not present.key_record.exists()
    if not (growing / _MARK).is_file() or not empty:
        shutil.rmtree(growing, ignore_errors=True)
        if not empty:
            _tell(data_dir, "abandoned", "")
        return "abandoned"
    if data_dir.exists():
        # Somebody's start made an empty folder meanwhile (a log); it is in the way and holds no data.
        data_dir.rename(_free_name(data_dir.with_name(f"{data_dir.name}.trong")))
    growing.rename(data_dir)
    sync_folder(data_dir.parent)
    _tell(data_dir, "finished", (set_aside(data_dir) or [""])[-1])
    return "finished"


def _tell(data_dir: Path, what: str, aside: str) -> None:
    with contextlib.suppress(OSError):
        write_private(data_dir / OUTCOME, json.dumps({"outcome": what, "aside": aside}).encode("utf-8"))
        (data_dir / _MARK).unlink(missing_ok=True)


def _free_name(wanted: Path) -> Path:
    names = (wanted.with_name(f"{wanted.name}-{number}") for number in range(2, 1000))
    return next((each for each in (wanted, *names) if not each.exists()), wanted)


def _sync_below(folder: Path) -> None:
    for place, _folders, _files in os.walk(folder):
        sync_folder(Path(place))
