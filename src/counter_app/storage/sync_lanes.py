# ruff: noqa: D102 - the ports say what each method promises
"""How the lanes do: their last answers, the bytes on the line, the packs the server offers."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from counter_app.services.sync_port import Lane, LaneReport, PackDownload, Traffic
from counter_app.storage import moments
from counter_app.storage.json_columns import from_json, to_json
from counter_app.storage.sql import Sql

_LANE_NAMES = "lane, failures, next_attempt_at, answer, params, tried_at, succeeded_at, failing_since"
_LANES = f"SELECT {_LANE_NAMES} FROM lane_report"  # noqa: S608
_PUT_LANE = f"INSERT OR REPLACE INTO lane_report ({_LANE_NAMES}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_TRAFFIC = "SELECT day, sent, received FROM traffic_day WHERE day >= ? ORDER BY day DESC"
_COUNT_TRAFFIC = (
    "INSERT INTO traffic_day (day, sent, received) VALUES (?, ?, ?) ON CONFLICT (day) "
    "DO UPDATE SET sent = sent + excluded.sent, received = received + excluded.received"
)
_PACK_NAMES = "sha256, kind, version, unit, size, received, state, problem"
_PACKS = f"SELECT {_PACK_NAMES} FROM pack_download ORDER BY kind, unit, version, sha256"  # noqa: S608
_PUT_PACK = f"INSERT OR REPLACE INTO pack_download ({_PACK_NAMES}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608


class SqlLaneQueries:
    """Implements the reads of traffic and packs in `services.sync_port.SyncQueries`."""

    _sql: Sql

    def traffic(self, since: date) -> Sequence[Traffic]:
        rows = self._sql.rows(_TRAFFIC, (since.isoformat(),))
        return [Traffic(day=date.fromisoformat(day), sent=sent, received=got) for day, sent, got in rows]

    def pack_downloads(self) -> Sequence[PackDownload]:
        names = _PACK_NAMES.split(", ")
        return [PackDownload(**{name: row[name] for name in names}) for row in self._sql.rows(_PACKS)]


class SqlLanes(SqlLaneQueries):
    """Implements the writes of lanes, traffic and packs in `services.sync_port.SyncWrites`."""

    def put_lane(self, report: LaneReport) -> None:
        times = (report.next_attempt_at, report.tried_at, report.succeeded_at, report.failing_since)
        again, *rest = (None if at is None else moments.to_text(at) for at in times)
        told = (again, report.answer, to_json(report.params), *rest)
        self._sql.run(_PUT_LANE, (report.lane.value, report.failures, *told))

    def count_traffic(self, day: date, sent: int, received: int) -> None:
        self._sql.run(_COUNT_TRAFFIC, (day.isoformat(), sent, received))

    def put_pack_download(self, download: PackDownload) -> None:
        values = [getattr(download, name) for name in _PACK_NAMES.split(", ")]
        self._sql.run(_PUT_PACK, values)


def lanes(sql: Sql) -> tuple[LaneReport, ...]:
    """Return how each lane does, in the order of `Lane`; one that never reported has no failures."""
    known = {row["lane"]: _report(row) for row in sql.rows(_LANES)}
    return tuple(known.get(lane.value, LaneReport(lane=lane)) for lane in Lane)


def _report(row: Any) -> LaneReport:
    return LaneReport(
        lane=Lane(row["lane"]),
        failures=row["failures"],
        next_attempt_at=_moment(row["next_attempt_at"]),
        answer=row["answer"],
        params=from_json(row["params"], dict),
        tried_at=_moment(row["tried_at"]),
        succeeded_at=_moment(row["succeeded_at"]),
        failing_since=_moment(row["failing_since"]),
    )


def _moment(text: str | None) -> datetime | None:
    return None if text is None else moments.from_text(text)
