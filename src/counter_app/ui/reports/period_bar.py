"""Picks a period: one key for today, week, month, quarter, year; two fields for any other."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import BadInput
from counter_app.domain.period import Period
from counter_app.i18n import _
from counter_app.ui.reports.periods import PeriodPick, picked
from counter_app.ui.widgets.flow_row import FlowRow
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import row
from counter_app.ui.widgets.options_field import OptionsField
from counter_app.ui.widgets.text_field import DateField


class PeriodBar(QWidget):
    """``changed`` when another period is meant; `period` is the last one that made sense."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.period = picked(PeriodPick.MONTH, today)
        self.pick = OptionsField(
            _("Thời gian"),
            (
                (PeriodPick.TODAY, _("Hôm nay")),
                (PeriodPick.WEEK, _("Tuần này")),
                (PeriodPick.MONTH, _("Tháng này")),
                (PeriodPick.QUARTER, _("Quý này")),
                (PeriodPick.YEAR, _("Năm nay")),
            ),
        )
        self.first = DateField(_("Từ ngày"), today=today)
        self.last = DateField(_("Đến ngày"), today=today)
        fields = QWidget()
        fields.setLayout(
            row(
                *(
                    PlainLabel(_("Từ"), tone="muted"),
                    self.first,
                    PlainLabel(_("đến"), tone="muted"),
                    self.last,
                ),
                spacing=6,
                margins=(0, 4, 0, 0),
            )
        )
        self._wrong = PlainLabel(tone="bad", type="small")
        self.setLayout(FlowRow(self.pick, fields, self._wrong, gap=10, line_gap=6))
        self.pick.edited.connect(self._picked)
        for field in (self.first, self.last):
            field.setFixedWidth(field.fontMetrics().horizontalAdvance("00/00/0000") + 34)
            field.accepted.connect(self._typed)
            field.left.connect(self._typed)
        self.choose(PeriodPick.MONTH)

    def choose(self, pick: PeriodPick) -> None:
        """Pick a period without telling anybody."""
        self.pick.set_value(pick)
        self._take(picked(pick, self._today))

    def new_day(self, today: date) -> None:
        """Count from another day."""
        self._today = today
        if self.pick.value() != "":
            self._take(picked(PeriodPick(str(self.pick.value())), today))

    def _picked(self) -> None:
        self._take(picked(PeriodPick(str(self.pick.value())), self._today))
        self.changed.emit()

    def _typed(self) -> None:
        try:
            first, last = (date.fromisoformat(str(field.value())) for field in (self.first, self.last))
            typed = Period(first=first, last=last)
        except (ValueError, BadInput):
            self._wrong.setText(_("Chưa đọc được hai ngày này."))
            return
        self._wrong.clear()
        if typed != self.period:
            self.pick.set_value(PeriodPick.BETWEEN)
            self.period = typed
            self.changed.emit()

    def _take(self, period: Period) -> None:
        self.period = period
        self._wrong.clear()
        self.first.set_value(period.first.isoformat())
        self.last.set_value(period.last.isoformat())
