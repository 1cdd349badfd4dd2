"""Where a command may write its PDF: a name ending in .pdf, in a folder that exists or whose parent does."""

from pathlib import Path

from counter_app.domain.errors import BadInput


def pdf_target(path: Path) -> Path:
    """Return the path when a PDF may be written there.

    Raises:
        BadInput: ``paper_format_unknown`` (suffix), ``out_folder_missing``: a mistyped path must not
            leave a tree of folders behind, so at most the last one is made.
    """
    if path.suffix.lower() != ".pdf":
        raise BadInput("paper_format_unknown", suffix=path.suffix[:10])
    if not path.absolute().parent.parent.is_dir():
        raise BadInput("out_folder_missing")
    return path
