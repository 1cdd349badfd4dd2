"""What is told on which day, and that a notice put aside comes back the next day."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.helpers.builders import VIETNAM, FixedClock
from tests.helpers.data_copy import DataCopy, copy_data
from tests.helpers.desks import make_desk
from tests.helpers.later_versions import add_successor

from counter_app.domain.data_pack import DataVersion
from counter_app.domain.errors import BadInput
from counter_app.services.daily_notices import (
    NoticeKind,
    daily_notices,
    data_age,
    max_data_age,
    put_aside,
    set_max_data_age,
)
from counter_app.services.desk import Desk
from counter_app.services.expiry_json import expiry_to_json

MARCH = date(2027, 3, 1)


@pytest.fixture
def data(tmp_path: Path) -> DataCopy:
    return copy_data(tmp_path / "data")


@pytest.fixture
def desk(tmp_path: Path, data: DataCopy) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", datetime(2026, 11, 23, 8, tzinfo=VIETNAM))
    made.catalogue = data.catalogue()
    yield made
    made.store.close()


def on_day(desk: Desk, text: str) -> dict[NoticeKind, int]:
    desk.clock = FixedClock(datetime.fromisoformat(f"{text}T08:00+07:00"))
    return {each.kind: each.count for each in daily_notices(desk)}


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-11-23", {}),
        ("2027-01-28", {}),
        ("2027-01-29", {NoticeKind.EXPIRING: 2, NoticeKind.FORMS_EXPIRING: 2}),
        ("2027-02-28", {NoticeKind.EXPIRING: 2, NoticeKind.FORMS_EXPIRING: 2}),
        ("2027-03-01", {NoticeKind.EXPIRED: 2}),
        ("2027-05-29", {NoticeKind.EXPIRED: 2}),
        ("2027-05-30", {}),  # told for 90 days
    ],
)
def test_what_is_told_on_a_day(desk: Desk, day: str, told: dict[NoticeKind, int]) -> None:
    assert on_day(desk, day) == told


def test_a_switch_is_told_the_day_before_and_on_the_day(desk: Desk, data: DataCopy) -> None:
    for kind, item in (("procedures", "dang-ky-khai-sinh"), ("templates", "ht-khai-sinh")):
        add_successor(data.forms, kind, item, MARCH)
    desk.catalogue = data.catalogue()
    assert NoticeKind.SWITCHING_TOMORROW not in on_day(desk, "2027-02-27")
    assert on_day(desk, "2027-02-28")[NoticeKind.SWITCHING_TOMORROW] == 1
    today = on_day(desk, "2027-03-01")
    assert (today[NoticeKind.SWITCHED_TODAY], today[NoticeKind.EXPIRED]) == (1, 1)
    assert NoticeKind.SWITCHED_TODAY not in on_day(desk, "2027-03-02")


def test_what_another_procedure_took_over_is_told_for_a_month(desk: Desk, data: DataCopy) -> None:
    data.edit(
        "forms/procedures/dang-ky-khai-sinh/*.yaml",
        "\nvalid_to: 2027-02-28",
        "\nsuperseded_by: [chung-thuc-ban-sao-tu-ban-chinh]\nvalid_to: 2027-02-28",
    )
    desk.catalogue = data.catalogue()
    assert on_day(desk, "2027-03-01") == {NoticeKind.EXPIRED: 1, NoticeKind.SUPERSEDED: 1}
    assert on_day(desk, "2027-03-31") == {NoticeKind.EXPIRED: 1}


@pytest.mark.parametrize(
    ("day", "count"), [("2026-11-30", 0), ("2026-12-01", 3), ("2026-12-31", 3), ("2027-01-01", 0)]
)
def test_a_fee_about_to_end_is_told_for_a_month(tmp_path: Path, day: str, count: int) -> None:
    made = make_desk(tmp_path / "other", datetime(2026, 11, 23, 8, tzinfo=VIETNAM))
    assert on_day(made, day).get(NoticeKind.FEES_ENDING, 0) == count
    ending = expiry_to_json(made.catalogue, date.fromisoformat(day))["fees_ending"]
    assert len({fee["fee_id"] for fee in ending}) == count  # type: ignore[attr-defined]
    made.store.close()


def test_a_notice_put_aside_is_told_again_the_next_day(desk: Desk) -> None:
    assert on_day(desk, "2027-03-01")
    put_aside(desk, [NoticeKind.EXPIRED])
    assert on_day(desk, "2027-03-01") == {}
    assert on_day(desk, "2027-03-02") == {NoticeKind.EXPIRED: 2}


def test_putting_aside_one_kind_leaves_the_others(desk: Desk) -> None:
    on_day(desk, "2027-02-01")
    put_aside(desk, [NoticeKind.EXPIRING])
    put_aside(desk, [NoticeKind.SUPERSEDED])
    assert on_day(desk, "2027-02-01") == {NoticeKind.FORMS_EXPIRING: 2}


def test_a_broken_note_of_what_was_put_aside_only_tells_once_more(desk: Desk) -> None:
    with desk.store.writing() as transaction:
        transaction.put_setting("notices.dismissed", '["not what we wrote"]')
    assert on_day(desk, "2027-03-01") == {NoticeKind.EXPIRED: 2}


class _Aged:
    """The catalogue, with data issued on a day."""

    def __init__(self, catalogue: object, issued_on: date) -> None:
        self._catalogue, self._issued_on = catalogue, issued_on

    def __getattr__(self, name: str) -> object:
        return getattr(self._catalogue, name)

    def data_versions(self) -> list[DataVersion]:
        return [
            DataVersion(
                section=section, pack_version="2026.11.1", issued_on=day, installed_at=None, source="bundled"
            )
            for section, day in (("forms", self._issued_on), ("calendars", date(2025, 1, 1)))
        ]


def test_old_data_is_told_after_the_days_that_were_set(desk: Desk) -> None:
    desk.catalogue = _Aged(desk.catalogue, date(2026, 11, 22))  # type: ignore[assignment]
    assert data_age(desk, date(2027, 1, 6)) == 45
    assert NoticeKind.DATA_OLD not in on_day(desk, "2027-01-06")
    assert on_day(desk, "2027-01-07")[NoticeKind.DATA_OLD] == 46
    set_max_data_age(desk, 60)
    assert max_data_age(desk) == 60
    assert NoticeKind.DATA_OLD not in on_day(desk, "2027-01-07")
    assert on_day(desk, "2027-01-22")[NoticeKind.DATA_OLD] == 61


@pytest.mark.parametrize("days", [0, -1, 3651, "45", None, True])
def test_an_absurd_number_of_days_is_refused(desk: Desk, days: object) -> None:
    with pytest.raises(BadInput) as refused:
        set_max_data_age(desk, days)
    assert refused.value.code == "bad_data_age"
    assert max_data_age(desk) == 45


def test_damaged_data_is_told(desk: Desk, data: DataCopy) -> None:
    (file,) = (data.forms / "procedures" / "chung-thuc-ban-sao-tu-ban-chinh").glob("*.yaml")
    file.write_text("procedure_id: [", encoding="utf-8")
    desk.catalogue.reload()
    assert on_day(desk, "2026-11-23")[NoticeKind.DATA_DAMAGED] == 1
