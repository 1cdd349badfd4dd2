"""The citizen's screen: a window of its own, one page at a time, calls along its foot."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from counter_app.i18n import _
from counter_app.ui.citizen_screen.big import BigLabel, scale_all, unit_of
from counter_app.ui.citizen_screen.promise_page import PromisePage
from counter_app.ui.citizen_screen.rating_page import RatingPage
from counter_app.ui.citizen_screen.reading_page import ReadingPage
from counter_app.ui.citizen_screen.stage_port import RatingAnswer
from counter_app.ui.citizen_screen.welcome_page import CallPage, WelcomePage
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.layouts import column, row


class Showing(StrEnum):
    """What is on the screen."""

    WELCOME = "welcome"
    READING = "reading"
    PROMISE = "promise"
    RATING = "rating"
    THANKS = "thanks"
    CALL = "call"


# How long a page stays when nothing happens, in seconds; then the welcome, which never ends.
LASTS = {
    Showing.READING: 300,
    Showing.PROMISE: 90,
    Showing.RATING: 60,
    Showing.THANKS: 5,
    Showing.CALL: 8,
}
_FOR_BUTTONS = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Space,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
)
_TURN = (Qt.Key.Key_F10, Qt.Key.Key_PageDown)


class CitizenScreen(QWidget):
    """Shows what `Stage` tells it.

    Args:
        theme: The colours of the window.
        answered_reading: The citizen says whether what was read back is right.
        answered_rating: Gets the rating, None when it was skipped.
        time_over: A page stayed long enough.
        key_pressed: A key that is for no button of the page.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        answered_reading: Callable[[bool], None],
        answered_rating: Callable[[RatingAnswer | None], None],
        time_over: Callable[[], None],
        key_pressed: Callable[[], None],
    ) -> None:
        super().__init__()
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setWindowTitle(_("Màn hình công dân"))
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self._key_pressed = key_pressed
        self.showing = Showing.WELCOME
        self.welcome, self.call, self.promise = WelcomePage(), CallPage(), PromisePage()
        self.reading = ReadingPage(answered_reading)
        self.rating = RatingPage(theme, answered_rating)
        self._thanks = BigLabel(pixels=60, strong=True, tone="primary", centred=True)
        thanks = QWidget()
        thanks.setLayout(column(None, self._thanks, None))
        self._pages: dict[Showing, QWidget] = {
            Showing.WELCOME: self.welcome,
            Showing.READING: self.reading,
            Showing.PROMISE: self.promise,
            Showing.RATING: self.rating,
            Showing.THANKS: thanks,
            Showing.CALL: self.call,
        }
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        self.calls = BigLabel(centred=True)
        self._foot = QWidget()
        self._foot.setObjectName("actionbar")
        self._foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._foot.setLayout(row(self.calls, margins=(24, 8, 24, 8)))
        whole = column(self._stack, self._foot, spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(time_over)
        self.turn_to(Showing.WELCOME)

    def turn_to(self, showing: Showing) -> None:
        """Show a page and wipe what the other pages said of a citizen."""
        self.showing = showing
        if showing is not Showing.READING:
            self.reading.wipe()
        if showing is not Showing.PROMISE:
            self.promise.wipe()
        self.rating.begin()
        self._stack.setCurrentWidget(self._pages[showing])
        self.show_foot()
        if showing is Showing.RATING:
            self.rating.setFocus()
        self._timer.stop()
        if showing in LASTS:
            self._timer.start(LASTS[showing] * 1000)

    def show_foot(self) -> None:
        """Show the calls along the foot where they are not the page itself."""
        own = self.showing in (Showing.WELCOME, Showing.CALL)
        self._foot.setVisible(bool(self.calls.text()) and not own)

    def thank(self, words: str) -> None:
        """Thank, for a few seconds."""
        self._thanks.setText(words)
        self.turn_to(Showing.THANKS)

    def show_calls(self, calls: Sequence[tuple[str, int]]) -> None:
        """Show the numbers called last, on the welcome and along the foot of the other pages."""
        self.welcome.show_calls(calls)
        words = [_("{number} → Quầy {n}").format(number=label, n=counter) for label, counter in calls]
        self.calls.setText(" · ".join(words))

    @property
    def seconds_left(self) -> float:
        """How long the page still stays; 0 for the welcome."""
        return max(self._timer.remainingTime(), 0) / 1000

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Let keys move among the buttons; any other key gives the screen back to the clerk."""
        if event.key() in _TURN and self.showing is Showing.READING:
            self.reading.next_page()
        elif event.key() not in _FOR_BUTTONS or self.showing not in (Showing.READING, Showing.RATING):
            self._key_pressed()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt)
        """Let everything grow with the screen."""
        super().resizeEvent(event)
        scale_all(self, unit_of(event.size()))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  (Qt)
        """Closing the window by other means is giving it back to the clerk."""
        event.ignore()
        self._key_pressed()
