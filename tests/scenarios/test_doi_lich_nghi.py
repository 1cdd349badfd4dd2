"""Steps of doi_lich_nghi.feature: a new calendar after the promise."""

from pathlib import Path

import pytest
from pytest_bdd import given, parsers, scenarios, then, when
from tests.helpers.data_copy import DataCopy, copy_data, decide_tet_2027
from tests.printing.paper_reading import all_text, squeezed
from tests.scenarios.counter import Counter, moment_of, single_status_visit

from counter_app.services.look_up import open_dossier
from counter_app.services.print_papers import SLIP, print_paper
from counter_app.services.recheck_promises import affected_promises, change_promises, keep_promises

scenarios("doi_lich_nghi.feature")


@pytest.fixture
def data(tmp_path: Path) -> DataCopy:
    return copy_data(tmp_path / "data")


def reprinted(counter: Counter) -> str:
    """Find the dossier by its code, as for a citizen who comes with the slip, and print it once more."""
    dossier = open_dossier(counter.desk, counter.received.dossier_code).dossier
    return all_text(print_paper(counter.desk, dossier, SLIP).pdf)


@given("lịch nghỉ Tết 2027 còn là dự kiến")
def tet_is_provisional(counter: Counter, data: DataCopy) -> None:
    counter.desk.catalogue = data.catalogue()


@given("đã tiếp nhận xin xác nhận tình trạng hôn nhân, hạn 3 ngày làm việc")
def received(counter: Counter) -> None:
    counter.receive(single_status_visit(15000))
    assert counter.error is None
    assert counter.received.promise.time == "3wd"


@given(parsers.parse('đã in giấy hẹn ghi "{words}"'))
def printed(counter: Counter, words: str) -> None:
    text = counter.slip_text()
    assert squeezed(words) in text
    assert squeezed("In lại") not in text


@when(parsers.parse("lịch nghỉ chính thức đến, nghỉ thêm ngày 03/02/2027"))
def the_calendar_arrives(counter: Counter, data: DataCopy) -> None:
    decide_tet_2027(data)
    counter.desk.catalogue = data.catalogue()


@when(parsers.parse('cán bộ đổi ngày hẹn, lý do "{reason}"'))
def changed(counter: Counter, reason: str) -> None:
    (_changed,) = change_promises(counter.desk, [counter.received.dossier_id], reason)


@when(parsers.parse('cán bộ giữ ngày hẹn cũ, lý do "{reason}"'))
def kept(counter: Counter, reason: str) -> None:
    (_kept,) = keep_promises(counter.desk, [counter.received.dossier_id], reason)


@then("ngày hẹn được ghi là dự kiến")
def said_to_be_provisional(counter: Counter) -> None:
    assert counter.received.promise.calendar == "provisional"


@then("không có phiếu hẹn nào phải báo lại")
def nobody_to_tell(counter: Counter) -> None:
    assert affected_promises(counter.desk) == ()


@then(
    parsers.parse(
        "danh sách báo lại có hồ sơ, hẹn cũ {old:S}, hẹn mới {new:S}, vì ngày {why:S}",
    )
)
def listed(counter: Counter, old: str, new: str, why: str) -> None:
    (affected,) = affected_promises(counter.desk)
    assert affected.dossier_code == counter.received.dossier_code
    assert (affected.old_due, affected.new_due) == (moment_of("09:00", old), moment_of("09:00", new))
    assert [day.date for day in affected.changes] == [moment_of("00:00", why).date()]


@then(parsers.parse('giấy hẹn in lại vẫn ghi "{words}"'))
def the_slip_still_says(counter: Counter, words: str) -> None:
    assert squeezed(words) in reprinted(counter)


@then(parsers.parse('giấy hẹn in lại ghi "{words}" và "{mark}"'))
def the_slip_says_anew(counter: Counter, words: str, mark: str) -> None:
    text = reprinted(counter)
    assert squeezed(words) in text
    assert squeezed(mark) in text


@then(parsers.parse("quá trình ghi cả hẹn cũ {old:S} lẫn hẹn mới {new:S}"))
def the_history_has_both(counter: Counter, old: str, new: str) -> None:
    first, last = open_dossier(counter.desk, counter.received.dossier_code).history
    assert (first.act, last.act) == ("received", "promise_changed")
    assert last.detail["old_due"] == moment_of("09:00", old).isoformat()
    assert last.detail["new_due"] == moment_of("09:00", new).isoformat()


@then(parsers.parse("ngày hẹn đầu tiên vẫn là {day:S}"))
def the_first_promise_stays(counter: Counter, day: str) -> None:
    dossier = open_dossier(counter.desk, counter.received.dossier_code).dossier
    assert dossier.first_due_at == moment_of("09:00", day)
