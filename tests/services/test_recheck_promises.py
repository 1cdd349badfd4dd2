"""A new calendar moves promises: the clerk is told of each, decides, and nothing happens by itself."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.builders import VIETNAM
from tests.helpers.data_copy import DataCopy, copy_data, day_off, decide_tet_2027
from tests.helpers.desks import make_desk
from tests.helpers.raw_database import assert_outbox_chain, select
from tests.helpers.visits import CERTIFIED_COPY
from tests.printing.paper_reading import all_text, squeezed
from tests.scenarios.counter import set_clock, single_status_visit

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import BadInput
from counter_app.services.desk import Desk
from counter_app.services.look_up import open_dossier
from counter_app.services.print_papers import SLIP, print_paper
from counter_app.services.receive_dossier import receive
from counter_app.services.recheck_promises import (
    affected_count,
    affected_promises,
    change_promises,
    keep_promises,
)

CALENDAR = "calendars/vn-2027.yaml"

OF_DOSSIERS = "SELECT body FROM outbox_event WHERE dossier_id <> '' ORDER BY seq"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def events(desk: Desk) -> list[dict[str, Any]]:
    return [json.loads(body) for (body,) in select(desk, OF_DOSSIERS)]


@pytest.fixture
def data(tmp_path: Path) -> DataCopy:
    return copy_data(tmp_path / "data")


@pytest.fixture
def desk(tmp_path: Path, data: DataCopy) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", at("2027-02-02T09:00"))
    made.catalogue = data.catalogue()
    yield made
    made.store.close()


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    """Three working days over a Tết nobody has decided yet."""
    return receive(desk, single_status_visit(15000), clerk="Mai")


@pytest.fixture
def decide(desk: Desk, data: DataCopy) -> Callable[[], None]:
    def install() -> None:
        decide_tet_2027(data)
        desk.catalogue = data.catalogue()

    return install


def test_an_unchanged_calendar_affects_nobody(desk: Desk, dossier: Dossier) -> None:
    assert dossier.due_at == at("2027-02-12T09:00")
    assert dossier.promise.calendar == "provisional"
    assert affected_promises(desk) == ()


def test_the_affected_are_told_with_both_days_and_why(
    desk: Desk, dossier: Dossier, decide: Callable[[], None]
) -> None:
    receive(desk, CERTIFIED_COPY, clerk="Mai")  # due the same day: nothing moves
    decide()
    (affected,) = affected_promises(desk)
    assert (affected.dossier_code, affected.old_due, affected.new_due) == (
        dossier.dossier_code,
        at("2027-02-12T09:00"),
        at("2027-02-15T09:00"),
    )
    assert (affected.applicant, affected.phone) == (dossier.applicant.full_name, dossier.applicant.phone)
    assert affected.procedure == dossier.procedure.name
    assert affected.received_at == dossier.received_at
    assert [(day.date.isoformat(), day.before.reason, day.after.name) for day in affected.changes] == [
        ("2027-02-03", "working", "Nghỉ Tết thêm")
    ]
    assert affected.new.calendar == "official"
    assert affected_count(desk) == 1
    assert open_dossier(desk, dossier.dossier_code).dossier == dossier, "looking changes nothing"


def test_a_changed_promise_is_on_record_everywhere_and_the_first_is_kept(
    desk: Desk, dossier: Dossier, decide: Callable[[], None]
) -> None:
    print_paper(desk, dossier, SLIP)
    decide()
    set_clock(desk, at("2027-02-02T16:00"))
    (changed,) = change_promises(desk, [dossier.dossier_id], "  Lịch nghỉ Tết chính thức ")

    file = open_dossier(desk, dossier.dossier_code)
    assert file.dossier == changed
    assert (changed.due_at, changed.first_due_at) == (at("2027-02-15T09:00"), dossier.due_at)
    assert changed.promise.calendar_version == desk.calendar().version
    assert changed.calendar_definition != dossier.calendar_definition
    received, moved = file.history
    assert (received.act, moved.act, moved.at) == ("received", "promise_changed", at("2027-02-02T16:00"))
    assert moved.detail == {
        "old_due": "2027-02-12T09:00:00+07:00",
        "new_due": "2027-02-15T09:00:00+07:00",
        "reason": "Lịch nghỉ Tết chính thức",
        "calendar_version": desk.calendar().version,
    }
    assert ("promise_changed", dossier.dossier_id) in select(desk, "SELECT act, subject_id FROM audit_entry")
    assert_outbox_chain(desk)
    first, second = (json.loads(body) for (body,) in select(desk, OF_DOSSIERS))
    assert (first["rev"], second["rev"], second["kind"]) == (1, 2, "promise_changed")
    assert second["data"]["due_at"] == "2027-02-15T09:00:00+07:00"
    assert second["data"]["first_due_at"] == second["data"]["previous_due_at"] == "2027-02-12T09:00:00+07:00"

    text = all_text(print_paper(desk, file.dossier, SLIP).pdf)
    assert (
        squeezed("09 giờ 00 phút, ngày 15 tháng 02 năm 2027") in text or squeezed("ngày 15 tháng 02") in text
    )
    assert squeezed("In lại lần 1") in text
    assert affected_promises(desk) == ()
    assert change_promises(desk, [dossier.dossier_id], "lần nữa") == ()


def test_a_second_change_keeps_the_very_first_promise(
    desk: Desk, dossier: Dossier, decide: Callable[[], None], data: DataCopy
) -> None:
    decide()
    change_promises(desk, [dossier.dossier_id], "Lịch chính thức")
    data.edit(CALENDAR, "days_off:\n", "days_off:\n" + day_off("2027-02-15", "Nghỉ bão"))
    desk.catalogue = data.catalogue()
    (affected,) = affected_promises(desk)
    assert [day.date.isoformat() for day in affected.changes] == ["2027-02-15"]
    (changed,) = change_promises(desk, [dossier.dossier_id], "Bão")
    assert (changed.due_at, changed.first_due_at) == (at("2027-02-16T09:00"), dossier.due_at)
    revisions = [json.loads(body)["rev"] for (body,) in select(desk, OF_DOSSIERS)]
    assert revisions == [1, 2, 3]


def test_a_kept_promise_is_noted_and_listed_again_only_when_another_calendar_moves_it(
    desk: Desk, dossier: Dossier, decide: Callable[[], None], data: DataCopy
) -> None:
    decide()
    (kept,) = keep_promises(desk, [dossier.dossier_id], "Kết quả đã có sẵn")
    assert (kept.due_at, kept.promise, kept.first_due_at) == (dossier.due_at, dossier.promise, None)
    assert [step.act for step in open_dossier(desk, dossier.dossier_code).history] == [
        "received",
        "promise_kept",
    ]
    _, told = (json.loads(body) for (body,) in select(desk, OF_DOSSIERS))
    assert (told["kind"], told["rev"]) == ("promise_kept", 2)
    assert set(told["data"]["state"]["set"]) == {"calendar_definition"}
    assert affected_promises(desk) == ()

    data.edit(CALENDAR, "days_off:\n", "days_off:\n" + day_off("2027-06-01", "Ngày khác"))
    desk.catalogue = data.catalogue()
    assert affected_promises(desk) == ()
    data.edit(CALENDAR, "days_off:\n", "days_off:\n" + day_off("2027-02-11", "Nghỉ hoán đổi"))
    desk.catalogue = data.catalogue()
    assert [each.new_due for each in affected_promises(desk)] == [at("2027-02-16T09:00")]


@pytest.mark.parametrize("status", ["returned", "refused", "withdrawn", "stopped", "resolved"])
def test_nobody_waits_for_a_finished_dossier(
    desk: Desk, dossier: Dossier, decide: Callable[[], None], status: str
) -> None:
    with desk.store.writing() as transaction:
        transaction._sql.run("UPDATE dossier SET status = ?", (status,))  # type: ignore[attr-defined]
    decide()
    assert affected_promises(desk) == ()
    assert change_promises(desk, [dossier.dossier_id], "thử") == ()


def test_days_before_receipt_and_after_the_promise_move_nothing(
    desk: Desk, dossier: Dossier, data: DataCopy
) -> None:
    for day in ("2027-02-01", "2027-02-15", "2027-06-01"):
        data.edit(CALENDAR, "days_off:\n", "days_off:\n" + day_off(day, "Ngày khác"))
    desk.catalogue = data.catalogue()
    assert dossier.due_at is not None
    assert affected_promises(desk) == ()


def test_a_year_that_becomes_official_as_expected_moves_nothing(
    desk: Desk, dossier: Dossier, data: DataCopy
) -> None:
    data.edit(CALENDAR, "certainty: provisional", "certainty: official")
    desk.catalogue = data.catalogue()
    assert desk.calendar().version != dossier.promise.calendar_version
    assert affected_promises(desk) == ()


def test_a_calendar_that_arrives_late_still_tells_who_waits(
    desk: Desk, dossier: Dossier, decide: Callable[[], None]
) -> None:
    decide()
    set_clock(desk, at("2027-02-13T08:00"))  # the old day is past, the new one ahead
    assert [each.dossier_id for each in affected_promises(desk)] == [dossier.dossier_id]
    set_clock(desk, at("2027-02-15T09:01"))
    assert affected_promises(desk) == ()


def test_a_calendar_that_no_longer_reaches_so_far_moves_nothing(
    desk: Desk, dossier: Dossier, data: DataCopy
) -> None:
    for year in (2027, 2028):
        (data.calendars / f"vn-{year}.yaml").unlink()
    desk.catalogue = data.catalogue()
    assert affected_promises(desk) == ()
    assert change_promises(desk, [dossier.dossier_id], "thử") == ()


def test_a_same_day_case_that_rolled_to_a_new_day_off_moves_on(
    desk: Desk, decide: Callable[[], None]
) -> None:
    set_clock(desk, at("2027-02-02T15:30"))
    rolled = receive(desk, CERTIFIED_COPY, clerk="Mai")
    assert rolled.due_at == at("2027-02-03T17:00")
    decide()
    (changed,) = change_promises(desk, [rolled.dossier_id], "Nghỉ Tết thêm")
    assert changed.due_at == at("2027-02-11T17:00")
    assert changed.promise.by_same_day_rule
    assert changed.slip_required


def test_what_cannot_be_done_is_refused(desk: Desk, dossier: Dossier, decide: Callable[[], None]) -> None:
    decide()
    for act in (change_promises, keep_promises):
        with pytest.raises(BadInput) as no_reason:
            act(desk, [dossier.dossier_id], " \u200b ")
        assert no_reason.value.code == "reason_missing"
        with pytest.raises(BadInput) as nobody:
            act(desk, ["01930000-0000-7000-8000-00000000ffff"], "thử")
        assert nobody.value.code == "dossier_unknown"
    assert affected_count(desk) == 1
