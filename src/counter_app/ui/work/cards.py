"""The two cards over the foot of the list: one asks before an act on many, one tells what became of it."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from counter_app.i18n import _
from counter_app.services.worklists_port import WorkRow
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Scroll, clear, column, row
from counter_app.ui.widgets.text_field import NumberField, TextField
from counter_app.ui.work.acts import ExtensionWish, Outcome
from counter_app.ui.work.many import ManyAct, name_of, question_of

_NAMED = 3  # dossiers named before "và 8 hồ sơ nữa"
_USUAL_DAYS = 2
_LINES_SHOWN = 6  # of an outcome; more are scrolled to


class ConfirmCard(QFrame):
    """Asks once for the whole act; the safe button has the focus unless something is to be written.

    Args:
        confirmed: Gets the act and, for an extension, what was written.
        cancelled: Called when the clerk thinks better of it.
    """

    def __init__(
        self, confirmed: Callable[[ManyAct, ExtensionWish | None], None], cancelled: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setProperty("frame", "info")
        self._confirmed = confirmed
        self._act = ManyAct.ENTER_RESULT
        self._question = WrapLabel(bold=True)
        self._which = WrapLabel(type="small", tone="muted")
        self.reason = TextField(_("Lý do gia hạn"), placeholder=_("In trên văn bản xin lỗi"), max_length=500)
        self.days = NumberField(_("Gia hạn thêm mấy ngày làm việc"))
        self.days.setMaximumWidth(72)
        self.late_reason = TextField(
            _("Vì sao gia hạn muộn"),
            placeholder=_("Chỉ cần khi còn chưa đầy một ngày làm việc"),
            max_length=500,
        )
        self._fields = self._extension_fields()
        self.yes = primary_button("", key="Ctrl Enter", clicked=self._confirm)
        self.no = Button(_("Thôi"), key="Esc", clicked=cancelled)
        buttons = row(None, self.no, self.yes, spacing=10)
        self.setLayout(
            column(self._question, self._which, self._fields, buttons, margins=(14, 10, 14, 10), spacing=6)
        )
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self._confirm)
        self.hide()

    def ask(self, act: ManyAct, rows: Sequence[WorkRow]) -> None:
        """Ask about an act with these dossiers."""
        self._act = act
        self._question.setText(question_of(act, len(rows)))
        self._which.setText(_named(rows))
        self.yes.set_text(f"{name_of(act)} ({len(rows)})")
        extending = act is ManyAct.EXTEND
        self._fields.setVisible(extending)
        if extending and self.days.value() is None:
            self.days.set_value(_USUAL_DAYS)
        self.reason.set_state("")
        self.show()
        (self.reason if extending else self.no).setFocus()

    def _confirm(self) -> None:
        if not self.isVisible():
            return
        if self._act is not ManyAct.EXTEND:
            self._confirmed(self._act, None)
            return
        wish = ExtensionWish(
            reason=str(self.reason.value()),
            days=str(self.days.value() or ""),
            late_reason=str(self.late_reason.value()),
        )
        for field, written in ((self.reason, wish.reason), (self.days, wish.days)):
            if not written.strip() or (field is self.days and not wish.days.isdecimal()):
                field.set_state("error")
                field.setFocus()
                return
            field.set_state("")
        self._confirmed(self._act, wish)

    def _extension_fields(self) -> QWidget:
        fields = QWidget()
        days = row(self.days, PlainLabel(_("ngày làm việc, tính từ ngày hẹn cũ")), None, spacing=6)
        lines = ((_("Lý do"), self.reason), (_("Thêm"), days), (_("Nếu muộn"), self.late_reason))
        box = QVBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        for label, field in lines:
            name = PlainLabel(label, tone="muted")
            name.setMinimumWidth(76)
            line = row(name, field, spacing=8)
            line.setStretch(1, 1)
            box.addLayout(line)
        fields.setLayout(box)
        return fields


class OutcomeCard(QFrame):
    """Tells what became of an act when something was refused, dossier by dossier."""

    def __init__(self, closed: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("frame", "warn")
        self._undo: Callable[[], None] | None = None
        self._told: tuple[str, ...] = ()
        self._closed = closed
        self._headline = WrapLabel(bold=True)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(3)
        inner = QWidget()
        inner.setLayout(self._lines)
        self._area = Scroll(inner)
        self.undo = Button(_("Hoàn tác những hồ sơ đã xong"), clicked=self._take_back)
        self.close_button = Button(_("Đã đọc"), key="Esc", clicked=closed)
        buttons = row(None, self.undo, self.close_button, spacing=10)
        self.setLayout(column(self._headline, self._area, buttons, margins=(14, 10, 14, 10), spacing=6))
        self.hide()

    def tell(self, outcome: Outcome) -> None:
        """Show an outcome."""
        self._headline.setText(outcome.headline)
        clear(self._lines)
        for line in outcome.lines:
            self._lines.addWidget(WrapLabel(line, type="small"))
        self._lines.addStretch(1)
        height = self._headline.fontMetrics().height() + 6
        self._area.setFixedHeight(height * min(max(len(outcome.lines), 1), _LINES_SHOWN))
        self._told, self._undo = outcome.lines, outcome.undo
        self.undo.setVisible(outcome.undo is not None)
        self.show()
        self.close_button.setFocus()

    @property
    def text(self) -> str:
        """What it says."""
        return "\n".join((self._headline.text(), *self._told))

    def _take_back(self) -> None:
        undo = self._undo
        self._closed()
        if undo is not None:
            undo()


def _named(rows: Sequence[WorkRow]) -> str:
    names = [f"{row.dossier_code} {row.applicant}" for row in rows[:_NAMED]]
    left = len(rows) - len(names)
    more = [_("và {count} hồ sơ nữa").format(count=left)] if left else []
    return " · ".join((*names, *more))
