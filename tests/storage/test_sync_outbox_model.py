"""Whatever happens on the line, every event arrives once its obstacles are gone, and chains stay whole.

The server here takes chains as the real one does: it checks every hash, takes a place it knows for done
without reading it again, and may be put back to an older state.
"""

import copy
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.helpers.builders import MORNING
from tests.storage.sync_samples import ENROLMENT, items, out_event

from counter_app.services.sync_port import ItemState, OutItem
from counter_app.storage.database_files import open_store
from counter_app.storage.store import SqlStore
from counter_protocol.events import GENESIS_HASH, chain_hash

FATES = st.sampled_from(["arrives", "request lost", "reply lost"])


@dataclass
class ModelServer:
    """What a server knows of one device: chains of hashes, contents by id, numbers by id."""

    chains: dict[int, list[bytes]] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def length(self, epoch: int) -> int:
        return len(self.chains.get(epoch, []))

    def take(self, batch: list[OutItem]) -> dict[int, int]:
        """Take a batch whose first place follows on, or is known; return the numbers by place."""
        chain = self.chains.setdefault(batch[0].epoch, [])
        for item in batch:
            if item.epoch_seq <= len(chain):
                assert chain[item.epoch_seq - 1] == item.hash
                continue
            assert item.epoch_seq == len(chain) + 1
            assert item.prev_hash == (chain[-1] if chain else GENESIS_HASH)
            chain.append(item.hash)
            if item.state is not ItemState.QUARANTINED:
                assert chain_hash(item.prev_hash, item.body) == item.hash
                self.keep(item)
        return {item.seq: self.numbers.get(item.event_id, 0) for item in batch}

    def keep(self, item: OutItem) -> int:
        """Take an event's content; the second time nothing happens."""
        self.contents.setdefault(item.event_id, item.body)
        return self.numbers.setdefault(item.event_id, len(self.numbers) + 1)


class Outbox(RuleBasedStateMachine):
    """A counter and its server, and everything that may come between them."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="outbox-"))
        shutil.copytree(self.template, self.folder / "data")
        self.store: SqlStore = open_store(self.folder / "data", key=bytes(range(32)))
        self.server = ModelServer()
        self.backups = [ModelServer()]
        self.written: dict[str, bytes] = {}
        self.about: dict[str, str] = {}
        self.aside: set[str] = set()  # put aside and not released: these alone may be missing in the end
        self.epoch = 1
        self.log_end = 0

    def teardown(self) -> None:
        try:
            self.heal()
        finally:
            self.store.close()
            shutil.rmtree(self.folder)

    @initialize()
    def enrol(self) -> None:
        with self.store.writing() as transaction:
            transaction.enrol(ENROLMENT)

    @rule(dossiers=st.lists(st.integers(0, 3), min_size=1, max_size=4))
    def append(self, dossiers: list[int]) -> None:
        with self.store.writing() as transaction:
            for dossier in dossiers:
                event = out_event(len(self.written) + 1, dossier)
                transaction.append_event(event)
                self.written[event.event_id] = event.body
                self.about[event.event_id] = event.dossier_id
                if self.of_one_dossier(event.event_id) & self.aside:
                    self.aside.add(event.event_id)

    def of_one_dossier(self, event_id: str) -> set[str]:
        """Return the event and all about its dossier."""
        dossier = self.about[event_id]
        return {event_id} | {each for each, about in self.about.items() if about and about == dossier}

    @rule(
        limit=st.integers(1, 6),
        max_bytes=st.integers(1, 60),
        fate=FATES,
        released_on_the_way=st.booleans(),
    )
    def push(self, limit: int, max_bytes: int, fate: str, released_on_the_way: bool) -> None:
        self.send(limit, max_bytes, fate, released_on_the_way=released_on_the_way)

    def send(self, limit: int, max_bytes: int, fate: str, *, released_on_the_way: bool) -> None:
        with self.store.writing() as transaction:
            batch = list(transaction.next_out(limit, max_bytes))
            transaction.mark_sending([item.seq for item in batch])
        if not batch or self.server.length(batch[0].epoch) < batch[0].epoch_seq - 1:
            return  # a server that lost the places before would refuse; `compare` comes first then
        numbers = self.server.take(batch) if fate != "request lost" else {}
        if released_on_the_way:
            for item in batch:
                self.let_go(item.event_id)
        with self.store.writing() as transaction:
            if fate == "arrives":
                transaction.mark_acked(batch[0].epoch, batch[-1].epoch_seq, numbers)
            else:
                later = MORNING + timedelta(minutes=1)
                transaction.mark_failed([item.seq for item in batch], "network", later)

    @rule()
    def compare(self) -> None:
        self.open_session()

    def open_session(self, *, just_begun: bool = False) -> None:
        """Compare the chains as at the beginning of every session."""
        put_back = self.server_was_put_back()
        states = "SELECT seq, state FROM outbox_event"
        with self.store.writing() as transaction:
            end, acked = transaction.chain_end(), transaction.acked_seq()
            known = self.server.length(end.epoch)
            assert known <= end.seq
            # In an epoch the server knows nothing of, it cannot be asked whether it was put back.
            if known < acked or put_back or (known == 0 and not just_begun):
                before = dict(transaction._sql.rows(states))  # type: ignore[attr-defined]
                waiting_again = transaction.unack(known)
                after = dict(transaction._sql.rows(states))  # type: ignore[attr-defined]
                confirmed = [seq for seq, state in before.items() if state in ("acked", "withheld", "late")]
                assert waiting_again == sum(before[seq] != after[seq] for seq in confirmed)
            else:
                transaction.mark_acked(end.epoch, known, {})
                assert transaction.acked_seq() == known

    def server_was_put_back(self) -> bool:
        """A counter sees it by its cursor: the office's log is shorter than it was."""
        before, self.log_end = self.log_end, len(self.server.numbers)
        return self.log_end < before

    @rule(data=st.data())
    def quarantine(self, data: st.DataObject) -> None:
        unsent = [item for item in items(self.store) if item.state is not ItemState.ACKED]
        if not unsent:
            return
        item = data.draw(st.sampled_from(unsent))
        before = {one.event_id: one.state for one in unsent}
        with self.store.writing() as transaction:
            count = transaction.quarantine(item.seq, "event_malformed")
        held = {ItemState.QUARANTINED, ItemState.WITHHELD}
        now = {one.event_id for one in items(self.store) if one.state in held}
        newly = {event_id for event_id in now if before.get(event_id) not in held}
        assert count == len(newly)
        assert item.event_id in now
        self.aside |= newly

    @rule(data=st.data())
    def release_one(self, data: st.DataObject) -> None:
        if self.aside:
            assert self.let_go(data.draw(st.sampled_from(sorted(self.aside))))

    def let_go(self, event_id: str) -> bool:
        with self.store.writing() as transaction:
            released = transaction.release(event_id)
        assert released == (event_id in self.aside)
        if released:
            self.aside -= self.of_one_dossier(event_id)
        return released

    @rule(reply_lost=st.booleans())
    def push_late(self, reply_lost: bool) -> None:
        self.send_late(reply_lost=reply_lost)

    def send_late(self, *, reply_lost: bool) -> None:
        with self.store.writing() as transaction:
            late = transaction.late_items()
            known = [item for item in late if item.epoch_seq <= self.server.length(item.epoch)]
            numbers = {item.seq: self.server.keep(item) for item in known}
            if reply_lost:
                transaction.mark_failed(list(numbers), "network", None)
            else:
                transaction.mark_late_acked(numbers)

    @rule(common=st.integers(0, 20), fate=FATES)
    def begin_epoch(self, common: int, fate: str) -> None:
        self.open_session()
        with self.store.writing() as transaction:
            end = transaction.chain_end()
            common = min(common, self.server.length(end.epoch))
            self.epoch += 1
            assert transaction.begin_epoch(self.epoch, common) == end.seq - common
            assert transaction.chain_end().seq == min(end.seq, end.seq - common + 1)
        self.open_session(just_begun=True)
        self.send(2, 30, fate, released_on_the_way=False)

    @rule()
    def back_up_server(self) -> None:
        self.backups.append(copy.deepcopy(self.server))

    @rule(data=st.data())
    def put_server_back(self, data: st.DataObject) -> None:
        # Later backups are of a history that never was.
        which = data.draw(st.integers(0, len(self.backups) - 1))
        self.backups = self.backups[: which + 1]
        self.server = copy.deepcopy(self.backups[which])
        self.open_session()

    @invariant()
    def chains_are_whole(self) -> None:
        ends: dict[int, tuple[int, bytes]] = {}
        found = items(self.store)
        assert {item.event_id: item.body for item in found} == self.written
        assert [item.seq for item in found] == list(range(1, len(found) + 1))
        for item in found:
            place, prev_hash = ends.get(item.epoch, (0, GENESIS_HASH))
            assert (item.epoch_seq, item.prev_hash) == (place + 1, prev_hash)
            assert item.hash == chain_hash(prev_hash, item.body)
            ends[item.epoch] = item.epoch_seq, item.hash
        with self.store.reading() as queries:
            end = queries.chain_end()
            assert (end.epoch, end.seq, end.hash) == (self.epoch, *ends.get(self.epoch, (0, GENESIS_HASH)))
            assert list(queries.chain_places([0, end.seq, end.seq + 1])) == ([end] if end.seq else [])

    @invariant()
    def what_is_open_is_the_end_of_the_present_chain(self) -> None:
        with self.store.reading() as queries:
            acked, waits = queries.acked_seq(), queries.next_out(10_000, 10**9)
            end, state = queries.chain_end(), queries.sync_state()
        assert [(item.epoch, item.epoch_seq) for item in waits] == [
            (self.epoch, place) for place in range(acked + 1, end.seq + 1)
        ]
        everything = items(self.store)
        aside = {
            item.event_id for item in everything if item.state in (ItemState.QUARANTINED, ItemState.WITHHELD)
        }
        unsent = [item for item in everything if item.state is not ItemState.ACKED]
        assert aside == self.aside
        assert (state.quarantined, state.waiting) == (len(aside), len(unsent) - len(aside))
        assert state.oldest_at == (unsent[0].at if unsent else None)

    @invariant()
    def no_number_is_given_twice(self) -> None:
        numbers = [item.office_seq for item in items(self.store) if item.office_seq is not None]
        assert len(numbers) == len(set(numbers))

    def heal(self) -> None:
        """With a line that works and everything released, all of it is there."""
        self.open_session()
        for event_id in sorted(self.aside):
            self.let_go(event_id)
        self.send(10_000, 10**9, "arrives", released_on_the_way=False)
        self.send_late(reply_lost=False)
        assert self.server.contents == self.written
        with self.store.reading() as queries:
            assert queries.sync_state().waiting == 0
            assert queries.next_out(1, 1) == queries.late_items() == []


@pytest.mark.slow
def test_nothing_is_lost_between_counter_and_server(empty_office: Path) -> None:
    class OfOffice(Outbox):
        template = empty_office

    run_state_machine_as_test(
        OfOffice, settings=settings(max_examples=60, stateful_step_count=25, deadline=None)
    )


def test_an_enrolment_takes_what_waits_along(store: SqlStore) -> None:
    with store.writing() as transaction:
        for number in (1, 2, 3):
            transaction.append_event(out_event(number))
        transaction.enrol(ENROLMENT)
        transaction.mark_acked(1, 1, {1: 10})
        transaction.enrol(replace(ENROLMENT, device_id="quay-1b", epoch=7))
    assert [(item.epoch, item.epoch_seq, item.office_seq) for item in items(store)] == [
        (1, 1, 10),
        (7, 1, None),
        (7, 2, None),
    ]
