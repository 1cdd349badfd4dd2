"""Looks at the tables themselves, where a test must see what no use case would show."""

from typing import Any

from counter_app.services.desk import Desk
from counter_protocol.events import GENESIS_HASH, chain_hash


def select(desk: Desk, statement: str) -> list[tuple[Any, ...]]:
    with desk.store.reading() as queries:
        return [tuple(row) for row in queries._sql.rows(statement)]  # type: ignore[attr-defined]


def assert_outbox_chain(desk: Desk) -> None:
    """Follow the chain of the outbox from its first event to its tip."""
    previous = GENESIS_HASH
    for number, (seq, body, prev_hash, hash_) in enumerate(
        select(desk, "SELECT seq, body, prev_hash, hash FROM outbox_event ORDER BY seq"), 1
    ):
        assert (seq, prev_hash) == (number, previous)
        previous = chain_hash(previous, body)
        assert hash_ == previous


def assert_no_torn_act(desk: Desk) -> None:
    """Every dossier has exactly one of everything a receipt writes, and nothing hangs without one."""
    by_number = _ones(desk, "SELECT number FROM dossier")
    by_id = _ones(desk, "SELECT dossier_id FROM dossier")
    assert len(_ones(desk, "SELECT dossier_code FROM dossier")) == len(by_number) == len(by_id)
    assert _ones(desk, "SELECT number FROM dossier_content") == by_number
    assert _ones(desk, "SELECT rowid FROM word_index WHERE rowid > 0") == by_number
    assert _ones(desk, "SELECT number FROM dossier_code") == by_number
    assert _ones(desk, "SELECT dossier_id FROM outbox_event WHERE dossier_id <> ''") == by_id
    assert _ones(desk, "SELECT dossier_id FROM history") == by_id
    assert _ones(desk, "SELECT subject_id FROM audit_entry WHERE act = 'dossier_received'") == by_id


def assert_definitions_kept(desk: Desk) -> None:
    """Every definition a dossier refers to is in the database."""
    kept = _ones(desk, "SELECT digest FROM definition")
    referred = select(
        desk,
        "SELECT procedure ->> 'definition', office_definition, calendar_definition FROM dossier_content",
    )
    forms = select(desk, "SELECT value ->> 'definition' FROM dossier_content, json_each(forms)")
    assert {digest for row in (*referred, *forms) for digest in row} <= kept


def _ones(desk: Desk, statement: str) -> set[Any]:
    """Return the single column of a query whose values must all differ."""
    values = [row[0] for row in select(desk, statement)]
    assert len(set(values)) == len(values)
    return set(values)
