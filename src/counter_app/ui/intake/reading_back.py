"""Lets the citizen read back what was entered for this visit, and shows what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_app.i18n import _
from counter_app.ui.intake.state import IntakeState, has_content
from counter_app.ui.workspace import Notice, Shell

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.ui.citizen_screen.stage_port import CitizenStage, ReadingLine


class ReadingBack:
    """Keeps the citizen's screen with the visit: corrected lines follow, another visit wipes it."""

    def __init__(self, stage: CitizenStage, shell: Shell) -> None:
        self._stage, self._shell = stage, shell
        self._reads = ""  # the draft id of the visit being read back, "" when none is
        self._lines: tuple[ReadingLine, ...] = ()
        self._last_received = ""
        self._promise_shown = False

    def show(self, state: IntakeState) -> None:
        """F10: show the visit, or its next page when it is shown already."""
        from counter_app.ui.intake.reading_lines import reading_lines

        if self._reads == state.draft_id and self._stage.next_page():
            return
        self._lines = reading_lines(state)
        if not self._lines:
            words = _("Chưa có gì để đọc lại. Hãy quét thẻ hoặc nhập thông tin trước.")
            self._shell.notify(Notice(text=words))
            return
        self._reads, self._promise_shown = state.draft_id, False
        self._stage.show_reading(_title(state), self._lines, self._answered)

    def follow(self, state: IntakeState) -> None:
        """Look at what the clerk did: corrected, received, began with somebody else."""
        if self._reads and state.draft_id != self._reads:
            self.wipe()
        elif self._reads:
            self._correct(state)
        received = state.received.dossier if state.received is not None else None
        if received is not None and received.dossier_id != self._last_received:
            self._promise(received)
        elif self._promise_shown and has_content(state.visit) and not state.carried:
            self._promise_shown = False
            self._stage.show_welcome()

    def wipe(self) -> None:
        """Take this visit from the citizen's screen: it is left, or a new one begins."""
        if self._reads or self._promise_shown:
            self._reads, self._lines, self._promise_shown = "", (), False
            self._stage.show_welcome()

    def _correct(self, state: IntakeState) -> None:
        from counter_app.ui.intake.reading_lines import reading_lines

        lines = reading_lines(state)
        if lines != self._lines:
            self._lines = lines
            self._stage.update_reading(_title(state), lines)

    def _promise(self, dossier: Dossier) -> None:
        self._reads, self._lines = "", ()
        self._last_received, self._promise_shown = dossier.dossier_id, True
        self._stage.show_promise(dossier)

    def _answered(self, right: bool) -> None:
        self._reads, self._lines = "", ()
        if right:
            self._shell.notify(Notice(text=_("Công dân đã đọc lại và xác nhận đúng."), tone="ok"))
        else:
            words = _("Công dân báo có chỗ cần sửa. Hỏi lại rồi sửa trước khi tiếp nhận.")
            self._shell.notify(Notice(text=words, tone="warn"))


def _title(state: IntakeState) -> str:
    return state.assessment.procedure.name if state.assessment is not None else ""
