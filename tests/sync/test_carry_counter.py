"""A counter that only knows sticks: what it carries out, and what it believes of what comes back."""

import errno
import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.devices.scan_samples import scanned_pdf
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.life import check_fold, rows
from tests.helpers.visits import BIRTH, CERTIFIED_COPY
from tests.sync.stick_server import StickServer, enrol, read_up

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import HandOver
from counter_app.domain.dossier_life import Holder
from counter_app.domain.errors import BadInput, EnvironmentProblem, KnownError, RuleRefusal
from counter_app.services.acts.perform import perform
from counter_app.services.attachments_port import Attachment
from counter_app.services.carry.export_carry import Exported, export_carry
from counter_app.services.carry.import_carry import Imported, import_carry
from counter_app.services.carry.show_carry import SignatureState, show_carry
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.services.scans.attach import ScanOwner, attach, prepare
from counter_app.services.scans.scan_parts import ScanPart
from counter_app.services.sync_port import Enrolment, ItemState
from counter_app.sync.carry_file import CarryFilesOnDisk
from counter_app.sync.carry_packs import CarriedPacks
from counter_protocol.carry import Record, RecordKind
from counter_protocol.chain import ChainState
from counter_protocol.messages import BlockReply, NumberBlock, PackOffer, Place
from counter_protocol.signing import new_private_key
from counter_protocol.wire import to_bytes

FILES = CarryFilesOnDisk()
HAND_OVER = HandOver(to=Holder(name="Công chức Tư pháp – Hộ tịch"))
PACK = b"a data pack, as far as carrying is concerned" * 40_000


@dataclass
class Counter:
    desk: Desk
    enrolment: Enrolment
    folder: Path

    def receive(self) -> Dossier:
        return receive(self.desk, BIRTH, clerk="Trần Thị Mai")

    def export(self, name: str = "up.qmc", *, with_scans: bool = False) -> Exported:
        return export_carry(self.desk, FILES, self.folder / name, with_scans=with_scans)

    def take(self, path: Path) -> Imported:
        return import_carry(self.desk, FILES, CarriedPacks(self.incoming), path)

    @property
    def incoming(self) -> Path:
        return self.folder / "incoming"

    def waiting(self) -> int:
        with self.desk.store.reading() as queries:
            return queries.sync_state().waiting

    def attach(self, dossier: Dossier) -> Attachment:
        made = prepare(self.desk, [scanned_pdf()])
        part = ScanPart(part_id="giay_chung_sinh", name="Giấy chứng sinh", order=2)
        return attach(self.desk, ScanOwner(dossier_id=dossier.dossier_id), part, made)


@pytest.fixture
def counters(tmp_path: Path) -> Iterator[tuple[Counter, Counter]]:
    made = []
    for number in (1, 2):
        desk = make_desk(tmp_path / str(number), MORNING, counter=number)
        made.append(Counter(desk, enrol(desk, MORNING), tmp_path / str(number)))
    yield made[0], made[1]
    for each in made:
        each.desk.store.close()


def refused(code: str, kind: type[KnownError], counter: Counter, path: Path) -> None:
    before = everything(counter.desk)
    with pytest.raises(kind) as error:
        counter.take(path)
    assert error.value.code == code
    assert everything(counter.desk) == before


def everything(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Return all a file could change."""
    tables = (
        "outbox_event",
        "log_entry",
        "dossier",
        "sync_notice",
        "number_block",
        "pack_download",
        "setting",
    )
    return {table: rows(desk, f"SELECT * FROM {table}") for table in tables}


def test_two_counters_agree_over_sticks_alone(counters: tuple[Counter, Counter]) -> None:
    one, two = counters
    server = StickServer()
    dossier = one.receive()
    perform(one.desk, dossier.dossier_id, HAND_OVER)
    two.receive()
    for each in counters:
        waiting = each.waiting()
        exported = each.export()
        assert exported.header.counts["events"] >= waiting
        # Nothing is sent by being written.
        assert each.waiting() == waiting
        with each.desk.store.reading() as queries:
            assert {item.state for item in queries.out_items()} == {ItemState.WAITING}
        server.take(each.folder / "up.qmc", each.enrolment)
    for each in counters:
        down = server.write(
            each.folder / "down.qmc",
            each.enrolment,
            [server.ack(each.enrolment), server.page(each.enrolment, 0)],
        )
        taken = each.take(down)
        assert taken.acked > 0
        assert taken.parked == 0
        assert not taken.gap
        assert each.waiting() == 0
    with two.desk.store.reading() as queries:
        arrived = queries.dossier(dossier.dossier_id)
        assert queries.cursor() == len(server.log.bodies)
    assert arrived is not None
    assert arrived.owner == one.enrolment.device_id
    check_fold(two.desk, arrived)


def test_files_repeated_and_out_of_order_change_nothing_twice(counters: tuple[Counter, Counter]) -> None:
    one, two = counters
    server = StickServer()
    downs = []
    for round_number in range(3):
        one.receive()
        two.receive()
        for each in counters:
            each.export()
            server.take(each.folder / "up.qmc", each.enrolment)
        downs.append(
            server.write(
                one.folder / f"down{round_number}.qmc",
                one.enrolment,
                [server.ack(one.enrolment), server.page(one.enrolment, 0)],
            )
        )
    one.take(downs[2])
    settled = everything(one.desk)
    for order in itertools.permutations(downs):
        for each_down in order:
            taken = one.take(each_down)
            assert (taken.acked, taken.entries) == (0, 0)
            assert taken.repeated or taken.older
    assert everything(one.desk) == settled
    assert one.waiting() == 0
    with one.desk.store.reading() as queries:
        assert queries.dossier_count() == 6


def test_an_older_file_first_and_the_newer_later_lose_nothing(counters: tuple[Counter, Counter]) -> None:
    one, two = counters
    server = StickServer()
    two.receive()
    two.export()
    server.take(two.folder / "up.qmc", two.enrolment)
    first = server.write(one.folder / "first.qmc", one.enrolment, [server.page(one.enrolment, 0)])
    cut = len(server.log.bodies)
    two.receive()
    two.export()
    server.take(two.folder / "up.qmc", two.enrolment)
    second = server.write(one.folder / "second.qmc", one.enrolment, [server.page(one.enrolment, cut)])
    taken = one.take(second)
    assert taken.gap
    with one.desk.store.reading() as queries:
        assert queries.cursor() == 0
    assert one.take(first).older
    one.take(second)
    with one.desk.store.reading() as queries:
        assert queries.cursor() == len(server.log.bodies)
        assert queries.dossier_count() == 2


def test_what_came_by_the_line_meanwhile_is_not_confirmed_twice(counters: tuple[Counter, Counter]) -> None:
    one, _two = counters
    server = StickServer()
    one.receive()
    one.export()
    server.take(one.folder / "up.qmc", one.enrolment)
    down = server.write(one.folder / "down.qmc", one.enrolment, [server.ack(one.enrolment)])
    sent = server.chains[one.enrolment.device_id]
    with one.desk.store.writing() as transaction:
        items = transaction.next_out(1000, 10**9)
        assert [item.hash for item in items] == [hash_ for hash_, _number in sent]
        transaction.mark_acked(
            1, len(items), {item.seq: number for item, (_, number) in zip(items, sent, strict=True)}
        )
    one.receive()
    before = one.waiting()
    assert one.take(down).acked == 0
    assert one.waiting() == before > 0


def test_an_acknowledgement_of_another_history_confirms_nothing(counters: tuple[Counter, Counter]) -> None:
    one, _two = counters
    server = StickServer()
    one.receive()
    one.export()
    server.take(one.folder / "up.qmc", one.enrolment)
    lie = server.ack(one.enrolment, ack=Place(seq=1, hash=b"\x01" * 32))
    before = one.waiting()
    assert one.take(server.write(one.folder / "down.qmc", one.enrolment, [lie])).acked == 0
    assert one.waiting() == before


def test_a_quarantined_event_stays_here_and_its_place_is_told(counters: tuple[Counter, Counter]) -> None:
    one, _two = counters
    one.receive()
    with one.desk.store.writing() as transaction:
        victim = next(item for item in transaction.out_items() if item.dossier_id)
        transaction.quarantine(victim.seq, "event_malformed")
    one.export()
    up = read_up(one.folder / "up.qmc", one.enrolment)
    bare = [item.withheld for push in up.pushes for item in push.events if item.withheld is not None]
    assert [each.event_id for each in bare] == [victim.event_id]
    assert victim.body not in up.bodies
    # Released after it was carried bare: the place alone confirms nothing of its content.
    with one.desk.store.writing() as transaction:
        transaction.release(victim.event_id)
        end = transaction.chain_end()
        transaction.mark_acked(end.epoch, end.seq, {})
        assert [item.event_id for item in transaction.late_items()] == [victim.event_id]
    one.export()
    late = [each for push in read_up(one.folder / "up.qmc", one.enrolment).pushes for each in push.late]
    assert [(each.seq, each.body) for each in late] == [(victim.epoch_seq, victim.body)]


def test_many_events_go_in_batches_the_server_takes(counters: tuple[Counter, Counter]) -> None:
    one, _two = counters
    for _ in range(130):
        receive(one.desk, CERTIFIED_COPY, clerk="Trần Thị Mai")
    one.export()
    up = read_up(one.folder / "up.qmc", one.enrolment)
    assert len(up.pushes) > 1
    place = 1
    for push in up.pushes:
        assert push.first_seq == place
        assert len(push.events) <= 100
        assert len(push.events) == 1 or sum(len(item.body) for item in push.events) <= 256 * 1024
        place += len(push.events)
    assert place - 1 == up.place.last.seq
    assert up.header.counts["events"] == place - 1 == sum(up.header.kinds.values())


def test_scans_go_only_when_asked_and_end_when_the_server_has_them(counters: tuple[Counter, Counter]) -> None:
    one, _two = counters
    server = StickServer()
    scan = one.attach(one.receive())
    assert read_up(_written(one), one.enrolment).scans == {}
    exported = one.export(with_scans=True)
    assert (exported.scans_left, exported.header.counts["scan_bytes"]) == (0, scan.size)
    up = server.take(one.folder / "up.qmc", one.enrolment)
    assert hashlib.sha256(up.scans[scan.attachment_id]).hexdigest() == scan.sha256
    ack = server.ack(one.enrolment, scans=[scan.attachment_id, "somebody-elses"])
    one.take(server.write(one.folder / "down.qmc", one.enrolment, [ack]))
    with one.desk.store.reading() as queries:
        assert list(queries.uploads()) == []
    assert one.export(with_scans=True).header.counts.get("scan", 0) == 0


def test_a_damaged_scan_keeps_nothing_else_back(counters: tuple[Counter, Counter]) -> None:
    one, _two = counters
    dossier = one.receive()
    scan = one.attach(dossier)
    stored = next((one.folder / "scans").rglob(f"{scan.attachment_id}.bin"))
    stored.write_bytes(stored.read_bytes()[:-1])
    exported = one.export(with_scans=True)
    assert exported.scans_left == 1
    assert read_up(one.folder / "up.qmc", one.enrolment).scans == {}


def _written(counter: Counter) -> Path:
    counter.export()
    return counter.folder / "up.qmc"


def test_packs_and_blocks_come_along(counters: tuple[Counter, Counter]) -> None:
    one, _two = counters
    server = StickServer()
    offer = PackOffer(
        kind="national", version=20_261_100_01, sha256=hashlib.sha256(PACK).hexdigest(), size=len(PACK)
    )
    false = PackOffer(kind="national", version=1, sha256="0" * 64, size=len(PACK))
    astray = PackOffer(kind="national", version=1, sha256="../../../../tmp/evil", size=4)
    blocks = [
        NumberBlock(first=5001, last=5999, from_day="2026-11-24"),
        NumberBlock(first=0, last=99999, from_day="2026-11-24"),
        NumberBlock(first=5001, last=5999, from_day="tomorrow"),
    ]
    records = [
        _pack(offer),
        *_pieces(PACK),
        _pack(false),
        *_pieces(PACK),
        _pack(astray),
        *_pieces(b"evil"),
        Record(kind="of-tomorrow", body=b"?"),
        Record(kind=RecordKind.BLOCKS, body=to_bytes(BlockReply(blocks=blocks))),
    ]
    taken = one.take(server.write(one.folder / "down.qmc", one.enrolment, records))
    assert (taken.packs, taken.packs_refused, taken.blocks, taken.skipped) == (1, 2, 1, 1)
    assert [path.name for path in one.incoming.iterdir()] == [offer.sha256]
    assert (one.incoming / offer.sha256).read_bytes() == PACK
    with one.desk.store.reading() as queries:
        assert [(each.sha256, each.state) for each in queries.pack_downloads()] == [
            (offer.sha256, "complete")
        ]
        assert [block.first for block in queries.leased_blocks(MORNING.date().replace(day=25))] == [5001]


def _pack(offer: PackOffer) -> Record:
    return Record(kind=RecordKind.PACK, body=to_bytes(offer))


def _pieces(content: bytes) -> list[Record]:
    return [
        Record(kind=RecordKind.BYTES, body=content[start : start + 300_000])
        for start in range(0, len(content), 300_000)
    ]


def test_files_for_others_are_refused_in_words_and_change_nothing(counters: tuple[Counter, Counter]) -> None:
    one, two = counters
    server = StickServer()
    ack = [server.ack(one.enrolment)]
    path = one.folder / "down.qmc"
    one.export()
    refused("carry_goes_up", BadInput, one, one.folder / "up.qmc")
    refused("carry_for_other_counter", RuleRefusal, two, server.write(path, one.enrolment, ack))
    refused("carry_for_other_unit", RuleRefusal, one, server.write(path, one.enrolment, ack, unit="H30.01"))
    forged = server.write(path, one.enrolment, ack, signing_key=new_private_key())
    refused("carry_damaged", BadInput, one, forged)
    refused("carry_damaged", BadInput, one, server.write(path, one.enrolment, ack, sender="device-x"))
    # Named for this counter, sealed for another.
    misled = server.write(path, two.enrolment, ack, recipient=one.enrolment.device_id)
    refused("carry_wrong_recipient", BadInput, one, misled)
    path.write_bytes(b"%PDF-1.7 something else")
    refused("carry_not_a_file", BadInput, one, path)
    good = server.write(path, one.enrolment, ack).read_bytes()
    path.write_bytes(good[:-70])
    refused("carry_damaged", BadInput, one, path)
    refused("carry_unreadable", EnvironmentProblem, one, one.folder / "no.qmc")
    refused("carry_not_a_file", BadInput, one, one.folder)


def test_a_counter_without_a_server_carries_nothing(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "alone", MORNING)
    with pytest.raises(RuleRefusal, match="sync_not_enrolled"):
        export_carry(desk, FILES, tmp_path / "up.qmc")
    desk.store.close()
    training = make_desk(tmp_path / "training", MORNING, training=True)
    with pytest.raises(RuleRefusal, match="sync_training_refused"):
        export_carry(training, FILES, tmp_path / "up.qmc")
    training.store.close()
    assert not (tmp_path / "up.qmc").exists()


def test_a_server_put_back_is_believed_of_the_newest_answer_only(counters: tuple[Counter, Counter]) -> None:
    one, _two = counters
    server = StickServer()
    one.receive()
    first = one.export().header.file_id
    server.take(one.folder / "up.qmc", one.enrolment)
    one.take(server.write(one.folder / "ok.qmc", one.enrolment, [server.ack(one.enrolment)], answers=first))
    assert one.waiting() == 0
    behind = server.ack(one.enrolment, chain=ChainState.SERVER_BEHIND, ack=Place(seq=0, hash=bytes(32)))
    stale = server.write(one.folder / "stale.qmc", one.enrolment, [behind], answers="another")
    assert one.take(stale).chain == ""
    assert one.waiting() == 0
    newest = one.export().header.file_id
    answer = server.write(one.folder / "answer.qmc", one.enrolment, [behind], answers=newest)
    assert one.take(answer).chain == ChainState.SERVER_BEHIND
    waiting = one.waiting()
    assert waiting > 0
    # The next file holds everything again and its answer ends it; the old one, once more, unsettles nothing.
    last = one.export().header.file_id
    server.take(one.folder / "up.qmc", one.enrolment)
    one.take(server.write(one.folder / "end.qmc", one.enrolment, [server.ack(one.enrolment)], answers=last))
    assert one.waiting() == 0
    assert one.take(answer).chain == ""
    assert one.waiting() == 0


@pytest.mark.parametrize("state", [ChainState.COUNTER_BEHIND, ChainState.FORKED])
def test_a_counter_put_back_goes_on_in_a_new_epoch(
    counters: tuple[Counter, Counter], state: ChainState
) -> None:
    one, _two = counters
    server = StickServer()
    one.receive()
    newest = one.export().header.file_id
    told = server.ack(one.enrolment, chain=state, ack=Place(seq=9, hash=b"\x07" * 32), common_seq=1)
    answer = server.write(one.folder / "answer.qmc", one.enrolment, [told], answers=newest)
    assert one.take(answer).chain == state
    with one.desk.store.reading() as queries:
        end = queries.chain_end()
    assert end.epoch > 1
    up = read_up(_written(one), one.enrolment)
    assert {push.epoch for push in up.pushes} == {end.epoch}
    assert one.take(answer).chain == ""


def test_show_lists_without_opening(counters: tuple[Counter, Counter], tmp_path: Path) -> None:
    one, two = counters
    one.receive()
    one.export()
    path = one.folder / "up.qmc"
    shown = show_carry(one.desk, FILES, path)
    assert shown.signature == SignatureState.GOOD
    assert not shown.for_this_counter
    assert shown.header.counts["events"] > 0
    assert shown.header.kinds["dossier_received"] == 1
    assert show_carry(None, FILES, path).signature == SignatureState.UNKNOWN
    assert show_carry(two.desk, FILES, path).signature == SignatureState.UNKNOWN
    changed = bytearray(path.read_bytes())
    changed[-100] ^= 1
    path.write_bytes(changed)
    assert show_carry(one.desk, FILES, path).signature == SignatureState.BAD
    down = StickServer().write(tmp_path / "down.qmc", one.enrolment, [])
    assert show_carry(one.desk, FILES, down).for_this_counter


def test_a_full_or_pulled_stick_leaves_the_file_of_before(
    counters: tuple[Counter, Counter], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _two = counters
    one.receive()
    before = _written(one).read_bytes()
    import counter_app.sync.carry_file as carry_file

    for number, code in ((errno.ENOSPC, "carry_disk_full"), (errno.EIO, "carry_not_written")):

        def fail(_descriptor: int, number: int = number) -> None:
            raise OSError(number, "no")

        monkeypatch.setattr(carry_file.os, "fsync", fail)
        with pytest.raises(EnvironmentProblem) as error:
            one.export()
        assert error.value.code == code
        assert [path.name for path in one.folder.iterdir() if path.name.startswith("up")] == ["up.qmc"]
        assert (one.folder / "up.qmc").read_bytes() == before
    monkeypatch.undo()
    with pytest.raises(EnvironmentProblem, match="carry_not_written"):
        one.export("no/such/folder/up.qmc")


def test_nobodys_name_is_in_a_file_or_its_list(counters: tuple[Counter, Counter]) -> None:
    one, _two = counters
    dossier = one.receive()
    content = _written(one).read_bytes()
    for words in (dossier.dossier_code, dossier.applicant.full_name, dossier.applicant.personal_id):
        assert words.encode() not in content
