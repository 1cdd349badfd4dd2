"""One question of the form column: label, editor, suggestion, and what is wrong with the answer."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from counter_app.domain.condition import is_filled
from counter_app.domain.form_template import FieldType
from counter_app.i18n import _
from counter_app.ui.intake.answer_editor import AcceptsWhole, as_editor, make_editor, offer
from counter_app.ui.intake.questions import Key, Question
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.layouts import column, row
from counter_app.ui.widgets.parts_field import PartsField
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.widgets.tick_field import TickField

if TYPE_CHECKING:
    from counter_app.services.places import Places

_LETTERS = 19  # of a label before it wraps
_WIDE = frozenset({FieldType.TABLE})
_NARROW = frozenset({FieldType.NUMBER, FieldType.MONEY})


def label_width(widget: QWidget) -> int:
    """Return the width of the labels' column at the present text size, in pixels."""
    return widget.fontMetrics().averageCharWidth() * _LETTERS


class QuestionRow(QWidget):
    """Shows a `Question`; never writes into its editor while the clerk is in it.

    Args:
        question: What is asked.
        today: For dates typed with two digits of a year.
        answered: Called with (key, value) at every change by the clerk.
        accepted: Called with the key when Enter ends the answer.
        left: Called when the focus goes on.
        places: Finds communes for addresses.
    """

    def __init__(
        self,
        question: Question,
        *,
        today: date,
        answered: Callable[[Key, object], None],
        accepted: Callable[[Key], None],
        left: Callable[[], None],
        places: "Places | None" = None,
    ) -> None:
        super().__init__()
        self.key = question.key
        self._question = question
        self._came_to_a_fault = False
        self.editor = make_editor(question.field, question.label, today=today, places=places)
        editor = as_editor(self.editor)
        editor.edited.connect(lambda: answered(self.key, editor.value()))
        editor.accepted.connect(lambda: accepted(self.key))
        editor.left.connect(left)
        editor.left.connect(self._tidy)
        self._hints = _FocusSeen(self)
        self._hints.watch(self.editor)
        if isinstance(self.editor, PartsField):
            AcceptsWhole(self.editor, lambda: self._question.proposal)
        self._label = WrapLabel(least=36)
        self._problem = WrapLabel(type="small")
        self._problem.hide()
        self._hint = WrapLabel(type="caption", tone="muted")
        self._hint.hide()
        self._lay_out()
        self.show_question(question)

    def _lay_out(self) -> None:
        if self._question.field.type is FieldType.TICK:
            self.setLayout(self._tick_line())
            return
        answer = column(self._held_editor(), self._problem, self._hint, spacing=3)
        if self._question.field.type in _WIDE:
            self.setLayout(column(self._label, answer, spacing=4))
            return
        box = QHBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        self._label.setFixedWidth(label_width(self))
        self._label.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(answer, 1)
        self.setLayout(box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _tick_line(self) -> QVBoxLayout:
        """Put the words beside the box, where they can wrap; a tick box of Qt cannot."""
        if isinstance(self.editor, TickField):
            self._label.clicked.connect(self.editor.click)
        line = row(self.editor, spacing=6)
        line.addWidget(self._label, 1)
        return column(line, self._problem, self._hint, spacing=3)

    def _held_editor(self) -> QWidget | QHBoxLayout:
        """Keep a narrow editor at the left edge of its room."""
        return row(self.editor, None) if self._question.field.type in _NARROW else self.editor

    def show_question(self, question: Question) -> None:
        """Show the newest state of the same question."""
        self._question = question
        self._label.setText(question.label)
        if not self.has_focus():
            as_editor(self.editor).set_value(question.value)
        note = _("gợi ý, Enter để nhận") if is_filled(question.proposal) else ""
        offer(self.editor, question.field, question.proposal, note)
        if isinstance(self.editor, TextField):
            self.editor.set_side_text(question.note)
        as_editor(self.editor).set_state(self._state())
        self._tell_problem()

    def has_focus(self) -> bool:
        """Whether the clerk is in this question."""
        focus = self.focusWidget() if not self.editor.hasFocus() else self.editor
        return focus is not None and focus.hasFocus()

    def focus(self) -> None:
        """Go to this question."""
        as_editor(self.editor).setFocus()

    def commit(self) -> None:
        """End a pre-edit of the input method."""
        as_editor(self.editor).commit()

    def _state(self) -> str:
        question = self._question
        if question.blocks and self._is_told():
            return "error"
        if question.missing:
            return "suggested" if is_filled(question.proposal) else "missing"
        return ""

    def _is_told(self) -> bool:
        """Whether the fault is named: not while the clerk is still typing what causes it."""
        return bool(self._question.problem) and (not self.has_focus() or self._came_to_a_fault)

    def _tell_problem(self) -> None:
        """Name a fault once the clerk has gone on: nobody wants to be corrected half-way."""
        question = self._question
        shown = self._is_told()
        self._problem.setText(question.problem)
        self._problem.set_tone("bad" if question.blocks else "warn")
        self._problem.setVisible(shown)
        hint = question.field.hint if self.has_focus() else ""
        self._hint.setText(_(hint) if hint else "")
        self._hint.setVisible(bool(hint) and not shown)

    def show_hint(self) -> None:
        """Show what helps to answer while the clerk is here, and the fault that led here."""
        self._came_to_a_fault = bool(self._question.problem)
        as_editor(self.editor).set_state(self._state())
        self._tell_problem()

    def _tidy(self) -> None:
        self.show_question(self._question)


class _FocusSeen(QObject):
    """Tells its row when the clerk comes into any part of the editor."""

    def __init__(self, owner: QuestionRow) -> None:
        super().__init__(owner)
        self._owner = owner

    def watch(self, editor: QWidget) -> None:
        """Look at the editor and at the fields in it."""
        for each in (editor, *editor.findChildren(QLineEdit)):
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, ARG002  (Qt)
        """Let every event pass."""
        if event.type() is QEvent.Type.FocusIn:
            QTimer.singleShot(0, self._owner, self._owner.show_hint)
        return False
