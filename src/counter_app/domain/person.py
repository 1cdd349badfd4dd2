"""A person at the counter: what a card, an earlier visit or the clerk told us of them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Sex(StrEnum):
    """As the cards say it."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One citizen. ``birth_date`` is "YYYY-MM-DD" or "YYYY" (old people know the year only).

    ``address`` is the text of the card or of the clerk; ``legacy_address`` keeps what an older card
    said when the clerk replaced it by today's two-level address.
    """

    full_name: str
    personal_id: str = ""
    old_id: str = ""
    birth_date: str = ""
    sex: Sex | None = None
    address: str = ""
    legacy_address: str = ""
    issued_on: date | None = None
    phone: str = ""
    email: str = ""
    ethnicity: str = ""


def mask_name(full_name: str) -> str:
    """Return "Đ. T. Sen": the given name whole, of the rest the first letters; "" for nothing."""
    *before, given = full_name.split() or [""]
    return " ".join((*(f"{each[0].upper()}." for each in before), given))


def mask_personal_id(personal_id: str) -> str:
    """Return "0010******01": lists never show the whole number (Luật 91/2025/QH15)."""
    if len(personal_id) < 8:
        return "*" * len(personal_id)
    return personal_id[:4] + "*" * (len(personal_id) - 6) + personal_id[-2:]
