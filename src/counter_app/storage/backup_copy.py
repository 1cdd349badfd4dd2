"""A copy of the database for a backup: made while work goes on, then opened and looked at."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from counter_app.domain import audit_chain
from counter_app.domain.audit_chain import Tip
from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.backup.backup_port import BackupContent
from counter_app.storage import integrity, latest_moment
from counter_app.storage.audit import SqlAuditQueries
from counter_app.storage.engine import connect
from counter_app.storage.sql import Sql
from counter_app.storage.sqlite_faults import is_not_a_database, known_problems

_COUNTED = {
    "dossiers": "dossier",
    "drafts": "draft",
    "people": "person",
    "accounts": "account",
    "scans": "attachment",
}


def take(database: Path, key: bytes, target: Path) -> None:
    """Copy the database as it is at one moment, encrypted with the same key; nobody waits for it.

    Raises:
        EnvironmentProblem: ``disk_full``, ``database_damaged`` and others of SQLite's.
    """
    with known_problems():
        connection = connect(database, key, "ro")
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        finally:
            connection.close()


def content_of(copy: Path, key: bytes) -> BackupContent:
    """Open a copy, check every page, and tell what it holds.

    Raises:
        EnvironmentProblem: ``backup_not_whole`` (detail); ``database_key_wrong``; ``disk_failed``.
    """
    with _opened(copy, key) as sql:
        problem = integrity.problem(sql)
        if problem:
            raise EnvironmentProblem("backup_not_whole", detail=problem)
        return _content(sql)


class _Audit(SqlAuditQueries):
    def __init__(self, sql: Sql) -> None:
        self._sql = sql


def _content(sql: Sql) -> BackupContent:
    tables = {row[0] for row in sql.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    settings = dict(tuple(row) for row in sql.rows("SELECT key, value FROM setting"))
    # A copy from before an upgrade may lack tables that came later.
    counts = {
        name: int(sql.value(f"SELECT count(*) FROM {table}")) if table in tables else 0  # noqa: S608
        for name, table in _COUNTED.items()
    }
    tip, flawed = _audit(sql) if "audit_head" in tables else (Tip(), 0)
    return BackupContent(
        schema=str(sql.value("SELECT version_num FROM alembic_version")),
        unit_code=settings.get("office.unit_code", ""),
        office=settings.get("office.name", ""),
        counter=int(settings.get("counter.number", "0")),
        device_id=settings.get("counter.device_id", ""),
        training=settings.get("counter.training") == "1",
        tip=tip,
        latest=latest_moment.load(sql),
        flawed=flawed,
        **counts,
    )


def _audit(sql: Sql) -> tuple[Tip, int]:
    log = _Audit(sql)
    tip = log.audit_tip()
    return tip, len(audit_chain.flaws(log.audit_rows(), tip, log.audit_anchors()))


@contextmanager
def _opened(copy: Path, key: bytes) -> Iterator[Sql]:
    with known_problems():
        connection = connect(copy, key, "immutable")
        try:
            try:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            except dbapi2.Error as error:
                if is_not_a_database(error):
                    raise EnvironmentProblem("database_key_wrong") from None
                raise
            yield Sql(connection)
        finally:
            connection.close()
