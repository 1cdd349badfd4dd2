"""Who is at this counter and at the others, and who was absent."""

from collections.abc import Callable
from functools import partial

from counter_app.domain.queue import MAX_RECALLS
from counter_app.i18n import _
from counter_app.ui.queue.presenter import QueueState
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import Chip, PlainLabel
from counter_app.ui.widgets.layouts import Card, Line, clear, column, row

_ABSENT_SHOWN = 5


class ServingPanel(Card):
    """The number at this counter, large, with what may be done about it.

    Args:
        recall: F4.
        absent: F7.
        served: F8.
        call_again: Gets the id of a ticket whose citizen came back.
    """

    def __init__(
        self,
        *,
        recall: Callable[[], None],
        absent: Callable[[], None],
        served: Callable[[], None],
        call_again: Callable[[str], None],
    ) -> None:
        super().__init__(_("Đang phục vụ"))
        self._call_again = call_again
        self.number = PlainLabel(type="display")
        self._chip = Chip("", "neutral")
        self._group = PlainLabel(tone="muted", wrap=True)
        self.recall = Button(_("Gọi lại"), key="F4", clicked=recall)
        self.absent = Button(_("Vắng"), key="F7", clicked=absent)
        self.served = Button(_("Xong"), key="F8", clicked=served)
        self._others = column(spacing=4)
        self._away = column(spacing=4)
        self.body.addLayout(row(self.number, self._chip, None, spacing=10))
        self.body.addWidget(self._group)
        self.body.addLayout(row(self.recall, self.absent, self.served, None))
        self.body.addSpacing(6)
        self.body.addLayout(self._others)
        self.body.addLayout(self._away)
        self.body.addStretch(1)

    def show_state(self, state: QueueState) -> None:
        """Show the counters and the absent."""
        here = state.here
        self.title.setText(_("Quầy {n} đang phục vụ").format(n=state.counter))
        self.number.setText(here.label if here else "–")
        self._group.setText(here.group_name if here else _("Chưa gọi ai. Bấm F9 để gọi người tiếp theo."))
        self._chip.setVisible(here is not None)
        if here is not None:
            self._chip.show_as(_("gọi {n} lần").format(n=here.calls), "warn" if here.calls > 1 else "info")
        self.recall.setEnabled(here is not None and here.calls <= MAX_RECALLS)
        self.absent.setEnabled(here is not None)
        self.served.setEnabled(here is not None)
        self._show_others(state)
        self._show_absent(state)

    def _show_others(self, state: QueueState) -> None:
        clear(self._others)
        others = sorted((n, each) for n, each in state.now.at_counters.items() if n != state.counter)
        if others:
            self._others.addWidget(Line())
        for counter, ticket in others:
            words = _("Quầy {n}: {ticket} · {group}")
            text = words.format(n=counter, ticket=ticket.label, group=ticket.group_name)
            self._others.addWidget(PlainLabel(text, wrap=True))

    def _show_absent(self, state: QueueState) -> None:
        clear(self._away)
        if state.now.absent:
            self._away.addWidget(Line())
            self._away.addWidget(PlainLabel(_("Vắng khi gọi"), type="section"))
        for ticket in state.now.absent[:_ABSENT_SHOWN]:
            back = Button(
                _("Đã quay lại"), variant="link", clicked=partial(self._call_again, ticket.ticket_id)
            )
            back.setAccessibleName(_("Gọi lại số {ticket}").format(ticket=ticket.label))
            self._away.addLayout(row(PlainLabel(ticket.label, bold=True), None, back))
        more = len(state.now.absent) - _ABSENT_SHOWN
        if more > 0:
            self._away.addWidget(PlainLabel(_("và {count} số nữa").format(count=more), tone="muted"))
