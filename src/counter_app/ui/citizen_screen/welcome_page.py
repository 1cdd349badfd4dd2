"""What is shown when nobody is served: the office, and the numbers called."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from counter_app.i18n import _
from counter_app.ui.citizen_screen.big import BigLabel
from counter_app.ui.widgets.layouts import Card, column, row

_CALLS_SHOWN = 4


class WelcomePage(QWidget):
    """Public: nothing of any citizen but numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.office = BigLabel(pixels=40, strong=True, centred=True)
        self._greeting = BigLabel(_("Kính chào quý vị"), pixels=36, tone="muted", centred=True)
        self._called = BigLabel(_("Số đang phục vụ"), tone="muted", centred=True)
        self._slots = [
            (BigLabel(pixels=72, strong=True, tone="primary", centred=True), BigLabel(centred=True))
            for _n in range(_CALLS_SHOWN)
        ]
        self._cards = []
        for number, counter in self._slots:
            card = Card()
            card.body.addWidget(number)
            card.body.addWidget(counter)
            self._cards.append(card)
        calls = row(*self._cards, spacing=20)
        box = column(None, self._greeting, self.office, 30, self._called, calls, None, spacing=12)
        box.setContentsMargins(48, 24, 48, 16)
        self.setLayout(box)
        self.show_calls(())

    def show_calls(self, calls: Sequence[tuple[str, int]]) -> None:
        """Show numbers and their counters, the newest first."""
        self._called.setVisible(bool(calls))
        for place, ((number, counter), card) in enumerate(zip(self._slots, self._cards, strict=True)):
            card.setVisible(place < len(calls))
            if place < len(calls):
                number.setText(calls[place][0])
                counter.setText(_("Quầy {n}").format(n=calls[place][1]))


class CallPage(QWidget):
    """One number over the whole screen."""

    def __init__(self) -> None:
        super().__init__()
        self.number = BigLabel(pixels=220, strong=True, tone="primary", centred=True)
        self.counter = BigLabel(pixels=72, strong=True, centred=True)
        head = BigLabel(_("Mời số"), pixels=44, tone="muted", centred=True)
        self.setLayout(column(None, head, self.number, self.counter, None, margins=(36, 24, 36, 16)))

    def show_call(self, label: str, counter: int) -> None:
        """Show a number and where to go."""
        self.number.setText(label)
        self.counter.setText(_("đến Quầy {n}").format(n=counter))
