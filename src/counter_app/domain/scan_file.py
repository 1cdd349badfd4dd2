"""What a scanned paper may be: its kind, its limits, its resolution, and the name it is given.

A file is known by its content, never by the ending of its name. Resolution: Phụ lục I of NĐ
30/2020/NĐ-CP and TT 01/2023/TT-VPCP ask for PDF of at least 200 dpi, 1:1 (recalled, not checked against
the text); below 100 dpi small print of an A4 sheet can no longer be read, which is our own limit.
"""

import re
from enum import StrEnum

from counter_app.domain.errors import BadInput

MAX_FILE_BYTES = 60_000_000
MAX_PAGES = 300
MAX_PIXELS = 72_000_000  # a page of A3 at 600 dpi; more is a mistake or a bomb
WANTED_DPI = 200
LEAST_DPI = 100


class MediaType(StrEnum):
    """The kinds of files a scanner, a phone or a portal gives."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TIFF = "image/tiff"


class Resolution(StrEnum):
    """Whether a scan is fine enough."""

    GOOD = "good"
    LOW = "low"  # below what is asked for: the clerk may accept it
    TOO_LOW = "too_low"


_STARTS = (
    (b"%PDF-", MediaType.PDF),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
)


def media_type_of(content: bytes) -> MediaType:
    """Return what a file is by its first bytes.

    Raises:
        BadInput: ``scan_file_empty``, ``scan_too_big`` (limit_mb), ``scan_not_supported``.
    """
    if not content:
        raise BadInput("scan_file_empty")
    if len(content) > MAX_FILE_BYTES:
        raise BadInput("scan_too_big", limit_mb=MAX_FILE_BYTES // 1_000_000)
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    raise BadInput("scan_not_supported")


def judge(dpi: int) -> Resolution:
    """Return whether `dpi` pixels an inch are enough; 0 means drawn by a program, sharp at any size."""
    if dpi == 0 or dpi >= WANTED_DPI:
        return Resolution.GOOD
    return Resolution.LOW if dpi >= LEAST_DPI else Resolution.TOO_LOW


def file_name(dossier_code: str, order: int, part_id: str) -> str:
    """Return "<dossier code>-<order of the paper>-<paper>.pdf"; nothing in it is about a person.

    It is a valid name on every system: letters, digits, dot, dash and underscore only.
    """
    code = re.sub(r"[^A-Za-z0-9.]+", "-", dossier_code).strip("-.") or "ho-so"
    part = re.sub(r"[^a-z0-9_]+", "-", part_id.lower()).strip("-") or "giay-to"
    return f"{code[:40]}-{order:02d}-{part[:60]}.pdf"
