"""Search and paging of the dossier list; plain Python over the operations."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from counter_app.domain.errors import KnownError
from counter_app.messages import text_of
from counter_app.services import look_up
from counter_app.services.ports import DossierRow
from counter_app.ui.dossier_list.state import ListState
from counter_app.ui.operations import Ticket
from counter_app.ui.workspace import Workspace

PAGE = 200
MOST_HITS = 500


class ListPresenter:
    """Keeps the newest question only; `changed` is called with each new state."""

    def __init__(self, workspace: Workspace, changed: Callable[[ListState], None]) -> None:
        self._workspace = workspace
        self._changed = changed
        self._ticket: Ticket | None = None
        self.state = ListState()

    def search(self, text: str) -> None:
        """Show the dossiers that match, or the newest ones for an empty text."""
        self._set(replace(self.state, text=text.strip(), loading=True, error=""))
        self._ask(self.state.text)

    def refresh(self) -> None:
        """Ask the same again because data changed."""
        self._ask(self.state.text)

    def more(self) -> None:
        """Load the next page of the newest dossiers."""
        if not self.state.more or self.state.loading or self.state.text:
            return
        self._set(replace(self.state, loading=True))
        desk, last = self._workspace.desk, self.state.rows[-1].dossier_id

        def work() -> Sequence[DossierRow]:
            with desk.store.reading() as queries:
                return queries.newest(PAGE, last)

        self._ticket = self._workspace.operations.run_query(work, done=self._append, failed=self._fail)

    def _ask(self, text: str) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        desk = self._workspace.desk

        def work() -> tuple[Sequence[DossierRow], int]:
            with desk.store.reading() as queries:
                total = queries.dossier_count()
                if not text:
                    return queries.newest(PAGE), total
            return look_up.find(desk, text, limit=MOST_HITS), total

        self._ticket = self._workspace.operations.run_query(work, done=self._show, failed=self._fail)

    def _show(self, answer: tuple[Sequence[DossierRow], int]) -> None:
        rows, total = answer
        more = not self.state.text and len(rows) == PAGE
        self._set(replace(self.state, rows=tuple(rows), total=total, more=more, loading=False, error=""))

    def _append(self, rows: Sequence[DossierRow]) -> None:
        known = (*self.state.rows, *rows)
        self._set(replace(self.state, rows=known, more=len(rows) == PAGE, loading=False))

    def _fail(self, error: KnownError) -> None:
        self._set(replace(self.state, loading=False, error=text_of(error)))

    def _set(self, state: ListState) -> None:
        self.state = state
        self._changed(state)
