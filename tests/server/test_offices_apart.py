"""An office's device and token read and write nothing of another office: over HTTP, and in SQL itself."""

from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest
from tests.server.raw_counter import RawCounter, Refused, enrolled, read
from tests.server.serving import Served

from counter_protocol import wire
from counter_protocol.events import EventKind
from counter_protocol.messages import (
    BlockReply,
    BlockRequest,
    Done,
    NumberBlock,
    PackList,
    Place,
    PushReply,
    QuarantinedItem,
    QuarantineReport,
    UploadRequest,
    UploadState,
)
from counter_protocol.signing import PUSH, signed

A, B = "H29.12", "H29.13"


@pytest.fixture
def pair(server: Served) -> Iterator[tuple[RawCounter, RawCounter]]:
    """A counter of each office, with something in every table a counter fills."""
    with enrolled(server, A) as ours, enrolled(server, B) as theirs:
        for raw in (ours, theirs):
            dossier = raw.received(1)
            raw.event(EventKind.GUIDANCE_GIVEN, data={"notice": "refusal"})
            raw.event("odd", dossier)
            raw.push()
            raw.session(audit_end=Place(seq=1, hash=bytes(32)))
            item = QuarantinedItem(direction="up", item="e", code="c")
            raw.post("/v1/quarantine", QuarantineReport(items=[item]), Done)
            raw.post("/v1/blocks", BlockRequest(size=10), BlockReply)
            scan = UploadRequest(attachment_id="a", dossier_id=dossier, sha256="0" * 64, size=5)
            raw.post("/v1/uploads", scan, UploadState)
        yield ours, theirs


def rows_of(server: Served, unit: str) -> dict[str, list[Any]]:
    tables = server.rows(
        "SELECT table_name FROM information_schema.columns"
        " WHERE column_name = 'unit' AND table_schema = 'public'"
    )
    return {
        row["table_name"]: server.rows(
            f"SELECT * FROM {row['table_name']} AS t WHERE unit = $1 ORDER BY t", unit
        )
        for row in tables
    }


def test_no_route_shows_or_changes_the_other_office(
    server: Served, pair: tuple[RawCounter, RawCounter]
) -> None:
    ours, theirs = pair
    before = rows_of(server, B)
    assert [event["unit_code"] for event in ours.pull_events()] == [A]  # the flag about our own odd event
    # Our token and our key, their office in the message.
    theirs.event(EventKind.PAPER_PRINTED)
    payload = wire.to_bytes(theirs.push_request())
    with pytest.raises(Refused, match="wrong_office"):
        ours.post("/v1/push", signed(PUSH, ours.key, ours.device_id, payload), PushReply)
    # Their own signed batch, carried by our token.
    with pytest.raises(Refused, match="bad_signature"):
        ours.post("/v1/push", signed(PUSH, theirs.key, theirs.device_id, payload), PushReply)
    with pytest.raises(Refused, match="device_unknown"):
        ours.session(unit_code=B)
    leased = BlockRequest(returned=NumberBlock(first=501, last=510, from_day="2026-11-23"))
    with pytest.raises(Refused, match="block_refused"):
        ours.post("/v1/blocks", leased, BlockReply)
    item = QuarantinedItem(direction="down", item="x", code="c")
    ours.post("/v1/quarantine", QuarantineReport(items=[item]), Done)
    packs = read(ours.client.get(f"{server.url}/v1/packs", headers=ours.headers()), PackList)
    assert packs.packs == []
    assert rows_of(server, B) == before


def test_an_upload_of_the_other_office_is_unknown(
    server: Served, pair: tuple[RawCounter, RawCounter]
) -> None:
    ours, theirs = pair
    scan = UploadRequest(attachment_id="b", dossier_id="d", sha256="1" * 64, size=7)
    upload = theirs.post("/v1/uploads", scan, UploadState).upload_id
    answer = ours.client.get(f"{server.url}/v1/uploads/{upload}", headers=ours.headers())
    with pytest.raises(Refused, match="upload_unknown"):
        read(answer, UploadState)


def office_tables(server: Served) -> list[str]:
    found = server.rows(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND relrowsecurity AND relforcerowsecurity ORDER BY 1"
    )
    return [row["relname"] for row in found]


def test_every_table_of_an_office_is_under_forced_row_security(server: Served) -> None:
    keyed = server.rows(
        "SELECT DISTINCT table_name FROM information_schema.columns"
        " WHERE column_name = 'unit' AND table_schema = 'public'"
    )
    # What devices may not touch at all needs no rows told apart; offices and packs are for everybody to read.
    others = {"office", "pack", "leader", "leader_session", "lookup_failure"}
    assert set(office_tables(server)) >= {row["table_name"] for row in keyed} - others


def test_sql_itself_shows_and_changes_nothing_of_the_other_office(
    server: Served, pair: tuple[RawCounter, RawCounter]
) -> None:
    before = rows_of(server, B)
    tables = office_tables(server)
    assert sum(bool(before.get(table)) for table in tables) >= 9  # most tables hold something to protect

    async def attempt(statement: str) -> str:
        try:
            async with server.context.database.office(A) as connection:
                return await connection.execute(statement)
        except asyncpg.InsufficientPrivilegeError:
            return "refused"

    for table in tables:
        assert server.run(attempt(f"SELECT * FROM {table} WHERE unit = '{B}'")) == "SELECT 0"
        assert server.run(attempt(f"SELECT * FROM {table} WHERE unit <> '{A}'")) == "SELECT 0"
        only_added_to = table == "audit_tip"  # devices have no right to change any of it
        taken = server.run(attempt(f"UPDATE {table} SET unit = '{A}' WHERE unit = '{B}'"))
        assert taken == ("refused" if only_added_to else "UPDATE 0")
        gone = server.run(attempt(f"DELETE FROM {table} WHERE unit = '{B}'"))
        assert gone == ("refused" if only_added_to else "DELETE 0")
        if before.get(table):
            moved = server.run(attempt(f"UPDATE {table} SET unit = '{B}' WHERE unit = '{A}'"))
            assert moved == "refused"
            theirs = f"""(SELECT jsonb_agg(to_jsonb(t) || '{{"unit": "{B}"}}') FROM {table} AS t)"""
            copy = f"INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(null::{table}, {theirs})"
            copied = server.run(attempt(copy))
            assert copied in ("refused", "INSERT 0 0")
    assert rows_of(server, B) == before


def test_a_connection_without_an_office_sees_none(
    server: Served, pair: tuple[RawCounter, RawCounter]
) -> None:
    async def count(unit: str, table: str) -> int:
        async with server.context.database.office(unit) as connection:
            return int(await connection.fetchval(f"SELECT count(*) FROM {table}"))

    for table in office_tables(server):
        assert server.run(count("", table)) == 0


def test_the_role_of_devices_touches_nothing_else(
    server: Served, pair: tuple[RawCounter, RawCounter]
) -> None:
    async def attempt(statement: str) -> None:
        async with server.context.database.office(A) as connection:
            await connection.execute(statement)

    for statement in (
        "SELECT * FROM server_secret",
        "SELECT * FROM leader",
        "SELECT * FROM leader_session",
        "UPDATE office SET name = 'x'",
        "INSERT INTO pack (unit, kind, version, sha256, size) VALUES ('', 'office', 1, '', 0)",
        "ALTER TABLE event DISABLE ROW LEVEL SECURITY",
        "TRUNCATE event",
        "CREATE TABLE other (x int)",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            server.run(attempt(statement))
