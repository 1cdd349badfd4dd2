"""When two records look like one person, and what speaks against it."""

from dataclasses import replace
from typing import Any

import pytest
from tests.helpers.builders import make_person

from counter_app.domain.person import Person, Sex
from counter_app.domain.same_person import Doubt, Likeness, doubts, filled_up, likeness

CARD = make_person(1, full_name="Nguyễn Văn An", old_id="113456789", birth_date="1990-02-03", sex=Sex.MALE)
OLD = replace(CARD, personal_id="113456789", old_id="", phone="", address="xã cũ")


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (OLD, Likeness.OLD_ID),
        (replace(OLD, full_name="Người Khác"), Likeness.OLD_ID),
        (replace(CARD, personal_id="000190999999", old_id=""), Likeness.NAME_AND_BIRTH),
        (
            replace(CARD, personal_id="000190999999", old_id="", full_name="NGUYỄN VĂN ÂN"),
            Likeness.NAME_AND_BIRTH,
        ),
        (replace(CARD, personal_id="000190999999", old_id="", birth_date="1990-02-04"), None),
        (replace(CARD, personal_id="000190999999", old_id="", full_name="Nguyễn Văn Anh"), None),
        (CARD, None),
    ],
)
def test_likeness_is_the_same_from_both_sides(other: Person, why: Likeness | None) -> None:
    assert likeness(CARD, other) is why
    assert likeness(other, CARD) is why


def test_a_year_of_birth_alone_is_too_little() -> None:
    one = replace(CARD, birth_date="1940", old_id="")
    assert likeness(one, replace(one, personal_id="000190999999")) is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ()),
        ({"sex": Sex.FEMALE}, (Doubt.SEX,)),
        ({"sex": None}, ()),
        ({"birth_date": "1991-02-03"}, (Doubt.BIRTH_YEAR,)),
        ({"birth_date": "1990"}, ()),
        ({"birth_date": ""}, ()),
        ({"full_name": "Nguyễn Văn Bình"}, (Doubt.NAME,)),
        ({"personal_id": "000190999999"}, (Doubt.TWO_PERSONAL_IDS,)),
        ({"personal_id": "000190999999", "sex": Sex.FEMALE}, (Doubt.SEX, Doubt.TWO_PERSONAL_IDS)),
    ],
)
def test_what_speaks_against_it(changes: dict[str, Any], expected: tuple[Doubt, ...]) -> None:
    assert doubts(CARD, replace(OLD, **changes)) == expected


def test_the_kept_record_lacks_nothing_the_other_knows() -> None:
    kept = replace(CARD, phone="", old_id="", email="")
    other = replace(OLD, phone="0912345678", email="an@example.vn")
    shown = filled_up(kept, other)
    assert (shown.phone, shown.email, shown.old_id) == ("0912345678", "an@example.vn", OLD.personal_id)
    assert (shown.personal_id, shown.address) == (kept.personal_id, kept.address)
    assert filled_up(kept) == kept
