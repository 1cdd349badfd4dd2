"""What officers tell through the server arrives at real counters, and both sides hold the same afterwards."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.visits import BIRTH
from tests.server.serving import Served, serving

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import AskSupplement, EnterResult, GiveResult
from counter_app.domain.dossier_life import Holder, ReturnTo
from counter_app.domain.dossier_status import DossierStatus
from counter_app.services.acts.perform import perform
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.services.sync.apply_log import apply_page
from counter_app.storage.dossier_state import state_of
from counter_protocol.fold import OWNER
from counter_protocol.messages import DownItem, EventItem, PushRequest
from counter_protocol.signing import PUSH, new_private_key, public_key_of, signed
from counter_protocol.wire import to_bytes
from counter_server.events.push import take_push
from counter_server.office_log import notices, statuses
from counter_server.office_log.refusal import NotWritten, Why

BY = "Công chức Tư pháp – Hộ tịch"
GIVE = GiveResult(to=ReturnTo.OWNER, full_name=BIRTH.applicant.full_name, identity_checked="seen")
RESULT = statuses.Result(name="Giấy khai sinh", number="12/2026")


@dataclass
class Office:
    """An office of the real server with two real counters."""

    server: Served
    desks: tuple[Desk, Desk]
    keys: dict[str, bytes] = field(default_factory=dict)

    @property
    def unit(self) -> str:
        return self.desks[0].settings.office.unit_code

    def enrol(self) -> None:
        self.server.add_office(self.unit)
        for number, desk in enumerate(self.desks, 1):
            self.keys[desk.settings.counter.device_id] = key = new_private_key()
            self.server.run(self._add(desk.settings.counter.device_id, number, public_key_of(key)))

    async def _add(self, device_id: str, counter: int, key: bytes) -> None:
        async with self.server.context.database.office(self.unit) as connection:
            await connection.execute(
                "INSERT INTO device (unit, device_id, counter, public_key) VALUES ($1, $2, $3, $4)",
                self.unit,
                device_id,
                counter,
                key,
            )

    def exchange(self) -> None:
        """Let every counter hand over what it has, then take what there is."""
        for desk in self.desks:
            self._push(desk)
        for desk in self.desks:
            self._pull(desk)

    def _push(self, desk: Desk) -> None:
        with desk.store.writing() as transaction:
            items = transaction.next_out(100, 10**6)
            if not items:
                return
            first = items[0]
            push = PushRequest(
                unit_code=self.unit,
                epoch=first.epoch,
                first_seq=first.epoch_seq,
                prev_hash=first.prev_hash,
                events=[EventItem(body=item.body) for item in items],
            )
            device_id = desk.settings.counter.device_id
            message = signed(PUSH, self.keys[device_id], device_id, to_bytes(push))
            reply = self.server.run(take_push(self.server.context, message))
            numbers = dict(zip((item.seq for item in items), reply.office_seqs, strict=True))
            transaction.mark_acked(first.epoch, items[-1].epoch_seq, numbers)

    def _pull(self, desk: Desk) -> None:
        with desk.store.reading() as queries:
            after = queries.cursor()
        rows = self.server.rows(
            "SELECT office_seq, body FROM event WHERE office_seq > $1 AND device_id <> $2 ORDER BY 1",
            after,
            desk.settings.counter.device_id,
        )
        page = [DownItem(office_seq=row["office_seq"], body=bytes(row["body"])) for row in rows]
        newest = self.server.rows("SELECT seq FROM office_log")[0]["seq"]
        assert apply_page(desk, page, after=after, cursor=newest).parked == 0

    def state(self, dossier: Dossier) -> dict[str, Any]:
        (row,) = self.server.rows("SELECT state FROM dossier WHERE dossier_id = $1", dossier.dossier_id)
        state: dict[str, Any] = msgspec.json.decode(row["state"])
        return state

    def everywhere(self, dossier: Dossier) -> Dossier:
        """Return the dossier as both counters and the server hold it; they must agree."""
        found = []
        for desk in self.desks:
            with desk.store.reading() as queries:
                here = queries.dossier(dossier.dossier_id)
            assert here is not None
            found.append(here)
        one, two = found
        assert (one.status, one.life.result, one.life.holder, one.aliases) == (
            two.status,
            two.life.result,
            two.life.holder,
            two.aliases,
        )
        told = {name: value for name, value in self.state(dossier).items() if not name.startswith("fold.")}
        assert state_of(one) == state_of(two) == told
        (row,) = self.server.rows("SELECT status FROM dossier WHERE dossier_id = $1", dossier.dossier_id)
        assert row["status"] == one.status.value
        return one

    def open_notices(self) -> list[list[str]]:
        found = []
        for desk in self.desks:
            with desk.store.reading() as queries:
                found.append([notice.kind for notice in queries.notices()])
        return found


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    with ExitStack() as stack:
        one, two = (make_desk(tmp_path / str(n), MORNING, counter=n) for n in (1, 2))
        stack.callback(one.store.close)
        stack.callback(two.store.close)
        served = stack.enter_context(serving(database_url, tmp_path / "server", now=lambda: MORNING))
        found = Office(served, (one, two))
        found.enrol()
        yield found


@pytest.fixture
def dossier(office: Office) -> Dossier:
    found = receive(office.desks[0], BIRTH, clerk="Trần Thị Mai")
    office.exchange()
    return found


def test_who_works_on_it_and_its_result_arrive_and_it_is_given_out_elsewhere(
    office: Office, dossier: Dossier
) -> None:
    context, code = office.server.context, dossier.dossier_code
    office.server.run(statuses.processing(context, office.unit, code, holder="Phòng Hộ tịch", by=BY))
    office.exchange()
    working = office.everywhere(dossier)
    assert working.status is DossierStatus.PROCESSING
    assert working.life.holder == working.life.handed_to == Holder(name="Phòng Hộ tịch")
    assert working.life.handed_over_at == MORNING
    office.server.run(statuses.resolved(context, office.unit, code, RESULT, by=BY))
    office.exchange()
    resolved = office.everywhere(dossier)
    assert resolved.status is DossierStatus.RESOLVED
    assert resolved.life.result is not None
    assert (resolved.life.result.name, resolved.life.result.number) == ("Giấy khai sinh", "12/2026")
    assert (resolved.life.result.at, resolved.life.result.clerk, resolved.life.result.granted) == (
        MORNING,
        BY,
        True,
    )
    assert resolved.resolved_at == MORNING
    perform(office.desks[1], dossier.dossier_id, GIVE)
    office.exchange()
    assert office.everywhere(dossier).status is DossierStatus.RETURNED
    with office.desks[0].store.reading() as queries:
        acts = [step.act for step in queries.history(dossier.dossier_id)]
    assert acts == ["received", "handed_over", "result_entered", "returned"]
    assert not office.server.rows("SELECT * FROM flag")


def test_an_act_the_server_had_not_told_of_is_put_aside_and_flagged_everywhere(
    office: Office, dossier: Dossier
) -> None:
    office.server.run(
        statuses.resolved(office.server.context, office.unit, dossier.dossier_code, RESULT, by=BY)
    )
    perform(office.desks[0], dossier.dossier_id, EnterResult(name="Bản khác"))
    office.exchange()
    office.exchange()
    found = office.everywhere(dossier)
    assert found.life.result is not None
    assert found.life.result.name == "Giấy khai sinh"
    assert office.open_notices() == [["status_conflict"], ["status_conflict"]]
    (flag,) = office.server.rows("SELECT flag_id FROM flag")
    settled = notices.settle(
        office.server.context, office.unit, flag["flag_id"], reason="Đã đối chiếu", by=BY
    )
    assert office.server.run(settled)
    office.exchange()
    assert office.open_notices() == [[], []]
    again = notices.settle(office.server.context, office.unit, flag["flag_id"], reason="Lần nữa", by=BY)
    assert not office.server.run(again)


def test_the_official_number_finds_the_dossier_at_every_counter(office: Office, dossier: Dossier) -> None:
    context, official = office.server.context, "G22.99.15-261123-0007"
    office.server.run(statuses.alias(context, office.unit, dossier.dossier_code, official.lower(), by=BY))
    office.exchange()
    assert office.everywhere(dossier).aliases == (official,)
    # By its new name it can be spoken of as well, and told twice it is told once.
    assert office.server.run(statuses.alias(context, office.unit, official, official, by=BY)) == 0
    office.server.run(statuses.processing(context, office.unit, official, holder="Phòng", by=BY))
    assert office.state(dossier)["status"] == "processing"
    for desk in office.desks:
        with desk.store.reading() as queries:
            found = queries.dossier_by_code(official)
        assert found is not None
        assert found.dossier_id == dossier.dossier_id


def test_a_number_of_another_dossier_is_refused(office: Office, dossier: Dossier) -> None:
    context = office.server.context
    other = receive(office.desks[1], BIRTH, clerk="Lê Văn Tú")
    office.exchange()
    before = office.server.rows("SELECT count(*) AS many FROM event")
    for taken in (other.dossier_code, other.dossier_code.lower()):
        with pytest.raises(NotWritten) as refused:
            office.server.run(statuses.alias(context, office.unit, dossier.dossier_code, taken, by=BY))
        assert refused.value.why is Why.ALIAS_TAKEN
    assert office.server.rows("SELECT count(*) AS many FROM event") == before


def test_a_task_stands_at_every_counter_until_it_is_settled(office: Office, dossier: Dossier) -> None:
    context, unit = office.server.context, office.unit
    task = office.server.run(
        notices.give_task(context, unit, "Gọi cho công dân", code=dossier.dossier_code, by=BY)
    )
    office.server.run(notices.give_task(context, unit, "Kiểm tra giấy in", by=BY))
    office.exchange()
    assert office.open_notices() == [["task", "task"]] * 2
    with office.desks[0].store.reading() as queries:
        (about,) = queries.notices(dossier_id=dossier.dossier_id)
    assert (about.notice_id, about.params["text"]) == (task, "Gọi cho công dân")
    office.server.run(notices.settle(context, unit, task, reason="Đã gọi", by=BY))
    office.exchange()
    assert office.open_notices() == [["task"]] * 2


def test_what_waits_for_papers_is_only_taken_up_at_the_counter(office: Office, dossier: Dossier) -> None:
    perform(
        office.desks[0],
        dossier.dossier_id,
        AskSupplement(items=("Giấy chứng sinh",), reason="Còn thiếu"),
    )
    office.exchange()
    for work in (
        statuses.processing(office.server.context, office.unit, dossier.dossier_code, holder="P", by=BY),
        statuses.resolved(office.server.context, office.unit, dossier.dossier_code, RESULT, by=BY),
    ):
        with pytest.raises(NotWritten) as refused:
            office.server.run(work)
        assert refused.value.why is Why.STATUS_ORDER
    assert office.everywhere(dossier).status is DossierStatus.AWAITING_SUPPLEMENT


def test_what_nobody_knows_or_says_is_refused(office: Office, dossier: Dossier) -> None:
    context, unit, code = office.server.context, office.unit, dossier.dossier_code
    for work, why in (
        (statuses.resolved(context, unit, "H29.12-261123-9999", RESULT, by=BY), Why.DOSSIER_UNKNOWN),
        (statuses.resolved(context, unit, code, statuses.Result(name=" "), by=BY), Why.TEXT_NEEDED),
        (statuses.processing(context, unit, code, holder="x" * 501, by=BY), Why.TEXT_NEEDED),
        (notices.give_task(context, unit, "\x00", by=BY), Why.TEXT_NEEDED),
        (notices.settle(context, unit, "nothing", reason="x", by=BY), Why.FLAG_UNKNOWN),
    ):
        with pytest.raises(NotWritten) as refused:
            office.server.run(work)
        assert refused.value.why is why
    assert office.state(dossier)["status"] == "received"
    assert office.state(dossier)[OWNER] == office.desks[0].settings.counter.device_id
