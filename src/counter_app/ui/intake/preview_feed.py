"""What will come out, drawn off the UI thread a moment after the last change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import KnownError
from counter_app.messages import text_of
from counter_app.ui.widgets.pdf_preview import rasterize

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.ui.intake.preview import PreviewRequest
    from counter_app.ui.intake.state import IntakeState
    from counter_app.ui.operations import Operations, Ticket

DELAY_MS = 350
_DPI = 120


class PreviewFeed(QWidget):
    """Draws the chosen paper whenever the visit changed; ``drawn`` carries pages or a problem.

    Never shown itself; a widget so that its timer and signals end with the screen.
    """

    drawn = Signal(object, str)
    papers_changed = Signal()

    def __init__(self, desk: Desk, operations: Operations, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._desk = desk
        self._operations = operations
        self._ticket: Ticket | None = None
        self._wanted: PreviewRequest | None = None
        self._under_way: PreviewRequest | None = None
        self.papers: tuple[tuple[str, str], ...] = ()
        self.paper = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.draw_now)

    def show_state(self, state: IntakeState) -> None:
        """Draw anew when the paper would say something else."""
        assessment = state.assessment
        if assessment is None and not self.papers:
            return
        from counter_app.ui.intake import preview

        papers = preview.papers(assessment) if assessment is not None else ()
        if papers != self.papers:
            self.papers = papers
            self.paper = self.paper if self.paper in dict(papers) else (papers[0][0] if papers else "")
            self.papers_changed.emit()
        if assessment is None or not self.paper:
            self._wanted = self._under_way = None
            self.drawn.emit((), "")
            return
        now = state.now.replace(second=0, microsecond=0)
        self._wanted = preview.PreviewRequest(
            paper=self.paper,
            visit=state.visit,
            assessment=assessment,
            now=now,
            corrected=state.correcting.after if state.correcting else None,
        )
        if not preview.same_picture(self._under_way, self._wanted):
            self._timer.start()

    def choose(self, paper: str) -> None:
        """Show another paper."""
        self.paper = paper
        self.papers_changed.emit()
        from counter_app.ui.intake import preview

        if self._wanted is not None:
            self._wanted = preview.of_paper(self._wanted, paper)
            self.draw_now()

    def draw_now(self) -> None:
        """Draw without waiting for the clerk to pause."""
        from counter_app.ui.intake import preview

        request = self._wanted
        self._timer.stop()
        if request is None or preview.same_picture(self._under_way, request):
            return
        if self._ticket is not None:
            self._ticket.cancel()
        self._under_way = request
        desk = self._desk
        self._ticket = self._operations.run_query(
            lambda: rasterize(preview.draw(desk, request), _DPI),
            done=lambda pages: self.drawn.emit(pages, ""),
            failed=self._failed,
        )

    def _failed(self, error: KnownError) -> None:
        self.drawn.emit((), text_of(error))
