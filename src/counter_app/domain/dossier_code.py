"""The dossier code UNIT-YYMMDD-XXXX: who may number what, how it reads back, what its QR says.

Source: Thông tư 01/2018/TT-VPCP Điều 19 (shape, day of intake, number within the day; read in full) and
Quyết định 20/2020/QĐ-TTg (shorter unit codes; seen in public code, not read). Number blocks, provisional
numbers and the look-up secret are our own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.keyboard_layout import digits_of_keys

# Letters and digits nobody confuses by ear or eye: no vowels (no words), no 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V.
SECRET_ALPHABET = "34679CDFGHJKMNPQRTWXY"  # noqa: S105 - the alphabet is no secret
SECRET_LENGTH = 4

_UNIT = re.compile(r"[A-Z][0-9]{2}(?:\.[0-9]{2,3}){0,4}|[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}")
_CODE = re.compile(rf"({_UNIT.pattern})-([0-9]{{6}})-([0-9]{{4,6}})")
_LOOKUP_URL = re.compile(r"https?://[a-zA-Z0-9.-]{1,60}(:[0-9]{1,5})?(/[a-zA-Z0-9-]{1,20}){0,3}")
_PROVISIONAL = re.compile(r"9[0-9]{5}")
_SECRET = re.compile(rf"[{SECRET_ALPHABET}]{{{SECRET_LENGTH}}}")
_PROVISIONAL_PER_DAY = 999


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """Numbers a counter may give within a day, both ends included; at most four digits."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if not 1 <= self.first <= self.last <= 9999:
            raise BadInput("bad_number_block", first=self.first, last=self.last)

    def __len__(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierCode:
    """A well-formed code. ``day`` is the day of intake in office time; ``number`` has 4-6 digits."""

    unit_code: str
    day: date
    number: str
    provisional: bool = False

    def __str__(self) -> str:
        return f"{self.unit_code}-{self.day:%y%m%d}-{self.number}"


def is_unit_code(text: str) -> bool:
    """Tell whether `text` is a unit code of today (H29.12) or of before (000.17.22.H56)."""
    return _UNIT.fullmatch(text) is not None


def blocks_of(counter: int) -> tuple[NumberBlock, ...]:
    """Return the block counter N owns as long as none is leased: N001-N999.

    Raises:
        BadInput: ``bad_counter_number`` (``number``) unless 1-9.
    """
    if not 1 <= counter <= 9:
        raise BadInput("bad_counter_number", number=counter)
    return (NumberBlock(counter * 1000 + 1, counter * 1000 + 999),)


def number_for(counter: int, running: int, blocks: Sequence[NumberBlock] = ()) -> tuple[str, bool]:
    """Return the number text of a counter's `running`-th dossier of the day, and whether it is provisional.

    The blocks are used up in order; after them come provisional numbers 9NNxxx, which no block reaches.

    Args:
        counter: 1-9.
        running: 1, 2, 3 … within the day, as the store counts it.
        blocks: the leased blocks; none means the counter's own.

    Raises:
        BadInput: ``bad_counter_number``.
        RuleRefusal: ``number_block_exhausted`` (``counter``, ``limit``) after 999 provisional numbers.
    """
    own = blocks_of(counter)
    if running < 1:
        raise ValueError("running numbers start at 1")
    left = running
    for block in blocks or own:
        if left <= len(block):
            return f"{block.first + left - 1:04d}", False
        left -= len(block)
    if left > _PROVISIONAL_PER_DAY:
        raise RuleRefusal("number_block_exhausted", counter=counter, limit=running - 1)
    return f"9{counter:02d}{left:03d}", True


def running_of(counter: int, number: str, blocks: Sequence[NumberBlock]) -> int:
    """Return which of the counter's dossiers of a day has a number `number_for` gave, 0 for none."""
    before = 0
    for block in blocks:
        if len(number) == 4 and block.first <= int(number) <= block.last:
            return before + int(number) - block.first + 1
        before += len(block)
    return before + int(number[3:]) if number[:3] == f"9{counter:02d}" and len(number) == 6 else 0


def parse_code(text: str, unit_code: str = "") -> DossierCode:
    """Read a code as printed, typed, or scanned through a wrong keyboard layout.

    Case does not matter; other or missing punctuation is understood where it leaves one reading.

    Args:
        text: "H29.12-261121-1001", "h2912'261121'1001", "H29122611211001" …
        unit_code: the office's own code, needed to split a code without any punctuation.

    Raises:
        BadInput: ``bad_dossier_code``, also when YYMMDD is no day of the calendar.
    """
    upper = _capitals(text)
    for unit, day, number in (_exact(upper), _by_parts(upper), _with_own_unit(upper, unit_code)):
        date_read = _day(day)
        if date_read is not None:
            provisional = _PROVISIONAL.fullmatch(number) is not None
            return DossierCode(unit_code=unit, day=date_read, number=number, provisional=provisional)
    raise BadInput("bad_dossier_code")


def qr_payload(code: DossierCode | str, secret: str, lookup_url: str = "") -> str:
    """Return what the slip's QR holds: the code and the look-up secret, nothing personal.

    After a look-up address a phone opens the page. Capitals take a third less room in a QR, and neither an
    address nor our page cares.
    """
    return f"{lookup_url.upper()}/{code}/{secret}" if is_lookup_url(lookup_url) else f"{code}/{secret}"


def is_lookup_url(text: str) -> bool:
    """Tell whether a text is an address that may stand on a slip."""
    return _LOOKUP_URL.fullmatch(text) is not None


def parse_qr_payload(text: str, unit_code: str = "") -> tuple[DossierCode, str]:
    """Read "CODE/SECRET", also at the end of a look-up address or with its punctuation changed.

    Raises:
        BadInput: ``bad_dossier_code`` when either half does not fit.
    """
    upper = _capitals(text)
    if re.match(r"HTTPS?[^0-9A-Z]", upper):
        # Through a wrong keyboard layout the dashes and slashes of an address are other signs.
        upper = re.split(r"TRA[^0-9A-Z]CUU[^0-9A-Z]", upper)[-1]
        upper = "/".join(upper.split("/")[-2:])
    body, secret = upper[:-SECRET_LENGTH], upper[-SECRET_LENGTH:]
    if _SECRET.fullmatch(secret) is None:
        raise BadInput("bad_dossier_code")
    return parse_code(re.sub(r"[^0-9A-Z]+$", "", body), unit_code), secret


def _capitals(text: str) -> str:
    """Raise plain letters only: upper() would turn the German key "ß" into two letters of the code."""
    return re.sub(r"[a-z]", lambda m: m[0].upper(), digits_of_keys(text.strip()))


_Parts = tuple[str, str, str]
_NOTHING: _Parts = ("", "", "")


def _exact(text: str) -> _Parts:
    found = _CODE.fullmatch(text)
    return (found[1], found[2], found[3]) if found else _NOTHING


def _with_own_unit(text: str, unit_code: str) -> _Parts:
    """The office's own code, whatever became of the punctuation."""
    compact = re.sub(r"[^0-9A-Z]", "", text)
    own = re.sub(r"[^0-9A-Z]", "", unit_code.upper())
    rest = compact.removeprefix(own)
    if not own or rest == compact or not re.fullmatch(r"[0-9]{10,12}", rest):
        return _NOTHING
    return unit_code.upper(), rest[:6], rest[6:]


def _by_parts(text: str) -> _Parts:
    """Any office's code whose day and number still stand apart."""
    parts = re.findall(r"[0-9A-Z]+", text)
    if (
        len(parts) < 3
        or not re.fullmatch(r"[0-9]{6}", parts[-2])
        or not re.fullmatch(r"[0-9]{4,6}", parts[-1])
    ):
        return _NOTHING
    unit = _dotted_unit(parts[:-2])
    return (unit, parts[-2], parts[-1]) if unit else _NOTHING


def _dotted_unit(parts: list[str]) -> str:
    """Return "H29.12" for H29 12 and for H2912; "" where the dots could stand in several places."""
    joined = ".".join(parts)
    if is_unit_code(joined):
        return joined
    glued = re.fullmatch(r"([A-Z][0-9]{2})([0-9]{2,4})", parts[0]) if len(parts) == 1 else None
    if glued is None:
        return ""
    tail = glued[2] if len(glued[2]) < 4 else f"{glued[2][:2]}.{glued[2][2:]}"
    return f"{glued[1]}.{tail}"


def _day(text: str) -> date | None:
    if len(text) != 6:
        return None
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        return None
