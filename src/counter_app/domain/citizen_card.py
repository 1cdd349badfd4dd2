"""The QR code of a citizen's card (CCCD, thẻ căn cước): seven fields, or more on newer cards."""

import re
from dataclasses import dataclass, field
from datetime import date

from counter_app.domain.card_repair import repair, unreadable_letters
from counter_app.domain.errors import BadInput
from counter_app.domain.keyboard_layout import digits_of_keys
from counter_app.domain.person import Person, Sex
from counter_app.domain.personal_id import CardWarning as CardWarning
from counter_app.domain.personal_id import is_personal_id, personal_id_warnings
from counter_app.domain.scan_frame import unframe
from counter_app.domain.typed_keys import untangle
from counter_app.domain.vietnamese_text import clean, fold

_NUMERIC = (0, 1, 3, 6)
FIELDS = 7  # number | old number | name | birth ddMMyyyy | sex | address | issued ddMMyyyy

_DATE = re.compile(r"([0-9]{2})/?([0-9]{2})/?([0-9]{4})")
_YEAR_ONLY = re.compile(r"(?:00/?00/?)?([12][0-9]{3})")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenCard:
    """What a card says, cleaned but not changed. Values stay out of ``repr``: it may reach a log.

    ``birth_year`` is set alone when the card names only a year. ``repaired`` tells that the text came
    mangled and was decoded again; ``extra`` holds the fields after the seventh.
    """

    personal_id: str = field(repr=False)
    old_id: str = field(repr=False)
    full_name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    sex: Sex | None = field(repr=False)
    address: str = field(repr=False)
    issued_on: date | None = field(repr=False)
    extra: tuple[str, ...] = field(default=(), repr=False)
    repaired: bool = False
    warnings: tuple[CardWarning, ...] = ()
    birth_year: int | None = field(default=None, repr=False)

    def to_person(self) -> Person:
        """Return the person the card describes, as the forms use it."""
        born = self.birth_date.isoformat() if self.birth_date else str(self.birth_year or "")
        return Person(
            full_name=self.full_name,
            personal_id=self.personal_id,
            old_id=self.old_id,
            birth_date=born,
            sex=self.sex,
            address=self.address,
            issued_on=self.issued_on,
        )


def parse_card(data: str | bytes, *, today: date) -> CitizenCard:
    """Read the QR text of a card, repairing what the scanner did to it.

    Args:
        data: the scan with or without its frame, at most 2048 bytes.
        today: the office's date, to see births in the future.

    Raises:
        BadInput: ``scan_too_long``, ``scan_empty``, ``not_a_card`` (fewer than seven fields or no name)
            or ``not_a_personal_id`` (the first field is not twelve digits).
    """
    body = unframe(data)
    typed = _typed_digits(body) if isinstance(body, str) else body
    read = repair(typed)
    raw = [clean(_SURROGATE.sub("\ufffd", part)) for part in read.text.split("|")]
    if len(raw) < FIELDS or not raw[2]:
        raise BadInput("not_a_card")
    if not is_personal_id(raw[0]):
        raise BadInput("not_a_personal_id")
    return _card(raw, repaired=read.repaired, retyped=typed != body, today=today)


def _typed_digits(text: str) -> str:
    """Undo a keyboard layout without digits where only digits can stand; names and address stay."""
    parts = text.split("|")
    digits = [digits_of_keys(part) if i in _NUMERIC else part for i, part in enumerate(parts)]
    return "|".join(digits) if is_personal_id(digits[0].strip()) else text


def _card(raw: list[str], *, repaired: bool, retyped: bool, today: date) -> CitizenCard:
    (name, sex_text, address), through_ime, keys_undone = untangle((raw[2], raw[4], raw[5]))
    birth_date, issued_on = _date(raw[3]), _date(raw[6])
    year = _YEAR_ONLY.fullmatch(raw[3])
    sex = _sex(sex_text)
    warnings = list(
        personal_id_warnings(raw[0], birth_date=birth_date, sex=sex, issued_on=issued_on, today=today)
    )
    if birth_date is None and year is None:
        warnings.append(CardWarning("unreadable_date", {"field": "birth_date"}))
    if issued_on is None:
        warnings.append(CardWarning("unreadable_date", {"field": "issued_on"}))
    elif issued_on > today:
        warnings.append(CardWarning("issued_in_future"))
    if sex is None:
        warnings.append(CardWarning("unreadable_sex"))
    if through_ime or retyped:
        # Of a wrong layout only the digits come back; house numbers in the address stay letters.
        warnings.append(CardWarning("typed_through_ime", {"repaired": "yes" if keys_undone else "no"}))
    if unreadable_letters(name + address):
        warnings.append(CardWarning("unreadable_text"))
    return CitizenCard(
        personal_id=raw[0],
        old_id=raw[1],
        full_name=name,
        birth_date=birth_date,
        sex=sex,
        address=address,
        issued_on=issued_on,
        extra=tuple(raw[FIELDS:]),
        repaired=repaired or retyped or keys_undone,
        warnings=tuple(warnings),
        birth_year=int(year[1]) if year else None,
    )


def _date(text: str) -> date | None:
    """Return the day of "15111990"; None when it is no day of the calendar."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def _sex(text: str) -> Sex | None:
    return {"nam": Sex.MALE, "nu": Sex.FEMALE}.get(fold(text))
