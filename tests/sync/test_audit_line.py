"""A counter's audit log and the real server: signed at every session, and missed when it was changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.helpers.builders import FixedClock
from tests.helpers.raw_database import select
from tests.helpers.sync_states import receive_many
from tests.server.serving import Served
from tests.sync.counters import UNIT, Counter

from counter_app.domain.audit_chain import Anchor, AnchorKind
from counter_app.notice_words import happened, title_of, to_do
from counter_app.services.audit.verify import check
from counter_app.services.ports import AuditEntry
from counter_protocol.fold import FlagKind


@pytest.fixture
def one(tmp_path: Path, server: Served) -> Iterator[Counter]:
    server.add_office(UNIT)
    counter = Counter(tmp_path / "one", 1)
    counter.enrol(server)
    yield counter
    counter.close()


def anchors(counter: Counter) -> list[Anchor]:
    with counter.desk.store.reading() as queries:
        return [each for each in queries.audit_anchors() if each.kind is AnchorKind.SERVER]


def reopened(counter: Counter) -> None:
    """A new session, as after a start of the program."""
    clock = counter.desk.clock
    counter.close()
    counter.open()
    assert isinstance(clock, FixedClock)
    counter.desk.clock = clock


def test_each_session_brings_a_signature_and_one_an_hour_is_kept(one: Counter, server: Served) -> None:
    receive_many(one.desk, 2)
    one.sync()
    (first,) = anchors(one)
    with one.desk.store.reading() as queries:
        report = check(queries)
    assert report.whole
    assert report.last_anchor == first
    receive_many(one.desk, 1)
    reopened(one)
    one.sync()
    assert anchors(one) == [first]  # the hour is not over
    assert len(server.rows("SELECT * FROM audit_tip")) == 2
    assert server.rows("SELECT * FROM flag") == []


def test_a_log_cut_off_is_told_to_the_office_by_the_server(one: Counter, server: Served) -> None:
    receive_many(one.desk, 2)
    one.sync()
    told = anchors(one)[0].tip.seq
    with one.desk.store.writing() as transaction:
        sql = transaction._sql  # type: ignore[attr-defined]
        for (name,) in sql.rows(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit%'"
        ):
            sql.run(f"DROP TRIGGER {name}")
        sql.run("DELETE FROM audit_entry WHERE seq > 1")
        sql.run("DELETE FROM audit_anchor")
        sql.run("UPDATE audit_head SET seq = 1, hash = (SELECT hash FROM audit_entry WHERE seq = 1)")
        transaction.append_audit(
            AuditEntry(at=one.desk.clock.now(), clerk="Trần Thị Mai", act="ticket_called", subject_id="v")
        )
    reopened(one)
    one.sync()
    one.sync()
    (flag,) = server.rows("SELECT kind FROM flag")
    assert flag["kind"] == FlagKind.AUDIT_ROLLED_BACK
    with one.desk.store.reading() as queries:
        (notice,) = queries.notices()
    assert notice.params["known"] == told
    assert title_of(notice.kind) == "Nhật ký của quầy không còn như trước"
    assert "Quầy 1" in happened(notice.kind, notice.params)
    assert "Kiểm tra toàn vẹn" in to_do(notice.kind)
    assert anchors(one) == []
    assert select(one.desk, "SELECT count(*) FROM audit_anchor") == [(0,)]
