# ruff: noqa: D102 - the port says what each method promises
"""The database's side of the register and the figures of reports.

The statements are imported where they are asked for: the window opens without a report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter_app.domain.b06 import B06Line
    from counter_app.domain.period import Period
    from counter_app.services.figures_port import (
        ChargedFee,
        DayCount,
        EndedGroup,
        HandedOut,
        ReceivedGroup,
        RegisterEntry,
        RegisterPlace,
        ResolvedGroup,
        Standing,
    )
    from counter_app.storage.sql import Sql


class SqlFiguresQueries:
    """Implements `services.figures_port.FiguresQueries`."""

    _sql: Sql

    def b06_lines(self, period: Period, today: date) -> Sequence[B06Line]:
        from counter_app.storage import b06_counts

        return b06_counts.b06_lines(self._sql, period, today)

    def register_places(self, counter: int, year: int, period: Period) -> Sequence[RegisterPlace]:
        from counter_app.storage import register_entries

        return register_entries.places(self._sql, counter, year, period)

    def register_entries(self, numbers: Sequence[int]) -> Sequence[RegisterEntry]:
        from counter_app.storage import register_entries

        return register_entries.entries(self._sql, numbers)

    def last_register_no(self, counter: int, year: int) -> int:
        from counter_app.storage import register_entries

        return register_entries.last_number(self._sql, counter, year)

    def received_groups(self, period: Period) -> Sequence[ReceivedGroup]:
        from counter_app.storage import period_counts

        return period_counts.received_groups(self._sql, period)

    def resolved_groups(self, period: Period) -> Sequence[ResolvedGroup]:
        from counter_app.storage import period_counts

        return period_counts.resolved_groups(self._sql, period)

    def ended_groups(self, period: Period) -> Sequence[EndedGroup]:
        from counter_app.storage import period_counts

        return period_counts.ended_groups(self._sql, period)

    def handed_out(self, period: Period) -> Sequence[HandedOut]:
        from counter_app.storage import period_counts

        return period_counts.handed_out(self._sql, period)

    def standing(self, now: datetime) -> Standing:
        from counter_app.storage import standing

        return standing.standing(self._sql, now)

    def day_counts(self, period: Period) -> Sequence[DayCount]:
        from counter_app.storage import period_counts

        return period_counts.day_counts(self._sql, period)

    def due_load(self, period: Period) -> Mapping[date, int]:
        from counter_app.storage import standing

        return standing.due_load(self._sql, period)

    def reprints(self, period: Period) -> Mapping[str, int]:
        from counter_app.storage import period_counts

        return period_counts.reprints(self._sql, period)

    def charged_fees(self, period: Period) -> Sequence[ChargedFee]:
        from counter_app.storage import period_counts

        return period_counts.charged_fees(self._sql, period)


class SqlFiguresWrites(SqlFiguresQueries):
    """Implements `services.figures_port.FiguresWrites`."""
