"""The posting sheet of a sector or of all: drawn off the UI thread, shown in part, printed whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from counter_app.domain.errors import KnownError
from counter_app.domain.procedure import Procedure
from counter_app.messages import text_of
from counter_app.services.procedure_overview import narrowed, overviews, sector_counts
from counter_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from counter_app.services.catalogue_papers import PostingPaper
    from counter_app.services.desk import Desk
    from counter_app.services.posting_sheets import PostingGaps
    from counter_app.ui.operations import Ticket

SHOWN_PAGES = 4  # the whole sheet has dozens; these show whether it is the right one
_DPI = 96
_TAKEN_DOWN_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingPreview:
    """The first pages, and what the sheet holds."""

    pages: "Sequence[QImage]"
    more: bool
    posted: int
    taken_down: tuple[Procedure, ...]
    gaps: "PostingGaps"


class PostingPresenter:
    """`show` gets each preview, `failed` a message instead of it."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        show: Callable[[PostingPreview], None],
        failed: Callable[[str], None],
    ) -> None:
        self._workspace = workspace
        self._show = show
        self._failed = failed
        self._ticket: Ticket | None = None
        self.sector = ""

    @property
    def on(self) -> date:
        """The day the sheet is of: today."""
        return self._workspace.desk.clock.now().date()

    def sectors(self) -> dict[str, int]:
        """Return how many procedures each sector has today."""
        return sector_counts(narrowed(overviews(self._workspace.desk, self.on)))

    def load(self, sector: str) -> None:
        """Draw the sheet of a sector, of all for ""."""
        self.sector = sector
        desk, on = self._workspace.desk, self.on
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self._workspace.operations.run_query(
            lambda: _preview(desk, on, sector), done=self._show, failed=self._refused
        )

    def sheet(self) -> Callable[[], bytes]:
        """Return what draws the whole sheet, for printing and saving."""
        desk, on, sector = self._workspace.desk, self.on, self.sector
        return lambda: _paper(desk, on, sector).pdf

    def _refused(self, error: KnownError) -> None:
        self._failed(text_of(error))


def _paper(desk: "Desk", on: date, sector: str) -> "PostingPaper":
    from counter_app.services.catalogue_papers import posting_paper

    return posting_paper(desk, on, since=_since(on), sector=sector)


def _since(on: date) -> date:
    return on - timedelta(days=_TAKEN_DOWN_DAYS)


def _preview(desk: "Desk", on: date, sector: str) -> PostingPreview:
    from counter_app.services.catalogue_papers import taken_down
    from counter_app.ui.widgets.pdf_preview import first_pages

    paper = _paper(desk, on, sector)
    pages = first_pages(paper.pdf, SHOWN_PAGES + 1, _DPI)
    return PostingPreview(
        pages=pages[:SHOWN_PAGES],
        more=len(pages) > SHOWN_PAGES,
        posted=paper.posted,
        gaps=paper.gaps,
        taken_down=taken_down(desk, on, since=_since(on), sector=sector),
    )
