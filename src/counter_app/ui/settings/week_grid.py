"""The sessions of a week as fields: morning, afternoon, and whether the day counts."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.i18n import _
from counter_app.services.session_json import WEEKDAYS
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.widgets.tick_field import TickField

_NOON = "12"


class WeekGrid(QWidget):
    """One season: a row a weekday, written 07:00-11:30; an empty field is a closed half-day."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(5)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(4, 1)
        for place, heading in enumerate((_("Buổi sáng"), _("Buổi chiều")), 1):
            grid.addWidget(PlainLabel(heading, type="small", tone="muted"), 0, place)
        self.hours: dict[str, tuple[TextField, ...]] = {}
        self.counts: dict[str, TickField] = {}
        for line, (key, name) in enumerate(zip(WEEKDAYS, _day_names(), strict=True), 1):
            fields = tuple(
                TextField(f"{name}, {part}", placeholder=placeholder, max_length=20)
                for part, placeholder in ((_("sáng"), "07:00-11:30"), (_("chiều"), "13:30-17:00"))
            )
            for place, field in enumerate(fields, 1):
                field.setMaximumWidth(300)
                grid.addWidget(field, line, place)
            self.hours[key] = fields
            self.counts[key] = TickField(
                _("{day}, tính là ngày làm việc").format(day=name), _("tính là ngày làm việc")
            )
            grid.addWidget(PlainLabel(name), line, 0)
            grid.addWidget(self.counts[key], line, 3)
        in_order = [field for key in WEEKDAYS for field in self.hours[key]]
        for field, following in pairwise(in_order):
            field.accepted.connect(following.setFocus)

    def show_pattern(self, pattern: Mapping[str, Any]) -> None:
        """Show one season in the form of `session_json`."""
        for key in WEEKDAYS:
            for field, text in zip(self.hours[key], _halves(pattern["sessions"].get(key, ())), strict=True):
                field.set_value(text)
            self.counts[key].set_value(key in pattern["working_weekdays"])

    def pattern(self) -> dict[str, Any]:
        """Return what is typed; what cannot be read is refused when it is entered."""
        sessions = {
            key: [text.strip() for field in fields for text in str(field.value()).split(",") if text.strip()]
            for key, fields in self.hours.items()
        }
        return {
            "working_weekdays": [key for key in WEEKDAYS if self.counts[key].value()],
            "sessions": {key: texts for key, texts in sessions.items() if texts},
        }


def _halves(sessions: Sequence[str]) -> tuple[str, str]:
    """Return the morning and the afternoon; a third session stands behind the second."""
    if len(sessions) == 1 and sessions[0] >= _NOON:
        return "", sessions[0]
    return (sessions[0], ", ".join(sessions[1:])) if sessions else ("", "")


def _day_names() -> tuple[str, ...]:
    return (
        _("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy"), _("Chủ nhật"),
    )  # fmt: skip
