"""One button a group, each with its number key; a tick for those who may go first."""

from collections.abc import Callable
from functools import partial

from counter_app.i18n import _
from counter_app.ui.queue.presenter import QueueState
from counter_app.ui.queue.words import priority_words
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import Chip, PlainLabel
from counter_app.ui.widgets.layouts import Card, clear, column, row
from counter_app.ui.widgets.tick_field import TickField
from counter_app.ui.widgets.tooltips import set_tooltip


class IssuePanel(Card):
    """Calls `issue` with the place of a group and whether it goes first; the tick falls back each time."""

    def __init__(self, issue: Callable[[int, bool], None]) -> None:
        super().__init__(_("Lấy số"))
        self._issue = issue
        self._groups: tuple[tuple[str, str], ...] = ()
        self.buttons: list[Button] = []
        self._waiting: list[Chip] = []
        self._list = column(spacing=8)
        self.priority = TickField(_("Ưu tiên"), _("Ưu tiên (phím 0)"))
        set_tooltip(self.priority, priority_words())
        self.body.addLayout(self._list)
        self.body.addWidget(self.priority)
        self.body.addWidget(PlainLabel(priority_words(), type="caption", tone="muted", wrap=True))
        self.body.addStretch(1)

    def show_state(self, state: QueueState) -> None:
        """Show the groups and how many wait in each."""
        groups = tuple((group.group_id, group.name) for group in state.settings.groups)
        if groups != self._groups:
            self._groups = groups
            self._make()
        for (group_id, _name), chip in zip(groups, self._waiting, strict=True):
            count = state.now.waiting_by_group.get(group_id, 0)
            chip.setText(_("{count} chờ").format(count=count))
            chip.setVisible(count > 0)

    def press(self, place: int) -> None:
        """Hand out a ticket of the group in that place (from 0)."""
        if 0 <= place < len(self._groups):
            priority = self.priority.isChecked()
            self.priority.setChecked(False)
            self._issue(place, priority)

    def _make(self) -> None:
        clear(self._list)
        self.buttons, self._waiting = [], []
        for place, (_group_id, name) in enumerate(self._groups):
            button = Button(name, key=str(place + 1), clicked=partial(self.press, place))
            button.setAccessibleName(_("Lấy số: {group}").format(group=name))
            chip = Chip("", "count")
            line = row(button, chip, spacing=8)
            line.setStretchFactor(button, 1)
            self._list.addLayout(line)
            self.buttons.append(button)
            self._waiting.append(chip)
