"""Steps of thu_tuc.feature: what is in force, read, printed, received, and replaced at midnight."""

import shutil
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytest_bdd import given, parsers, scenarios, then, when
from tests.helpers.later_versions import add_successor
from tests.helpers.packs import PackMaker
from tests.helpers.visits import CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER
from tests.printing.paper_reading import all_text, squeezed
from tests.scenarios.counter import Counter, moment_of, set_clock

from counter_app.locations import program_data
from counter_app.messages import text_of
from counter_app.services.install_pack import trust_root
from counter_app.services.look_up import open_dossier
from counter_app.ui.data_packs.view import DataPacksScreen
from counter_app.ui.intake.view import IntakeScreen
from counter_app.ui.procedures.view import ProceduresScreen

scenarios("thu_tuc.feature")


@when(parsers.parse('cán bộ ghi lý do nhận "{reason}"'))
def give_a_reason(counter: Counter, reason: str) -> None:
    counter.override_reason = reason


@then(parsers.parse("chương trình từ chối vì thủ tục hết hiệu lực từ {day:S}"))
def refused_as_expired(counter: Counter, day: str) -> None:
    assert counter.error is not None
    assert counter.error.code == "procedure_expired"
    assert day in text_of(counter.error)


@then("không có hồ sơ nào được lưu")
def nothing_kept(counter: Counter) -> None:
    with counter.desk.store.reading() as queries:
        assert queries.dossier_count() == 0
        assert queries.sync_state().waiting == 0


@then(parsers.parse('lý do "{reason}" nằm trong lịch sử hồ sơ'))
def the_reason_is_on_record(counter: Counter, reason: str) -> None:
    history = open_dossier(counter.desk, counter.received.dossier_code).history
    assert history[0].detail["override_reason"] == reason


@when(parsers.parse('mở màn hình thủ tục và gõ "{letters}"'))
def find_a_procedure(counter: Counter, letters: str) -> None:
    counter.worker.window.open_screen("procedures")
    counter.worker.types(letters)
    counter.worker.presses_key(Qt.Key.Key_Return)


@when(parsers.parse('mở màn hình thủ tục, xem "{procedure_id}"'))
def look_at_a_procedure(counter: Counter, procedure_id: str) -> None:
    counter.worker.window.open_screen("procedures", procedure_id=procedure_id)


@then(parsers.parse('trang "{name}" nói phải mang theo "{paper}"'))
def the_page_says(counter: Counter, name: str, paper: str) -> None:
    page = procedures_of(counter).page
    assert page.procedure is not None
    assert page.procedure.name == name
    said = said_on(page)
    assert "Mang theo" in said
    assert paper in said


@when("nhấn Ctrl P trên màn hình thủ tục")
def print_the_sheet(counter: Counter) -> None:
    window = counter.worker.window.windowHandle()
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)


@then(parsers.parse('giấy hướng dẫn "{name}" ra khỏi máy in'))
def the_sheet_is_out(counter: Counter, name: str) -> None:
    ((_title, pdf),) = counter.tray.printed
    assert squeezed(f"Hướng dẫn: {name}").upper() in all_text(pdf).upper()


@then(parsers.parse('nút tiếp nhận tắt, trang ghi "{text}"'))
def not_received(counter: Counter, text: str) -> None:
    screen = procedures_of(counter)
    assert not screen.receive.isEnabled()
    assert text in said_on(screen.page)


@when(parsers.parse('nhận theo bản đã hết hiệu lực vì "{reason}"'))
def receive_for_a_reason(counter: Counter, reason: str) -> None:
    page = procedures_of(counter).page
    page.override_button.click()
    counter.worker.types(reason)
    counter.worker.presses_key(Qt.Key.Key_Return)


@when("điền hồ sơ khai sinh rồi nhấn F9")
def fill_and_receive(counter: Counter) -> None:
    screen = intake_of(counter)
    fill_birth(counter, "2027-02-20")
    QTest.keyClick(counter.worker.window.windowHandle(), Qt.Key.Key_F9)
    if screen.presenter.state.doubt is not None:
        screen.confirm_doubt()
    received = screen.presenter.state.received
    assert received is not None
    counter.dossier = received.dossier


@given(
    parsers.parse('gói {version:S} trên USB có thủ tục khai sinh "{name}" dùng từ {day:S}'),
    target_fixture="pack",
)
def a_pack_on_usb(tmp_path: Path, counter: Counter, version: str, name: str, day: str) -> Path:
    maker = PackMaker.below(tmp_path)
    trust_root(counter.desk, maker.roots[0])
    content = tmp_path / "content"
    shutil.copytree(program_data() / "forms", content / "forms")
    edits = [("\nname: Đăng ký khai sinh\n", f"\nname: {name}\n")]
    add_successor(content / "forms", "procedures", "dang-ky-khai-sinh", day_of(day), edits)
    add_successor(content / "forms", "templates", "ht-khai-sinh", day_of(day))
    return maker.make(content, version)


@when("thả gói vào cửa sổ")
def drop_the_pack(counter: Counter, pack: Path) -> None:
    counter.worker.window.open_screen("data_packs", file=pack)


@then(parsers.parse('danh mục thay đổi có "{line}" và "{detail}"'))
def the_changes_are_shown(counter: Counter, line: str, detail: str) -> None:
    said = said_on(packs_of(counter).changes)
    assert line in said
    assert detail in said


@when("xác nhận cài gói")
def confirm_the_pack(counter: Counter) -> None:
    packs_of(counter).confirm.click()


@when(parsers.parse("đang nhập một hồ sơ khai sinh thì đồng hồ qua {hour:S} ngày {day:S}"))
def midnight_passes(counter: Counter, hour: str, day: str) -> None:
    window = counter.worker.window
    window.begin_daily()
    window.open_screen("intake", new="1", procedure_id="dang-ky-khai-sinh")
    fill_birth(counter, "2027-02-20")
    set_clock(counter.desk, moment_of(hour, day))
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))


@then(parsers.parse('cửa sổ báo "{text}"'))
def the_window_says(counter: Counter, text: str) -> None:
    assert text in said_on(intake_of(counter).form.law)


@then("không câu trả lời nào bị mất")
def nothing_is_lost(counter: Counter) -> None:
    state = intake_of(counter).presenter.state
    answers = state.visit.fields["ht-khai-sinh"]
    assert answers == CHILD_ANSWERS | {"ks_ngay_sinh": "2027-02-20"}
    assert state.assessment is not None
    assert state.assessment.procedure.name == "Đăng ký khai sinh theo Luật mới"


def procedures_of(counter: Counter) -> ProceduresScreen:
    screen = counter.worker.window.current_screen()
    assert isinstance(screen, ProceduresScreen)
    return screen


def packs_of(counter: Counter) -> DataPacksScreen:
    screen = counter.worker.window.current_screen()
    assert isinstance(screen, DataPacksScreen)
    return screen


def intake_of(counter: Counter) -> IntakeScreen:
    screen = counter.worker.window.current_screen()
    assert isinstance(screen, IntakeScreen)
    return screen


def fill_birth(counter: Counter, born: str) -> None:
    presenter = intake_of(counter).presenter
    for person in (GRANDMOTHER, MOTHER, FATHER):
        presenter.take_card(person)
    for key, value in (CHILD_ANSWERS | {"ks_ngay_sinh": born}).items():
        presenter.answer("ht-khai-sinh", key, value)


def said_on(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def day_of(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
