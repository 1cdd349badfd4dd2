"""Reads how sync stands, keeps which list is shown, and does what the clerk asks; plain Python."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.errors import KnownError
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services.sync import items as sync_items
from counter_app.services.sync.items import PAGE, ItemList, ItemPage, SyncItem
from counter_app.services.sync.open_notices import OpenNotice, open_notices
from counter_app.services.sync.overview import SyncOverview, read_overview
from counter_app.services.sync.standing import lane_of
from counter_app.services.sync_port import Lane
from counter_app.ui.operations import Ticket
from counter_app.ui.sync_status.state import SyncScreenState
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from counter_app.services.sync_control import SyncControl

_MOST_LOADED = 2_000  # rows read again at once when the list is looked at anew


class SyncPresenter:
    """Keeps the newest question only; `changed` is called with each new state."""

    def __init__(self, workspace: Workspace, changed: Callable[[SyncScreenState], None]) -> None:
        self._workspace = workspace
        self._changed = changed
        self._ticket: Ticket | None = None
        self.state = SyncScreenState()

    @property
    def control(self) -> "SyncControl | None":
        """The exchange with the server; None where there is none (a test, a counter still opening)."""
        return self._workspace.desk.sync

    def look(self) -> None:
        """Read everything again, the list as far as it was scrolled."""
        desk, which = self._workspace.desk, self.state.which
        limit = min(max(PAGE, len(self.state.items)), _MOST_LOADED)
        if self._ticket is not None:
            self._ticket.cancel()
        self.state = replace(self.state, loading=True)

        def read() -> tuple[SyncOverview, ItemPage, tuple[OpenNotice, ...]]:
            page = sync_items.read_items(desk, which, limit=limit)
            return read_overview(desk), page, open_notices(desk)

        def show(found: tuple[SyncOverview, ItemPage, tuple[OpenNotice, ...]]) -> None:
            overview, page, notices = found
            self._set(
                replace(
                    self.state,
                    overview=overview,
                    items=page.items,
                    after=page.after,
                    notices=notices,
                    loading=False,
                    error="",
                )
            )

        self._ticket = self._workspace.operations.run_query(read, done=show, failed=self._fail)

    def choose(self, which: ItemList) -> None:
        """Show another list."""
        self.state = replace(self.state, which=which, reviewing=False, items=(), after=None)
        self.look()

    def review(self) -> None:
        """Show what the server asks to look at."""
        self._set(replace(self.state, reviewing=True))

    def more(self) -> None:
        """Load the next items."""
        desk, which, after = self._workspace.desk, self.state.which, self.state.after
        if after is None or self.state.loading:
            return
        self.state = replace(self.state, loading=True)

        def append(page: ItemPage) -> None:
            known = {each.event_id for each in self.state.items}
            new = tuple(each for each in page.items if each.event_id not in known)
            self._set(replace(self.state, items=(*self.state.items, *new), after=page.after, loading=False))

        self._ticket = self._workspace.operations.run_query(
            lambda: sync_items.read_items(desk, which, after=after), done=append, failed=self._fail
        )

    def next_try_s(self) -> float | None:
        """Return the seconds until sync tries by itself, None when nothing is planned."""
        overview, control = self.state.overview, self.control
        if overview is None or control is None:
            return None
        activity = control.activity()
        if activity.next_in_s is not None:
            return activity.next_in_s
        planned = lane_of(overview.state, Lane.ACTS).next_attempt_at
        if planned is None or activity.lane is not None:
            return None
        return max((planned - self._workspace.desk.clock.now()).total_seconds(), 0.0)

    def trying(self) -> bool:
        """Tell whether something is being sent or fetched this moment."""
        return self.control is not None and self.control.activity().lane is not None

    # What the clerk asks

    def send_now(self) -> None:
        """Try at once, whatever was planned; the head says how it goes."""
        if self.control is not None:
            self.control.send_now()

    def pause(self, paused: bool) -> None:
        """Hold everything back, or go on."""
        control = self.control
        if control is not None:
            self._workspace.operations.run_command(lambda: control.pause(paused))

    def send_item(self, item: SyncItem) -> None:
        """Send one item now; a held one is let go first."""
        desk = self._workspace.desk
        if item.state not in sync_items.HELD:
            self.send_now()
            return
        self._workspace.operations.run_command(
            lambda: sync_items.release(desk, item), done=lambda _was_held: self.send_now()
        )

    def settle(self, notice_id: str, reason: str, done: Callable[[], None]) -> None:
        """Note that a notice was dealt with."""
        from counter_app.services.sync.settle_notice import settle_notice

        desk, shell = self._workspace.desk, self._workspace.shell

        def settled(_none: None) -> None:
            shell.notify(Notice(text=_("Đã ghi là đã xử lý."), tone="ok"))
            done()

        self._workspace.operations.run_command(lambda: settle_notice(desk, notice_id, reason), done=settled)

    def save_support_file(self, target: Path) -> None:
        """Write what support needs, without personal data."""
        from counter_app.services.sync.support_export import write_support_report

        desk, shell = self._workspace.desk, self._workspace.shell

        def saved(count: int) -> None:
            words = _("Đã lưu {name} ({count} việc, không có thông tin cá nhân). Hãy gửi cho bộ phận hỗ trợ.")
            shell.notify(Notice(text=words.format(name=target.name, count=count), tone="ok"))

        self._workspace.operations.run_query(lambda: write_support_report(desk, target), done=saved)

    def enrol(
        self, server_url: str, code: str, done: Callable[[], None], failed: Callable[[str], None]
    ) -> None:
        """Connect the counter with a one-time code; seconds on a slow line, so beside the acts."""
        control, shell = self.control, self._workspace.shell
        if control is None:
            failed(_("Chương trình chưa sẵn sàng kết nối. Hãy thử lại sau ít phút."))
            return

        def enrolled(_none: None) -> None:
            shell.notify(Notice(text=_("Đã nối máy chủ. Hồ sơ đang được gửi."), tone="ok"))
            control.send_now()
            self._workspace.operations.data_changed.emit()
            done()

        self._workspace.operations.beside().run_command(
            lambda: control.enrol(server_url, code),
            done=enrolled,
            failed=lambda error: failed(text_of(error)),
        )

    def _fail(self, error: KnownError) -> None:
        self._set(replace(self.state, loading=False, error=text_of(error)))

    def _set(self, state: SyncScreenState) -> None:
        self.state = state
        self._changed(state)
