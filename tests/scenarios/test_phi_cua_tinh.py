"""Steps of phi_cua_tinh.feature: what the province decides, from its day on."""

from dataclasses import replace
from datetime import timedelta

from pytest_bdd import given, parsers, scenarios, then, when
from tests.helpers.visits import BIRTH, CHILD_ANSWERS
from tests.scenarios.counter import Counter, moment_of, set_clock

from counter_app.services.look_up import open_dossier
from counter_app.services.office_values import enter_value, take_back

scenarios("phi_cua_tinh.feature")

KEY = "fee/le_phi_khai_sinh_qua_han"


def _vnd(text: str) -> int:
    return int(text.replace(".", ""))


@given(parsers.parse('cơ quan nhập mức {amount:S} đ từ {day:S} theo "{basis}"'))
def enter(counter: Counter, amount: str, day: str, basis: str) -> None:
    enter_value(counter.desk, KEY, _vnd(amount), moment_of("00:00", day).date(), basis)


@given(parsers.parse("cơ quan bỏ mức ấy từ {day:S}"))
def withdraw(counter: Counter, day: str) -> None:
    take_back(counter.desk, KEY, moment_of("00:00", day).date())


@when("tiếp nhận một hồ sơ khai sinh quá hạn")
def receive_late_birth(counter: Counter) -> None:
    counter.error = None
    born = (counter.desk.clock.now() - timedelta(days=90)).date().isoformat()
    counter.receive(replace(BIRTH, fields={"ht-khai-sinh": CHILD_ANSWERS | {"ks_ngay_sinh": born}}))


@when(parsers.parse("sang {hour:S} ngày {day:S}"))
def another_day(counter: Counter, hour: str, day: str) -> None:
    set_clock(counter.desk, moment_of(hour, day))


@then(parsers.parse('chương trình hỏi mức "{name}"'))
def asks(counter: Counter, name: str) -> None:
    assert counter.error is not None
    assert counter.error.code == "answers_missing"
    assert counter.error.params["labels"] == [name]


@then("không ghi khoản thu nào 0 đ")
def nothing_written(counter: Counter) -> None:
    with counter.desk.store.reading() as queries:
        assert queries.dossier_count() == 0


@then(parsers.parse("hồ sơ thu {amount:S} đ"))
def charged(counter: Counter, amount: str) -> None:
    assert counter.error is None
    assert [charge.amount_vnd for charge in counter.received.charges] == [_vnd(amount)]


@then(parsers.parse("hồ sơ đầu tiên vẫn ghi {amount:S} đ"))
def first_unchanged(counter: Counter, amount: str) -> None:
    with counter.desk.store.reading() as queries:
        first = queries.newest()[-1]
    dossier = open_dossier(counter.desk, first.dossier_code).dossier
    assert [charge.amount_vnd for charge in dossier.charges] == [_vnd(amount)]
