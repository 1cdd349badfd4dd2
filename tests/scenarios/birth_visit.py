"""The birth registration as a clerk does it at the window, question by question."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from tests.helpers.clerk import Clerk
from tests.helpers.visits import FATHER, GRANDMOTHER, MOTHER

QUESTIONS: tuple[tuple[str, str], ...] = (
    ("Người yêu cầu là gì của trẻ?", "Bà"),
    ("Họ tên người được khai sinh", "Nguyễn Bùi Minh Khôi"),
    ("Ngày sinh của người được khai sinh", "15112026"),
    ("Giới tính của người được khai sinh", "phím 1"),
    ("Dân tộc của người được khai sinh", "Mường"),
    ("Nơi sinh", "Trung tâm Y tế Hòa Bình, phường Hòa Bình, tỉnh Phú Thọ"),
    ("Quê quán của người được khai sinh", ""),
    ("Quê quán của người được khai sinh", "xã Trung Minh"),
    ("Quê quán của người được khai sinh", "Phú Thọ"),
)


def register_birth(clerk: Clerk) -> None:
    """Do everything up to F9."""
    clerk.scans_card(GRANDMOTHER)
    clerk.picks_procedure("ksi")
    clerk.scans_card(MOTHER)
    clerk.scans_card(FATHER)
    answer(clerk, QUESTIONS)


def answer(clerk: Clerk, questions: Sequence[tuple[str, str]]) -> None:
    """Answer one question after the other; each must be the one the window is asking."""
    for question, said in questions:
        assert question_in_focus(clerk) == question
        if said.startswith("phím "):
            clerk.chooses(int(said.removeprefix("phím ")))
        elif said:
            clerk.answers_with(said)
        else:
            clerk.presses_key(Qt.Key.Key_Return)


def question_in_focus(clerk: Clerk) -> str:
    """Return the question the keyboard is at, in the words of the form."""
    from counter_app.ui.intake.view import IntakeScreen

    screen = clerk.window.current_screen()
    assert isinstance(screen, IntakeScreen)
    at = screen.form.current_key()
    assert at is not None
    assessment = screen.presenter.state.assessment
    assert assessment is not None
    template = next(form.template for form in assessment.forms if form.template.form_id == at[0])
    field = template.field(at[1])
    assert field is not None
    return field.ask or field.label
