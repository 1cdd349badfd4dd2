"""Steps of hen_tra.feature: promises, slips, holidays."""

from pytest_bdd import parsers, scenarios, then, when
from tests.printing.paper_reading import squeezed
from tests.scenarios.counter import Counter, moment_of, single_status_visit

from counter_app.domain.fee import format_vnd
from counter_app.services.look_up import open_dossier
from counter_app.services.print_papers import papers_to_hand_out

scenarios("hen_tra.feature")


@when(parsers.parse("tiếp nhận xin xác nhận tình trạng hôn nhân, hạn 3 ngày làm việc, lệ phí {fee:S} đ"))
def single_status(counter: Counter, fee: str) -> None:
    counter.receive(single_status_visit(int(fee.replace(".", ""))))
    assert counter.error is None
    assert counter.received.promise.time == "3wd"


@then("không cần in giấy tờ nào")
def no_paper(counter: Counter) -> None:
    assert papers_to_hand_out(counter.received) == ()
    counter.print_all()
    assert counter.tray.printed == []


@then(parsers.parse("phí là {amount}"))
def the_fee(counter: Counter, amount: str) -> None:
    assert [format_vnd(charge.amount_vnd or 0) for charge in counter.received.charges] == [amount]


@then("hồ sơ vẫn được ghi vào sổ và chờ gửi lên máy chủ")
def recorded_all_the_same(counter: Counter) -> None:
    file = open_dossier(counter.desk, counter.received.dossier_code)
    assert file.dossier == counter.received
    assert file.unsent


@then(parsers.parse('giấy hẹn ghi "{words}"'))
def the_slip_says(counter: Counter, words: str) -> None:
    assert "slip" in papers_to_hand_out(counter.received)
    assert squeezed(words) in counter.slip_text()


@then("giấy hẹn không bắt buộc")
def no_slip_due(counter: Counter) -> None:
    assert not counter.received.slip_required


@then("giấy hẹn phải in")
def a_slip_is_due(counter: Counter) -> None:
    assert counter.received.slip_required
    due = counter.received.due_at
    assert due is not None
    words = f"{due:%H} giờ {due:%M} phút, ngày {due:%d} tháng {due.month} năm {due.year}"
    assert squeezed(words) in counter.slip_text()


@then(parsers.parse('ngày {day:S} không tính vì nghỉ lễ "{name}"'))
def a_skipped_holiday(counter: Counter, day: str, name: str) -> None:
    skipped = moment_of("00:00", day).date()
    explained = next(each for each in counter.received.promise.days if each.date == skipped)
    assert (explained.counted, explained.reason, explained.name) == (False, "holiday", name)
