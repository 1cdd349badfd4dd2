"""Steps of khai_sinh.feature: three scans, ten answers, sixty keys, in the real window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytest_bdd import parsers, scenarios, then, when
from tests.helpers.visits import CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER
from tests.printing.paper_reading import all_text, squeezed
from tests.scenarios.birth_visit import answer
from tests.scenarios.counter import Counter, moment_of

from counter_app.services.look_up import open_dossier
from counter_app.ui.intake.view import IntakeScreen

scenarios("khai_sinh.feature")

PEOPLE = {person.full_name: person for person in (GRANDMOTHER, MOTHER, FATHER)}


def screen_of(counter: Counter) -> IntakeScreen:
    screen = counter.worker.window.current_screen()
    assert isinstance(screen, IntakeScreen)
    return screen


@when(parsers.re(r"quét thẻ của (?:người nộp|mẹ|cha) (?P<name>.+)"))
def scan_a_card(counter: Counter, name: str) -> None:
    counter.worker.scans_card(PEOPLE[name])


@when(parsers.parse('chọn thủ tục bằng mấy chữ "{letters}"'))
def pick_the_procedure(counter: Counter, letters: str) -> None:
    counter.worker.picks_procedure(letters)
    assert screen_of(counter).presenter.state.visit.procedure_id == "dang-ky-khai-sinh"


@when("trả lời từng câu đang được hỏi:")
def answer_the_questions(counter: Counter, datatable: list[list[str]]) -> None:
    answer(counter.worker, [(question, said) for question, said in datatable[1:]])


@when("đánh dấu giấy tờ đầu tiên rồi nhấn F9")
def tick_and_receive(counter: Counter) -> None:
    for key in (Qt.Key.Key_F6, Qt.Key.Key_Space, Qt.Key.Key_F9):
        counter.worker.presses_key(key)
    received = screen_of(counter).presenter.state.received
    assert received is not None
    counter.dossier = received.dossier


@then(parsers.parse("hồ sơ {code:S} đã được lưu, hẹn trả lúc {hour:S} ngày {day:S}"))
def it_is_saved(counter: Counter, code: str, hour: str, day: str) -> None:
    file = open_dossier(counter.desk, code)
    assert file.dossier == counter.received
    assert file.dossier.due_at == moment_of(hour, day)
    answers = dict(file.dossier.forms[0].answers)
    origin = answers.pop("ks_que_quan")
    assert isinstance(origin, dict)
    assert (origin["commune"], origin["province"]) == ("xã Trung Minh", "Phú Thọ")
    for key, value in CHILD_ANSWERS.items():
        if key != "ks_que_quan":
            assert answers[key] == value
    assert [part.part_id for part in file.dossier.parts if part.original] == ["to_khai", "giay_chung_sinh"]


@then("tờ khai in ra có đủ tên trẻ, mẹ, cha và người nộp")
def the_form_names_everybody(counter: Counter) -> None:
    ((title, pdf),) = counter.tray.printed
    assert title == "form-ht-khai-sinh.pdf"
    text = all_text(pdf)
    for name in (str(CHILD_ANSWERS["ks_ho_ten"]), *PEOPLE):
        assert squeezed(name.upper()) in text


@then("không có giấy hẹn nào được in")
def no_slip(counter: Counter) -> None:
    assert not counter.received.slip_required
    assert [title for title, _ in counter.tray.printed] == ["form-ht-khai-sinh.pdf"]


@then(
    parsers.parse(
        "cả lượt chỉ cần {scans:d} lần quét, không quá {answers:d} câu trả lời, không quá {keys:d} phím khác"
    )
)
def it_took_no_more(counter: Counter, scans: int, answers: int, keys: int) -> None:
    clerk = counter.worker
    assert clerk.scans == scans
    assert clerk.answers <= answers
    assert clerk.presses <= keys


@when(parsers.parse('đang gõ dở chữ "{letters}" thì quét thẻ của mẹ {name}'))
def scan_while_typing(counter: Counter, letters: str, name: str) -> None:
    counter.worker.types(letters)
    counter.worker.scans_card(PEOPLE[name])


@then(parsers.parse('ô chữ vẫn chỉ có chữ "{letters}"'))
def the_field_is_untouched(counter: Counter, letters: str) -> None:
    row = screen_of(counter).form.rows[("ht-khai-sinh", "nyc_quan_he")]
    line = row.editor.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    assert line.text() == letters


@then(parsers.parse('mẹ trong tờ khai là "{name}"'))
def the_mother_is(counter: Counter, name: str) -> None:
    assert screen_of(counter).presenter.state.visit.people["me"].full_name == name
