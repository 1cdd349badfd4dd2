"""An address as an answer: its two levels told apart, and whether it says where."""

import re
from collections.abc import Mapping

from counter_app.domain.field_values import part_of
from counter_app.domain.vietnamese_text import clean, fold

# Only kinds written in full: "X." and "T." begin too many other words.
_TWO_LEVELS = re.compile(
    r"(?:(?P<detail>.+?)\s*,\s*)?(?P<commune>(?:xã|phường|đặc khu)\s[^,]+?)\s*,\s*"
    r"(?P<province>(?:tỉnh|thành phố)\s[^,]+)",
    re.IGNORECASE,
)
# What civil status forms write for a parent without a residence (usage; recalled, not re-read).
_NOWHERE = frozenset({"da chet", "da mat", "khong ro", "khong xac dinh duoc", "khong co"})


def two_levels(text: str) -> Mapping[str, str] | None:
    """Return detail, commune and province of "xóm Bưởi, xã Trung Minh, tỉnh Phú Thọ", or None.

    An address of three levels, as on cards from before 1/7/2025, is not one of two.
    """
    match = _TWO_LEVELS.fullmatch(clean(text))
    return None if match is None else {key: part or "" for key, part in match.groupdict().items()}


def address_answer(address: str, legacy: str) -> Mapping[str, str]:
    """Return the answer for an address kept as one text, with what an older card said beside it.

    Where the units of a text cannot be told apart safely, it stays whole as the words of the card.
    """
    levels = two_levels(address)
    if levels is not None:
        return {**levels, "legacy_text": legacy}
    nothing = {"detail": "", "commune": "", "province": "", "legacy_text": legacy or address}
    return {**nothing, "detail": address} if legacy else nothing


def says_where(value: object) -> bool:
    """Tell whether an address names more than a hamlet or a house.

    The commune does, or a place abroad written in its stead; so do the words of an older card, which
    have several levels, and the words for somebody who lives nowhere any more.
    """
    detail = part_of(value, "detail")
    replaced = bool(detail) and "," not in detail  # a hamlet is printed instead of the card's words
    return (
        bool(part_of(value, "commune"))
        or ("," in part_of(value, "legacy_text") and not replaced)
        or fold(detail) in _NOWHERE
    )
