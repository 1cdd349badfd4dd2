"""The 12-digit personal number (số định danh cá nhân): what it says, and whether the card agrees."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from counter_app.domain.person import Sex
from counter_app.domain.provenance import Provenance

# PPP: the province where the birth was registered, the old three-digit statistics codes, which the
# number keeps after the mergers of 1/7/2025. People registered abroad carry a country code instead.
_CODES = """
    001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037
    038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080
    082 083 084 086 087 089 091 092 093 094 095 096"""
PROVINCE_CODES = frozenset(_CODES.split())
PROVINCE_CODES_SOURCE = Provenance(
    source="Danh mục 63 tỉnh, thành phố trước 1/7/2025 (bộ dữ liệu công khai); Nghị định 137/2015/NĐ-CP",
    note="The list matches a public data set; that numbers use it was not read in the decree.",
)
NUMBER_LAYOUT_SOURCE = Provenance(
    source="Nghị định 137/2015/NĐ-CP Điều 13 (PPP G YY NNNNNN, không có số kiểm tra)",
    note="Recalled, and seen in public programs; the article was not read.",
)

_TWELVE_DIGITS = re.compile(r"[0-9]{12}")


@dataclass(frozen=True, slots=True)
class CardWarning:
    """Something the clerk should look at; it never blocks. ``params`` feed the message, not the log."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)


def is_personal_id(text: str) -> bool:
    """Tell whether `text` is twelve ASCII digits."""
    return _TWELVE_DIGITS.fullmatch(text) is not None


def sex_of(personal_id: str) -> Sex:
    """Return the sex digit G stands for (even: male). The number must have twelve digits."""
    return Sex.FEMALE if int(personal_id[3]) % 2 else Sex.MALE


def birth_year_of(personal_id: str) -> int:
    """Return the birth year of G and YY: G 0/1 is 19xx, 2/3 is 20xx, … The number has twelve digits."""
    return 1900 + 100 * (int(personal_id[3]) // 2) + int(personal_id[4:6])


def personal_id_warnings(
    personal_id: str,
    *,
    birth_date: date | None,
    sex: Sex | None,
    issued_on: date | None,
    today: date,
) -> tuple[CardWarning, ...]:
    """Compare a number with what the card says beside it; warn, never block.

    Codes: ``not_a_personal_id``, ``unknown_province`` (``province``), ``sex_mismatch``,
    ``birth_year_mismatch`` (``number_year``, ``card_year``), ``birth_in_future``,
    ``issued_before_birth``. Source: `NUMBER_LAYOUT_SOURCE`.
    """
    found: list[CardWarning] = []
    if is_personal_id(personal_id):
        found += _number_warnings(personal_id, birth_date, sex)
    else:
        found.append(CardWarning("not_a_personal_id"))
    if birth_date is not None and birth_date > today:
        found.append(CardWarning("birth_in_future"))
    if birth_date is not None and issued_on is not None and issued_on < birth_date:
        found.append(CardWarning("issued_before_birth"))
    return tuple(found)


def _number_warnings(personal_id: str, birth_date: date | None, sex: Sex | None) -> Iterator[CardWarning]:
    if personal_id[:3] not in PROVINCE_CODES:
        yield CardWarning("unknown_province", {"province": personal_id[:3]})
    if sex is not None and sex is not sex_of(personal_id):
        yield CardWarning("sex_mismatch")
    year = birth_year_of(personal_id)
    if birth_date is not None and birth_date.year != year:
        yield CardWarning(
            "birth_year_mismatch", {"number_year": str(year), "card_year": str(birth_date.year)}
        )
