"""What is known and need not be asked: one quiet line each, with its source; a click changes it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from counter_app.domain.form_filling import Source
from counter_app.domain.form_template import FieldType
from counter_app.i18n import _, later
from counter_app.ui.intake.question_row import label_width
from counter_app.ui.intake.questions import Key, Question
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.labels import Chip
from counter_app.ui.widgets.layouts import clear, column

_SOURCES = {
    Source.CARD.value: (later("thẻ"), "info"),
    Source.APPLICANT.value: (later("người nộp"), "info"),
    Source.DEFAULT.value: (later("mặc định"), "neutral"),
    Source.COMPUTED.value: (later("tự tính"), "neutral"),
    Source.TYPED.value: (later("nhập tay"), "neutral"),
}


class KnownLine(QFrame):
    """One known answer; Enter, Space or a click opens it for a change."""

    def __init__(self, question: Question, open_: Callable[[Key], None]) -> None:
        super().__init__()
        self._open = open_
        self._key = question.key
        self.setProperty("frame", "known")
        self._fixed = question.field.type is FieldType.COMPUTED
        self.setAccessibleName(f"{question.label}: {question.text}")
        if not self._fixed:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip(_("Bấm để sửa"))
        box = QHBoxLayout(self)
        box.setContentsMargins(4, 2, 2, 2)
        box.setSpacing(12)
        label = WrapLabel(question.label, tone="muted", type="small")
        label.setFixedWidth(label_width(self) - 4)
        value = WrapLabel(question.text or "–", type="small")
        words, kind = _SOURCES.get(question.source, ("", "neutral"))
        box.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(value, 1, Qt.AlignmentFlag.AlignTop)
        if words:
            box.addWidget(Chip(_(words), kind), 0, Qt.AlignmentFlag.AlignTop)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Open with the keyboard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self._key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt)
        """Open with the mouse."""
        if not self._fixed and self.rect().contains(event.position().toPoint()):
            self._open(self._key)


class KnownList(QWidget):
    """The known answers; rebuilt only when one changed."""

    def __init__(self, open_: Callable[[Key], None]) -> None:
        super().__init__()
        self._open = open_
        self._shown: tuple[tuple[Key, str, str, str], ...] = ()
        self._box = column(spacing=1)
        self.setLayout(self._box)

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Show these answers."""
        wanted = tuple((q.key, q.label, q.text, q.source) for q in questions)
        if wanted == self._shown:
            return
        self._shown = wanted
        clear(self._box)
        for question in questions:
            self._box.addWidget(KnownLine(question, self._open))
