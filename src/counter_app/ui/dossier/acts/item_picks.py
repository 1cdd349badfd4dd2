"""Known items to tick and lines for others: what is asked for, and reasons."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from counter_app.i18n import _
from counter_app.ui.dossier.acts.act_form import ActForm
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.layouts import column, row
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.widgets.tick_field import TickField

_MOST_LINES = 12


class ItemPicks:
    """Adds the ticks and lines to a form; `chosen` are the items in the order shown.

    Args:
        form: Where they go.
        name: What the rules call them: items, reasons.
        known: Items to tick, each with whether it is ticked to begin with.
        other: The name of the lines for items nobody foresaw.
    """

    def __init__(self, form: ActForm, name: str, known: Sequence[tuple[str, bool]], *, other: str) -> None:
        self._form, self._name, self._other = form, name, other
        self._ticks: list[tuple[str, TickField]] = []
        self._lines: list[TextField] = []
        for place, (words, ticked) in enumerate(known):
            tick = TickField(words)
            tick.set_value(ticked)
            form.add(tick_row(tick, words))
            form.watch(f"{name}:{place}", tick)
            self._ticks.append((words, tick))
        self._box = column(spacing=4)
        form.add(column(WrapLabel(other, type="small"), self._box, spacing=2))
        self._add_line()

    def chosen(self) -> tuple[str, ...]:
        """Return the ticked items and the lines that say something."""
        ticked = [words for words, tick in self._ticks if tick.isChecked()]
        typed = [str(line.value()) for line in self._lines]
        return tuple(each for each in (*ticked, *typed) if each)

    def _add_line(self) -> None:
        number = len(self._lines)
        line = TextField(f"{self._other} {number + 1}", placeholder=_("Mỗi dòng một nội dung"))
        line.edited.connect(lambda: self._grow(line))
        self._lines.append(line)
        self._box.addWidget(line)
        # The first line answers for the whole list: a rule that misses items leads there.
        self._form.watch(self._name if number == 0 else f"{self._name}+{number}", line)

    def _grow(self, line: TextField) -> None:
        """Offer a further line as soon as the last one is begun; it stands next in the walk."""
        if line is self._lines[-1] and len(self._lines) < _MOST_LINES:
            self._add_line()
            self._form.order_after(self._name)


def tick_row(tick: TickField, words: str) -> QHBoxLayout:
    """Return a tick box with words that wrap and can be clicked."""
    tick.setFixedWidth(27)
    label = WrapLabel(words)
    label.clicked.connect(tick.click)
    box = row(spacing=6)
    box.addWidget(tick, 0, Qt.AlignmentFlag.AlignTop)
    box.addWidget(label, 1)
    return box
