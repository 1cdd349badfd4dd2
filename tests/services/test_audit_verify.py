"""The audit log on a real database: nothing changes it, and what somebody with the key changed is located.

Tamperings are done by SQL with the triggers dropped first, by hand and at random.
"""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.builders import VIETNAM, FixedClock
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.raw_database import select
from tests.helpers.visits import BIRTH, CERTIFIED_COPY

from counter_app.domain.audit_chain import Anchor, AnchorKind, Tip, entry_hash
from counter_app.domain.clerks import Account, Role
from counter_app.domain.day_close import FindingKind as DayFinding
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.services.audit.findings import AuditFinding, AuditReport, FindingKind
from counter_app.services.audit.server_proof import reference_of, server_anchor
from counter_app.services.audit.verify import check, verify
from counter_app.services.audit_port import AuditFilter
from counter_app.services.day_close import close_day
from counter_app.services.desk import Desk
from counter_app.services.ports import AuditEntry
from counter_app.services.receive_dossier import receive
from counter_app.services.sync_port import Enrolment
from counter_app.storage.queries import SqlQueries
from counter_protocol.audit_tips import countersigned
from counter_protocol.signing import new_private_key, public_key_of

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=VIETNAM)
ENTRIES = 60
ANCHORED = (20, 40)
_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'"
_CARRIED = dict.fromkeys(DayFinding, "Chuyển sang ngày sau")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MONDAY)
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A log of sixty entries, with two anchors."""
    made = make_desk(tmp_path_factory.mktemp("audit") / "counter", MONDAY)
    fill(made, ENTRIES)
    yield made
    made.store.close()


def fill(desk: Desk, until: int) -> None:
    with desk.store.writing() as transaction:
        while (seq := transaction.audit_tip().seq) < until:
            transaction.append_audit(
                AuditEntry(
                    at=MONDAY + timedelta(seconds=seq),
                    clerk=CLERK,
                    act="ticket_called",
                    subject_id=f"v{seq}",
                    detail={"desk": seq},
                )
            )
            tip = transaction.audit_tip()
            if tip.seq in ANCHORED:
                transaction.add_audit_anchor(Anchor(tip=tip, at="", kind=AnchorKind.BACKUP))


@contextmanager
def unguarded(desk: Desk) -> Iterator[Any]:
    """A transaction as somebody with the key and a tool of his own has it; the triggers are gone."""
    with desk.store.writing() as transaction:
        sql = transaction._sql  # type: ignore[attr-defined]
        for (name,) in sql.rows(_TRIGGERS):
            sql.run(f"DROP TRIGGER {name}")
        yield sql


def chain_anew(sql: Any, start: int, *, head: bool) -> None:
    """Make every hash from a place on anew, and the head's with them."""
    prev = sql.value("SELECT hash FROM audit_entry WHERE seq = ?", (start - 1,)) or bytes(32)
    for row in sql.rows("SELECT * FROM audit_entry WHERE seq >= ? ORDER BY seq", (start,)):
        value = entry_hash(
            prev, row["seq"], row["at"], row["clerk"], row["act"], row["subject_id"], row["detail"]
        )
        sql.run("UPDATE audit_entry SET prev_hash = ?, hash = ? WHERE seq = ?", (prev, value, row["seq"]))
        prev = value
    if head:
        seq = sql.value("SELECT coalesce(max(seq), 0) FROM audit_entry")
        sql.run("UPDATE audit_head SET seq = ?, hash = ?", (seq, prev))


def found(desk: Desk) -> list[tuple[FindingKind, int, int]]:
    return [(each.kind, each.first, each.last) for each in report_of(desk).findings]


def report_of(desk: Desk) -> AuditReport:
    with desk.store.reading() as queries:
        return check(queries)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET clerk = 'x' WHERE seq = 1",
        "UPDATE audit_entry SET detail = '{\"a\":1}' WHERE seq = 1",
        "UPDATE audit_entry SET hash = zeroblob(32) WHERE seq = 1",
        "DELETE FROM audit_entry WHERE seq = 1",
        "DELETE FROM audit_entry",
        "REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE seq = 1",
        "INSERT OR REPLACE INTO audit_entry SELECT 1, at, 'x', act, subject_id, detail, prev_hash, hash "
        "FROM audit_entry WHERE seq = 1",
        "INSERT INTO audit_entry SELECT seq + 500, at, 'x', act, subject_id, detail, prev_hash, hash "
        "FROM audit_entry WHERE seq = 1",
        "INSERT INTO audit_entry SELECT -1, at, 'x', act, subject_id, detail, prev_hash, hash "
        "FROM audit_entry WHERE seq = 1",
        "UPDATE audit_head SET seq = 1",
        "UPDATE audit_head SET hash = zeroblob(32)",
        "DELETE FROM audit_head",
        "REPLACE INTO audit_head SELECT 1, seq, hash FROM audit_entry WHERE seq = 1",
        "UPDATE audit_anchor SET hash = zeroblob(32)",
        "DELETE FROM audit_anchor",
        "REPLACE INTO audit_anchor SELECT place, 1, hash, at, kind, reference, proof FROM audit_anchor",
    ],
)
def test_the_database_refuses_to_change_the_log(filled: Desk, statement: str) -> None:
    tables = ("audit_entry", "audit_head", "audit_anchor")
    before = [select(filled, f"SELECT * FROM {table}") for table in tables]
    with pytest.raises(Exception, match="audit_"), filled.store.writing() as transaction:
        transaction._sql.run(statement)  # type: ignore[attr-defined]
    assert [select(filled, f"SELECT * FROM {table}") for table in tables] == before
    assert found(filled) == []


def test_a_whole_log_is_told_to_be_whole_and_the_check_is_on_record(desk: Desk) -> None:
    receive(desk, BIRTH, clerk=CLERK)
    receive(desk, CERTIFIED_COPY, clerk=CLERK)
    read: list[tuple[int, int]] = []
    report = verify(desk, on_progress=lambda done, total: read.append((done, total)))
    assert report.whole
    assert read[-1] == (report.entries, report.entries)
    (entry,) = select(desk, "SELECT clerk, act, detail FROM audit_entry ORDER BY seq DESC LIMIT 1")
    assert entry[:2] == (CLERK, "audit_checked")
    assert report.tip.digits in entry[2]


def test_only_heads_and_administrators_check(desk: Desk) -> None:
    account = Account(
        account_id="a",
        username="mai",
        full_name=CLERK,
        role=Role.CLERK,
        password_hash="",
        must_change=False,
        created_at=MONDAY,
        password_at=MONDAY,
    )
    with desk.store.writing() as transaction:
        transaction.put_account(account)
    desk.session.begin(account, MONDAY)
    with pytest.raises(RuleRefusal, match="not_permitted"):
        verify(desk)


def test_a_finding_tells_who_did_what_around_it(filled: Desk, tmp_path: Path) -> None:
    with suppress(_Undone), unguarded(filled) as sql:
        sql.run("DELETE FROM audit_entry WHERE seq BETWEEN 30 AND 31")
        (finding,) = check_within(sql)
        assert (finding.kind, finding.first, finding.last) == (FindingKind.MISSING, 30, 31)
        assert finding.before is not None
        assert finding.after is not None
        assert (finding.before.seq, finding.after.seq) == (29, 32)
        assert finding.before.clerk == CLERK
        raise _Undone


class _Undone(Exception):
    """Rolls a tampering back."""


def check_within(sql: Any) -> tuple[AuditFinding, ...]:
    """Check what a transaction sees before it is rolled back."""
    return check(SqlQueries(sql)).findings


def _edit(sql: Any, place: int, _rnd: random.Random) -> None:
    sql.run("UPDATE audit_entry SET subject_id = 'x' WHERE seq = ?", (place,))


def _delete(sql: Any, place: int, _rnd: random.Random) -> None:
    sql.run("DELETE FROM audit_entry WHERE seq = ?", (place,))


def _delete_renumbering(sql: Any, place: int, _rnd: random.Random) -> None:
    _delete(sql, place, _rnd)
    for seq in range(place + 1, ENTRIES + 1):
        sql.run("UPDATE audit_entry SET seq = seq - 1 WHERE seq = ?", (seq,))


def _insert_renumbering(sql: Any, place: int, _rnd: random.Random) -> None:
    for seq in range(ENTRIES, place - 1, -1):
        sql.run("UPDATE audit_entry SET seq = seq + 1 WHERE seq = ?", (seq,))
    sql.run(
        "INSERT INTO audit_entry SELECT ?, at, clerk, 'person_viewed', subject_id, detail, prev_hash, hash "
        "FROM audit_entry WHERE seq = ?",
        (place, place + 1),
    )


def _swap(sql: Any, place: int, rnd: random.Random) -> None:
    other = place + 1 + rnd.randrange(ENTRIES - place) if place < ENTRIES else place - 1
    low, high = sorted((place, other))
    sql.run("UPDATE audit_entry SET seq = -7 WHERE seq = ?", (low,))
    sql.run("UPDATE audit_entry SET seq = ? WHERE seq = ?", (low, high))
    sql.run("UPDATE audit_entry SET seq = ? WHERE seq = -7", (high,))


def _cut(sql: Any, place: int, _rnd: random.Random) -> None:
    sql.run("DELETE FROM audit_entry WHERE seq >= ?", (place,))


def _own_hash(sql: Any, place: int, _rnd: random.Random) -> None:
    _edit(sql, place, _rnd)
    row = sql.row("SELECT * FROM audit_entry WHERE seq = ?", (place,))
    value = entry_hash(row["prev_hash"], place, row["at"], row["clerk"], row["act"], "x", row["detail"])
    sql.run("UPDATE audit_entry SET hash = ? WHERE seq = ?", (value, place))


def _not_text(sql: Any, place: int, _rnd: random.Random) -> None:
    sql.run("UPDATE audit_entry SET at = CAST(X'C328' AS TEXT) WHERE seq = ?", (place,))


SHALLOW = (_edit, _delete, _delete_renumbering, _insert_renumbering, _swap, _cut, _own_hash, _not_text)
DEEP = (_edit, _delete_renumbering, _insert_renumbering, _cut)


@given(kind=st.sampled_from(SHALLOW), place=st.integers(1, ENTRIES), seed=st.integers(0, 2**32))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_changed_at_random_are_located(filled: Desk, kind: Any, place: int, seed: int) -> None:
    """Whatever is done to rows, the first thing told begins at or before the place and reaches it."""
    with suppress(_Undone), unguarded(filled) as sql:
        kind(sql, place, random.Random(seed))
        told = check_within(sql)
        assert told, kind.__name__
        anchored = max((each for each in ANCHORED if each < place), default=0)
        at_place = [each for each in told if each.first <= place <= each.last]
        assert at_place, (kind.__name__, told)
        assert all(each.first > anchored for each in told), (kind.__name__, told)
        if kind is not _own_hash:
            first = place - 1 if kind is _swap and place == ENTRIES else place
            assert min(each.first for each in told) == first, (kind.__name__, told)
        raise _Undone


@given(
    kind=st.sampled_from(DEEP), place=st.integers(1, ENTRIES), head=st.booleans(), seed=st.integers(0, 2**32)
)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_logs_chained_anew_at_random_are_located_between_anchors(
    filled: Desk, kind: Any, place: int, head: bool, seed: int
) -> None:
    with suppress(_Undone), unguarded(filled) as sql:
        kind(sql, place, random.Random(seed))
        chain_anew(sql, place, head=head)
        told = check_within(sql)
        before = max((each for each in ANCHORED if each < place), default=0)
        after = min((each for each in ANCHORED if each >= place), default=0)
        if not after and head:
            assert told == ()  # after the last anchor, with the key: what ADR 32 says nobody can see
        else:
            assert told[0].first > before
            cut = told[0].kind is FindingKind.CUT_OFF  # then only its end is left to compare with
            assert cut or any(each.first <= place <= each.last for each in told), told
            assert told[0].last <= max(after, ENTRIES + 1)
        raise _Undone


def test_a_row_that_is_no_text_is_still_listed(filled: Desk) -> None:
    with suppress(_Undone), unguarded(filled) as sql:
        _not_text(sql, ENTRIES, random.Random(1))
        newest = SqlQueries(sql).audit_page(AuditFilter(), limit=2)
        assert [(each.seq, each.readable) for each in newest] == [(ENTRIES, False), (ENTRIES - 1, True)]
        raise _Undone


def test_the_sheet_of_a_day_tells_where_the_log_stood(desk: Desk) -> None:
    receive(desk, BIRTH, clerk=CLERK)
    close = close_day(desk, MONDAY.date(), None, _CARRIED)
    with desk.store.reading() as queries:
        assert queries.audit_tip() == Tip(seq=close.audit_seq, hash=queries.audit_tip().hash)
        assert queries.audit_tip().digits == close.audit_tip
        (anchor,) = queries.audit_anchors()
    assert (anchor.kind, anchor.reference) == (AnchorKind.DAY_CLOSE, close.close_id)
    shown = f"{close.audit_tip[:4].upper()} {close.audit_tip[4:].upper()}"
    assert verify(desk, tip=shown).asked == (close.audit_seq,)
    assert verify(desk, tip="00000000").asked == ()
    with pytest.raises(BadInput, match="bad_tip"):
        verify(desk, tip="xyz")


def test_an_anchor_changed_with_the_log_differs_from_its_sheet(desk: Desk) -> None:
    receive(desk, BIRTH, clerk=CLERK)
    close = close_day(desk, MONDAY.date(), None, _CARRIED)
    with unguarded(desk) as sql:
        _edit(sql, 1, random.Random(1))
        chain_anew(sql, 1, head=True)
        sql.run("UPDATE audit_anchor SET hash = (SELECT hash FROM audit_head)")
    assert found(desk) == [(FindingKind.DAY_DIFFERS, close.audit_seq, close.audit_seq)]


def test_an_act_whose_entry_is_gone_from_a_log_chained_anew_is_missed(desk: Desk) -> None:
    dossier = receive(desk, BIRTH, clerk=CLERK)
    place = select(desk, "SELECT seq FROM audit_entry WHERE act = 'dossier_received'")[0][0]
    with unguarded(desk) as sql:
        end = sql.value("SELECT max(seq) FROM audit_entry")
        sql.run("DELETE FROM audit_entry WHERE seq = ?", (place,))
        for seq in range(place + 1, end + 1):
            sql.run("UPDATE audit_entry SET seq = seq - 1 WHERE seq = ?", (seq,))
        chain_anew(sql, place, head=True)
    (finding,) = report_of(desk).findings
    assert (finding.kind, finding.count) == (FindingKind.ACTS_UNLOGGED, 1)
    assert finding.subjects == (dossier.dossier_code,)


def _enrol(desk: Desk, server: bytes) -> Enrolment:
    counter = desk.settings.counter
    enrolment = Enrolment(
        server_url="https://may-chu.vidu.gov.vn",
        device_id=counter.device_id,
        unit_code=desk.settings.office.unit_code,
        counter=counter.number,
        private_key=new_private_key(),
        server_signing_key=public_key_of(server),
        server_sealing_key=bytes(32),
        enrolled_at=MONDAY,
        epoch=1,
    )
    with desk.store.writing() as transaction:
        transaction.enrol(enrolment)
    return enrolment


def test_what_the_server_signed_is_believed_and_nothing_else(desk: Desk) -> None:
    server, at = new_private_key(), "2026-11-23T02:00:00.000000Z"
    enrolment = _enrol(desk, server)
    fill(desk, 10)
    with desk.store.writing() as transaction:
        tip = transaction.audit_tip()
        proof = countersigned(
            server,
            unit_code=enrolment.unit_code,
            device_id=enrolment.device_id,
            seq=tip.seq,
            hash_=tip.hash,
            at=at,
        )
        anchor = server_anchor(enrolment, tip, at, proof)
        assert anchor is not None
        transaction.add_audit_anchor(anchor)
        assert server_anchor(enrolment, tip, "2026-11-23T02:00:01.000000Z", proof) is None
        assert server_anchor(enrolment, Tip(seq=tip.seq - 1, hash=tip.hash), at, proof) is None
    report = report_of(desk)
    assert report.whole
    assert report.last_anchor == anchor
    with suppress(_Undone), unguarded(desk) as sql:
        _edit(sql, 3, random.Random(1))
        chain_anew(sql, 3, head=True)
        assert [(each.kind, each.first, each.last) for each in check_within(sql)] == [
            (FindingKind.REWRITTEN, 1, tip.seq)
        ]
        sql.run("UPDATE audit_anchor SET hash = (SELECT hash FROM audit_entry WHERE seq = ?)", (tip.seq,))
        assert [each.kind for each in check_within(sql)] == [FindingKind.FORGED_PROOF]
        raise _Undone
    other = Anchor(tip=tip, at=at, kind=AnchorKind.SERVER, reference="H00/x/0", proof=b"?")
    with desk.store.writing() as transaction:
        transaction.add_audit_anchor(other)
    assert (report_of(desk).whole, report_of(desk).unproven) == (True, 1)
    assert other.reference != reference_of(enrolment)


@pytest.mark.slow
def test_a_hundred_thousand_entries_are_checked_in_seconds(desk: Desk) -> None:
    assert isinstance(desk.clock, FixedClock)
    fill(desk, 100_000)
    began = time.perf_counter()
    report = report_of(desk)
    assert report.whole
    assert report.entries == 100_000
    assert time.perf_counter() - began < 20  # about two on a slow machine; a quadratic one takes minutes
