"""Migrations lead to exactly the tables the program describes, and back."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage import schema, schema_version
from counter_app.storage.engine import make_writer

Shape = dict[tuple[str, str], str]


@pytest.fixture
def engine(tmp_path: Path, key: bytes) -> Iterator[Engine]:
    made = make_writer(tmp_path / "new.db", key, mode="rwc")
    yield made
    made.dispose()


def shape(engine: Engine) -> Shape:
    """Return every object's DDL in one spelling; the version table is alembic's own."""
    with engine.begin() as connection:
        rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {
            (kind, name): re.sub(r"\s+", " ", sql).replace("( ", "(").replace(" )", ")").strip()
            for kind, name, sql in rows
            if name != "alembic_version"
        }


def test_the_newest_migration_builds_the_described_tables(engine: Engine, tmp_path: Path, key: bytes) -> None:
    described = make_writer(tmp_path / "described.db", key, mode="rwc")
    with described.begin() as connection:
        schema.metadata.create_all(connection)
    schema_version.upgrade(engine)
    assert shape(engine) == shape(described)
    assert len(shape(engine)) >= 30
    described.dispose()


def test_up_down_up_changes_nothing(engine: Engine) -> None:
    schema_version.upgrade(engine)
    first = shape(engine)
    schema_version.downgrade(engine)
    assert shape(engine) == {}
    with engine.begin() as connection:
        assert schema_version.version_of(connection) == ""
    schema_version.upgrade(engine)
    assert shape(engine) == first
    with engine.begin() as connection:
        assert schema_version.version_of(connection) == schema_version.HEAD


def test_data_does_not_stand_in_the_way_of_a_downgrade(engine: Engine) -> None:
    schema_version.upgrade(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO audit_entry VALUES (1, 'a', 'b', 'c', 'd', '{}', NULL, NULL)")
    schema_version.downgrade(engine)
    assert shape(engine) == {}


def test_a_failed_migration_leaves_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE word_index (in_the_way TEXT)")
    before = shape(engine)
    with pytest.raises(Exception, match="already exists"):
        schema_version.upgrade(engine)
    assert shape(engine) == before


def test_the_head_constant_is_the_last_migration() -> None:
    versions = Path(schema_version.__file__).with_name("migrations") / "versions"
    assert max(path.name[1:5] for path in versions.glob("r*.py")) == schema_version.HEAD


def test_a_newer_schema_is_told_with_both_versions(engine: Engine) -> None:
    schema_version.upgrade(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(EnvironmentProblem) as problem, engine.begin() as connection:
        schema_version.version_of(connection)
    assert (problem.value.code, problem.value.params) == (
        "database_newer",
        {"found": "0999", "known": schema_version.HEAD},
    )


@pytest.mark.parametrize("module", ["migrations/env.py", "migrations/versions/r0001_first_schema.py"])
def test_migrations_stand_alone(module: str) -> None:
    tree = ast.parse((Path(schema_version.__file__).parent / module).read_text("utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported == {"alembic"}
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Import)]


def test_a_normal_start_does_not_load_alembic(data_dir: Path, key: bytes) -> None:
    program = (
        "import sys; from pathlib import Path; from counter_app.storage.database_files import open_store;"
        f"open_store(Path({str(data_dir)!r}), key=bytes.fromhex('{key.hex()}')).close();"
        "sys.exit('alembic' in sys.modules or 'keyring' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
