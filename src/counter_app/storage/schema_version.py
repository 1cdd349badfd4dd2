"""Which schema a database has, and how it becomes the newest; alembic is loaded only for that."""

from pathlib import Path

from sqlalchemy import Connection, Engine

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage.engine import APPLICATION_ID

HEAD = "0013"
_EMPTY = ""


def version_of(connection: Connection) -> str:
    """Return the schema version, "" for an empty database.

    Raises:
        EnvironmentProblem: ``database_foreign`` when another program made it, ``database_newer``
            with ``found`` and ``known`` when a newer version of this program did.
    """
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    if application != APPLICATION_ID and (application != 0 or tables):
        raise EnvironmentProblem("database_foreign")
    if "alembic_version" not in tables:
        return _EMPTY
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or _EMPTY
    if found > HEAD:  # revisions are numbered, so text compares as time does
        raise EnvironmentProblem("database_newer", found=str(found), known=HEAD)
    return str(found)


def upgrade(engine: Engine, target: str = HEAD) -> None:
    """Bring the database to ``target`` in one transaction; nothing changes when a step fails."""
    from alembic import command

    with engine.begin() as connection:
        command.upgrade(_configuration(connection), target)
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def downgrade(engine: Engine, target: str = "base") -> None:
    """Take the database back to an older schema in one transaction; data of newer tables is lost."""
    from alembic import command

    with engine.begin() as connection:
        command.downgrade(_configuration(connection), target)


def _configuration(connection: Connection):  # type: ignore[no-untyped-def]
    from alembic.config import Config

    configuration = Config()
    # ConfigParser would read a % in the path of the program as its own syntax.
    folder = str(Path(__file__).with_name("migrations")).replace("%", "%%")
    configuration.set_main_option("script_location", folder)
    configuration.set_main_option("path_separator", "os")
    configuration.attributes["connection"] = connection
    return configuration
