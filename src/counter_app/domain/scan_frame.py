"""What scanners put around the text they read: terminators, STX/ETX, the AIM symbology identifier."""

from counter_app.domain.errors import BadInput

MAX_SCAN_BYTES = 2048  # a card's QR holds about 250 bytes, a slip's about 30

_ENDS = "\r\n\t \x00\x02\x03\ufeff"
_WIDE_PREFIX = ("\x01", "\x1e")  # first byte of a letter sent as two raw bytes: not our frame


def unframe(data: str | bytes) -> str | bytes:
    """Return the scanned text without its frame, still undecoded when it came as bytes.

    The size is checked before anything looks at the content, so a flood costs nothing.

    Args:
        data: what the scanner, the clipboard or the command line gave; at most 2048 bytes.

    Raises:
        BadInput: ``scan_too_long`` (``limit`` in bytes) or ``scan_empty``.
    """
    if len(data) > MAX_SCAN_BYTES or _byte_length(data) > MAX_SCAN_BYTES:
        raise BadInput("scan_too_long", limit=MAX_SCAN_BYTES)
    if isinstance(data, str):
        text = _strip(data)
        if not text:
            raise BadInput("scan_empty")
        return text
    # Latin-1 maps bytes to characters one to one, so one set of rules serves both kinds.
    raw = _strip(data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")).encode("latin-1")
    if not raw:
        raise BadInput("scan_empty")
    return raw


def _byte_length(data: str | bytes) -> int:
    return len(data.encode("utf-8", "surrogatepass")) if isinstance(data, str) else len(data)


def _strip(text: str) -> str:
    start, end = 0, len(text)
    while start < end and text[start] in _ENDS:
        start += 1
    while end > start and text[end - 1] in _ENDS and not _ends_a_letter(text, end - 1):
        end -= 1
    body = text[start:end]
    if len(body) >= 3 and body[0] == "]" and body[1:3].isascii() and body[1].isalpha() and body[2].isalnum():
        return _strip(body[3:])  # AIM identifier: ]Q1 for QR, ]C0 for Code 128 (ISO/IEC 15424)
    return body


def _ends_a_letter(text: str, index: int) -> bool:
    """Tell whether a control at `index` is the second raw byte of a letter ("ă" is 01 03)."""
    return index > 0 and text[index - 1] in _WIDE_PREFIX
