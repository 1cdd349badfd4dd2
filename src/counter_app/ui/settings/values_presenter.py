"""The values the office decides itself, in the clerk's words; plain Python."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from counter_app.domain.fee import format_vnd
from counter_app.domain.local_values import time_on
from counter_app.domain.procedure import Procedure, ProcedureCase
from counter_app.domain.processing_time import ProcessingTime
from counter_app.domain.vietnamese_text import fold
from counter_app.domain.working_calendar import WeekPattern
from counter_app.i18n import _, moment
from counter_app.services.local_fees import local_fees
from counter_app.services.office_values import enter_value, history_of, take_back
from counter_app.services.ports import OfficeValue
from counter_app.ui.procedures.presenter import time_words
from counter_app.ui.workspace import Notice, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRow:
    """One line of a table of values. ``current`` is the value of today as an editor takes it, or None."""

    key: str
    name: str
    shown: str
    since: str = ""
    used_by: str = ""
    basis: str = ""
    current: object = None
    missing: bool = False


class ValuesPresenter:
    """Lists, enters and takes back; errors go to the message bar."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def today(self) -> date:
        """Return the office's date."""
        return self._workspace.desk.clock.now().date()

    def fees(self) -> list[ValueRow]:
        """Return every fee the province sets; what nobody entered is unknown, never 0."""
        return [
            ValueRow(
                key=f"fee/{fee.fee_id}",
                name=fee.name,
                shown=_("chưa biết") if fee.amount_vnd is None else format_vnd(fee.amount_vnd),
                since=_day(fee.valid_from),
                used_by=", ".join(fee.used_by),
                basis=fee.basis_text if fee.amount_vnd is not None else "",
                current=fee.amount_vnd,
                missing=fee.amount_vnd is None,
            )
            for fee in local_fees(self._workspace.desk, self.today())
        ]

    def times(self) -> list[ValueRow]:
        """Return the cases for which the law sets no limit; an office may promise one of its own."""
        procedures = self._workspace.desk.catalogue.procedures(self.today())
        return [
            self._time(procedure, case)
            for procedure in procedures
            for case in procedure.cases
            if case.time is None and not case.same_day
        ]

    def _time(self, procedure: Procedure, case: ProcedureCase) -> ValueRow:
        desk = self._workspace.desk
        decided = time_on(desk.local_values, procedure.procedure_id, case, self.today())
        name = procedure.short_name or procedure.name
        return ValueRow(
            key=f"time/{procedure.procedure_id}/{case.case_id}",
            name=name if len(procedure.cases) == 1 else f"{name} – {case.name}",
            shown=time_words(case) if decided is None else value_words("time/", str(decided.time)),
            since=_day(decided.valid_from) if decided else "",
            basis=decided.basis_text if decided else "",
            current=value_words("time/", str(decided.time)) if decided else None,
            missing=decided is None and not case.no_promise,
        )

    def current(self, key: str) -> OfficeValue | None:
        """Return what the office decided that holds today."""
        return self._workspace.desk.office_values.on(key, self.today())

    def patterns(self) -> Sequence[WeekPattern]:
        """Return the sessions that hold today, the whole year first."""
        from counter_app.services.session_json import patterns_from_json

        entry = self.current("sessions")
        if entry is None:
            return self._workspace.desk.catalogue.calendar().patterns
        return patterns_from_json(entry.value)

    def phone(self) -> str:
        """Return the telephone number of today."""
        return self._workspace.desk.office(self.today()).phone

    def history(self, key: str) -> list[str]:
        """Return what was ever entered, the last first, one line each."""
        return [_history_line(entry) for entry in history_of(self._workspace.desk, key)]

    def enter(self, key: str, value: object, first_day: date, basis: str, done: Callable[[], None]) -> None:
        """Enter a value; `done` shows it."""
        words = _("Đã ghi, áp dụng từ {day}.").format(day=_day(first_day))
        desk = self._workspace.desk
        self._run(lambda: enter_value(desk, key, value, first_day, basis), words, done)

    def take_back(self, key: str, first_day: date, basis: str, done: Callable[[], None]) -> None:
        """Take the office's value back from a day on."""
        words = _("Đã bỏ mức của cơ quan từ {day}.").format(day=_day(first_day))
        desk = self._workspace.desk
        self._run(lambda: take_back(desk, key, first_day, basis), words, done)

    def _run(self, work: Callable[[], OfficeValue], words: str, done: Callable[[], None]) -> None:
        def finished(_entry: OfficeValue) -> None:
            self._workspace.shell.notify(Notice(text=words, tone="ok"))
            self._workspace.shell.settings_changed()
            done()

        self._workspace.operations.run_command(work, done=finished)


def matching(rows: Sequence[ValueRow], text: str, *, only_missing: bool = False) -> list[ValueRow]:
    """Return the rows that hold every word of `text`, with or without marks."""
    words = fold(text).split()
    return [
        row
        for row in rows
        if (row.missing or not only_missing)
        and all(word in fold(f"{row.name} {row.used_by} {row.basis} {row.key}") for word in words)
    ]


def value_words(key: str, value: object) -> str:
    """Return a value as a person reads it; one taken back is unknown again."""
    if value is None:
        return _("bỏ mức đã nhập")
    if key.startswith("fee/") and isinstance(value, int):
        return format_vnd(value)
    if key.startswith("time/"):
        return time_words(ProcedureCase(case_id="", name="", time=ProcessingTime.parse(str(value))))
    if isinstance(value, dict):
        return ", ".join(str(part) for part in value.values())
    if isinstance(value, list):
        return _("giờ làm việc, {count} mùa").format(count=len(value))
    return str(value)


_TIME_UNITS = {
    **dict.fromkeys(("ngay lam viec", "working days", "working day"), "wd"),
    **dict.fromkeys(("gio lam viec", "working hours", "working hour"), "wh"),
    **dict.fromkeys(("ngay", "days", "day"), "d"),
}


def typed_time(text: str) -> str:
    """Return "3wd" for "3 ngày làm việc", "3 working days" or 3wd itself; else what was typed."""
    match = re.fullmatch(r"(\d{1,4}) ?([a-z ]+)", fold(text))
    unit = None if match is None else _TIME_UNITS.get(match[2])
    return text if match is None or unit is None else match[1] + unit


def _history_line(entry: OfficeValue) -> str:
    parts = [
        _("từ {day}: {value}").format(day=_day(entry.valid_from), value=value_words(entry.key, entry.value)),
        entry.basis,
        _("{clerk} ghi {when}").format(clerk=entry.clerk, when=moment(entry.entered_at)),
    ]
    return " · ".join(part for part in parts if part)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
