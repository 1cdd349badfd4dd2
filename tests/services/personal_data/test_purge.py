"""Destroying dossiers after their time: who may, when, what stays, and that nothing else does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from tests.helpers.builders import FixedClock
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.personal_traces import AFTER_TWO_YEARS, RECEIVED, WORDS, Whole, full_dossier, raw_words
from tests.helpers.raw_database import select
from tests.helpers.visits import BIRTH, FATHER, GRANDMOTHER
from tests.storage.sync_samples import ENROLMENT

from counter_app.domain.audit_chain import flaws
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.period import Period
from counter_app.services.audit_port import AuditFilter
from counter_app.services.desk import Desk
from counter_app.services.look_up import find, open_dossier
from counter_app.services.personal_data.purge import purge, scrub
from counter_app.services.personal_data.retention import due_for_purge
from counter_app.services.receive_dossier import receive
from counter_app.services.sync.apply_log import apply_page
from counter_app.services.sync_port import ItemState
from counter_app.storage import key_store
from counter_app.storage.data_folder import DataFolder
from counter_protocol.events import decode_event, encode_event
from counter_protocol.messages import DownItem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "counter"


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    desk = make_desk(folder, RECEIVED)
    yield desk
    desk.store.close()


@pytest.fixture
def whole(desk: Desk) -> Whole:
    return full_dossier(desk)


def later(desk: Desk) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = AFTER_TWO_YEARS


def key_of(folder: Path) -> bytes:
    return key_store.load(DataFolder(folder)).secret


def indexed_words(desk: Desk) -> set[str]:
    """Return the words the index holds, of deleted rows too."""
    with desk.store.writing() as transaction:
        sql = transaction._sql  # type: ignore[attr-defined]
        sql.run("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, word_index, 'row')")
        return {row[0] for row in sql.rows("SELECT term FROM temp.vocabulary")}


def test_nothing_of_a_purged_dossier_is_left_in_the_bytes(desk: Desk, folder: Path, whole: Whole) -> None:
    before = raw_words(folder, key_of(folder))
    assert set(before) == set(WORDS)  # the check itself finds what is there
    assert {GRANDMOTHER.personal_id, "thang"} <= indexed_words(desk)
    later(desk)
    done = purge(desk, [whole.dossier.dossier_id])
    assert (done.done, done.people, done.scrubbed) == ((whole.dossier.dossier_code,), 2, True)
    assert raw_words(folder, key_of(folder)) == {}
    assert not {GRANDMOTHER.personal_id, FATHER.personal_id, "sen", "thang"} & indexed_words(desk)
    assert not (folder / "scans" / whole.scan_id[-2:] / f"{whole.scan_id}.bin").exists()
    assert select(desk, "SELECT * FROM attachment") == []


def test_proof_stays_and_both_chains_verify(desk: Desk, whole: Whole) -> None:
    with desk.store.reading() as queries:
        digest = queries.content_digest(whole.dossier.dossier_id)
    chain = select(desk, "SELECT seq, event_id, prev_hash, hash FROM outbox_event ORDER BY seq")
    later(desk)
    purge(desk, [whole.dossier.dossier_id])
    with desk.store.reading() as queries:
        proof = queries.purged_dossier(whole.dossier.dossier_id)
        assert proof is not None
        assert flaws(queries.audit_rows(), queries.audit_tip(), queries.audit_anchors()) == []
        newest = queries.audit_page(AuditFilter())[0:3]
    assert (proof.dossier_code, proof.content_digest) == (whole.dossier.dossier_code, digest)
    assert (proof.clerk, proof.purged_at.date(), proof.status) == (
        CLERK,
        date(2029, 1, 2),
        whole.dossier.status,
    )
    assert "Nghị định 23/2015" in proof.basis
    assert select(desk, "SELECT seq, event_id, prev_hash, hash FROM outbox_event ORDER BY seq") == chain
    bodies = "SELECT DISTINCT length(body) FROM outbox_event WHERE dossier_id <> ''"
    assert select(desk, bodies) == [(0,)]
    acts = {each.entry.act: each.entry for each in newest}
    assert acts["dossier_purged"].detail["digest"] == digest
    assert acts["personal_data_forgotten"].detail == {"records": 2}


def test_the_code_still_resolves_and_figures_stay(desk: Desk, whole: Whole) -> None:
    year = Period.of_year(2026)

    def figures(desk: Desk) -> list[object]:
        with desk.store.reading() as queries:
            return [
                queries.received_groups(year),
                queries.resolved_groups(year),
                queries.ended_groups(year),
                queries.handed_out(year),
                queries.charged_fees(year),
            ]

    before = figures(desk)
    assert any(before)
    later(desk)
    purge(desk, [whole.dossier.dossier_id])
    assert figures(desk) == before
    file = open_dossier(desk, whole.dossier.dossier_code)
    assert file.purged is not None
    assert (file.dossier.applicant.full_name, file.dossier.forms) == ("", ())
    assert [step.act for step in file.history]
    assert [row.dossier_code for row in find(desk, whole.dossier.dossier_code)] == [
        whole.dossier.dossier_code
    ]
    assert find(desk, "dinh thi sen") == []
    with desk.store.writing() as transaction, pytest.raises(RuleRefusal, match="code_already_used"):
        transaction.add_dossier(replace(whole.dossier, dossier_id="another"))


def test_a_purged_dossier_is_printed_no_more(desk: Desk, whole: Whole) -> None:
    from counter_app.services.print_papers import print_paper

    later(desk)
    purge(desk, [whole.dossier.dossier_id])
    with pytest.raises(RuleRefusal, match="dossier_purged"):
        print_paper(desk, open_dossier(desk, whole.dossier.dossier_code).dossier, "slip")


def test_before_its_time_it_stays(desk: Desk, whole: Whole) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = AFTER_TWO_YEARS - timedelta(days=2)  # 31/12/2028
    assert due_for_purge(desk).not_yet == 1
    refused = purge(desk, [whole.dossier.dossier_id])
    assert [each.error.code for each in refused.not_done] == ["purge_not_due"]
    assert open_dossier(desk, whole.dossier.dossier_code).dossier == whole.dossier
    later(desk)
    (due,) = due_for_purge(desk).due
    assert (due.over_on, due.hindrance, due.rule.verified) == (date(2029, 1, 1), "", True)


def test_what_is_kept_for_ever_or_by_no_rule_is_never_due(desk: Desk) -> None:
    from counter_app.domain.dossier_acts import Withdraw
    from counter_app.services.acts.perform import perform

    birth = receive(desk, BIRTH, clerk=CLERK)
    perform(desk, birth.dossier_id, Withdraw(reason="Công dân rút"))
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = RECEIVED.replace(year=2126)
    found = due_for_purge(desk)
    assert (found.due, found.for_ever) == ((), 1)
    assert [each.error.code for each in purge(desk, [birth.dossier_id]).not_done] == ["purge_not_due"]


def test_what_the_server_does_not_have_yet_stays(desk: Desk, whole: Whole) -> None:
    with desk.store.writing() as transaction:
        transaction.enrol(ENROLMENT)
    later(desk)
    assert [each.hindrance for each in due_for_purge(desk).due] == ["purge_unsent"]
    assert [each.error.code for each in purge(desk, [whole.dossier.dossier_id]).not_done] == ["purge_unsent"]
    with desk.store.writing() as transaction:
        transaction.mark_acked(1, 99, {})
    assert due_for_purge(desk).due[0].hindrance == "purge_unsent"  # its scan is not there
    with desk.store.writing() as transaction:
        transaction.queue_uploads(desk.clock.now())
        (upload,) = transaction.uploads()
        transaction.put_upload(replace(upload, state=ItemState.ACKED, sent=upload.size))
    assert purge(desk, [whole.dossier.dossier_id]).done


def test_an_emptied_event_is_told_again_only_as_a_place(desk: Desk, whole: Whole) -> None:
    with desk.store.writing() as transaction:
        transaction.enrol(ENROLMENT)
        transaction.mark_acked(1, 99, {})
        transaction.queue_uploads(desk.clock.now())
        (upload,) = transaction.uploads()
        transaction.put_upload(replace(upload, state=ItemState.ACKED, sent=upload.size))
    later(desk)
    assert purge(desk, [whole.dossier.dossier_id]).done
    with desk.store.writing() as transaction:
        transaction.unack(0)
        items = transaction.next_out(100, 10**6)
        emptied = [item for item in items if item.dossier_id == whole.dossier.dossier_id]
        assert emptied
        assert {item.state.value for item in emptied} == {"quarantined"}
        assert not transaction.release(emptied[0].event_id)


def test_what_comes_down_about_it_later_brings_nothing_back(desk: Desk, folder: Path, whole: Whole) -> None:
    with desk.store.reading() as queries:
        (*_, last) = queries.dossier_log(whole.dossier.dossier_id)
    later(desk)
    assert purge(desk, [whole.dossier.dossier_id]).done
    named = GRANDMOTHER.full_name
    event = replace_event(last.body, event_id="of-another", device_id="elsewhere", note=named)
    applied = apply_page(desk, [DownItem(office_seq=900, body=event)], after=0, cursor=900)
    assert (applied.new, applied.parked) == (1, 0)
    file = open_dossier(desk, whole.dossier.dossier_code)
    assert (file.purged is not None, file.dossier.applicant.full_name) == (True, "")
    assert select(desk, "SELECT length(body), problem FROM log_entry") == [(0, "")]
    assert scrub(desk)
    assert raw_words(folder, key_of(folder)) == {}


def replace_event(body: bytes, *, event_id: str, device_id: str, note: str) -> bytes:
    """Return an event as another counter would have told it."""
    event = decode_event(body)
    told = {**event.data, "note": note}
    return encode_event(replace(event, event_id=event_id, device_id=device_id, data=told))


def test_a_person_somebody_still_needs_stays(desk: Desk, whole: Whole) -> None:
    other = receive(desk, BIRTH, clerk=CLERK)
    later(desk)
    assert purge(desk, [whole.dossier.dossier_id]).people == 0
    with desk.store.reading() as queries:
        assert queries.person(FATHER.personal_id) is not None
        assert queries.person(GRANDMOTHER.personal_id) is not None
        assert queries.dossier(other.dossier_id) is not None


def test_the_past_is_only_emptied_with_its_proof(desk: Desk, whole: Whole) -> None:
    for statement in (
        "UPDATE history SET detail = '{}', state_before = NULL",
        "UPDATE outbox_event SET body = x''",
    ):
        with pytest.raises(dbapi2.IntegrityError, match="is fixed"), desk.store.writing() as transaction:
            transaction._sql.run(statement)  # type: ignore[attr-defined]
    later(desk)
    purge(desk, [whole.dossier.dossier_id])
    for statement in (
        "UPDATE history SET detail = '{\"a\":1}'",
        "UPDATE outbox_event SET body = x'00' WHERE dossier_id <> ''",
        "DELETE FROM purged_dossier",
        "UPDATE purged_dossier SET basis = ''",
    ):
        with (
            pytest.raises(dbapi2.IntegrityError, match=r"is (fixed|kept)"),
            desk.store.writing() as transaction,
        ):
            transaction._sql.run(statement)  # type: ignore[attr-defined]


def test_a_purge_happens_once(desk: Desk, whole: Whole) -> None:
    later(desk)
    assert purge(desk, [whole.dossier.dossier_id]).done
    assert due_for_purge(desk).due == ()
    assert [each.error.code for each in purge(desk, [whole.dossier.dossier_id]).not_done] == ["purge_not_due"]
    assert scrub(desk)


def test_a_reader_in_the_way_leaves_the_wiping_for_later(desk: Desk, folder: Path, whole: Whole) -> None:
    later(desk)
    with desk.store.reading() as queries:
        assert queries.dossier_count() == 1  # holds its snapshot
        done = purge(desk, [whole.dossier.dossier_id])
    assert done.done
    assert not done.scrubbed
    assert scrub(desk)
    assert raw_words(folder, key_of(folder)) == {}
