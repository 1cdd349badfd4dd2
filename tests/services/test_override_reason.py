"""A reason an inspector can follow, and which version it is for; letters that would be lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.visits import BIRTH, CHILD_ANSWERS

from counter_app.domain.errors import BadInput
from counter_app.services.assess_visit import assess_at
from counter_app.services.desk import Desk
from counter_app.services.override_reason import checked_reason, expired_version
from counter_app.services.unprintable_letters import unprintable_places


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MORNING)
    yield made
    made.store.close()


@pytest.mark.parametrize("text", ["", "ngắn", "         ", "..........", "a" * 9, "1 2 3 4 5 6"])
def test_a_reason_too_short_to_follow_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked_reason(text)
    assert refused.value.code == "override_reason_short"


def test_an_endless_reason_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        checked_reason("lý do " * 100)
    assert refused.value.code == "too_long"


def test_a_reason_is_kept_in_order() -> None:
    assert checked_reason("  Hồ sơ gửi \u202ebưu chính  26/02 ") == "Hồ sơ gửi bưu chính 26/02"


@pytest.mark.parametrize(
    ("procedure_id", "on", "version"),
    [
        ("dang-ky-khai-sinh", date(2027, 2, 28), None),
        ("dang-ky-khai-sinh", date(2027, 3, 1), "2026-01-01"),
        ("dang-ky-khai-sinh", date(2020, 1, 1), None),  # not yet in force is not expired
        ("no-such-procedure", date(2027, 3, 1), None),
    ],
)
def test_the_expired_version_is_the_last_that_was_in_force(
    desk: Desk, procedure_id: str, on: date, version: str | None
) -> None:
    found = expired_version(desk.catalogue, procedure_id, on)
    assert (found.version if found else None) == version


def places(desk: Desk, **answers: object) -> tuple[str, ...]:
    visit = replace(BIRTH, fields={"ht-khai-sinh": CHILD_ANSWERS | answers})
    return unprintable_places(desk, visit, assess_at(desk, visit, MORNING))


def test_vietnamese_loses_no_letter(desk: Desk) -> None:
    assert places(desk) == ()
    assert places(desk, ks_ho_ten="Y Kŏ Ňguyễn Ẵng Ỹ") == ()


def test_a_letter_no_paper_has_is_named_by_its_question_and_never_by_the_answer(desk: Desk) -> None:
    origin = {"detail": "한", "commune": "xã Trung Minh", "province": "Phú Thọ", "legacy_text": ""}
    found = places(desk, ks_noi_sinh="Bệnh viện 漢 😀", ks_que_quan=origin)
    assert found == ("Nơi sinh", "Quê quán của người được khai sinh")


def test_the_applicants_name_is_looked_at_too(desk: Desk) -> None:
    assert BIRTH.applicant is not None
    visit = replace(BIRTH, applicant=replace(BIRTH.applicant, full_name="Đinh 丁 Sen"))
    assert "Họ tên người nộp" in unprintable_places(desk, visit, assess_at(desk, visit, MORNING))
