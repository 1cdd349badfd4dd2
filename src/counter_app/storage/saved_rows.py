"""The new database of a salvage: what was read is written, torn dossiers are left out, words indexed anew."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from counter_app.domain.person import Person
from counter_app.storage import dossiers, word_index
from counter_app.storage.damaged_file import ReadTable, TableShape
from counter_app.storage.engine import connect
from counter_app.storage.json_columns import from_json
from counter_app.storage.search_words import dossier_words, person_words
from counter_app.storage.sql import Sql

_TORN = ("dossier", "dossier_content", "dossier_code")
_RECEIVED = "dossier_received"


def write(
    database: Path, key: bytes, tables: Sequence[TableShape], read: Mapping[str, ReadTable]
) -> tuple[int, dict[str, str]]:
    """Write every row that stands for itself and every whole dossier, in one transaction.

    Returns how many dossiers there are, and the codes (or ids) by id of those known and not whole.
    """
    rows = _Rows(tables, read)
    whole = rows.whole_dossiers()
    connection = connect(database, key, "rw")
    try:
        connection.execute("BEGIN IMMEDIATE")
        triggers = _without_triggers(connection)
        for table in tables:
            # A number whose dossier is lost must not lead to the next dossier that gets it.
            kept = rows.of(table.name)
            if table.name in _TORN:
                kept = [row for row in kept if row["number"] in whole]
            names = ", ".join(table.columns)
            places = ", ".join(f":{name}" for name in table.columns)
            statement = f"INSERT INTO {table.name} ({names}) VALUES ({places})"  # noqa: S608
            connection.executemany(statement, kept)
        sql = Sql(connection)
        _mend_heads(sql)
        _index_words(sql, rows)
        for trigger in triggers:
            connection.execute(trigger)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    return len(whole), rows.lost(whole)


def _without_triggers(connection: Any) -> list[str]:
    """Take the triggers out and return how to make them: they fix the past, and a log has gaps now."""
    found = [
        tuple(row) for row in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    ]
    for name, _sql in found:
        connection.execute(f"DROP TRIGGER {name}")
    return [sql for _name, sql in found]


class _Rows:
    """The rows that were read, as values by column."""

    def __init__(self, tables: Sequence[TableShape], read: Mapping[str, ReadTable]) -> None:
        self._columns = {table.name: table.columns for table in tables}
        self._read = read

    def of(self, table: str) -> list[dict[str, Any]]:
        """Return a table's rows by key."""
        done = self._read.get(table)
        if done is None:
            return []
        names = self._columns[table]
        return [dict(zip(names, row, strict=True)) for _key, row in sorted(done.rows.items())]

    def whole_dossiers(self) -> frozenset[int]:
        """Return the numbers of dossiers whose row, content and definitions are all there."""
        definitions = {row["digest"] for row in self.of("definition")} | {""}
        content = {row["number"]: row for row in self.of("dossier_content")}
        return frozenset(
            row["number"]
            for row in self.of("dossier")
            if (its := content.get(row["number"])) is not None and _needed(its) <= definitions
        )

    def lost(self, whole: frozenset[int]) -> dict[str, str]:
        """Return the codes of dossiers something tells of that are not whole; the id where none is known."""
        codes = {row["dossier_id"]: row["dossier_code"] for row in self.of("dossier")}
        saved = {row["dossier_id"] for row in self.of("dossier") if row["number"] in whole}
        saved |= {row["dossier_id"] for row in self.of("purged_dossier")} | {""}
        told = set(codes) | {row["dossier_id"] for row in self.of("history")}
        told |= {row["subject_id"] for row in self.of("audit_entry") if row["act"] == _RECEIVED}
        for row in self.of("outbox_event"):
            if row["kind"] == _RECEIVED:
                told.add(row["dossier_id"])
                codes.setdefault(row["dossier_id"], _code_told(row["body"]) or row["dossier_id"])
        return {dossier_id: codes.get(dossier_id, dossier_id) for dossier_id in told - saved}

    def also_named(self) -> dict[str, list[str]]:
        """Return the names by which dossiers are found beside the applicant's, by dossier."""
        named: dict[str, list[str]] = {}
        for row in self.of("outbox_event"):
            data = _data(row["body"])
            if isinstance(data.get("also_named"), list):
                named[row["dossier_id"]] = [str(name) for name in data["also_named"]]
        return named


def _needed(content: Mapping[str, Any]) -> set[str]:
    """Return the digests of the definitions a dossier's papers are made from."""
    procedure, forms = json.loads(content["procedure"]), json.loads(content["forms"])
    digests = {content["office_definition"], content["calendar_definition"], procedure.get("definition", "")}
    return digests | {form.get("definition", "") for form in forms}


def _data(body: bytes) -> dict[str, Any]:
    try:
        data = json.loads(body)["data"]
    except (ValueError, KeyError, TypeError):
        return {}
    return data if isinstance(data, dict) else {}


def _code_told(body: bytes) -> str:
    try:
        return str(_data(body)["state"]["set"]["dossier_code"])
    except (KeyError, TypeError):
        return ""


def _mend_heads(sql: Sql) -> None:
    """Let the log go on after its last entry that is left, whatever the note of its end said."""
    sql.run("DELETE FROM audit_head")
    sql.run(
        "INSERT INTO audit_head (only, seq, hash) SELECT 1, seq, hash FROM audit_entry "
        "WHERE hash IS NOT NULL ORDER BY seq DESC LIMIT 1"
    )
    sql.run(
        "INSERT INTO latest_moment (only, at) SELECT 1, max(at) FROM audit_entry WHERE true "
        "HAVING count(*) > 0 ON CONFLICT DO UPDATE SET at = excluded.at WHERE excluded.at > at"
    )


def _index_words(sql: Sql, rows: _Rows) -> None:
    named = rows.also_named()
    for number, dossier_id in sql.rows("SELECT number, dossier_id FROM dossier ORDER BY number"):
        dossier = dossiers.by_id(sql, dossier_id)
        if dossier is not None:
            word_index.add_dossier(sql, number, dossier_words(dossier, named.get(dossier_id, ())))
    for number, record in sql.rows("SELECT number, record FROM person ORDER BY number"):
        word_index.add_person(sql, number, person_words(from_json(record, Person)))
