"""Whatever a scanner read, named: a citizen's card, its machine-readable lines, a slip, or unknown."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from counter_app.domain.card_repair import repair
from counter_app.domain.citizen_card import CitizenCard, parse_card
from counter_app.domain.dossier_code import parse_code, parse_qr_payload
from counter_app.domain.errors import BadInput
from counter_app.domain.keyboard_layout import digits_of_keys
from counter_app.domain.mrz import MrzCard, looks_like_mrz, parse_mrz
from counter_app.domain.personal_id import CardWarning
from counter_app.domain.scan_frame import unframe

_LONGEST_CODE = 200  # a look-up address with a code; anything longer is not worth taking apart


class ScanKind(StrEnum):
    """What was scanned."""

    CITIZEN_CARD = "citizen_card"
    MRZ = "mrz"
    DOSSIER_CODE = "dossier_code"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One decoded scan; the member named by ``kind`` is set.

    ``dossier_code`` is the canonical text of the code, ``secret`` comes from a slip's QR only, and
    ``reason`` says why a scan is unknown (``not_a_card``, ``not_a_personal_id``, ``unknown_scan`` …).
    """

    kind: ScanKind
    card: CitizenCard | None = None
    mrz: MrzCard | None = None
    dossier_code: str | None = None
    secret: str = field(default="", repr=False)
    reason: str = ""

    @property
    def warnings(self) -> tuple[CardWarning, ...]:
        """What the clerk should look at, whichever kind it is; an unknown scan names its reason."""
        read = self.card or self.mrz
        if read is not None:
            return read.warnings
        return (CardWarning(self.reason),) if self.reason else ()


def read_scan(data: str | bytes, *, today: date, unit_code: str = "") -> Scan:
    """Tell what was scanned and read it. What cannot be read is ``UNKNOWN``, not an error.

    Args:
        data: text or raw bytes from a scanner, the clipboard or the command line; at most 2048 bytes.
        today: the office's date.
        unit_code: the office's own unit code, which helps to read a code that lost its punctuation.

    Raises:
        BadInput: ``scan_too_long`` (``limit``) or ``scan_empty``.
    """
    body = unframe(data)
    try:
        return _read(body, today, unit_code)
    except BadInput as problem:
        return Scan(kind=ScanKind.UNKNOWN, reason=problem.code)


def _read(body: str | bytes, today: date, unit_code: str) -> Scan:
    if ("|" in body) if isinstance(body, str) else (b"|" in body):
        return Scan(kind=ScanKind.CITIZEN_CARD, card=parse_card(body, today=today))
    # Keys are undone before normalisation, which may reorder what they typed.
    text = repair(digits_of_keys(body) if isinstance(body, str) else body).text
    if looks_like_mrz(text):
        return Scan(kind=ScanKind.MRZ, mrz=parse_mrz(text, today=today))
    return _read_code(text, unit_code)


def _read_code(text: str, unit_code: str) -> Scan:
    code, secret = read_code(text, unit_code)
    return Scan(kind=ScanKind.DOSSIER_CODE, dossier_code=code, secret=secret)


def read_code(text: str, unit_code: str = "") -> tuple[str, str]:
    """Return code and look-up secret ("" for a barcode) of what a slip carries, in any punctuation.

    Raises:
        BadInput: ``unknown_scan`` when it is no code of a dossier.
    """
    if len(text) > _LONGEST_CODE:
        raise BadInput("unknown_scan")
    try:
        return str(parse_code(text, unit_code)), ""
    except BadInput:
        pass
    try:
        code, secret = parse_qr_payload(text, unit_code)
    except BadInput:
        raise BadInput("unknown_scan") from None
    return str(code), secret
