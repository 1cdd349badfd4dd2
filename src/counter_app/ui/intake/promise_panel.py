"""The promised date, why it is that day, and whether a slip is printed."""

from collections.abc import Callable

from counter_app.i18n import _
from counter_app.ui.intake.due_words import PromiseWords
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import Chip
from counter_app.ui.widgets.layouts import Card
from counter_app.ui.widgets.promise_calendar import PromiseCalendar
from counter_app.ui.widgets.promise_words import explanation
from counter_app.ui.widgets.tick_field import TickField


class PromisePanel(Card):
    """Shows `PromiseWords`; "vì sao?" folds the explaining calendar out and in.

    Args:
        theme: For the calendar's tiles.
        slip_asked: Called with whether the applicant asks for a slip.
    """

    def __init__(self, theme: Theme, *, slip_asked: Callable[[bool], None]) -> None:
        super().__init__(_("Hẹn trả"))
        self._shown: PromiseWords | None = None
        self.why = Button(_("vì sao?"), variant="link", clicked=self._fold)
        self.why.setAccessibleName(_("Vì sao hẹn ngày này?"))
        self.heading.addWidget(self.why)
        self._due = WrapLabel(type="strong")
        self._slip = Chip()
        self.heading.insertWidget(1, self._slip)
        self._rule = WrapLabel(tone="muted", type="small")
        self._provisional = Chip(_("lịch nghỉ dự kiến, ngày hẹn có thể đổi"), "warn")
        self.calendar = PromiseCalendar(theme, words=False)
        self._explained = WrapLabel(type="small", tone="muted")
        self._unfold(False)
        self.tick = TickField(_("In giấy hẹn theo yêu cầu"), _("In giấy hẹn theo yêu cầu"))
        self.tick.edited.connect(lambda: slip_asked(self.tick.isChecked()))
        for widget in (self._due, self._rule, self._provisional, self.calendar, self._explained, self.tick):
            self.body.addWidget(widget)

    def show_words(self, words: PromiseWords, *, slip_asked: bool) -> None:
        """Show the promise."""
        self.tick.setVisible(not words.problem and not words.slip_required)
        if self.tick.isChecked() != slip_asked:
            self.tick.setChecked(slip_asked)
        if words == self._shown:
            return
        self._shown = words
        self._due.setText(words.problem or words.due)
        self._due.set_tone("bad" if words.problem else "")
        self._slip.show_as(words.slip, "info" if words.prints_slip else "neutral")
        self._slip.setVisible(bool(words.slip))
        self._rule.setText(words.rule)
        self._rule.setVisible(bool(words.rule))
        self._provisional.setVisible(words.provisional)
        explained = words.promise is not None and words.promise.due_at is not None
        self.why.setVisible(explained)
        if not explained:
            self._unfold(False)
        if words.promise is not None:
            self.calendar.show_promise(words.promise)
            self._explained.setText(explanation(words.promise))

    def fold(self) -> None:
        """Start the next visit without the last one's explanation."""
        self._unfold(False)

    def _fold(self) -> None:
        self._unfold(self.calendar.isHidden())

    def _unfold(self, shown: bool) -> None:
        self.calendar.setVisible(shown)
        self._explained.setVisible(shown)
        self.why.setText(_("thu gọn") if shown else _("vì sao?"))
