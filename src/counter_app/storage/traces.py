"""Looks for one citizen in every column that may hold them (`personal_columns`)."""

import json
from collections.abc import Iterable

from counter_app.domain.personal_data import Identity, Place, Trace
from counter_app.storage import moments
from counter_app.storage.personal_columns import TABLES, Held
from counter_app.storage.sql import Sql


def traces(sql: Sql, identity: Identity) -> list[Trace]:
    """Return every row in which the citizen occurs.

    Rows that belong to a dossier as a whole are found by it once the dossier is: those tables come last.
    """
    values = {
        "ids": json.dumps(_spellings(identity.numbers)),
        "names": json.dumps(_spellings(_cases(identity.names))),
        "records": json.dumps(list(identity.record_numbers)),
        "dossiers": "[]",
    }
    found: list[Trace] = []
    held = [(name, each, each.place) for name, each in TABLES.items() if each.place is not None]
    for name, each, place in sorted(held, key=lambda item: item[1].of_dossier):
        if each.of_dossier:
            certain = {trace.dossier_id for trace in found if trace.certain and trace.dossier_id}
            values["dossiers"] = json.dumps(sorted(certain))
        found += _in_table(sql, name, each, place, values)
    return found


def _in_table(sql: Sql, name: str, held: Held, place: Place, values: dict[str, str]) -> list[Trace]:
    columns = held.searched.split()
    sure = [_holds(column, ":ids") for column in columns]
    if held.person_number:
        sure.append(f"{held.person_number} IN (SELECT value FROM json_each(:records))")  # noqa: S608
    if held.of_dossier:
        sure.append("dossier_id IN (SELECT value FROM json_each(:dossiers))")
    maybe = [_holds(column, ":names") for column in columns]
    statement = (
        f"SELECT {held.key}, {held.dossier}, {held.at}, {' OR '.join(sure)} AS certain "  # noqa: S608
        f"FROM {name} WHERE {' OR '.join((*sure, *maybe))}"
    )
    return [
        Trace(
            place=place,
            key=str(key),
            dossier_id=dossier_id or "",
            at=moments.from_text(at) if at else None,
            certain=bool(certain),
        )
        for key, dossier_id, at, certain in sql.rows(statement, values)
    ]


def _holds(column: str, needles: str) -> str:
    """Return the condition that a column holds one of the texts; bodies are bytes of JSON."""
    return (
        f"EXISTS (SELECT 1 FROM json_each({needles}) AS needle "  # noqa: S608 - own names
        f"WHERE instr(CAST({column} AS TEXT), needle.value))"
    )


def _cases(names: Iterable[str]) -> list[str]:
    """Forms print names in capitals; what is searched compares letters as they are."""
    return [spelling for name in names for spelling in (name, name.upper(), name.title())]


def _spellings(texts: Iterable[str]) -> list[str]:
    """Return the texts as columns and as JSON inside columns write them."""
    plain = [text for text in texts if text]
    return list(dict.fromkeys((*plain, *(json.dumps(text, ensure_ascii=False)[1:-1] for text in plain))))
