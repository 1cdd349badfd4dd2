"""Enters one value with its first day and basis, and shows everything entered before."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from counter_app.domain.errors import BadInput
from counter_app.i18n import _
from counter_app.ui.settings.values_presenter import ValuesPresenter
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import clear, column, row
from counter_app.ui.widgets.text_field import DateField, TextField, commit_composition
from counter_app.ui.workspace import Workspace

_SHOWN_HISTORY = 6


class ValueEditor(QWidget):
    """`field` is whatever takes the value; Enter goes from field to field and in the basis enters it.

    Args:
        workspace: To speak of errors.
        presenter: Does the acts.
        label: What the value is called.
        basis: An example of what such a value rests on.
        field: Takes the value; `read` turns it into what is entered.
        read: Returns the value; raises BadInput.
        entered: Called after something was entered or taken back.
    """

    def __init__(
        self,
        workspace: Workspace,
        presenter: ValuesPresenter,
        *,
        label: str,
        field: QWidget,
        basis: str,
        read: Callable[[], object],
        entered: Callable[[], None],
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._presenter = presenter
        self._read = read
        self._entered = entered
        self._key = ""
        self.field = field
        self.first_day = DateField(_("Áp dụng từ ngày"), today=presenter.today())
        self.basis = TextField(_("Căn cứ"), placeholder=basis, max_length=300)
        self.first_day.setMaximumWidth(180)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for line, (name, each) in enumerate(
            ((label, field), (_("Áp dụng từ ngày"), self.first_day), (_("Căn cứ"), self.basis))
        ):
            words = PlainLabel(name)
            words.setContentsMargins(0, 8, 0, 0)
            grid.addWidget(words, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(each, line, 1)
        self.save = Button(_("Ghi giá trị này"), key="Ctrl S", clicked=self.enter)
        self.back = Button(_("Bỏ giá trị đã nhập"), variant="quiet", clicked=self.take_back)
        self._history_title = PlainLabel(_("Đã nhập trước đây"), type="section")
        self._history = QVBoxLayout()
        self._history.setSpacing(2)
        self.setLayout(
            column(
                grid, row(self.save, self.back, None), self._history_title, self._history, None, spacing=10
            )
        )
        accepted = getattr(field, "accepted", None)
        if accepted is not None:
            accepted.connect(self.first_day.setFocus)
        self.first_day.accepted.connect(self.basis.setFocus)
        self.basis.accepted.connect(self.enter)

    def edit(self, key: str, basis: str = "") -> None:
        """Take on a value; its field was filled by the caller."""
        self._key = key
        self.first_day.set_value(self._presenter.today().isoformat())
        self.basis.set_value(basis)
        self.first_day.set_state("")
        self.show_history()

    def show_history(self) -> None:
        """Show what was entered, the last first."""
        clear(self._history)
        lines = self._presenter.history(self._key)
        for line in lines[:_SHOWN_HISTORY]:
            self._history.addWidget(PlainLabel(line, type="small", tone="muted", wrap=True, selectable=True))
        if len(lines) > _SHOWN_HISTORY:
            more = _("và {count} lần trước nữa").format(count=len(lines) - _SHOWN_HISTORY)
            self._history.addWidget(PlainLabel(more, type="small", tone="muted"))
        self._history_title.setVisible(bool(lines))
        self.back.setEnabled(bool(lines))

    def enter(self) -> None:
        """Enter the value; what cannot be read is told and nothing is entered."""
        commit_composition()
        try:
            value, first_day = self._read(), self._day()
        except BadInput as error:
            self._workspace.shell.show_error(error)
            return
        self._presenter.enter(self._key, value, first_day, str(self.basis.value()), self._done)

    def take_back(self) -> None:
        """Take the office's value back from the day given on."""
        try:
            first_day = self._day()
        except BadInput as error:
            self._workspace.shell.show_error(error)
            return
        self._presenter.take_back(self._key, first_day, str(self.basis.value()), self._done)

    def _done(self) -> None:
        self.show_history()
        self._entered()

    def _day(self) -> date:
        try:
            day = date.fromisoformat(str(self.first_day.value()))
        except ValueError as problem:
            self.first_day.set_state("error")
            self.first_day.setFocus()
            raise BadInput("not_a_date") from problem
        self.first_day.set_state("")
        return day
