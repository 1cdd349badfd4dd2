"""The head of the form column: the procedure, its case, its basis, and how much is still to ask."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.ui.intake.procedure_picker import basis_line
from counter_app.ui.intake.questions import FormColumn
from counter_app.ui.intake.state import IntakeState
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.choice_field import ComboField
from counter_app.ui.widgets.labels import Chip, PlainLabel
from counter_app.ui.widgets.layouts import column, row

if TYPE_CHECKING:
    from counter_app.ui.intake.presenter import IntakePresenter


class FormHeading(QWidget):
    """Title, basis, case chooser and progress."""

    def __init__(self, presenter: "IntakePresenter", pick: Callable[[], None]) -> None:
        super().__init__()
        self._presenter = presenter
        self._title = WrapLabel(type="title")
        self._change = Button(_("Đổi"), key="F3", variant="quiet", clicked=pick)
        self._change.setAccessibleName(_("Đổi thủ tục"))
        self._basis = WrapLabel(type="small", tone="muted")
        self._unverified = Chip(_("chưa đối chiếu"), "warn")
        self._unverified.setToolTip(_("Dữ liệu thủ tục này chưa được đối chiếu với bản công bố chính thức."))
        self._cases: ComboField | None = None
        self._case_box = row(spacing=10)
        self._case_ids: tuple[str, ...] = ()
        self._progress = PlainLabel()
        self._known = PlainLabel(tone="muted")
        head = row(spacing=8)
        head.addWidget(self._title, 1)
        head.addWidget(self._change)
        basis = row(spacing=8)
        basis.addWidget(self._basis, 1)
        basis.addWidget(self._unverified)
        self.setLayout(
            column(head, basis, self._case_box, row(self._progress, self._known, None, spacing=6), spacing=5)
        )

    def show_state(self, state: IntakeState, asked: FormColumn) -> None:
        """Show the procedure of the visit."""
        assessment = state.assessment
        if assessment is None:
            expired = state.problem is not None and state.problem.code == "procedure_expired"
            name = str(state.problem.params.get("name", "")) if expired and state.problem else ""
            self._title.setText(name or _("Chưa chọn được thủ tục"))
            self._basis.setText(text_of(state.problem) if state.problem else "")
            self._unverified.hide()
            self._progress.setText("")
            self._known.setText("")
            self._show_cases((), "")
            return
        procedure, case = assessment.procedure, assessment.case
        self._title.setText(procedure.name)
        self._basis.setText(basis_line(procedure))
        self._unverified.setVisible(not procedure.provenance.verified)
        cases = tuple((each.case_id, each.name) for each in procedure.cases)
        self._show_cases(cases if len(cases) > 1 else (), case.case_id)
        self._show_progress(asked)

    def _show_progress(self, asked: FormColumn) -> None:
        known = len(asked.known) + sum(1 for q in (*asked.asked, *asked.optional) if q.text and not q.missing)
        if asked.still_to_ask:
            words = _("Còn {count} mục cần hỏi").format(count=asked.still_to_ask)
            self._progress.setText(words)
            self._progress.set_tone("warn")
        else:
            self._progress.setText(_("Đã đủ câu trả lời"))
            self._progress.set_tone("ok")
        self._known.setText(_("· {count} mục đã biết").format(count=known) if known else "")

    def _show_cases(self, cases: tuple[tuple[str, str], ...], case_id: str) -> None:
        ids = tuple(key for key, _name in cases)
        if ids != self._case_ids:
            self._case_ids = ids
            self._rebuild_cases(cases)
        if self._cases is not None and self._cases.value() != case_id:
            self._cases.set_value(case_id)

    def _rebuild_cases(self, cases: tuple[tuple[str, str], ...]) -> None:
        while (item := self._case_box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._cases = None
        if not cases:
            return
        field = ComboField(_("Trường hợp"), cases)
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        field.edited.connect(lambda: self._presenter.choose_case(str(field.value())))
        self._cases = field
        self._case_box.addWidget(PlainLabel(_("Trường hợp"), tone="muted"))
        self._case_box.addWidget(field, 1)
