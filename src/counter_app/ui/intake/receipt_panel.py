"""After F9: the code just given, what became of the papers, and what lies half done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from counter_app.i18n import _
from counter_app.ui.intake.state import IntakeState, Received, has_content
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import Chip, ElidedLabel, PlainLabel
from counter_app.ui.widgets.layouts import Card, clear, column, row

if TYPE_CHECKING:
    from counter_app.services.ports import Draft
    from counter_app.ui.intake.presenter import IntakePresenter

_DRAFTS = 3


class ReceiptPanel(Card):
    """The dossier received last.

    Args:
        presenter: Prints again and opens the dossier.
        save_pdf: Called when failed papers are to be saved as files.
    """

    def __init__(self, presenter: IntakePresenter, save_pdf: Callable[[], None]) -> None:
        super().__init__()
        self._shown: Received | None = None
        self._done = Chip(_("Đã tiếp nhận"), "ok")
        self._code = PlainLabel(type="display", selectable=True)
        self._what = WrapLabel(tone="muted")
        self._due = WrapLabel(bold=True)
        self._papers = column(spacing=3)
        self._again = Button(_("In lại"), key="Ctrl P", clicked=presenter.print_again)
        self._pdf = Button(_("Lưu PDF…"), clicked=save_pdf)
        self._open = Button(_("Mở hồ sơ"), clicked=presenter.open_received)
        self.body.addLayout(row(self._done, None))
        self.body.addWidget(self._code)
        self.body.addWidget(self._what)
        self.body.addWidget(self._due)
        self.body.addLayout(self._papers)
        self.body.addLayout(row(self._open, self._again, self._pdf, None, spacing=8))

    def show_received(self, received: Received | None) -> None:
        """Show it, or nothing."""
        self.setVisible(received is not None)
        if received is None or received == self._shown:
            return
        from counter_app.ui.intake.receipt_words import due_text, paper_lines

        self._shown = received
        dossier = received.dossier
        self._done.setText(_("Đã sửa, đính chính") if received.corrected else _("Đã tiếp nhận"))
        self._code.setText(dossier.dossier_code)
        self._what.setText(f"{dossier.applicant.full_name} · {dossier.procedure.name}")
        self._due.setText(_("Hẹn trả: {due}").format(due=due_text(dossier)))
        clear(self._papers)
        for line in paper_lines(received):
            text = WrapLabel(f"{line.name}: {line.outcome}", type="small", tone=line.tone)
            self._papers.addWidget(text)
        self._pdf.setVisible(bool(received.failures))
        self._again.setEnabled(not received.waiting)


class UnfinishedPanel(Card):
    """The newest drafts, one click from going on."""

    def __init__(self, presenter: IntakePresenter) -> None:
        super().__init__(_("Đang làm dở"))
        self._presenter = presenter
        self._shown: tuple[str, ...] | None = None
        self._lines = column(spacing=4)
        self.body.addLayout(self._lines)

    def show_state(self, state: IntakeState) -> None:
        """Show the drafts other than the visit on the screen."""
        drafts = [draft for draft in state.drafts if draft.draft_id != state.draft_id][:_DRAFTS]
        self.setVisible(bool(drafts) and not has_content(state.visit))
        ids = tuple(f"{draft.draft_id}{draft.updated_at}" for draft in drafts)
        if ids != self._shown:
            self._shown = ids
            self._rebuild(drafts)

    def _rebuild(self, drafts: Sequence[Draft]) -> None:
        clear(self._lines)
        for draft in drafts:
            self._lines.addWidget(self._line(draft))

    def _line(self, draft: Draft) -> QWidget:
        who = draft.applicant_name or _("(chưa có người nộp)")
        what = draft.procedure_name or _("(chưa chọn thủ tục)")
        when = f"{draft.updated_at:%H:%M %d/%m}"
        whose = f" · {draft.clerk}" if self._presenter.is_anothers(draft) else ""
        below = ElidedLabel(f"{when}{whose} · {what}", tone="muted", type="small")
        text = column(ElidedLabel(who), below, spacing=0)
        go_on = Button(
            _("Làm tiếp"), variant="link", clicked=lambda: self._presenter.open_draft(draft.draft_id)
        )
        go_on.setAccessibleName(_("Làm tiếp: {who}, {what}").format(who=who, what=what))
        line = QWidget()
        box = row(spacing=10)
        box.addLayout(text, 1)
        box.addWidget(go_on)
        line.setLayout(box)
        return line
