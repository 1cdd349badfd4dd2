"""The pages where an office enters what it decides itself: keyboard first, never zero out of nothing."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from tests.helpers.builders import MORNING

from counter_app.domain.errors import BadInput
from counter_app.domain.local_values import fee_amounts
from counter_app.messages import text_of
from counter_app.services.desk import Desk
from counter_app.services.office_values import enter_value
from counter_app.ui.main_window import MainWindow
from counter_app.ui.settings.contact_page import ContactPage
from counter_app.ui.settings.fees_page import FeesPage
from counter_app.ui.settings.sessions_page import SessionsPage
from counter_app.ui.settings.times_page import TimesPage
from counter_app.ui.settings.values_presenter import ValueRow, matching, typed_time, value_words
from counter_app.ui.settings.view import SettingsScreen

TODAY = MORNING.date()
LEVY = "le_phi_khai_sinh_qua_han"
RESOLUTION = "Nghị quyết số 12/2026/NQ-HĐND"


def open_page(window: MainWindow, page: str) -> SettingsScreen:
    window.open_screen("settings", page=page)
    screen = window.current_screen()
    assert isinstance(screen, SettingsScreen)
    return screen


@pytest.fixture
def fees(window: MainWindow) -> FeesPage:
    page = open_page(window, "fees").pages["fees"]
    assert isinstance(page, FeesPage)
    return page


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def amounts(desk: Desk, day: date = TODAY) -> dict[str, int]:
    return fee_amounts(desk.local_values, day, "counter", {})


def choose(page: FeesPage, fee_id: str) -> ValueRow:
    row = next(row for row in page.presenter.fees() if row.key == f"fee/{fee_id}")
    page.search.setFocus()
    page.search.setText(fee_id)
    page.search.edited.emit()
    assert [each.key for each in page.model.rows][:1] == [row.key]
    return row


def test_every_fee_of_the_province_is_unknown_at_first_and_shared_ones_stand_once(fees: FeesPage) -> None:
    rows = fees.model.rows
    assert {row.shown for row in rows} == {"chưa biết"}
    assert len({row.key for row in rows}) == len(rows)
    assert any(", " in row.used_by for row in rows)
    assert all(row.used_by for row in rows)
    assert fees.field.text() == ""


def test_an_amount_is_entered_with_the_keyboard_alone(desk: Desk, fees: FeesPage) -> None:
    choose(fees, LEVY)
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is fees.table
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is fees.field
    QTest.keyClicks(fees.field, "8000")
    press(Qt.Key.Key_Return)
    fees.editor.first_day.setText("01/01/2027")
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is fees.editor.basis
    fees.editor.basis.setText(RESOLUTION)
    press(Qt.Key.Key_Return)
    assert amounts(desk) == {}
    assert amounts(desk, date(2027, 1, 1)) == {LEVY: 8000}
    lines = fees.presenter.history(f"fee/{LEVY}")
    assert lines == [f"từ 01/01/2027: 8.000 đ · {RESOLUTION} · Trần Thị Mai ghi {lines[0].split(' ghi ')[1]}"]
    shown = [label.text() for label in fees.editor.findChildren(QLabel)]
    assert lines[0] in shown


@pytest.mark.parametrize(
    ("amount", "day", "basis"),
    [
        ("", "23/11/2026", RESOLUTION),
        ("năm mươi", "23/11/2026", RESOLUTION),
        ("5000", "23/13/2026", RESOLUTION),
        ("5000", "2026", RESOLUTION),
        ("0", "23/11/2026", ""),
    ],
)
def test_what_is_not_said_is_not_entered(
    desk: Desk, fees: FeesPage, window: MainWindow, amount: str, day: str, basis: str
) -> None:
    choose(fees, LEVY)
    fees.field.setText(amount)
    fees.editor.first_day.setText(day)
    fees.editor.basis.setText(basis)
    fees.editor.enter()
    assert desk.office_values.entries == ()
    assert amounts(desk) == {}


def test_a_zero_is_typed_deliberately_and_shown_as_zero(desk: Desk, fees: FeesPage) -> None:
    choose(fees, LEVY)
    fees.field.setText("0")
    fees.editor.basis.setText("Miễn theo Nghị quyết số 9/2026/NQ-HĐND")
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert amounts(desk) == {LEVY: 0}
    assert fees.model.rows[0].shown == "0 đ"
    fees.editor.take_back()
    assert amounts(desk) == {}
    assert fees.model.rows[0].shown == "chưa biết"
    assert len(fees.presenter.history(f"fee/{LEVY}")) == 2


def test_only_what_is_missing_can_be_listed(desk: Desk, fees: FeesPage) -> None:
    enter_value(desk, f"fee/{LEVY}", 5000, TODAY, RESOLUTION)
    fees.reload()
    everything = len(fees.model.rows)
    fees.only_missing.click()
    assert len(fees.model.rows) == everything - 1
    assert f"fee/{LEVY}" not in {row.key for row in fees.model.rows}
    fees.search.setText("không có khoản nào như thế")
    fees.search.edited.emit()
    assert fees.model.rows == []
    fees.enter()
    assert len(desk.office_values.entries) == 1


def test_search_reads_names_procedures_and_words_without_marks() -> None:
    rows = [
        ValueRow(key="fee/a", name="Lệ phí cải chính hộ tịch", shown="", used_by="Cải chính", missing=True),
        ValueRow(key="fee/b", name="Lệ phí khác", shown="5.000 đ", used_by="Khai sinh, Khai tử"),
    ]
    assert [row.key for row in matching(rows, "cai chinh")] == ["fee/a"]
    assert [row.key for row in matching(rows, "le phi tử")] == ["fee/b"]
    assert [row.key for row in matching(rows, "", only_missing=True)] == ["fee/a"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("3 ngày làm việc", "3wd"),
        ("8 giờ làm việc", "8wh"),
        ("15 ngày", "15d"),
        ("3wd", "3wd"),
        ("nhanh", "nhanh"),
    ],
)
def test_a_limit_is_typed_as_people_say_it(typed: str, stored: str) -> None:
    assert typed_time(typed) == stored


def test_a_limit_is_read_back_as_it_is_typed() -> None:
    assert typed_time(value_words("time/x/y", "3wd")) == "3wd"
    assert value_words("fee/x", None) == "bỏ mức đã nhập"


def test_the_hours_of_the_office_with_a_saturday_for_intake_only(desk: Desk, window: MainWindow) -> None:
    page = open_page(window, "sessions").pages["sessions"]
    assert isinstance(page, SessionsPage)
    assert page.week.hours["mon"][0].text() == "07:00-11:30"
    page.week.hours["mon"][0].setText("7h30 - 11h30")
    page.week.hours["sat"][0].setText("07:30-11:00")
    page.season.setCurrentIndex(1)
    page.begins.setText("15/5")
    page.ends.setText("15/10")
    for day in ("mon", "tue", "wed", "thu", "fri"):
        page.week.hours[day][0].setText("06:30-11:00")
    page.editor.first_day.setText("01/12/2026")
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    calendar = desk.calendar()
    assert f"{calendar.sessions_on(date(2026, 12, 7))[0].start:%H:%M}" == "07:30"
    assert f"{calendar.sessions_on(date(2027, 6, 7))[0].start:%H:%M}" == "06:30"
    assert calendar.sessions_on(date(2026, 11, 30)) == desk.catalogue.calendar().sessions_on(
        date(2026, 11, 30)
    )
    saturday = date(2026, 12, 5)
    assert calendar.sessions_on(saturday)
    assert not calendar.is_working_day(saturday)


def test_a_season_without_its_days_is_not_entered(desk: Desk, window: MainWindow) -> None:
    page = open_page(window, "sessions").pages["sessions"]
    assert isinstance(page, SessionsPage)
    page.season.setCurrentIndex(1)
    page.week.hours["mon"][0].setText("06:30-11:00")
    with pytest.raises(BadInput) as refused:
        page.value()
    assert "mùa chưa có ngày đầu, ngày cuối" in text_of(refused.value)
    page.enter()
    assert desk.office_values.entries == ()
    page.drop.click()
    page.enter()
    assert len(desk.office_values.entries) == 1


def test_phone_and_signatory_are_entered_each_with_its_day(desk: Desk, window: MainWindow) -> None:
    page = open_page(window, "contact").pages["contact"]
    assert isinstance(page, ContactPage)
    assert page.phone.text() == desk.settings.office.phone
    page.phone.setText("0218 3851 234")
    page.phone_editor.enter()
    page.name.setText("Lò Văn Pín")
    page.position.setText("Giám đốc")
    page.signer_editor.first_day.setText("01/12/2026")
    page.position.setFocus()
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert desk.office(TODAY).phone == "0218 3851 234"
    assert desk.office_values.signatory(TODAY) is None
    signer = desk.office_values.signatory(date(2026, 12, 1))
    assert signer is not None
    assert (signer.name, signer.title) == ("Lò Văn Pín", "Giám đốc")


def test_cases_without_a_limit_are_listed_with_what_the_office_promises(
    desk: Desk, window: MainWindow
) -> None:
    page = open_page(window, "times").pages["times"]
    assert isinstance(page, TimesPage)
    if not page.model.rows:
        assert all(
            case.time or case.same_day for each in desk.catalogue.procedures(TODAY) for case in each.cases
        )
        return
    row = page.model.rows[0]
    page.field.setText("5 ngày làm việc")
    page.enter()
    assert [entry.key for entry in desk.office_values.entries] == [row.key]
    assert (page.model.rows[0].current, page.model.rows[0].missing) == ("5 ngày làm việc", False)
