"""Which files are taken, and how their first bytes give them away."""

MAX_SIZE = 200_000_000  # bytes of a whole scan
MAX_CHUNK = 1024 * 1024
_STARTS = {"application/pdf": b"%PDF-"}


def known(media_type: str) -> bool:
    """Tell whether files of this kind are taken."""
    return media_type in _STARTS


def fits(media_type: str, start: bytes) -> bool:
    """Tell whether a file that starts so, as far as it is here, may be of the kind."""
    expected = _STARTS[media_type]
    return bool(start) and start[: len(expected)] == expected[: len(start)]


def kind_of(start: bytes) -> str | None:
    """Return the kind of a file that starts so; None when none of ours does."""
    return next((kind for kind, expected in _STARTS.items() if start.startswith(expected)), None)
