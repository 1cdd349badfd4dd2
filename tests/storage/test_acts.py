"""An act is kept whole or not at all, and what was written is what is read."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlcipher3 import dbapi2
from tests.helpers.builders import MORNING, make_code, make_dossier, make_id, make_person

from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.errors import BadInput, EnvironmentProblem, RuleRefusal
from counter_app.services.ports import AuditEntry, Draft, HistoryEntry, OutboxEvent, PrintRecord, Transaction
from counter_app.storage.store import SqlStore
from counter_protocol.events import GENESIS_HASH, chain_hash


def receive(transaction: Transaction, number: int = 1) -> None:
    """Write everything an intake writes."""
    dossier = make_dossier(number)
    transaction.take_number(MORNING.date(), 1)
    transaction.add_dossier(dossier)
    transaction.remember_person(dossier.applicant, MORNING, "card")
    transaction.append_history(dossier.dossier_id, HistoryEntry(at=MORNING, clerk="hoa", act="received"))
    transaction.append_audit(
        AuditEntry(at=MORNING, clerk="hoa", act="received", subject_id=dossier.dossier_id)
    )
    transaction.append_event(make_event(number))


def make_event(number: int, dossier_number: int | None = None) -> OutboxEvent:
    return OutboxEvent(
        event_id=f"event-{number}",
        dossier_id=make_id(dossier_number or number),
        kind="dossier_received",
        at=MORNING + timedelta(minutes=number),
        body=b'{"n":%d}' % number,
    )


def select(store: SqlStore, statement: str) -> list[tuple[object, ...]]:
    with store.reading() as queries:
        return [tuple(row) for row in queries._sql.rows(statement)]  # type: ignore[attr-defined]


def test_a_dossier_comes_back_as_it_was(store: SqlStore) -> None:
    dossier = make_dossier(1, aliases=("H29.12-261123-900001",))
    with store.writing() as transaction:
        transaction.add_dossier(dossier)
    with store.reading() as queries:
        loaded = queries.dossier(dossier.dossier_id)
        assert loaded == dossier
        assert loaded is not None
        assert str(loaded.received_at.tzinfo) == "Asia/Ho_Chi_Minh"
        assert loaded.due_at is not None
        assert str(loaded.due_at.tzinfo) == "Asia/Ho_Chi_Minh"
        assert queries.dossier_count() == 1
        assert queries.dossier("nobody") is None


@pytest.mark.parametrize(
    "typed",
    [
        "H29.12-261123-1001",
        "h29.12-261123-1001",
        "H29122611231001",
        "H29 12 261123 1001",
        "H29.12-261123-900001",
    ],
)
def test_every_code_of_a_dossier_finds_it(store: SqlStore, typed: str) -> None:
    dossier = make_dossier(1, aliases=("H29.12-261123-900001",))
    with store.writing() as transaction:
        transaction.add_dossier(dossier)
    with store.reading() as queries:
        assert queries.dossier_by_code(typed) == dossier
        assert queries.dossier_by_code("H29.12-261123-1002") is None


def test_an_exact_code_wins_over_one_that_differs_in_punctuation(store: SqlStore) -> None:
    first, second = make_dossier(1), make_dossier(2, dossier_code="H2.912-261123-1001")
    with store.writing() as transaction:
        transaction.add_dossier(first)
        transaction.add_dossier(second)
    with store.reading() as queries:
        assert queries.dossier_by_code(first.dossier_code) == first
        assert queries.dossier_by_code(second.dossier_code) == second


@pytest.mark.parametrize(
    ("code", "aliases"),
    [
        (make_code(1), ()),
        ("H29.12-261123-900001", ()),
        (make_code(2), (make_code(1),)),
        (make_code(2), ("H29.12-261123-900001",)),
        (make_code(2), (make_code(2),)),
    ],
)
def test_no_code_is_ever_used_twice(store: SqlStore, code: str, aliases: tuple[str, ...]) -> None:
    with store.writing() as transaction:
        transaction.add_dossier(make_dossier(1, aliases=("H29.12-261123-900001",)))
    with pytest.raises(RuleRefusal) as refusal, store.writing() as transaction:
        transaction.add_dossier(make_dossier(2, dossier_code=code, aliases=aliases))
    assert refusal.value.code == "code_already_used"
    with store.reading() as queries:
        assert queries.dossier_count() == 1
        assert queries.dossier(make_id(2)) is None


@pytest.mark.parametrize("error", [ValueError("bug"), BadInput("wrong"), KeyboardInterrupt()])
def test_an_error_leaves_nothing_of_the_act(store: SqlStore, error: BaseException) -> None:
    def act() -> None:
        with store.writing() as transaction:
            receive(transaction)
            transaction.put_setting("a", "b")
            transaction.save_draft(make_draft())
            raise error

    with pytest.raises(type(error)):
        act()
    with store.reading() as queries:
        assert queries.dossier_count() == 0
        assert queries.newest() == queries.find("dang") == queries.drafts() == []
        assert queries.person(make_person(1).personal_id) is None
        assert queries.sync_state().waiting == 0
        assert queries.settings() == {}
        assert queries.latest_moment() is None
    assert select(store, "SELECT * FROM audit_entry UNION ALL SELECT * FROM audit_entry") == []
    with store.writing() as transaction:
        assert transaction.take_number(MORNING.date(), 1) == 1


def test_a_reader_sees_one_moment_while_acts_go_on(store: SqlStore) -> None:
    with store.reading() as queries:
        assert queries.dossier_count() == 0
        with store.writing() as transaction:
            receive(transaction)
        assert queries.dossier_count() == 0
    with store.reading() as queries:
        assert queries.dossier_count() == 1


def test_an_act_reads_what_it_wrote(store: SqlStore) -> None:
    with store.writing() as transaction:
        receive(transaction)
        assert transaction.dossier(make_id(1)) == make_dossier(1)
        assert [row.dossier_id for row in transaction.find("dang thi")] == [make_id(1)]


def test_numbers_count_for_each_day_and_counter(store: SqlStore) -> None:
    day, next_day = date(2026, 11, 23), date(2026, 11, 24)
    with store.writing() as transaction:
        taken = [transaction.take_number(day, 1) for _ in range(3)]
        taken += [transaction.take_number(day, 2), transaction.take_number(next_day, 1)]
    assert taken == [1, 2, 3, 1, 1]
    with store.writing() as transaction:
        assert transaction.take_number(day, 1) == 4


def test_settings_are_replaced(store: SqlStore) -> None:
    with store.writing() as transaction:
        transaction.put_setting("office", "Xã Trung Minh")
        transaction.put_setting("office", "Xã Thịnh Minh")
        transaction.put_setting("counter", "1")
    with store.reading() as queries:
        assert queries.setting("office") == "Xã Thịnh Minh"
        assert queries.setting("none") is None
        assert queries.settings() == {"office": "Xã Thịnh Minh", "counter": "1"}


def make_draft(number: int = 1, **changes: object) -> Draft:
    draft = Draft(
        draft_id=f"draft-{number}",
        procedure_id="birth_registration",
        procedure_name="Đăng ký khai sinh",
        applicant_name="Đặng Thị Thử",
        updated_at=MORNING + timedelta(minutes=number),
        clerk="hoa",
        state={"fields": {"child": "An"}, "ratio": 0.5, "rows": [1, None, True]},
    )
    return replace(draft, **changes)  # type: ignore[arg-type]


def test_drafts_are_saved_again_and_again_and_deleted(store: SqlStore) -> None:
    changed = make_draft(1, updated_at=MORNING + timedelta(hours=1), state={"step": 2}, clerk="mai")
    with store.writing() as transaction:
        transaction.save_draft(make_draft(1))
        transaction.save_draft(make_draft(2))
    with store.writing() as transaction:
        transaction.save_draft(changed)
    with store.reading() as queries:
        assert queries.drafts() == [changed, make_draft(2)]
        assert queries.draft("draft-2") == make_draft(2)
        assert queries.draft("draft-9") is None
    with store.writing() as transaction:
        transaction.delete_draft("draft-1")
        transaction.delete_draft("draft-9")
    with store.reading() as queries:
        assert queries.drafts() == [make_draft(2)]


def test_history_keeps_its_order(store: SqlStore) -> None:
    steps = [
        HistoryEntry(
            at=MORNING - timedelta(minutes=n), clerk="hoa", act=f"step-{n}", detail={"n": n, "why": "Đủ"}
        )
        for n in range(12)
    ]
    with store.writing() as transaction:
        for step in steps:
            transaction.append_history(make_id(1), step)
    with store.reading() as queries:
        assert queries.history(make_id(1)) == steps
        assert queries.history(make_id(2)) == []


def make_print(copy_no: int, outcome: str = "printed", paper: str = "slip") -> PrintRecord:
    return PrintRecord(
        dossier_id=make_id(1),
        paper=paper,
        copy_no=copy_no,
        at=MORNING,
        clerk="hoa",
        outcome=outcome,
        detail="Máy in 1",
    )


def test_copies_are_counted_for_each_paper_and_failures_are_not(store: SqlStore) -> None:
    with store.writing() as transaction:
        assert transaction.next_copy_no(make_id(1), "slip") == 1
        transaction.record_print(make_print(1, "failed"))
        assert transaction.next_copy_no(make_id(1), "slip") == 1
        transaction.record_print(make_print(1))
        assert transaction.next_copy_no(make_id(1), "slip") == 2
        transaction.record_print(make_print(2, "saved"))
        transaction.record_print(make_print(1, paper="form:birth"))
    with store.reading() as queries:
        assert queries.next_copy_no(make_id(1), "slip") == 3
        assert queries.next_copy_no(make_id(1), "form:birth") == 2
        assert queries.prints(make_id(1)) == [
            make_print(1, "failed"),
            make_print(1),
            make_print(2, "saved"),
            make_print(1, paper="form:birth"),
        ]


def test_events_form_a_chain(store: SqlStore) -> None:
    events = [make_event(n) for n in range(1, 4)]
    for event in events:
        with store.writing() as transaction:
            transaction.append_event(event)
    expected, prev_hash = [], GENESIS_HASH
    for seq, event in enumerate(events, 1):
        next_hash = chain_hash(prev_hash, event.body)
        expected.append((seq, event.event_id, event.body, prev_hash, next_hash, 1, "waiting", 0))
        prev_hash = next_hash
    columns = "seq, event_id, body, prev_hash, hash, epoch, state, attempts"
    assert select(store, f"SELECT {columns} FROM outbox_event ORDER BY seq") == expected


def test_what_the_server_has_not_confirmed_is_unsent(store: SqlStore) -> None:
    with store.writing() as transaction:
        transaction.add_dossier(make_dossier(1))
        transaction.add_dossier(make_dossier(2))
        transaction.add_dossier(make_dossier(3))
        for number in (2, 1):
            transaction.append_event(make_event(number))
        transaction._sql.run("UPDATE outbox_event SET state = 'acked' WHERE event_id = 'event-2'")  # type: ignore[attr-defined]
    with store.reading() as queries:
        assert {row.dossier_id: row.unsent for row in queries.newest()} == {
            make_id(1): True,
            make_id(2): False,
            make_id(3): False,
        }
        assert [queries.unsent(make_id(n)) for n in (1, 2, 3)] == [True, False, False]
        state = queries.sync_state()
        assert (state.waiting, state.oldest_at) == (1, MORNING + timedelta(minutes=1))


def test_an_empty_outbox_has_no_oldest(store: SqlStore) -> None:
    with store.reading() as queries:
        assert (queries.sync_state().waiting, queries.sync_state().oldest_at) == (0, None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossier SET dossier_code = 'H29.12-261123-1999'",
        "UPDATE dossier SET lookup_secret = 'AAAA'",
        "UPDATE audit_entry SET clerk = 'other'",
        "DELETE FROM audit_entry",
        "UPDATE history SET act = 'other'",
        "DELETE FROM history",
        "UPDATE dossier_code SET number = 7",
        "DELETE FROM dossier_code",
        "UPDATE outbox_event SET body = x'00'",
        "UPDATE outbox_event SET state = 'lost'",
        "DELETE FROM outbox_event",
        "UPDATE outbox_event SET state = 'acked'; DELETE FROM outbox_event",
        "INSERT INTO dossier SELECT * FROM dossier",
        "UPDATE dossier_content SET promise = 'not json'",
        "DELETE FROM dossier",
    ],
)
def test_the_database_itself_keeps_the_past(store: SqlStore, statement: str) -> None:
    with store.writing() as transaction:
        receive(transaction)

    def tamper() -> None:
        with store.writing() as transaction:
            for step in statement.split("; "):
                transaction._sql.run(step)  # type: ignore[attr-defined]

    with pytest.raises(dbapi2.IntegrityError):
        tamper()
    with store.reading() as queries:
        assert queries.dossier(make_id(1)) == make_dossier(1)


def test_sent_events_may_go_but_never_the_tip(store: SqlStore) -> None:
    with store.writing() as transaction:
        for number in (1, 2):
            transaction.append_event(make_event(number))
        transaction._sql.run("UPDATE outbox_event SET state = 'acked'")  # type: ignore[attr-defined]
        transaction._sql.run("DELETE FROM outbox_event WHERE seq = 1")  # type: ignore[attr-defined]
        transaction.append_event(make_event(3))
    assert [row[0] for row in select(store, "SELECT seq FROM outbox_event")] == [2, 3]


def test_the_newest_moment_never_goes_back(store: SqlStore) -> None:
    with store.writing() as transaction:
        transaction.append_audit(AuditEntry(at=MORNING, clerk="hoa", act="a", subject_id="x"))
    with store.writing() as transaction:
        transaction.save_draft(make_draft(1, updated_at=MORNING - timedelta(days=400)))
    with store.reading() as queries:
        assert queries.latest_moment() == MORNING
    with store.writing() as transaction:
        transaction.append_event(make_event(5))
    with store.reading() as queries:
        assert queries.latest_moment() == MORNING + timedelta(minutes=5)


def test_moments_are_stored_as_sortable_utc(store: SqlStore) -> None:
    at = datetime(2026, 12, 31, 22, 0, 0, 7, tzinfo=UTC)
    with store.writing() as transaction:
        transaction.append_audit(
            AuditEntry(at=at, clerk="hoa", act="a", subject_id="x", detail={"b": 1, "a": 2})
        )
    assert select(store, "SELECT at, detail FROM audit_entry") == [
        ("2026-12-31T22:00:00.000007Z", '{"a":2,"b":1}')
    ]
    with store.reading() as queries:
        moment = queries.latest_moment()
    assert moment is not None
    assert moment.isoformat() == "2027-01-01T05:00:00.000007+07:00"


def test_a_naive_moment_is_a_bug(store: SqlStore) -> None:
    with pytest.raises(ValueError, match="naive"), store.writing() as transaction:
        transaction.add_dossier(make_dossier(1, received_at=datetime(2026, 11, 23, 8, 30)))  # noqa: DTZ001


def test_a_citizen_is_remembered_with_old_values_kept(store: SqlStore) -> None:
    first = make_person(1, email="")
    second = make_person(
        1, full_name="Đặng Thị Thử", phone="", email="thu@example.com", birth_date="1990-02-04"
    )
    with store.writing() as transaction:
        transaction.remember_person(first, MORNING, "card")
    with store.writing() as transaction:
        transaction.remember_person(second, MORNING + timedelta(days=1), "clerk")
        transaction.remember_person(second, MORNING + timedelta(days=2), "clerk")
    with store.reading() as queries:
        known = queries.person(first.personal_id)
        assert queries.person("000000000000") is None
        assert [person.full_name for person in queries.find_people("nghiem")] == []
        assert [person.full_name for person in queries.find_people("dang thi thu")] == ["Đặng Thị Thử"]
    assert known is not None
    assert known.person == replace(second, phone=first.phone)  # an empty value never replaces a known one
    assert known.seen_at == MORNING + timedelta(days=2)
    kept = select(store, "SELECT field, old_value, replaced_at, source FROM person_history ORDER BY number")
    next_day = "2026-11-24T01:30:00.000000Z"
    assert kept == [
        ("full_name", "Đặng Thị Thử Nghiệm", next_day, "clerk"),
        ("birth_date", "1990-02-03", next_day, "clerk"),
    ]


def test_a_person_without_a_personal_id_is_not_kept(store: SqlStore) -> None:
    with store.writing() as transaction:
        transaction.remember_person(make_person(personal_id=""), MORNING, "form")
    with store.reading() as queries:
        assert queries.person("") is None
        assert queries.find_people("dang") == []


def test_visits_and_open_dossiers_of_a_citizen(store: SqlStore) -> None:
    citizen = make_person(1)
    statuses = list(DossierStatus)
    with store.writing() as transaction:
        transaction.remember_person(citizen, MORNING, "card")
        for number, status in enumerate(statuses, 1):
            transaction.add_dossier(make_dossier(number, applicant=citizen, status=status))
        transaction.add_dossier(make_dossier(99))
    with store.reading() as queries:
        known = queries.person(citizen.personal_id)
        still_open = queries.open_dossiers_of(citizen.personal_id, "birth_registration")
        assert queries.open_dossiers_of(citizen.personal_id, "marriage") == []
        assert queries.open_dossiers_of("", "birth_registration") == []
    assert known is not None
    assert [row.status for row in known.visits] == statuses[::-1]
    closed = {DossierStatus.REFUSED, DossierStatus.WITHDRAWN, DossierStatus.STOPPED, DossierStatus.RETURNED}
    assert [row.status for row in still_open] == [status for status in statuses[::-1] if status not in closed]
    assert {row.personal_id_masked for row in known.visits} == {"0001******01"}


def test_the_newest_come_first_in_pages(store: SqlStore) -> None:
    with store.writing() as transaction:
        for number in range(1, 8):
            transaction.add_dossier(make_dossier(number))
    with store.reading() as queries:
        first = queries.newest(3)
        assert [row.dossier_id for row in first] == [make_id(n) for n in (7, 6, 5)]
        second = queries.newest(3, before=first[-1].dossier_id)
        assert [row.dossier_id for row in second] == [make_id(n) for n in (4, 3, 2)]
        assert [row.dossier_id for row in queries.newest(3, before=second[-1].dossier_code)] == [make_id(1)]
        assert queries.newest(3, before="unknown") == []


def test_a_second_thread_waits_for_the_first(store: SqlStore) -> None:
    def work() -> None:
        for _ in range(25):
            with store.writing() as transaction:
                transaction.take_number(MORNING.date(), 1)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.writing() as transaction:
        assert transaction.take_number(MORNING.date(), 1) == 101


def test_a_healthy_database_checks_out(store: SqlStore) -> None:
    with store.writing() as transaction:
        receive(transaction)
    with store.reading() as queries:
        assert queries.integrity_problem() == ""


def test_acts_stay_in_the_log_until_closing_empties_and_removes_it(store: SqlStore) -> None:
    log = store.path.with_name("counter.db-wal")
    before = store.path.stat().st_size
    with store.writing() as transaction:
        for number in range(1, 60):
            receive(transaction, number)
    assert store.path.stat().st_size == before
    store.close()
    store.close()
    assert not log.exists()
    assert store.path.stat().st_size > before


def test_reads_cannot_write(store: SqlStore) -> None:
    with pytest.raises(EnvironmentProblem) as problem, store.reading() as queries:
        queries._sql.run("DELETE FROM setting")  # type: ignore[attr-defined]
    assert problem.value.code == "database_read_only"


@pytest.mark.parametrize(
    "change",
    [{"applicant_name": "B\ud83di Sen"}, {"state": {"fields": {"ho_ten": "Sen\udfff"}}}, {"clerk": "\ud800"}],
)
def test_half_a_letter_is_refused_without_repeating_the_text(
    store: SqlStore, change: dict[str, object]
) -> None:
    draft = replace(make_draft(1), **change)  # type: ignore[arg-type]
    with pytest.raises(BadInput) as caught, store.writing() as transaction:
        transaction.save_draft(draft)
    assert caught.value.code == "unprintable_text"
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    with store.reading() as queries:
        assert queries.drafts() == []
