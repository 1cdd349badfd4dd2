"""The catalogue in the window: found, read aloud, on another day, printed, posted."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from tests.helpers.builders import MORNING
from tests.helpers.data_copy import DataCopy, copy_data
from tests.helpers.desks import PaperTray, make_desk
from tests.helpers.later_versions import add_successor
from tests.helpers.visits import GRANDMOTHER
from tests.printing.paper_reading import all_text, squeezed

from counter_app.domain.person import Person
from counter_app.services.desk import Desk
from counter_app.services.office_values import enter_value
from counter_app.services.procedure_overview import Trait
from counter_app.ui.intake.view import IntakeScreen
from counter_app.ui.main_window import MainWindow
from counter_app.ui.procedures.posting_view import PostingScreen
from counter_app.ui.procedures.view import ProceduresScreen
from counter_app.ui.settings.view import SettingsScreen

BIRTH, SINGLE = "dang-ky-khai-sinh", "cap-giay-xac-nhan-tinh-trang-hon-nhan"


@pytest.fixture
def shown(window: MainWindow) -> ProceduresScreen:
    return open_procedures(window)


def open_procedures(window: MainWindow, **request: object) -> ProceduresScreen:
    window.open_screen("procedures", **request)
    QApplication.processEvents()
    screen = window.current_screen()
    assert isinstance(screen, ProceduresScreen)
    return screen


def search(screen: ProceduresScreen, text: str) -> None:
    screen.filters.search.clear()
    screen.filters.search.setFocus()
    QTest.keyClicks(screen.filters.search, text)
    QTest.keyClick(screen.filters.search, Qt.Key.Key_Return)
    QApplication.processEvents()


def words(widget: QWidget) -> str:
    QApplication.processEvents()  # Qt shows what was added to a page when it is next idle
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def button(screen: QWidget, text: str) -> QPushButton:
    QApplication.processEvents()
    (found,) = [b for b in screen.findChildren(QPushButton) if b.text() == text and b.isVisible()]
    return found


@pytest.mark.parametrize(
    ("typed", "procedure_id"),
    [("dkks", BIRTH), ("khai sinh", BIRTH), ("1.001193", BIRTH), ("XAC NHAN TINH TRANG", SINGLE)],
)
def test_a_procedure_is_found_by_a_few_letters(
    shown: ProceduresScreen, typed: str, procedure_id: str
) -> None:
    search(shown, typed)
    assert shown.page.procedure is not None
    assert shown.page.procedure.procedure_id == procedure_id
    assert shown.list.hasFocus()


def test_the_page_reads_what_to_bring_to_pay_and_when(shown: ProceduresScreen) -> None:
    search(shown, "xac nhan tinh trang")
    said = words(shown.page)
    for expected in (
        "Mang theo",
        "1. Tờ khai cấp Giấy xác nhận tình trạng hôn nhân",
        "chương trình in sẵn",
        "xuất trình",
        "Hết bao nhiêu",
        "chưa biết (HĐND tỉnh quy định)",
        "Bao giờ xong",
        "3 ngày làm việc",
        "Giấy xác nhận tình trạng hôn nhân",
        "Quyết định 163/QĐ-BTP",
        "Áp dụng từ 01/01/2026 đến 28/02/2027",
        "Chưa đối chiếu",
    ):
        assert expected in said
    assert "0 đ" not in said


def test_an_unknown_fee_leads_to_where_it_is_entered(window: MainWindow, shown: ProceduresScreen) -> None:
    search(shown, "xac nhan tinh trang")
    button(shown.page, "Nhập mức thu của tỉnh").click()
    assert isinstance(window.current_screen(), SettingsScreen)


def test_an_entered_fee_and_a_shorter_limit_stand_beside_the_law(desk: Desk, shown: ProceduresScreen) -> None:
    today = MORNING.date()
    enter_value(desk, "fee/le_phi_xac_nhan_tinh_trang_hon_nhan", 15000, today, "Nghị quyết thử")
    enter_value(desk, f"time/{SINGLE}/cap-moi", "2wd", today, "Quyết định thử")
    search(shown, "xac nhan tinh trang")
    said = words(shown.page)
    assert "15.000 đ" in said
    assert "2 ngày làm việc" in said
    assert "luật định: 3 ngày làm việc" in said


def test_every_case_has_papers_of_its_own(shown: ProceduresScreen) -> None:
    search(shown, "dkks")
    cases = shown.page.cases
    assert cases is not None
    assert "Biên bản về việc trẻ bị bỏ rơi" not in words(shown.page)
    cases.set_value("tre-bi-bo-roi")
    cases.edited.emit()
    assert "Biên bản về việc trẻ bị bỏ rơi" in words(shown.page)


def test_filters_narrow_the_list_and_esc_widens_it_again(shown: ProceduresScreen) -> None:
    whole = shown.model.rowCount()
    assert whole == len(shown.presenter.everything()) - len(
        [o for o in shown.presenter.everything() if o.traits & {Trait.EXPIRED, Trait.COMING}]
    )
    shown.filters.sector.set_value("Hộ tịch")
    shown.filters.trait.set_value(Trait.FEE_UNKNOWN.value)
    shown.refresh()
    assert 0 < shown.model.rowCount() < whole
    assert all(row.procedure.sector == "Hộ tịch" for row in shown.model.rows)
    assert all(Trait.FEE_UNKNOWN in row.traits for row in shown.model.rows)
    assert shown.escape()
    assert shown.model.rowCount() == whole
    assert not shown.escape()


def test_another_day_is_marked_and_shows_what_will_be_in_force(shown: ProceduresScreen) -> None:
    today = shown.model.rowCount()
    shown.filters.day.setFocus()
    shown.filters.day.selectAll()
    QTest.keyClicks(shown.filters.day, "01/03/2027")
    QTest.keyClick(shown.filters.day, Qt.Key.Key_Return)
    assert shown.day_mark.isVisible()
    assert "01/03/2027" in words(shown.day_mark)
    assert shown.model.rowCount() < today
    assert shown.model.line_of(BIRTH) < 0
    button(shown.day_mark, "Về hôm nay").click()
    assert not shown.day_mark.isVisible()
    assert shown.model.rowCount() == today


def test_the_instruction_sheet_of_the_case_on_show_is_printed(
    desk: Desk, window: MainWindow, shown: ProceduresScreen
) -> None:
    search(shown, "dkks")
    shown.print.click()
    shown.all_cases.setChecked(True)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(desk.printer, PaperTray)
    one, every = (all_text(pdf) for _title, pdf in desk.printer.printed)
    assert squeezed("HƯỚNG DẪN: ĐĂNG KÝ KHAI SINH") in one.upper()
    abandoned = squeezed("Biên bản về việc trẻ bị bỏ rơi")
    assert (abandoned in one, abandoned in every) == (False, True)


def test_f9_receives_the_procedure_on_show(window: MainWindow, shown: ProceduresScreen) -> None:
    search(shown, "dkks")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F9)
    screen = window.current_screen()
    assert isinstance(screen, IntakeScreen)
    assert screen.presenter.state.visit.procedure_id == BIRTH


def test_receiving_another_procedure_leaves_the_open_visit_in_the_drafts(
    window: MainWindow, shown: ProceduresScreen
) -> None:
    intake = intake_with(window, GRANDMOTHER, procedure_id=BIRTH)
    before = intake.presenter.state
    receive(window, SINGLE)
    state = intake.presenter.state
    assert (state.visit.procedure_id, state.visit.applicant) == (SINGLE, None)
    assert state.draft_id != before.draft_id
    assert "Hồ sơ đang làm dở đã nằm trong Bản nháp." in words(window)
    button(window, "Mở lại").click()
    QApplication.processEvents()
    assert intake.presenter.state.draft_id == before.draft_id
    assert intake.presenter.state.visit.applicant == before.visit.applicant


def test_receiving_the_procedure_of_the_open_visit_goes_on_with_it(
    window: MainWindow, shown: ProceduresScreen
) -> None:
    intake = intake_with(window, GRANDMOTHER, procedure_id=BIRTH)
    before = intake.presenter.state.draft_id
    receive(window, BIRTH)
    assert intake.presenter.state.draft_id == before


def test_an_applicant_without_a_procedure_gets_the_one_on_show(
    window: MainWindow, shown: ProceduresScreen
) -> None:
    intake = intake_with(window, GRANDMOTHER)
    before = intake.presenter.state.draft_id
    receive(window, SINGLE)
    state = intake.presenter.state
    assert (state.draft_id, state.visit.procedure_id) == (before, SINGLE)
    assert state.visit.applicant is not None


def test_a_half_typed_person_of_the_visit_left_stays_out_of_the_new_one(
    window: MainWindow, shown: ProceduresScreen
) -> None:
    intake = intake_with(window, procedure_id=BIRTH)
    intake.type_person("")
    intake.person.name.setFocus()
    QTest.keyClicks(intake.person.name, "Hoa")
    receive(window, SINGLE)
    assert intake._middle.currentWidget() is intake.form
    assert intake.presenter.state.visit.applicant is None


def intake_with(window: MainWindow, *people: Person, **request: object) -> IntakeScreen:
    window.open_screen("intake", new="1", **request)
    intake = window.current_screen()
    assert isinstance(intake, IntakeScreen)
    for person in people:
        intake.presenter.take_card(person)
    return intake


def receive(window: MainWindow, procedure_id: str) -> None:
    open_procedures(window, procedure_id=procedure_id)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F9)


def test_a_procedure_not_in_force_says_why_it_is_not_received(shown: ProceduresScreen) -> None:
    shown.filters.choose_trait(Trait.EXPIRED)
    shown.refresh()
    assert shown.model.rowCount() > 0
    assert not shown.receive.isEnabled()
    assert not shown.print.isEnabled()
    assert "Không tiếp nhận: đã hết hiệu lực sau" in words(shown.page)


def test_links_lead_to_the_procedure_that_took_over(shown: ProceduresScreen) -> None:
    shown.go_to("lien-thong-khai-sinh-the-bhyt", "")
    assert "Được thay bằng" in words(shown.page)
    successor = "lien-thong-khai-sinh-thuong-tru-bhyt-can-cuoc"
    button(shown.page, shown.presenter.named(successor)).click()
    assert shown.page.procedure is not None
    assert shown.page.procedure.procedure_id == successor


@pytest.fixture
def two_versions(tmp_path: Path) -> Iterator[Desk]:
    data: DataCopy = copy_data(tmp_path / "data")
    add_successor(data.forms, "templates", "ht-khai-sinh", date(2027, 3, 1))
    add_successor(
        data.forms,
        "procedures",
        BIRTH,
        date(2027, 3, 1),
        [("name: Đăng ký khai sinh", "name: Khai sinh mới")],
    )
    made = make_desk(tmp_path / "two", MORNING)
    made.catalogue = data.catalogue()
    yield made
    made.store.close()


def test_versions_lead_to_each_other(two_versions: Desk, make_open_window: Callable[..., MainWindow]) -> None:
    screen = open_procedures(make_open_window(two_versions), procedure_id=BIRTH)
    assert "Áp dụng từ 01/01/2026 đến 28/02/2027 (đang xem)" in words(screen.page)
    button(screen.page, "Áp dụng từ 01/03/2027").click()
    assert screen.page.procedure is not None
    assert screen.page.procedure.version == "2027-03-01"
    assert not screen.receive.isEnabled()
    assert "Chưa tiếp nhận được: áp dụng từ 01/03/2027." in words(screen.page)
    button(screen.page, "Xem bản đang áp dụng").click()
    assert screen.receive.isEnabled()


def test_the_posting_sheet_is_seen_before_it_is_printed(desk: Desk, window: MainWindow) -> None:
    window.open_screen("posting", sector="Chứng thực")
    QApplication.processEvents()
    screen = window.current_screen()
    assert isinstance(screen, PostingScreen)
    assert "thủ tục đang áp dụng hôm nay" in screen.count.text()
    assert screen.preview.sizeHint().height() > 100
    screen.print.click()
    assert isinstance(desk.printer, PaperTray)
    ((_title, pdf),) = desk.printer.printed
    text = all_text(pdf)
    assert squeezed("Lĩnh vực Chứng thực") in text
    assert squeezed("Lĩnh vực Hộ tịch") not in text


def test_what_must_leave_the_board_is_listed(desk: Desk, window: MainWindow) -> None:
    window.open_screen("posting")
    screen = window.current_screen()
    assert isinstance(screen, PostingScreen)
    QApplication.processEvents()
    assert "hết hiệu lực 31/08/2026" in words(screen)
