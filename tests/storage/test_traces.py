"""Looking for one citizen: no table and no column can be forgotten."""

import json
from contextlib import suppress

import pytest
from sqlalchemy import Integer, LargeBinary

from counter_app.domain.personal_data import Identity, Place, Trace
from counter_app.storage import schema
from counter_app.storage.personal_columns import TABLES
from counter_app.storage.sql import Sql
from counter_app.storage.store import SqlStore
from counter_app.storage.traces import traces

NUMBER, OLD, NAME = "017159004321", "113456789", "Đinh Thị Sen"
WHO = Identity(record_numbers=(41,), numbers=(NUMBER, OLD), names=(NAME,))
MOMENT = "2026-11-23T01:30:00.000000Z"
SEARCHED = [(table, column) for table, held in TABLES.items() for column in held.searched.split()]


class Rollback(Exception):
    """Ends a test's transaction without keeping anything."""


def test_every_table_and_column_is_searched_or_declared_free(store: SqlStore) -> None:
    found = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'word_index%'"
    with store.reading() as queries:
        sql = queries._sql  # type: ignore[attr-defined]
        tables = {row[0] for row in sql.rows(found)} - {"alembic_version", "sqlite_sequence"}
        columns = {table: [row[1] for row in sql.rows(f"PRAGMA table_info({table})")] for table in tables}
    declared = {table: (held.searched + " " + held.free).split() for table, held in TABLES.items()}
    assert {table: sorted(names) for table, names in declared.items()} == {
        table: sorted(names) for table, names in columns.items()
    }
    assert all((held.place is None) == (not held.searched) for held in TABLES.values())


def plant(sql: Sql, table: str, **planted: object) -> None:
    """Insert a row whose columns hold nothing of interest but what is planted."""
    values: dict[str, object] = {}
    for column in schema.metadata.tables[table].columns:
        plain: object = 7 if isinstance(column.type, Integer) else MOMENT
        if isinstance(column.type, LargeBinary):
            plain = bytes(32)
        value = planted.get(column.name, plain)
        if isinstance(column.type, LargeBinary) and isinstance(value, str):
            value = value.encode("utf-8")
        values[column.name] = value
    # Rolled back before anything is checked at the commit, with the rules of the table.
    for (rule,) in sql.rows(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    ):
        sql.run(f"DROP TRIGGER {rule}")
    sql.run("PRAGMA defer_foreign_keys = ON")
    sql.run("PRAGMA ignore_check_constraints = ON")
    names = ", ".join(values)
    sql.run(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{each}' for each in values)})", values)


def found_with(store: SqlStore, table: str, **planted: object) -> list[Trace]:
    """Plant a row, look, and take it away."""
    found: list[Trace] = []
    with suppress(Rollback), store.writing() as transaction:
        sql = transaction._sql  # type: ignore[attr-defined]
        plant(sql, table, **planted)
        found = traces(sql, WHO)
        sql.run("PRAGMA ignore_check_constraints = OFF")
        raise Rollback
    return found


@pytest.mark.parametrize(("table", "column"), SEARCHED)
@pytest.mark.parametrize("text", [NUMBER, json.dumps({"con": [{"so": OLD}]})])
def test_a_number_is_found_wherever_it_stands(store: SqlStore, table: str, column: str, text: str) -> None:
    (trace,) = found_with(store, table, **{column: text})
    assert (trace.place, trace.certain) == (TABLES[table].place, True)


@pytest.mark.parametrize(("table", "column"), SEARCHED)
@pytest.mark.parametrize("text", [NAME, NAME.upper(), '{"a":"' + NAME + '"}'])
def test_a_name_alone_may_be_a_namesakes(store: SqlStore, table: str, column: str, text: str) -> None:
    (trace,) = found_with(store, table, **{column: text})
    assert (trace.place, trace.certain) == (TABLES[table].place, False)


@pytest.mark.parametrize("table", [name for name, held in TABLES.items() if held.person_number])
def test_what_hangs_on_the_record_is_found_by_its_number(store: SqlStore, table: str) -> None:
    column = TABLES[table].person_number
    (trace,) = found_with(store, table, **{column: 41})
    assert trace.certain
    assert found_with(store, table, **{column: 42}) == []


@pytest.mark.parametrize("table", [name for name, held in TABLES.items() if held.of_dossier])
def test_what_belongs_to_a_dossier_is_found_with_it(store: SqlStore, table: str) -> None:
    found: list[Trace] = []
    with suppress(Rollback), store.writing() as transaction:
        sql = transaction._sql  # type: ignore[attr-defined]
        plant(sql, "dossier", applicant_id=NUMBER, dossier_id="of-hers")
        plant(sql, table, dossier_id="of-hers")
        found = traces(sql, WHO)
        sql.run("PRAGMA ignore_check_constraints = OFF")
        raise Rollback
    assert [trace.place for trace in found] == [Place.DOSSIER, TABLES[table].place]
    assert {trace.dossier_id for trace in found} == {"of-hers"}
