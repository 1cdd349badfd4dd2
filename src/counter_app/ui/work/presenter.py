"""Loads counts and lists, keeps what is ticked; plain Python over the operations."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from counter_app.domain.errors import KnownError
from counter_app.domain.work_lists import WorkList
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services import work_lists
from counter_app.services.paper_content import PaperSize
from counter_app.services.work_lists import PAGE, WorkCounts, WorkPage
from counter_app.services.worklists_port import Narrowing, WorkRow
from counter_app.ui.operations import Ticket
from counter_app.ui.work.state import WorkState
from counter_app.ui.workspace import Notice, Workspace

MOST_AT_ONCE = 2_000  # rows loaded or ticked at once
LIST_NAME = "danh-sach-{which}"


class WorkPresenter:
    """Keeps the newest question only; `changed` is called with each new state."""

    def __init__(self, workspace: Workspace, changed: Callable[[WorkState], None]) -> None:
        self._workspace = workspace
        self._changed = changed
        self._ticket: Ticket | None = None
        self._counting: Ticket | None = None
        self.state = WorkState()

    def choose(self, which: WorkList) -> None:
        """Show another list, whole, nothing ticked."""
        if which is not self.state.which:
            self.state = replace(self.state, which=which, narrowing=Narrowing(), ticked=frozenset())
            self.state = replace(self.state, rows=(), page=None)
        self.look()

    def narrow(self, narrowing: Narrowing) -> None:
        """Narrow the list; what is ticked and no longer shown is not ticked any more."""
        self.state = replace(self.state, narrowing=narrowing)
        self._ask(PAGE)

    def look(self) -> None:
        """Count again and look at the list again, as far as it was scrolled."""
        desk = self._workspace.desk
        if self._counting is not None:
            self._counting.cancel()
        self._counting = self._workspace.operations.run_query(
            lambda: work_lists.counts(desk), done=self._counted, failed=lambda _error: None
        )
        self._ask(min(max(PAGE, len(self.state.rows)), MOST_AT_ONCE))

    def more(self) -> None:
        """Load the next rows."""
        page, desk = self.state.page, self._workspace.desk
        if page is None or not self.state.more or self.state.loading:
            return
        last = self.state.rows[-1]
        self._set(replace(self.state, loading=True))
        self._ticket = self._workspace.operations.run_query(
            lambda: work_lists.next_rows(desk, page, last), done=self._append, failed=self._fail
        )

    def tick(self, dossier_ids: Iterable[str], ticked: bool) -> None:
        """Tick rows or take their ticks away."""
        before = self.state.ticked
        after = before.union(dossier_ids) if ticked else before.difference(dossier_ids)
        self._set(replace(self.state, ticked=after))

    def tick_all(self) -> None:
        """Tick the whole list; what is not loaded yet is loaded, up to `MOST_AT_ONCE`."""
        if not self.state.more or len(self.state.rows) >= MOST_AT_ONCE:
            self._tick_loaded()
            return
        self._ask(MOST_AT_ONCE, then=self._tick_loaded)

    def print_list(self) -> None:
        """Print the list as it is narrowed, on A4."""
        desk, shell = self._workspace.desk, self._workspace.shell
        which, narrowing = self.state.which, self.state.narrowing

        def draw() -> bytes:
            from counter_app.services.work_list_table import work_list_paper

            return work_list_paper(desk, which, narrowing)

        def send(pdf: bytes) -> None:
            title = LIST_NAME.format(which=which.value) + ".pdf"
            printer = desk.settings.printer_name
            self._workspace.operations.run_command(
                lambda: desk.printer.print_pdf(pdf, printer_name=printer, size=PaperSize.A4, title=title),
                done=lambda _none: shell.notify(Notice(text=_("Đã in danh sách."), tone="ok")),
                changes=False,
            )

        self._workspace.operations.run_query(draw, done=send)

    def save_workbook(self, target: Path) -> None:
        """Write the list as it is narrowed to an Excel file."""
        desk, shell = self._workspace.desk, self._workspace.shell
        which, narrowing = self.state.which, self.state.narrowing

        def work() -> int:
            from counter_app.services.work_list_table import write_work_list

            return write_work_list(desk, which, narrowing, target)

        def tell(count: int) -> None:
            words = _("Đã lưu {name} ({count} hồ sơ).").format(name=target.name, count=count)
            shell.notify(Notice(text=words, tone="ok"))

        self._workspace.operations.run_query(work, done=tell)

    def _ask(self, limit: int, then: Callable[[], None] | None = None) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        desk, which, narrowing = self._workspace.desk, self.state.which, self.state.narrowing
        self._set(replace(self.state, loading=True))

        def show(page: WorkPage) -> None:
            self._show(page)
            if then is not None:
                then()

        self._ticket = self._workspace.operations.run_query(
            lambda: work_lists.first_page(desk, which, narrowing, limit=limit), done=show, failed=self._fail
        )

    def _tick_loaded(self) -> None:
        rows = self.state.rows
        self._set(replace(self.state, ticked=frozenset(row.dossier_id for row in rows)))
        if self.state.more:
            words = _("Đã chọn {count} hồ sơ đầu danh sách; làm xong hãy chọn tiếp.").format(count=len(rows))
            self._workspace.shell.notify(Notice(text=words))

    def _counted(self, counts: WorkCounts) -> None:
        self._set(replace(self.state, counts=counts))

    def _show(self, page: WorkPage) -> None:
        still = self.state.ticked & {row.dossier_id for row in page.rows}
        self._set(replace(self.state, page=page, rows=page.rows, ticked=still, loading=False, error=""))

    def _append(self, rows: Sequence[WorkRow]) -> None:
        known = {row.dossier_id for row in self.state.rows}
        new = tuple(row for row in rows if row.dossier_id not in known)
        if not new:  # the list has changed under the clerk: nothing follows any more
            self.look()
            return
        self._set(replace(self.state, rows=(*self.state.rows, *new), loading=False))

    def _fail(self, error: KnownError) -> None:
        self._set(replace(self.state, loading=False, error=text_of(error)))

    def _set(self, state: WorkState) -> None:
        self.state = state
        self._changed(state)
