"""What the list of procedures is narrowed to: words, sector, trait, day."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.i18n import _
from counter_app.services.procedure_overview import Trait
from counter_app.ui.procedures.words import trait_words
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.choice_field import ComboField
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column, row
from counter_app.ui.widgets.text_field import DateField, TextField


class Filters(QWidget):
    """``edited`` when the words or a choice changed; ``day_chosen`` carries a date, or None for today."""

    edited = Signal()
    day_chosen = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self.search = TextField(_("Tìm thủ tục"), placeholder=_("dkks, khai sinh, 1.001193…"), max_length=120)
        self.sector = ComboField(_("Lĩnh vực"), ())
        self.trait = ComboField(_("Chỉ hiện"), ())
        self.day = DateField(_("Xem theo ngày"), today=today)
        self.day.setMaximumWidth(124)
        self.today = Button(_("Hôm nay"), variant="quiet", clicked=lambda: self.day_chosen.emit(None))
        days = row(PlainLabel(_("Xem theo ngày"), tone="muted"), self.day, self.today, None, spacing=6)
        self.setLayout(column(self.search, self.sector, self.trait, days, spacing=8))
        for field in (self.search, self.sector, self.trait):
            field.edited.connect(self.edited)
        self.day.accepted.connect(self._take_day)
        self.day.left.connect(self._take_day)

    def narrowing(self) -> tuple[str, Trait | None, str]:
        """Return words, trait and sector."""
        trait = str(self.trait.value() or "")
        return str(self.search.value()), Trait(trait) if trait else None, str(self.sector.value() or "")

    def choose_trait(self, trait: Trait | None) -> None:
        """Show only what has a trait, whatever was typed before."""
        self.search.clear()
        self.sector.setCurrentIndex(0)
        self.trait.set_value(trait.value if trait is not None else "")

    def clear_narrowing(self) -> None:
        """Show everything in force."""
        self.choose_trait(None)

    def show_counts(self, sectors: Mapping[str, int], traits: Mapping[Trait, int], in_force: int) -> None:
        """Say how many there are behind every choice; the chosen one stays chosen."""
        rows = [("", _("Mọi lĩnh vực ({count})").format(count=sum(sectors.values())))]
        rows += [(name, f"{name} ({count})") for name, count in sectors.items()]
        _refill(self.sector, rows)
        shown = [("", _("Tất cả đang áp dụng ({count})").format(count=in_force))]
        shown += [
            (trait.value, f"{words} ({traits.get(trait, 0)})") for trait, words in trait_words().items()
        ]
        _refill(self.trait, shown)

    def show_day(self, on: date, *, is_today: bool) -> None:
        """Show the day looked at."""
        if not self.day.hasFocus():
            self.day.set_value(on.isoformat())
        self.day.set_state("" if is_today else "suggested")
        self.today.setVisible(not is_today)

    def _take_day(self) -> None:
        try:
            chosen = date.fromisoformat(str(self.day.value()))
        except ValueError:
            self.day.set_state("error")
            return
        self.day_chosen.emit(chosen)


def _refill(field: ComboField, rows: list[tuple[str, str]]) -> None:
    before = field.value()
    field.blockSignals(True)
    field.clear()
    for value, words in rows:
        field.addItem(words, value)
    field.setCurrentIndex(max(field.findData(before), 0))
    field.blockSignals(False)
