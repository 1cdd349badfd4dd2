"""The checker itself: content with a sound office, and never with one kind of damage."""

import asyncio
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest
from tests.faults.fault_world import UNIT, World
from tests.faults.stoppable_postgres import stoppable_postgres
from tests.helpers.invariants import Known, assert_holds, broken
from tests.helpers.sync_records import CounterRecords, OfficeRecords, office_records, records_in
from tests.helpers.visits import BIRTH, CERTIFIED_COPY

from counter_app.domain.dossier_acts import EnterResult, GiveResult, HandOver
from counter_app.domain.dossier_life import Holder, ReturnTo
from counter_app.services.acts.perform import perform
from counter_app.services.receipts import collect
from counter_app.services.receive_dossier import receive

GIVE = GiveResult(to=ReturnTo.OWNER, full_name=BIRTH.applicant.full_name, identity_checked="seen")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Two counters that told each other everything; a result was given twice, a fee taken elsewhere."""
    with (
        tempfile.TemporaryDirectory(prefix="counter-pg-") as data,
        stoppable_postgres(Path(data)) as postgres,
    ):
        world = World(tmp_path_factory.mktemp("office"), postgres, 1, counters=2)
        one, two = world.machines
        given = receive(one.desk, BIRTH, clerk="Mai")
        perform(one.desk, given.dossier_id, HandOver(to=Holder(name="Công chức")))
        perform(one.desk, given.dossier_id, EnterResult(name="Giấy khai sinh"))
        paid = receive(one.desk, CERTIFIED_COPY, clerk="Mai")
        for machine in (one, two, one):
            machine.sync()
        for machine in (one, two):
            perform(machine.desk, given.dossier_id, GIVE)
        collect(two.desk, paid.dossier_id)
        for machine in (one, two, one, two):
            machine.sync()
        yield world
        world.close()


@pytest.fixture(scope="module")
def sound(world: World) -> tuple[list[CounterRecords], OfficeRecords]:
    return world.records()


def damaged_office(world: World, damage: str) -> OfficeRecords:
    """Read the office as it would be after the damage."""

    async def read() -> OfficeRecords:
        connection = await asyncpg.connect(world.postgres.of(world.database))
        try:
            trial = connection.transaction()
            await trial.start()
            await connection.execute(damage)
            found = await office_records(connection.fetch, UNIT)
            await trial.rollback()
            return found
        finally:
            await connection.close()

    return asyncio.run(read())


class _Undone(Exception):
    """Takes the damage back."""


def damaged_counter(world: World, which: int, damage: str) -> CounterRecords:
    """Read a counter as it would be after the damage."""
    desk = world.machines[which].desk
    found: list[CounterRecords] = []
    with suppress(_Undone), desk.store.writing() as transaction:
        sql = transaction._sql  # type: ignore[attr-defined]
        for row in sql.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            sql.run(f"DROP TRIGGER {row[0]}")
        sql.run("PRAGMA defer_foreign_keys = ON")
        assert sql.run(damage).rowcount > 0
        found.append(records_in(transaction, desk, "damaged"))
        raise _Undone
    return found[0]


def test_a_sound_office_has_nothing_wrong(
    world: World, sound: tuple[list[CounterRecords], OfficeRecords]
) -> None:
    counters, office = sound
    assert_holds(counters, office)
    assert [flag.kind for flag in office.flags] == ["returned_twice"]
    assert world.wrong() == []


LAST = "(SELECT max(office_seq) FROM event WHERE body <> '' AND device_id <> 'server')"


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (f"DELETE FROM event WHERE office_seq = {LAST}", "is confirmed, and the server has it not"),
        (f"UPDATE event SET body = '' WHERE office_seq = {LAST}", "lacks the event|its event is not there"),
        ("UPDATE event SET hash = sha256(hash) WHERE seq = 1 AND device_id <> 'server'", "it breaks"),
        ("UPDATE chain SET last_seq = last_seq + 1", "does not end where it is said to"),
        ("DELETE FROM chain", "have an end and no places"),
        (f"UPDATE event SET office_seq = 100 WHERE office_seq = {LAST}", "are nobody's"),
        ("UPDATE office_log SET seq = seq + 1", "are nobody's"),
        ("UPDATE office_log SET seq = seq - 1", "lie beyond the end"),
        (f"UPDATE event SET office_seq = 1 WHERE office_seq = {LAST}", "number 1 is 2 events'"),
        (
            "INSERT INTO event SELECT unit, 'another', epoch, seq, event_id || 'x', office_seq, dossier_id, "
            "kind, at, taken_at, hash, body FROM event WHERE office_seq = 1",
            "is 2 events'",
        ),
        ("DELETE FROM flag", "no flag tells of"),
        ("UPDATE flag SET subject = subject || 'x'", "nothing explains the flag"),
        (
            "INSERT INTO flag (unit, flag_id, subject, kind, dossier_id, params) "
            "SELECT unit, 'one', 'clock_off:x', 'clock_off', '', '{}' FROM office",
            "flags, 1 told",
        ),
        ("UPDATE dossier SET state = replace(state, 'returned', 'resolved')", "is not its log's"),
        ("UPDATE dossier SET owner = 'nobody'", "owner of .* is not its log's"),
        ("DELETE FROM dossier WHERE status = 'returned'", "in the log or in the table alone"),
        ("DELETE FROM dossier_alias", "leads nowhere"),
        (
            "INSERT INTO dossier_alias SELECT unit, code, 'another' FROM dossier_alias LIMIT 1",
            "leads to 2 dossiers, and no flag",
        ),
    ],
)
def test_damage_of_the_server_is_found(
    world: World, sound: tuple[list[CounterRecords], OfficeRecords], damage: str, words: str
) -> None:
    wrong = broken(sound[0], damaged_office(world, damage))
    assert any(re.search(words, each) for each in wrong), wrong


@pytest.mark.parametrize(
    ("which", "damage", "words"),
    [
        (0, "UPDATE outbox_event SET hash = prev_hash WHERE seq = 2", "its chain breaks"),
        (0, "UPDATE outbox_event SET hash = prev_hash WHERE seq = 2", "is not this counter's"),
        (0, "DELETE FROM outbox_event WHERE seq = 2", "its chain breaks"),
        (0, "UPDATE outbox_event SET state = 'waiting' WHERE seq = 2", "are not confirmed"),
        (0, "UPDATE outbox_event SET state = 'quarantined' WHERE seq = 2", "are not confirmed"),
        (0, "UPDATE outbox_event SET office_seq = 99 WHERE seq = 2", "is number 99 here"),
        (1, "UPDATE log_entry SET office_seq = 99 WHERE office_seq = 1", "is number 99 here"),
        (1, "UPDATE log_entry SET problem = 'ValueError' WHERE office_seq = 1", "is parked"),
        (1, "DELETE FROM log_entry WHERE kind = 'definition_kept'", "of the log are not here"),
        (1, "UPDATE log_entry SET event_id = 'another' WHERE office_seq = 1", "is not in the server's log"),
        (
            0,
            "UPDATE log_entry SET event_id = (SELECT event_id FROM outbox_event LIMIT 1) "
            "WHERE arrival = (SELECT max(arrival) FROM log_entry)",
            "2 times",
        ),
        (0, "UPDATE dossier SET status = 'processing' WHERE status = 'returned'", "what its log adds up to"),
        (
            1,
            "UPDATE dossier SET status = 'stopped' WHERE status = 'returned'",
            "differs from the server's",
        ),
        (1, "UPDATE dossier SET owner = 'nobody'", "has another owner than at the server"),
        (1, "UPDATE dossier SET owner = ''", "owner of .* is not its log's"),
        (0, "DELETE FROM history WHERE act = 'handed_over'", "history of .* differs"),
        (
            1,
            "INSERT INTO history (dossier_id, step, at, clerk, act, detail) "
            "SELECT dossier_id, 99, at, clerk, act, detail FROM history LIMIT 1",
            "history of .* differs",
        ),
    ],
)
def test_damage_of_a_counter_is_found(
    world: World,
    sound: tuple[list[CounterRecords], OfficeRecords],
    which: int,
    damage: str,
    words: str,
) -> None:
    wrong = broken([damaged_counter(world, which, damage)], sound[1])
    assert any(re.search(words, each) for each in wrong), wrong


def test_a_code_on_paper_that_nobody_knows_is_found(
    sound: tuple[list[CounterRecords], OfficeRecords],
) -> None:
    wrong = broken(*sound, Known(printed=["H29.12-261123-9999"]))
    assert wrong == ["code H29.12-261123-9999 leads nowhere"]


def test_what_is_beyond_help_and_what_waits_is_told_apart(
    world: World, sound: tuple[list[CounterRecords], OfficeRecords]
) -> None:
    """Before everything was exchanged an unsent event is no fault; and a loss that is known is none."""
    waiting = damaged_counter(world, 0, "UPDATE outbox_event SET state = 'waiting' WHERE seq = 4")
    assert broken([waiting], sound[1], Known(synced=False)) == []
    assert broken([waiting], sound[1]) != []
