"""Decides what the citizen's screen shows and where: on a second monitor, else as a page on call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen

from counter_app.i18n import _
from counter_app.ui.citizen_screen.stage_port import RatingAnswer, ReadingLine

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from counter_app.domain.dossier import Dossier
    from counter_app.services.desk import Desk
    from counter_app.services.queue.queue_settings import QueueSettings
    from counter_app.ui.citizen_screen.screen import CitizenScreen
    from counter_app.ui.operations import Operations
    from counter_app.ui.theme import Theme

_CALLS_KEPT = 4
_PROMISE_KEPT_MS = 90_000


class Stage(QObject):
    """Implements `stage_port.CitizenStage`; makes the screen when it is first needed.

    Args:
        window: The clerk's window; the citizen's screen goes to another monitor than it.
        desk: For the office's name and the settings.
        operations: Reads the settings off the UI thread.
        theme: The colours.
    """

    def __init__(self, window: QWidget, desk: Desk, operations: Operations, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._desk, self._operations, self._theme = window, desk, operations, theme
        self._screen: CitizenScreen | None = None
        self._wants_monitor = True
        self._on_own_monitor = False
        self._calls: list[tuple[str, int]] = []
        self._reading_answered: Callable[[bool], None] | None = None
        self._rated: Callable[[RatingAnswer | None], None] | None = None
        self._gone = False
        self._covered = False
        self._promise: Dossier | None = None
        self._forget_promise = QTimer(self)
        self._forget_promise.setSingleShot(True)
        self._forget_promise.timeout.connect(self._drop_promise)

    # --- Where

    @property
    def has_own_monitor(self) -> bool:
        """Whether the citizen looks at another monitor than the clerk."""
        return self._other_monitor() is not None

    def _other_monitor(self) -> QScreen | None:
        if not self._wants_monitor:
            return None
        mine = self._window.screen()
        return next((each for each in QGuiApplication.screens() if each is not mine), None)

    def settings_changed(self) -> None:
        """Look at the settings again, and show the welcome where there is a monitor for it."""
        from counter_app.services.queue.queue_settings import SecondScreen, queue_settings

        def known(settings: QueueSettings) -> None:
            self._wants_monitor = settings.second_screen is SecondScreen.AUTO
            self._place()

        desk = self._desk
        self._operations.run_query(lambda: queue_settings(desk), done=known, failed=lambda _error: None)

    def watch_monitors(self) -> None:
        """Follow monitors that are plugged in or out; called once, when the window is up."""
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            for signal in (application.screenAdded, application.screenRemoved):
                signal.connect(lambda _monitor: self._place())
        self.settings_changed()

    def _place(self) -> None:
        monitor = self._other_monitor()
        if monitor is not None and not self._gone:
            self._open()
        elif self._on_own_monitor:
            self._on_own_monitor = False  # it was unplugged, or is not wanted any more
            self._close_page()

    @property
    def screen(self) -> CitizenScreen:
        """The screen itself; made now if need be."""
        if self._screen is None:
            from counter_app.ui.citizen_screen.screen import CitizenScreen

            self._screen = CitizenScreen(
                self._theme,
                answered_reading=self._answered_reading,
                answered_rating=self._answered_rating,
                time_over=self._time_over,
                key_pressed=self._key_pressed,
            )
            self._screen.show_calls(self._calls)
            self._screen.welcome.office.setText(self._desk.settings.office.name)
        return self._screen

    @property
    def is_open(self) -> bool:
        """Whether the citizen sees it."""
        return self._screen is not None and self._screen.isVisible()

    def _open(self) -> None:
        screen, monitor = self.screen, self._other_monitor()
        own = self._on_own_monitor = monitor is not None
        shy = bool(screen.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus)
        if own != shy or not screen.isVisible():
            # On its own monitor it must never take the keyboard away from the clerk.
            screen.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, on=own)
            screen.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus, on=own)
            screen.setGeometry((monitor or self._window.screen()).geometry())
            screen.setWindowState(Qt.WindowState.WindowFullScreen)
            screen.show()  # not showFullScreen, which asks for the keyboard
        if not own:
            screen.activateWindow()
            screen.setFocus()

    def _close_page(self) -> None:
        """Wipe, and give the monitor back to the clerk unless it is the citizen's own."""
        self.show_welcome()
        if self._screen is not None and not self.has_own_monitor:
            self._screen.hide()
            self._window.activateWindow()

    # --- What

    def show_reading(
        self, title: str, lines: Sequence[ReadingLine], answered: Callable[[bool], None] | None = None
    ) -> None:
        """Show what was entered and open the page."""
        from counter_app.ui.citizen_screen.screen import Showing

        self._finish_rating()
        self._reading_answered = answered
        self.screen.turn_to(Showing.READING)
        self._open()
        self.screen.reading.show_lines(title, lines)

    def update_reading(self, title: str, lines: Sequence[ReadingLine]) -> None:
        """Show the corrected lines when a reading is on show."""
        if self._shows("reading"):
            self.screen.reading.show_lines(title, lines)

    def next_page(self) -> bool:
        """Turn to the reading's next page."""
        if not self._shows("reading"):
            return False
        self.screen.reading.next_page()
        return True

    def show_promise(self, dossier: Dossier) -> None:
        """Show the promise where the citizen already looks; with one monitor F11 opens it.

        The clerk's way to the slip pays for no screen nobody looks at: the dossier waits, not longer
        than the page would stay.
        """
        self._finish_rating()
        if self._covered:
            return
        if self.is_open:
            self._show_promise(dossier)
        else:
            self._promise = dossier
            self._forget_promise.start(_PROMISE_KEPT_MS)

    def _show_promise(self, dossier: Dossier) -> None:
        from counter_app.ui.citizen_screen.screen import Showing

        self._drop_promise()
        self.screen.turn_to(Showing.PROMISE)
        self.screen.promise.show_dossier(dossier)

    def _drop_promise(self) -> None:
        self._promise = None
        self._forget_promise.stop()

    def ask_rating(self, done: Callable[[RatingAnswer | None], None]) -> None:
        """Ask how it was, opening the page."""
        from counter_app.ui.citizen_screen.screen import Showing

        self._finish_rating()
        self._rated = done
        self.screen.turn_to(Showing.RATING)
        self._open()

    def show_call(self, label: str, counter: int) -> None:
        """Show a number that is called: large while nobody is served, else along the foot."""
        from counter_app.ui.citizen_screen.screen import Showing

        others = [each for each in self._calls if each[0] != label and each[1] != counter]
        self._calls = [(label, counter), *others][:_CALLS_KEPT]
        if self._screen is None:
            return
        self._screen.show_calls(self._calls)
        if self._screen.showing in (Showing.WELCOME, Showing.CALL, Showing.THANKS):
            self._screen.call.show_call(label, counter)
            self._screen.turn_to(Showing.CALL)
        else:
            self._screen.show_foot()

    def forget_calls(self) -> None:
        """Forget the numbers of a day that is over."""
        self._calls = []
        if self._screen is not None:
            self._screen.show_calls(())

    def show_welcome(self) -> None:
        """Wipe whatever is shown of a citizen."""
        from counter_app.ui.citizen_screen.screen import Showing

        self._finish_rating()
        self._drop_promise()
        self._reading_answered = None
        if self._screen is not None:
            self._screen.turn_to(Showing.WELCOME)

    def set_covered(self, *, covered: bool) -> None:
        """Wipe everything, close a page on the clerk's own monitor, and drop a promise that comes late."""
        self._covered = covered
        if covered:
            self._close_page() if self.is_open else self.show_welcome()

    def toggle(self) -> None:
        """Open the page, or close it when it is open."""
        if self.is_open and not self.has_own_monitor:
            self._close_page()
            return
        if self._promise is not None:
            self._show_promise(self._promise)
        self._open()

    def close(self) -> None:
        """Go away with the window."""
        self._gone = True
        self._rated = self._reading_answered = None
        if self._screen is not None:
            self._screen.hide()
            self._screen.deleteLater()
            self._screen = None

    # --- What the citizen does

    def _answered_reading(self, right: bool) -> None:
        answered, self._reading_answered = self._reading_answered, None
        if self.has_own_monitor:
            self.screen.thank(_("Xin cảm ơn ông/bà"))
        else:
            self._close_page()
        if answered is not None:
            answered(right)

    def _answered_rating(self, answer: RatingAnswer | None) -> None:
        done, self._rated = self._rated, None
        if answer is None:
            self._close_page()
        else:
            self.screen.thank(_("Xin cảm ơn ông/bà đã đánh giá"))
        if done is not None:
            done(answer)

    def _finish_rating(self) -> None:
        """End a rating that something else interrupts: a score that was given counts."""
        if self._rated is not None and self._screen is not None:
            self._screen.rating.leave()

    def _time_over(self) -> None:
        if self._rated is not None:
            self.screen.rating.leave()
        elif self._shows("call"):
            self.show_welcome()
        else:
            self._close_page()

    def _key_pressed(self) -> None:
        if not self.has_own_monitor:
            self._close_page()

    def _shows(self, what: str) -> bool:
        return self._screen is not None and self._screen.showing == what
