# ruff: noqa: D102 - the ports say what each method promises
"""Who the counter is to the server, how far it pulled, and how its clock stands to the server's."""

from counter_app.services.sync_port import Enrolment
from counter_app.storage import moments
from counter_app.storage.outbox import present_epoch
from counter_app.storage.outbox_epochs import SqlOutboxEpochQueries, move_on
from counter_app.storage.sql import Sql

_NAMES = (
    "server_url, device_id, unit_code, counter, private_key, server_signing_key, server_sealing_key, "
    "enrolled_at, epoch"
)
_FIELDS = tuple(name.strip() for name in _NAMES.split(","))
_LOAD = f"SELECT {_NAMES} FROM sync_enrolment"  # noqa: S608 - constants
_ENROL = (
    f"INSERT OR REPLACE INTO sync_enrolment (only, {_NAMES}) "  # noqa: S608 - constants
    f"VALUES (1, {', '.join(f':{name}' for name in _FIELDS)})"
)
_MOVE = (
    "INSERT INTO sync_position (only, cursor, scans_seen) VALUES (1, ?, 0) "
    "ON CONFLICT (only) DO UPDATE SET cursor = max(cursor, excluded.cursor)"
)
_CLOCK = (
    "INSERT INTO sync_position (only, cursor, scans_seen, clock_ahead_s) VALUES (1, 0, 0, ?) "
    "ON CONFLICT (only) DO UPDATE SET clock_ahead_s = excluded.clock_ahead_s"
)


class SqlSyncDeviceQueries:
    """Implements the reads of identity and cursor in `services.sync_port.SyncQueries`."""

    _sql: Sql

    def enrolment(self) -> Enrolment | None:
        row = self._sql.row(_LOAD)
        if row is None:
            return None
        values = {name: row[name] for name in _FIELDS}
        return Enrolment(**values | {"enrolled_at": moments.from_text(row["enrolled_at"])})

    def cursor(self) -> int:
        return int(self._sql.value("SELECT cursor FROM sync_position") or 0)


class SqlSyncDevice(SqlSyncDeviceQueries, SqlOutboxEpochQueries):
    """Implements the writes of identity and cursor in `services.sync_port.SyncWrites`."""

    def enrol(self, enrolment: Enrolment) -> None:
        """As the port says; what the server has not confirmed goes along into another epoch.

        Raises:
            ValueError: the epoch is below the present one.
        """
        if enrolment.epoch != present_epoch(self._sql):
            move_on(self._sql, enrolment.epoch, self.acked_seq())
        values = {name: getattr(enrolment, name) for name in _FIELDS}
        self._sql.run(_ENROL, values | {"enrolled_at": moments.to_text(enrolment.enrolled_at)})

    def move_cursor(self, cursor: int) -> None:
        self._sql.run(_MOVE, (cursor,))

    def rewind_cursor(self) -> None:
        self._sql.run("UPDATE sync_position SET cursor = 0")
        # Each entry has its number again when it is met; what the server lost is met no more.
        self._sql.run("UPDATE log_entry SET office_seq = NULL")

    def note_clock(self, ahead_s: int) -> None:
        self._sql.run(_CLOCK, (ahead_s,))
