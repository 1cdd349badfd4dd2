"""What a list of work is narrowed to: words, sector, who has it, who received it, how it came."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from counter_app.i18n import _
from counter_app.services.worklists_port import Narrowing, NarrowingChoices
from counter_app.ui.widgets.choice_field import ComboField
from counter_app.ui.widgets.layouts import row
from counter_app.ui.widgets.text_field import TextField

_DEBOUNCE_MS = 120
_ANY = "\n"  # no value of a dossier holds a line break


class Filters(QWidget):
    """``edited`` when something was typed or chosen; a choice with nothing to choose from is hidden."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = TextField(
            _("Lọc danh sách"), placeholder=_("Lọc theo tên, mã hồ sơ, thủ tục…"), max_length=120
        )
        self.sector = ComboField(_("Lĩnh vực"), ())
        self.holder = ComboField(_("Nơi đang giữ"), ())
        self.clerk = ComboField(_("Người nhận"), ())
        self.channel = ComboField(_("Kênh nhận"), ())
        self._combos = (self.sector, self.holder, self.clerk, self.channel)
        line = row(self.search, *self._combos, spacing=8)
        line.setStretchFactor(self.search, 3)
        for combo in self._combos:
            combo.setMinimumContentsLength(6)
            line.setStretchFactor(combo, 2)
            combo.edited.connect(self.edited)
            combo.hide()
        self.setLayout(line)
        self._timer = QTimer(self, interval=_DEBOUNCE_MS, singleShot=True)
        self._timer.timeout.connect(self.edited)
        self.search.edited.connect(self._timer.start)

    def narrowing(self) -> Narrowing:
        """Return what is asked for."""
        holder = self.holder.value()
        return Narrowing(
            text=str(self.search.value()),
            sector=_value(self.sector),
            clerk=_value(self.clerk),
            channel=_value(self.channel),
            holder=None if holder in (None, _ANY) else str(holder),
        )

    def clear(self) -> None:
        """Ask for everything."""
        self.search.clear()
        for combo in self._combos:
            combo.setCurrentIndex(0)

    def settle(self) -> bool:
        """Take what was typed at once; tell whether something was still waiting."""
        waiting = self._timer.isActive()
        self._timer.stop()
        return waiting

    def show_choices(self, choices: NarrowingChoices) -> None:
        """Offer what occurs in the list; the chosen ones stay chosen."""
        _refill(self.sector, _("Mọi lĩnh vực"), choices.sectors, lambda name: name)
        _refill(self.holder, _("Mọi nơi giữ"), choices.holders, lambda name: name or _("Tại quầy"))
        _refill(self.clerk, _("Mọi người nhận"), choices.clerks, lambda name: name)
        _refill(self.channel, _("Mọi kênh"), choices.channels, _channel)


def _channel(channel: str) -> str:
    return {"counter": _("Trực tiếp"), "online": _("Trực tuyến"), "postal": _("Bưu chính")}[channel]


def _value(combo: ComboField) -> str:
    value = combo.value()
    return "" if value in (None, _ANY) else str(value)


def _refill(combo: ComboField, everything: str, values: Iterable[str], words: Callable[[str], str]) -> None:
    rows = [(_ANY, everything), *((value, words(value)) for value in values)]
    before = combo.value()
    if [combo.itemData(index) for index in range(combo.count())] != [value for value, _words in rows]:
        combo.blockSignals(True)
        combo.clear()
        for value, shown in rows:
            combo.addItem(shown, value)
        combo.setCurrentIndex(max(combo.findData(before), 0))
        combo.blockSignals(False)
    combo.setVisible(len(rows) > 2 or combo.currentIndex() > 0)
