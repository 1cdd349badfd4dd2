"""The office's opening hours: a week for the whole year, and other weeks for seasons."""

import re
from typing import Any

from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import BadInput
from counter_app.i18n import _
from counter_app.services.office_settings import OfficeSettings
from counter_app.services.session_json import MAX_PATTERNS, patterns_to_json
from counter_app.ui.settings.value_editor import ValueEditor
from counter_app.ui.settings.values_page import EditsValues
from counter_app.ui.settings.values_presenter import ValuesPresenter
from counter_app.ui.settings.week_grid import WeekGrid
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.combo_field import ComboField
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column, row
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.workspace import Workspace


class SessionsPage(EditsValues):
    """One season is on show at a time; all are entered together, with their first day."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(
            _(
                "Giờ mở cửa của cơ quan. Ngày có giờ mà không tính là ngày làm việc (thường là sáng thứ Bảy) "
                "chỉ tiếp nhận hồ sơ, không tính vào thời hạn. Phiếu hẹn đã in không tự đổi."
            )
        )
        self.presenter = ValuesPresenter(workspace)
        self._patterns: list[dict[str, Any]] = []
        self._shown = 0
        names = [(str(number), _season_name(number)) for number in range(MAX_PATTERNS)]
        self.season = ComboField(_("Mùa"), names)
        self.season.currentIndexChanged.connect(self._turn)
        self.begins = TextField(_("Từ ngày"), placeholder="15/05", max_length=5)
        self.ends = TextField(_("Đến ngày"), placeholder="15/10", max_length=5)
        for field in (self.begins, self.ends):
            field.setMaximumWidth(90)
        self.drop = Button(_("Bỏ mùa này"), variant="quiet", clicked=self._drop)
        self._span = QWidget()
        span = row(PlainLabel(_("từ")), self.begins, PlainLabel(_("đến hết")), self.ends, self.drop, None)
        self._span.setLayout(span)
        self.week = WeekGrid()
        form = QWidget()
        form.setLayout(column(row(self.season, self._span, None), self.week, spacing=8))
        self.editor = ValueEditor(
            workspace,
            self.presenter,
            label=_("Giờ làm việc"),
            basis=_("Quyết định số …, nếu có"),
            field=form,
            read=self.value,
            entered=self._load,
        )
        self.below.addWidget(self.editor)

    def show_settings(self, settings: OfficeSettings) -> None:  # noqa: ARG002  (FormPage)
        """Show the hours of today."""
        self._load()

    def enter(self) -> None:
        """Enter the hours of all seasons."""
        self.editor.enter()

    def value(self) -> list[dict[str, Any]]:
        """Return every season that says something, the whole year first.

        Raises:
            BadInput: ``bad_week_pattern`` when a season has no beginning or end.
        """
        self._keep()
        return [
            pattern for number, pattern in enumerate(self._patterns) if number == 0 or pattern["sessions"]
        ]

    def _load(self) -> None:
        self._patterns = patterns_to_json(self.presenter.patterns()[:MAX_PATTERNS])
        entry = self.presenter.current("sessions")
        self._shown = 0
        self.season.setCurrentIndex(0)
        self._show()
        self.editor.edit("sessions", entry.basis if entry else "")

    def _turn(self, number: int) -> None:
        if number == self._shown or not self._patterns:
            return
        self._keep_quietly()
        while len(self._patterns) <= number:
            self._patterns.append({"working_weekdays": ["mon", "tue", "wed", "thu", "fri"], "sessions": {}})
        self._shown = number
        self._show()

    def _show(self) -> None:
        pattern = self._patterns[self._shown]
        self.week.show_pattern(pattern)
        self._span.setVisible(self._shown > 0)
        self.begins.set_value(_shown_day(pattern.get("from", "")))
        self.ends.set_value(_shown_day(pattern.get("to", "")))

    def _keep(self) -> None:
        """Take what is typed into the season on show."""
        self._keep_quietly()
        for number, pattern in enumerate(self._patterns):
            if number and pattern["sessions"] and not (pattern.get("from") and pattern.get("to")):
                raise BadInput("bad_week_pattern", problem="season_without_days")

    def _keep_quietly(self) -> None:
        pattern = self.week.pattern()
        if self._shown:
            pattern |= {"from": _stored_day(self.begins), "to": _stored_day(self.ends)}
        self._patterns[self._shown] = pattern

    def _drop(self) -> None:
        del self._patterns[self._shown]
        self._shown = 0
        self.season.setCurrentIndex(0)
        self._show()


def _season_name(number: int) -> str:
    return _("Mùa {n}").format(n=number) if number else _("Cả năm")


def _shown_day(text: str) -> str:
    return "/".join(reversed(text.split("-"))) if text else ""


def _stored_day(field: TextField) -> str:
    """Return "05-15" for 15/05 or 15/5; anything else as typed, for the rules to refuse."""
    text = str(field.value())
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})", text)
    return f"{int(match[2]):02}-{int(match[1]):02}" if match else text
