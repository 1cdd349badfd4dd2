"""Whatever stands in the office's log, it is kept where it came and keeps nothing else back."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.life import check_fold, every_dossier, everything
from tests.helpers.office_log import OfficeLog
from tests.helpers.visits import BIRTH
from tests.protocol import samples
from tests.protocol.hostile import BAD_EVENTS, json_values

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import HandOver
from counter_app.domain.dossier_life import Holder
from counter_app.services.acts.perform import perform
from counter_app.services.receive_dossier import receive
from counter_app.services.sync.apply_log import apply_page, retry_parked
from counter_protocol.canonical import canonical_bytes
from counter_protocol.events import EventKind
from counter_protocol.fold import FlagKind
from counter_protocol.messages import DownItem

HAND_OVER = HandOver(to=Holder(name="Công chức Tư pháp – Hộ tịch"))
NUMBERS = itertools.count(1)


class Office:
    """Two counters; one's dossier is in the log, the other pulls what a test puts into it."""

    def __init__(self, folder: Path) -> None:
        self.one, self.two = (make_desk(folder / str(n), MORNING, counter=n) for n in (1, 2))
        self.log = OfficeLog()
        self.own = receive(self.two, BIRTH, clerk="Trần Thị Mai")
        self.of_one = receive(self.one, BIRTH, clerk="Trần Thị Mai")
        for desk in (self.one, self.two):
            self.log.take(desk)
        assert self.log.give(self.two).parked == 0
        self.next = len(self.log.events)

    def put(self, *bodies: bytes) -> list[DownItem]:
        items = [DownItem(office_seq=self.next + n, body=body) for n, body in enumerate(bodies, 1)]
        self.next += len(bodies)
        return items

    def pull(self, *bodies: bytes) -> Any:
        after = self.cursor()
        applied = apply_page(self.two, self.put(*bodies), after=after, cursor=self.next)
        assert self.cursor() == self.next
        return applied

    def cursor(self) -> int:
        with self.two.store.reading() as queries:
            return queries.cursor()

    def record(self, **changes: object) -> dict[str, Any]:
        """Return a good act of the other counter on its dossier."""
        device = self.one.settings.counter.device_id
        told = {
            "at": "2026-11-23T03:00:00.000000Z",
            "clerk": "Trần Thị Mai",
            "counter": 1,
            "data": {"act": "handed_over", "seen": 0, "state": {"set": {}}, "status": "received"},
            "device_id": device,
            "dossier_id": self.of_one.dossier_id,
            "event_id": f"hostile-{next(NUMBERS)}",
            "kind": "dossier_handed_over",
            "rev": 2,
            "schema": 1,
            "unit_code": self.one.settings.office.unit_code,
        }
        return told | changes

    def good_page(self) -> None:
        """Check that an act of the other counter arrives as if nothing had been."""
        dossier = receive(self.one, BIRTH, clerk="Trần Thị Mai")
        perform(self.one, dossier.dossier_id, HAND_OVER)
        with self.one.store.writing() as transaction:
            items = transaction.next_out(1000, 10**9)
            transaction.mark_acked(items[-1].epoch, items[-1].epoch_seq, {})
        applied = self.pull(*(item.body for item in items))
        assert (applied.new, applied.parked) == (len(items), 0)
        check_fold(self.two, self.at_two(dossier))

    def at_two(self, dossier: Dossier) -> Dossier:
        (found,) = [each for each in every_dossier(self.two) if each.dossier_id == dossier.dossier_id]
        return found


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.one.store.close()
    made.two.store.close()


def test_what_is_no_event_stays_in_the_inbox(office: Office) -> None:
    before = everything(office.two)
    bodies = [*BAD_EVENTS.values(), b"", b"\x00" * 1000, b"null"]
    applied = office.pull(*bodies)
    assert (applied.new, applied.parked, applied.dossiers) == (len(bodies), len(bodies), set())
    assert everything(office.two) == before
    with office.two.store.reading() as queries:
        parked = queries.parked()
    assert [item.body for item in parked] == bodies
    assert {item.problem for item in parked} == {"unreadable"}
    assert office.pull(*bodies).new == len(bodies)  # again, in other places: each keeps its own
    retry_parked(office.two)
    assert everything(office.two) == before
    office.good_page()


ODD: dict[str, dict[str, object]] = {
    "a patch that is none": {"data": {"state": {"set": []}}},
    "a sum of text": {"data": {"state": {"add": {"life.paid_vnd": "x"}}}},
    "a status that is a list": {"data": {"state": {"set": {"status": ["returned"]}}}},
}


@pytest.mark.parametrize("odd", list(ODD.values()), ids=list(ODD))
def test_a_patch_nobody_reads_does_not_stop_its_dossier(office: Office, odd: dict[str, object]) -> None:
    applied = office.pull(canonical_bytes(office.record(**odd)))
    assert applied.parked == 0
    after = office.record(data={"seen": 0, "state": {"set": {"status": "processing"}}}, rev=3)
    assert office.pull(canonical_bytes(after)).parked == 0
    arrived = office.at_two(office.of_one)
    assert arrived.status.value == "processing"
    with office.two.store.reading() as queries:
        told = [step.detail.get("put_aside") for step in queries.history(office.of_one.dossier_id)]
    assert told == [None, FlagKind.UNKNOWN_KIND, None]


@pytest.mark.parametrize("kind", ["dossier_digitised", "office_moved", "", "x" * 10_000])
def test_a_kind_of_tomorrow_is_kept_and_changes_nothing(office: Office, kind: str) -> None:
    before = everything(office.two)
    body = canonical_bytes(office.record(kind=kind, schema=9, data={"of_tomorrow": [1]}, of_tomorrow=1))
    applied = office.pull(body)
    assert (applied.new, applied.parked) == (1, 0)
    assert everything(office.two) == before
    office.good_page()


def test_a_state_no_program_of_today_reads_waits_for_its_update(office: Office) -> None:
    said = office.record(data={"seen": 0, "state": {"set": {"status": "digitised"}}})
    before = office.at_two(office.of_one)
    assert office.pull(canonical_bytes(said)).parked == 1
    assert office.at_two(office.of_one) == before
    undone = office.record(data={"seen": 0, "state": {"set": {"status": "processing"}}}, rev=3)
    assert office.pull(canonical_bytes(undone)).parked == 0
    assert office.at_two(office.of_one).status.value == "processing"
    assert retry_parked(office.two).parked == 0
    office.good_page()


fields = st.sampled_from(
    ["clerk", "counter", "rev", "schema", "kind", "device_id", "dossier_id", "unit_code"]
)
states = st.dictionaries(
    st.sampled_from(
        [
            *samples.DATA["dossier_received"]["state"]["set"],  # type: ignore[index]
            "of_tomorrow",
            "fold.owner",
        ]
    ),
    json_values,
    max_size=3,
)
datas = st.one_of(
    json_values,
    st.fixed_dictionaries({"state": st.one_of(json_values, st.fixed_dictionaries({"set": states}))}),
    st.fixed_dictionaries({"notice_id": json_values, "params": json_values, "kind": json_values}),
    st.fixed_dictionaries({"digest": json_values, "body": json_values, "seen": json_values}),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*EventKind, "of_tomorrow"]),
            datas,
            st.dictionaries(fields, json_values, max_size=1),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_anything_in_the_log_is_taken_in(
    office: Office, told: list[tuple[str, object, dict[str, object]]]
) -> None:
    own = office.at_two(office.own)
    bodies = [
        json.dumps(office.record(kind=kind, data=data) | changes).encode() for kind, data, changes in told
    ]
    assert office.pull(*bodies).new == len(bodies)
    retry_parked(office.two)
    assert office.at_two(office.own) == own
    for dossier in every_dossier(office.two):
        with office.two.store.reading() as queries:
            queries.history(dossier.dossier_id)
            queries.notices(dossier_id=dossier.dossier_id)
    with office.two.store.reading() as queries:
        queries.parked()
        queries.notices(open_only=False)


def test_after_anything_the_office_goes_on(office: Office) -> None:
    for number, data in enumerate([{}, {"state": {}}, {"state": {"set": {"status": None}}}, {"state": 5}]):
        for kind in EventKind:
            office.pull(canonical_bytes(office.record(kind=kind, data=data, rev=number)))
    office.good_page()
