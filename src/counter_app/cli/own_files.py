"""What a command writes must not land on the counter's own files: the database, its key, scans, backups."""

from pathlib import Path

from counter_app.domain.errors import BadInput


def require_outside(data_dir: Path, path: Path) -> None:
    """Refuse a file of the data folder as a place to write; BadInput ``out_in_data_folder``.

    Links and ".." are followed, and letters compared as the system's file names are.
    """
    own, wanted = data_dir.resolve(), path.resolve()
    if wanted.is_relative_to(own) or any(_same(each, own) for each in wanted.parents):
        raise BadInput("out_in_data_folder")


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
