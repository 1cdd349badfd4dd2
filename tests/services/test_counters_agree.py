"""Whatever two counters do, in whatever order it reaches the server: in the end all hold one state."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.life import check_fold
from tests.helpers.office_log import OfficeLog
from tests.helpers.visits import BIRTH

from counter_app.domain.dossier_acts import (
    AskSupplement,
    EnterResult,
    Extend,
    GiveResult,
    HandOver,
    Refuse,
    Resume,
    Undo,
    Withdraw,
)
from counter_app.domain.dossier_life import Holder, ReturnTo
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.services.acts.perform import perform
from counter_app.services.acts.take_over import take_over
from counter_app.services.acts.undo import undo
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.services.sync.apply_log import apply_page
from counter_app.services.sync.confirm import confirm
from counter_app.storage.dossier_state import state_of
from counter_protocol.events import SERVER, EventEnvelope, EventKind
from counter_protocol.fold import OWNER, REV, fold_all
from counter_protocol.messages import DownItem

ACTS = (
    HandOver(to=Holder(name="Công chức Tư pháp – Hộ tịch")),
    EnterResult(name="Giấy khai sinh"),
    GiveResult(to=ReturnTo.OWNER, full_name=BIRTH.applicant.full_name, identity_checked="seen"),
    Extend(reason="Chờ xác minh", time="3wd", late_reason="Trả lời muộn"),
    AskSupplement(items=("Giấy chứng sinh",), reason="Thiếu giấy"),
    Resume(reason="Giấy đã có sẵn"),
    Refuse(reasons=("Không thuộc thẩm quyền",)),
    Withdraw(reason="Không còn nhu cầu"),
    "undo",
    "take over",
)
counters = st.sampled_from([0, 1])
steps = st.one_of(
    st.tuples(st.just("act"), counters, st.integers(0, len(ACTS) - 1)),
    st.tuples(st.just("act"), counters, st.sampled_from([0, 1, 2, 8, 9])),
    st.tuples(st.just("push"), counters, st.integers(1, 4)),
    st.tuples(st.just("push, reply lost"), counters, st.integers(1, 4)),
    st.tuples(st.just("pull"), counters, st.integers(1, 6)),
    st.tuples(st.just("status"), st.sampled_from(["processing", "resolved"]), st.just(0)),
)


class Office:
    """Two counters of one office and its log."""

    def __init__(self, folder: Path) -> None:
        self.desks = [make_desk(folder / str(n), MORNING, counter=n) for n in (1, 2)]
        self.log = OfficeLog()

    def begin(self) -> str:
        """Receive a dossier that both counters have."""
        dossier = receive(self.desks[0], BIRTH, clerk="Trần Thị Mai")
        self.settle()
        return dossier.dossier_id

    def act(self, desk: Desk, dossier_id: str, which: int) -> None:
        act = ACTS[which]
        try:
            if act == "undo":
                undo(desk, dossier_id, Undo(reason="Nhầm", nothing_handed_out=True))
            elif act == "take over":
                take_over(desk, dossier_id, "Quầy kia hỏng máy")
            else:
                perform(desk, dossier_id, act)  # type: ignore[arg-type]
        except (RuleRefusal, BadInput):
            return  # not now, or not here

    def push(self, desk: Desk, count: int, *, replied: bool) -> None:
        with desk.store.writing() as transaction:
            items = transaction.next_out(count, 10**9)
            numbers = {item.seq: self.log.add(item.body) for item in items}
            if items and replied:
                confirm(transaction, desk, items[-1].epoch, items[-1].epoch_seq, numbers)

    def pull(self, desk: Desk, count: int) -> None:
        own = desk.settings.counter.device_id
        with desk.store.reading() as queries:
            after = queries.cursor()
        end = min(after + count, len(self.log.events))
        page = [
            DownItem(office_seq=number, body=self.log.bodies[number - 1])
            for number in range(after + 1, end + 1)
            if self.log.events[number - 1].device_id != own
        ]
        assert apply_page(desk, page, after=after, cursor=end).parked == 0

    def status(self, dossier_id: str, status: str) -> None:
        number = len(self.log.events) + 1
        self.log.write(
            EventEnvelope(
                event_id=f"server-{number}",
                kind=EventKind.STATUS_SET,
                unit_code=self.desks[0].settings.office.unit_code,
                device_id=SERVER,
                counter=0,
                clerk="Phòng Hành chính",
                dossier_id=dossier_id,
                rev=0,
                at=MORNING,
                data={"act": "status_set", "state": {"set": {"status": status}}},
            )
        )

    def settle(self) -> None:
        """Let everything arrive everywhere."""
        for desk in self.desks:
            self.push(desk, 10**6, replied=True)
        for desk in self.desks:
            assert self.log.give(desk).parked == 0

    def check(self, dossier_id: str) -> None:
        state = self.log.states()[dossier_id]
        plain = {name: value for name, value in state.items() if not name.startswith("fold.")}
        for desk in self.desks:
            with desk.store.reading() as queries:
                dossier = queries.dossier(dossier_id)
            assert dossier is not None
            assert state_of(dossier) == plain
            assert dossier.life.rev == state[REV]
            assert (dossier.owner or desk.settings.counter.device_id) == state[OWNER]
            check_fold(desk, dossier)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(tmp_path_factory.mktemp("agree"))
    yield made
    for desk in made.desks:
        desk.store.close()


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(steps, min_size=3, max_size=14))
def test_all_hold_one_state_once_everything_arrived(
    office: Office, told: list[tuple[str, int | str, int]]
) -> None:
    dossier_id = office.begin()
    for what, who, number in told:
        if what == "status":
            office.status(dossier_id, str(who))
            continue
        desk = office.desks[int(who)]
        if what == "act":
            office.act(desk, dossier_id, number)
        elif what == "pull":
            office.pull(desk, number)
        else:
            office.push(desk, number, replied=what == "push")
    office.settle()
    office.check(dossier_id)


def test_an_act_whose_answer_was_lost_counts_where_the_server_put_it(office: Office) -> None:
    one, dossier_id = office.desks[0], office.begin()
    office.act(one, dossier_id, 0)
    office.push(one, 1, replied=False)
    office.status(dossier_id, "processing")
    office.pull(one, 10**6)
    office.settle()
    office.check(dossier_id)


def test_the_fold_goes_by_the_order_alone(office: Office) -> None:
    """The same log gives the same states, however often and in whatever company it is folded."""
    dossier_id = office.begin()
    office.act(office.desks[0], dossier_id, 0)
    office.settle()
    office.act(office.desks[0], dossier_id, 1)
    office.act(office.desks[1], dossier_id, 9)
    office.settle()
    events = [
        (event, number)
        for number, event in enumerate(office.log.events, 1)
        if event.dossier_id == dossier_id and "state" in event.data
    ]
    once, again = list(fold_all(events)), list(fold_all(iter(events)))
    assert [folded for *_, folded in once] == [folded for *_, folded in again]
    # Numbers count by their order, not by what they are: others' events stand between them anywhere.
    spread = [folded.state for *_, folded in fold_all([(event, 10 + 7 * n) for event, n in events])]
    for one, other in zip((folded.state for *_, folded in once), spread, strict=True):
        assert one is not None
        assert other is not None
        assert {k: v for k, v in one.items() if not k.endswith("_seq")} == {
            k: v for k, v in other.items() if not k.endswith("_seq")
        }
