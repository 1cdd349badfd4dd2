"""Steps of su_co.feature: power cuts and printers."""

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytest_bdd import parsers, scenarios, then, when
from tests.helpers.killed_receipt import kill_before_the_first_paper
from tests.helpers.visits import CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER, birth_words, card_text
from tests.printing.paper_reading import all_text, squeezed
from tests.scenarios.birth_visit import register_birth
from tests.scenarios.counter import Counter

from counter_app.messages import text_of
from counter_app.services.look_up import open_dossier
from counter_app.services.print_papers import print_paper
from counter_app.ui.intake.view import IntakeScreen

scenarios("su_co.feature")


@when("vừa lưu xong hồ sơ khai sinh thì mất điện trước khi in")
def the_power_fails(counter: Counter, tmp_path: Path) -> None:
    """The program itself is killed, at the one moment nobody could hit by chance."""
    now = counter.desk.clock.now().isoformat()
    counter.desk.store.close()
    answers, out = tmp_path / "answers.json", tmp_path / "out"
    answers.write_text(json.dumps({"fields": {"ht-khai-sinh": CHILD_ANSWERS}}), encoding="utf-8")
    cards = [word for p in (GRANDMOTHER, MOTHER, FATHER) for word in ("--card", card_text(p))]
    words = birth_words(answers, *cards, "--slip")
    kill_before_the_first_paper(counter.folder, out, (*words, "--out", str(out)), now=now)


@when("bật máy lên lại")
def switched_on_again(counter: Counter) -> None:
    counter.restart()


@then("chưa có giấy tờ nào được ghi là đã in")
def nothing_is_recorded_as_printed(counter: Counter) -> None:
    assert open_dossier(counter.desk, "H29.12-261123-1001").prints == ()


@when(parsers.parse("in lại giấy hẹn của hồ sơ {code:S}"))
def print_the_slip(counter: Counter, code: str) -> None:
    dossier = open_dossier(counter.desk, code).dossier
    counter.printed.append(print_paper(counter.desk, dossier, "slip"))


@then(parsers.parse('đó là bản in lần {copy_no:d} và không có chữ "{words}"'))
def an_unmarked_copy(counter: Counter, copy_no: int, words: str) -> None:
    paper = counter.printed[-1]
    assert paper.copy_no == copy_no
    assert squeezed(words) not in all_text(paper.pdf)


@then(parsers.parse('đó là bản in lần {copy_no:d} và có chữ "{words}"'))
def a_marked_copy(counter: Counter, copy_no: int, words: str) -> None:
    paper = counter.printed[-1]
    assert paper.copy_no == copy_no
    assert squeezed(words) in all_text(paper.pdf)


@then(parsers.parse("hồ sơ mới mang mã {code:S}"))
def the_next_code(counter: Counter, code: str) -> None:
    assert counter.received.dossier_code == code


@then("chương trình báo máy in lỗi và dặn hồ sơ vẫn an toàn")
def the_printer_is_reported(counter: Counter) -> None:
    assert counter.error is not None
    assert counter.error.code == "printer_failed"
    assert "Hồ sơ vẫn được lưu an toàn" in text_of(counter.error)
    prints = open_dossier(counter.desk, counter.received.dossier_code).prints
    assert [record.outcome for record in prints] == ["failed"]


@then("mỗi giấy tờ là bản in lần 1")
def every_paper_is_the_first_copy(counter: Counter) -> None:
    assert counter.error is None
    assert [paper.copy_no for paper in counter.printed] == [1]
    assert "Inlạilần" not in all_text(counter.printed[0].pdf)


# --- In the window


def screen_of(counter: Counter) -> IntakeScreen:
    screen = counter.worker.window.current_screen()
    assert isinstance(screen, IntakeScreen)
    return screen


@when("làm xong một lượt khai sinh và nhấn F9")
def a_whole_visit(counter: Counter) -> None:
    register_birth(counter.worker)
    for key in (Qt.Key.Key_F6, Qt.Key.Key_Space, Qt.Key.Key_F9):
        counter.worker.presses_key(key)
    received = screen_of(counter).presenter.state.received
    assert received is not None
    counter.dossier = received.dossier


@then("màn hình cho biết giấy tờ nào chưa in được và vì sao")
def the_screen_names_the_papers(counter: Counter) -> None:
    received = screen_of(counter).presenter.state.received
    assert received is not None
    assert [failure.paper for failure in received.failures] == ["form:ht-khai-sinh", "slip"]
    QApplication.processEvents()  # a line just added to a page is shown in the next turn
    said = " ".join(label.text() for label in screen_of(counter).findChildren(QLabel) if label.isVisible())
    assert "Tờ khai" in said
    assert "Giấy tiếp nhận và hẹn trả" in said
    assert text_of(received.failures[0].error) in said


@when("máy in chạy lại và cán bộ bấm in lại")
def print_again(counter: Counter) -> None:
    counter.tray.failing = False
    buttons = [b for b in screen_of(counter).findChildren(QAbstractButton) if b.isVisible()]
    again = next(button for button in buttons if "In lại" in button.accessibleName() + button.text())
    again.click()


@then('các giấy tờ đã in xong là bản đầu, không có chữ "In lại"')
def first_copies_came_out(counter: Counter) -> None:
    received = screen_of(counter).presenter.state.received
    assert received is not None
    assert received.failures == ()
    assert len(counter.tray.printed) == 2
    for _, pdf in counter.tray.printed:
        assert "Inlạilần" not in all_text(pdf)
    prints = open_dossier(counter.desk, counter.received.dossier_code).prints
    assert [(record.outcome, record.copy_no) for record in prints] == [
        *(("failed", 1), ("failed", 1), ("printed", 1), ("printed", 1)),
    ]
