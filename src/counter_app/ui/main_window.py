"""The window: rail, top bar, screens, messages, and the keys that work everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from counter_app import i18n
from counter_app.domain.clerks import Permission
from counter_app.domain.errors import KnownError
from counter_app.ui.appearance import Appearance
from counter_app.ui.operations import Operations
from counter_app.ui.rail import Rail
from counter_app.ui.screens import entry
from counter_app.ui.session.allowed import allowed, refusal_of, why_not
from counter_app.ui.session.seats import Seat, Seats
from counter_app.ui.session.sign_in_hint import SignInHint
from counter_app.ui.start_page import StartPage
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.layouts import column
from counter_app.ui.window_keys import bind_keys
from counter_app.ui.workspace import Notice, Screen, Workspace

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.support.incidents_port import Incidents
    from counter_app.services.sync.overview import SyncBadge
    from counter_app.ui.backup.keeper import BackupKeeper
    from counter_app.ui.daily import Daily
    from counter_app.ui.message_bar import MessageBar
    from counter_app.ui.quick_search import Hit
    from counter_app.ui.scan.scanning import Scanning
    from counter_app.ui.session.sitting import Sitting
    from counter_app.ui.sync_link import SyncLink
    from counter_app.ui.top_bar import TopBar

PACK_SUFFIX = ".qmcpack"
_COLLAPSE_BELOW = 1200
# What a backup mends; a program that is running already or a newer version's data is none of it.
_RESTORABLE = (
    *("database_damaged", "database_missing", "database_foreign", "database_key_missing"),
    *("database_key_wrong", "log_damaged"),
)
_DAILY_AFTER_MS = 900  # notices wait until the first scan or key has had its turn


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveParts:
    """What the window has once the desk is open."""

    top_bar: "TopBar"
    messages: "MessageBar"
    scanning: "Scanning"


class MainWindow(QMainWindow):
    """Shows at once; `attach` brings it to life when the desk has been opened."""

    appearance_changed = Signal(object)  # Appearance

    def __init__(self, theme: Theme, operations: Operations, *, training: bool = False) -> None:
        super().__init__()
        self.theme = theme
        self._training = training
        self.operations = operations
        self.workspace: Workspace | None = None
        self.live: LiveParts | None = None
        self.daily: Daily | None = None
        self.sync_link: SyncLink | None = None
        self.incidents: Incidents | None = None
        self.restart_wanted = False
        self.backups: BackupKeeper | None = None
        self._restoring = False
        self._refused = False
        self.sign_in_hint = SignInHint(None)
        self.sitting: Sitting | None = None
        self._seats = Seats()
        self._shortcuts: Sequence[QShortcut] = ()
        self.setWindowTitle("Quầy Một Cửa")
        self.setMinimumSize(960, 600)
        self.resize(1366, 768)
        self.setAcceptDrops(True)
        self.rail = Rail(theme, self._rail_chosen)
        self.rail.setEnabled(False)
        self.stack = QStackedWidget()
        self.start_page = StartPage()
        self.stack.addWidget(self.start_page)
        self._head = column(spacing=0)
        right = QWidget()
        right.setObjectName("ground")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        body = column(self._head, self.stack, spacing=0)
        body.setStretchFactor(self.stack, 1)
        right.setLayout(body)
        whole = QWidget()
        layout = QHBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addWidget(right, 1)
        self.setCentralWidget(whole)
        self._body = whole
        theme.changed.connect(self._fit_rail)
        operations.known_error.connect(self.show_error)
        operations.crashed.connect(self.show_crash)

    # Coming to life

    def attach(self, desk: "Desk") -> None:
        """Bring the window to life over an opened desk; asks the first-run questions if needed."""
        if desk.is_set_up:
            with desk.store.reading() as queries:
                has_accounts = queries.has_accounts()
            self.ask_who(desk, has_accounts=has_accounts)
            if self.live is None:
                self.come_alive(desk)
            self.data_opened()
        else:
            self.ask_first_run(desk)

    def ask_first_run(self, desk: "Desk") -> None:
        """Show the first-run questions; the window comes to life when they are answered."""
        from counter_app.ui.first_run.view import FirstRunView

        self.workspace = Workspace(desk=desk, operations=self.operations, theme=self.theme, shell=self)
        self._refused = False
        self.rail.hide()
        wizard = FirstRunView(self.workspace, finished=self._first_run_over, training=self._training)
        self.stack.addWidget(wizard)
        self.stack.setCurrentWidget(wizard)

    def _first_run_over(self) -> None:
        wizard = self.stack.currentWidget()
        self.rail.show()
        if self.workspace is not None:
            desk = self.workspace.desk
            self.come_alive(desk)
            self.data_opened()
            if desk.session.present is not None:
                self.sit(desk).begin_work()
                self.sign_in_hint.keep(expected=True)
        if wizard is not None:
            self.stack.removeWidget(wizard)
            wizard.deleteLater()

    def come_alive(self, desk: "Desk") -> None:
        """Show the intake and take keys and scans; the data may still be opening behind it."""
        from counter_app.ui.citizen_screen.stage import Stage
        from counter_app.ui.message_bar import MessageBar
        from counter_app.ui.scan.scanning import Scanning
        from counter_app.ui.top_bar import TopBar

        self.operations.bind = desk.session.in_this_name
        stage = Stage(self, desk, self.operations, self.theme)
        self.workspace = Workspace(
            desk=desk,
            operations=self.operations,
            theme=self.theme,
            shell=self,
            stage=stage,
            incidents=self.incidents,
        )
        top_bar = TopBar(self.workspace, self._open_hit)
        messages = MessageBar(self.theme)
        scanning = Scanning(
            self.workspace,
            current=self.current_screen,
            say=top_bar.show_scanner,
            new_citizen=messages.leave,
        )
        self.live = LiveParts(top_bar=top_bar, messages=messages, scanning=scanning)
        self._head.addWidget(top_bar)
        self.live.messages.lie_over(top_bar, top_bar.search)
        self.rail.setEnabled(True)
        self._shortcuts = bind_keys(self, self.live)
        if self.sitting is not None and self.sitting.covered:
            self.set_covered(covered=True)
        self.get_seat_ready()
        scanning.used.connect(self._scan_came)
        scanning.listen()

    def data_opened(self) -> None:
        """Show what the data says: clerk, training, counts; look again every minute."""
        if self.workspace is None:
            return
        if self.stack.currentWidget() is self.start_page:
            self._leave_start_page()
        if self.workspace.desk.settings.counter.training:
            from counter_app.ui.top_bar import training_banner

            self._head.insertWidget(0, training_banner())
        self.operations.data_changed.connect(self.refresh_counts)
        self._minute = QTimer(self, interval=60_000)
        self._minute.timeout.connect(self.refresh_counts)
        self._minute.start()
        self.settings_changed()
        self.refresh_counts()
        if self.sitting is None or not self.sitting.covered:
            QTimer.singleShot(_DAILY_AFTER_MS, self, self.begin_daily)

    def begin_daily(self) -> None:
        """Show what is to be known today, and watch for the next day; once, in idle time."""
        if self.daily is not None or self.workspace is None:
            return
        from counter_app.ui.daily import Daily

        self.daily = Daily(self, self.workspace)
        for strip in (self.daily.promises, self.daily.notices):
            self._head.addWidget(strip)
        self.daily.look()
        self.workspace.stage.watch_monitors()
        self._begin_backups(self.workspace.desk)
        self._begin_exchange(self.workspace.desk)
        self._report_ratings(self.workspace.desk)
        self._minute.timeout.connect(self.daily.watch.check)

    def _begin_backups(self, desk: "Desk") -> None:
        """Let backups be made in idle time."""
        from counter_app.ui.backup.keeper import BackupKeeper

        self.backups = BackupKeeper(desk, self.operations, self)

    def open_restore(self, desk: "Desk | None" = None, *, damaged: bool = False) -> None:
        """Put the guided restore in place of everything; from there the program starts anew or goes back."""
        from counter_app.ui.restore.view import RestoreView

        before, rail = self.stack.currentWidget(), self.rail.isEnabled()
        opened = self.workspace.desk if desk is None and self.workspace is not None else desk
        if opened is None or before is None:
            return
        self._pause_backups(paused=True)

        def leave() -> None:
            self._restoring = False
            self._pause_backups(paused=False)
            if self.live is not None:
                self.live.top_bar.setEnabled(not self._refused)
                self.live.scanning.divert(None)
            self.rail.setEnabled(rail)
            self.stack.setCurrentWidget(before)
            self.stack.removeWidget(view)
            view.deleteLater()

        view = RestoreView(opened, self.operations, leave=leave, restart=self._start_anew, damaged=damaged)
        self._restoring = True
        if self.live is not None:
            self.live.top_bar.setEnabled(False)
            self.live.scanning.divert(view.take_scan)
        self.rail.setEnabled(False)
        self.stack.addWidget(view)
        self.stack.setCurrentWidget(view)

    @property
    def restoring(self) -> bool:
        """Whether the guided restore stands in place of everything; its data may be closed."""
        return self._restoring

    def _pause_backups(self, *, paused: bool) -> None:
        if self.backups is not None:
            self.backups.pause(paused=paused)

    def _start_anew(self) -> None:
        self.restart_wanted = True
        self.close()

    def _begin_exchange(self, desk: "Desk") -> None:
        """Let the exchange with the central server begin, now that nobody waits for the window."""
        if desk.sync is not None:
            from counter_app.ui.sync_link import SyncLink

            self.sync_link = SyncLink(self, desk, desk.sync, self.operations)

    def _report_ratings(self, desk: "Desk") -> None:
        """Hand the ratings of the days before to the outbox; the next rating does it if this cannot."""

        def waits() -> bool:
            from counter_app.services.rate_service import ratings_wait

            return ratings_wait(desk)

        def report(waiting: bool) -> None:
            from counter_app.services.rate_service import report_ratings

            if waiting:
                self.operations.run_command(
                    lambda: report_ratings(desk), failed=lambda _error: None, changes=False
                )

        self.operations.run_query(waits, done=report, failed=lambda _error: None)

    def catalogue_changed(self) -> None:
        """Let every screen look again: other data of law counts now."""
        present = self._seats.present
        for seat in self._seats.all():
            seat.stale = seat is not present
        for screen in present.screens.values():
            screen.catalogue_changed()
        if self.daily is not None:
            self.daily.notices.look_soon()

    def data_refused(self, error: KnownError) -> None:
        """Put the reason in place of the intake; nothing can be done without the data."""
        from counter_app.messages import text_of

        if self.sitting is not None:
            self.sitting.step_aside()
        self._refused = True
        self.rail.setEnabled(False)
        self.stack.setCurrentWidget(self.start_page)
        lost_key = error.code == "database_key_missing" and bool(error.params.get("where"))
        self.start_page.show_problem(
            text_of(error), recoverable=lost_key, restorable=error.code in _RESTORABLE
        )
        if self.live is not None:
            self.live.top_bar.setEnabled(False)
            self.live.scanning.divert(self.start_page.take_scan if lost_key else None)

    def _leave_start_page(self) -> None:
        """Go to work after all: what kept the data closed is mended."""
        self._refused = False
        self.rail.setEnabled(True)
        if self.live is not None:
            self.live.top_bar.setEnabled(True)
        covered = self.sitting is not None and self.sitting.covered
        if self.live is not None and not covered:
            self.live.scanning.divert(None)
        self.open_screen("intake")

    def settings_changed(self) -> None:
        """Show settings that were just loaded or saved: clerk, scanner."""
        if self.workspace is not None and self.live is not None:
            desk = self.workspace.desk
            here = desk.session.present is not None
            self.live.top_bar.show_clerk(desk.clerk, desk.settings.counter.number, signed_in=here)
            self.live.scanning.use_port(desk.settings.serial_port)
        if self.sitting is not None:
            self.sitting.settings_changed()

    def refresh_counts(self) -> None:
        """Count what must be done today and what is unsent again, off the UI thread."""
        live = self.live
        if self.workspace is None or live is None:
            return
        desk = self.workspace.desk

        def count() -> "tuple[SyncBadge, int]":
            from counter_app.services.sync.overview import read_badge
            from counter_app.services.work_lists import pressing

            return read_badge(desk), pressing(desk)

        def show(counts: "tuple[SyncBadge, int]") -> None:
            badge, to_do = counts
            live.top_bar.show_sync(badge, desk.clock.now())
            self.rail.set_count("work", to_do)
            self.rail.set_count("sync", badge.held + badge.notices)

        self.operations.run_query(count, done=show, failed=lambda _error: None)

    # Screens

    @property
    def screen_id(self) -> str:
        """Which screen is in front, "" before there is one."""
        return self._seats.present.current

    def current_screen(self) -> Screen | None:
        """Return the screen in front, or None before there is one."""
        seat = self._seats.present
        return seat.screens.get(seat.current)

    def open_screen(self, screen_id: str, **request: object) -> None:
        """Go to a screen; the one left may save what is half done."""
        if self.workspace is None or self._restoring or self._refused:
            return
        where = entry(screen_id)
        refusal = refusal_of(self.workspace, where.needs)
        if refusal is not None:
            self.show_error(refusal)
            return
        if self.live is not None and screen_id == "intake" and request.get("new"):
            self.live.messages.leave()
        before, seat = self.current_screen(), self._seats.present
        if before is not None and screen_id != seat.current:
            before.before_leaving()
            seat.trail = [*(name for name in seat.trail if name != seat.current), seat.current][-8:]
        screen = seat.screens.get(screen_id)
        if screen is None:
            screen = where.make(self.workspace)
            seat.screens[screen_id] = screen
            self.stack.addWidget(screen)
        seat.current = screen_id
        self.stack.setCurrentWidget(screen)
        self.rail.select(screen_id if where.on_rail else where.belongs_to)
        screen.opened(**request)

    def go_back(self) -> None:
        """Return to the screen before this one; nothing happens on the first."""
        seat = self._seats.present
        if seat.trail:
            target = seat.trail.pop()
            self.open_screen(target)
            seat.trail = [name for name in seat.trail if name != seat.current][:-1]

    # Who sits here

    def sit(self, desk: "Desk") -> "Sitting":
        """Return what covers the window and lets clerks in; made when it is first needed."""
        if self.sitting is None:
            from counter_app.ui.session.sitting import Sitting

            self.sitting = Sitting(self, desk)
        return self.sitting

    def ask_who(self, desk: "Desk", *, has_accounts: bool) -> None:
        """Cover the window until somebody signs in; uncover it where nobody has an account."""
        self.sign_in_hint.keep(expected=has_accounts)
        if has_accounts and desk.session.present is None:
            self.sit(desk).ask()
        elif self.sitting is not None and not has_accounts:
            self.sitting.step_aside()

    def lock(self, *, switching: bool = False) -> None:
        """Cover the window until the password is typed: of the one at the desk, or of who takes over."""
        if self.workspace is not None:
            self.sit(self.workspace.desk).lock(switching=switching)

    def end_shift(self) -> None:
        """Sign out the one at the desk; what is half done stays for the next time."""
        if self.workspace is not None:
            self.sit(self.workspace.desk).end_shift()

    def ask_who_is_here(self) -> None:
        """Cover the window until somebody signs in: the first account was just made."""
        if self.workspace is not None:
            self.ask_who(self.workspace.desk, has_accounts=True)

    def _scan_came(self) -> None:
        if self.sitting is not None:
            self.sitting.idle.note()

    def set_covered(self, *, covered: bool) -> None:
        """Hide everything, keys and scans included, or bring it back as it was."""
        self._body.setVisible(not covered)
        for shortcut in self._shortcuts:
            shortcut.setEnabled(not covered)
        if self.live is not None and self.sitting is not None:
            self.live.scanning.divert(self.sitting.take_scan if covered else None)
        if self.workspace is not None:
            self.workspace.stage.set_covered(covered=covered)

    def get_seat_ready(self) -> None:
        """Make the screens for whoever comes next, so that signing in need not wait for them."""
        if not self._seats.present.screens:
            self.open_screen("intake")

    def take_seat(self, who: str) -> None:
        """Show the screens of the one who signed in: as they were left, or new ones."""
        live, workspace = self.live, self.workspace
        if live is None or workspace is None:
            return
        live.top_bar.search.close_list()
        seat, back = self._seats.take(who)
        self.settings_changed()
        self.rail.show_allowed(lambda needed: why_not(workspace, needed))
        screen = self.current_screen()
        if screen is None or not allowed(workspace, entry(seat.current).needs):
            self.open_screen("intake" if allowed(workspace, Permission.RECEIVE) else "dossiers")
        elif back:
            self._come_back(seat, screen)
        else:
            screen.opened()
        if self.daily is None:
            QTimer.singleShot(_DAILY_AFTER_MS, self, self.begin_daily)

    def _come_back(self, seat: Seat, screen: Screen) -> None:
        self.stack.setCurrentWidget(screen)
        where = entry(seat.current)
        self.rail.select(seat.current if where.on_rail else where.belongs_to)
        for each in seat.screens.values():
            each.resumed()
            if seat.stale:
                each.catalogue_changed()
        seat.stale = False
        screen.setFocus()

    def drop_seat(self, who: str) -> None:
        """Throw the screens of somebody away who will not come back today."""
        seat = self._seats.leave(who)
        for screen in seat.screens.values() if seat is not None else ():
            self.stack.removeWidget(screen)
            screen.deleteLater()

    def _rail_chosen(self, screen_id: str) -> None:
        self.open_screen(screen_id)

    def _open_hit(self, hit: "Hit") -> None:
        self.open_screen(hit.screen_id, **dict(hit.request))

    # Messages

    def notify(self, notice: Notice) -> None:
        """Show a message without taking the focus."""
        if self.live is not None:
            self.live.messages.show_notice(notice)

    def show_error(self, error: KnownError) -> None:
        """Show a known error in the clerk's words."""
        from counter_app.messages import text_of

        if self.live is not None and error.code == "clock_set_back":
            from counter_app.ui.clock_question import clock_notice

            self.notify(clock_notice(self.workspace, error))
        elif self.live is not None:
            self.notify(Notice(text=text_of(error), tone="bad"))
        else:
            self.start_page.show_problem(text_of(error))

    def show_crash(self, error: Exception) -> None:
        """Say that something went wrong and that the data is safe."""
        from counter_app.ui.crash_dialog import show_crash

        show_crash(self, error, self.incidents)

    # The window itself

    def keep_appearance(self, language: str = "") -> None:
        """Remember language, colours and text size for the next start."""
        theme = self.theme
        chosen = Appearance(
            language=language or i18n.language(), scheme=theme.scheme, text_scale=theme.text_scale
        )
        self.appearance_changed.emit(chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt)
        """Collapse the rail on small screens."""
        super().resizeEvent(event)
        self._fit_rail()
        if self.sitting is not None:
            self.sitting.cover.setGeometry(self.rect())

    def _fit_rail(self) -> None:
        self.rail.collapse(self.width() < _COLLAPSE_BELOW * self.theme.text_scale / 100)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  (Qt)
        """Accept pictures and data packs."""
        covered = self.sitting is not None and self.sitting.covered
        if self.workspace is None or covered:
            return
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  (Qt)
        """Read the codes of dropped pictures; a dropped data pack is looked into."""
        for url in event.mimeData().urls():
            if url.isLocalFile() and self.live is not None:
                self._take_file(Path(url.toLocalFile()), self.live)

    def _take_file(self, file: Path, live: LiveParts) -> None:
        if file.suffix.lower() == PACK_SUFFIX:
            self.open_screen("data_packs", file=file)
        else:
            live.scanning.read_picture(file)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  (Qt)
        """Save what is half done and wait for the writer."""
        screen = self.current_screen()
        if screen is not None:
            screen.before_leaving()
        if self.live is not None:
            self.live.scanning.stop()
        if self.workspace is not None:
            self.workspace.stage.close()
        if self.sync_link is not None:
            self.sync_link.close()
        self.hide()  # what is on a page tidies up when it goes, as long as there is somebody to do it
        if self.backups is not None:
            self.backups.at_close()
        if self.sitting is not None:
            self.sitting.close()
        self.operations.close()
        super().closeEvent(event)
