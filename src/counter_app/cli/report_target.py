"""Where a report may be written: a .pdf or .xlsx, in a folder that exists or whose parent does."""

from pathlib import Path

from counter_app.domain.errors import BadInput


def report_target(path: Path) -> Path:
    """Return the path when a report may be written there.

    Raises:
        BadInput: ``report_format_unknown`` (suffix), ``out_folder_missing``.
    """
    if path.suffix.lower() not in (".pdf", ".xlsx"):
        raise BadInput("report_format_unknown", suffix=path.suffix[:10])
    if not path.absolute().parent.parent.is_dir():
        raise BadInput("out_folder_missing")
    return path
