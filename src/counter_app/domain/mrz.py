"""The machine-readable lines on the back of a card (ICAO 9303 TD1), as Vietnamese cards fill them."""

import re
from dataclasses import dataclass, field
from datetime import date

from counter_app.domain.card_repair import repair
from counter_app.domain.errors import BadInput
from counter_app.domain.person import Person, Sex
from counter_app.domain.personal_id import (
    CardWarning,
    birth_year_of,
    is_personal_id,
    personal_id_warnings,
)
from counter_app.domain.scan_frame import unframe

LINE = 30

_TD1 = re.compile(r"[ACI][A-Z<]VNM[A-Z0-9<]{85}")
_NO_EXPIRY = "991231"
_WEIGHTS = (7, 3, 1)
_SEXES = {"M": Sex.MALE, "F": Sex.FEMALE}


@dataclass(frozen=True, slots=True, kw_only=True)
class MrzCard:
    """What the three lines say. The name has no diacritics: the clerk completes it.

    ``expires_on`` is None for cards without expiry (printed 31/12/99: recalled, not verified) and for
    unreadable dates. Values stay out of ``repr``: it may reach a log.
    """

    personal_id: str = field(repr=False)
    full_name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    sex: Sex | None = field(repr=False)
    expires_on: date | None = None
    warnings: tuple[CardWarning, ...] = ()

    def to_person(self) -> Person:
        """Return the person, with the bare name; address and day of issue are not in the lines."""
        return Person(
            full_name=self.full_name,
            personal_id=self.personal_id,
            birth_date=self.birth_date.isoformat() if self.birth_date else "",
            sex=self.sex,
        )


def looks_like_mrz(text: str) -> bool:
    """Tell whether `text` is 3 x 30 characters of a Vietnamese card, in any line breaks and case."""
    return _TD1.fullmatch(_compact(text)) is not None


def parse_mrz(data: str | bytes, *, today: date) -> MrzCard:
    """Read the lines; a failed check digit warns, a letter read as a digit is never guessed.

    Args:
        data: three lines of 30, one line of 90, or with spaces between; at most 2048 bytes.
        today: the office's date.

    Raises:
        BadInput: ``not_mrz``, ``not_a_personal_id`` (the number's place holds no 12 digits),
            ``scan_too_long`` or ``scan_empty``.
    """
    text = _compact(repair(unframe(data)).text)
    if _TD1.fullmatch(text) is None:
        raise BadInput("not_mrz")
    first, second, third = text[:LINE], text[LINE : 2 * LINE], text[2 * LINE :]
    personal_id = first[15:27]
    if not is_personal_id(personal_id):
        raise BadInput("not_a_personal_id")
    birth_date = _birth_date(second[:6], personal_id)
    sex = _SEXES.get(second[7])
    failed = _failed(first, second)
    warnings = [CardWarning("mrz_check_failed", {"field": ", ".join(failed)})] if failed else []
    warnings += personal_id_warnings(personal_id, birth_date=birth_date, sex=sex, issued_on=None, today=today)
    if birth_date is None:
        warnings.append(CardWarning("unreadable_date", {"field": "birth_date"}))
    if sex is None:
        warnings.append(CardWarning("unreadable_sex"))
    if not third.endswith("<"):
        warnings.append(CardWarning("name_may_be_cut"))
    return MrzCard(
        personal_id=personal_id,
        full_name=_name(third),
        birth_date=birth_date,
        sex=sex,
        expires_on=None if second[8:14] == _NO_EXPIRY else _day(second[8:14], 2000),
        warnings=tuple(warnings),
    )


def check_digit(text: str) -> str:
    """Return the ICAO 9303 check digit: weights 7-3-1, A-Z as 10-35, "<" as 0."""
    values = (0 if c == "<" else int(c, 36) for c in text)
    return str(sum(value * _WEIGHTS[index % 3] for index, value in enumerate(values)) % 10)


def _compact(text: str) -> str:
    return re.sub(r"\s+", "", text).upper()


def _failed(first: str, second: str) -> list[str]:
    """Name the parts whose check digit, or whose agreement with the number, fails.

    The lines hold the number twice: its last nine digits as document number, and whole, followed by a
    check digit of its own (seen on public samples of real cards, arithmetic checked 2026-11-21). ICAO
    9303 leaves the optional data without one, so a filler in its place is no fault.
    """
    composite = first[5:] + second[:7] + second[8:15] + second[18:29]
    checks = {
        "document_number": check_digit(first[5:14]) == first[14] and first[5:14] == first[18:27],
        "personal_id": first[29] in ("<", check_digit(first[15:29])),
        "birth_date": check_digit(second[:6]) == second[6],
        "expiry_date": check_digit(second[8:14]) == second[14],
        "all_lines": check_digit(composite) == second[29],
    }
    return [name for name, good in checks.items() if not good]


def _birth_date(text: str, personal_id: str) -> date | None:
    """Two digits of a year say no century; digit G of the number does."""
    return _day(text, birth_year_of(personal_id) // 100 * 100)


def _day(text: str, century: int) -> date | None:
    if not re.fullmatch(r"[0-9]{6}", text):
        return None
    try:
        return date(century + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        return None


def _name(line: str) -> str:
    return " ".join(part for part in line.split("<") if part)
