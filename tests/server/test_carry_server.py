"""Real counters and the real server that exchange files only; the line comes in where it says so."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.devices.scan_samples import scanned_pdf
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.life import check_fold
from tests.helpers.visits import BIRTH
from tests.server.pack_files import make_pack
from tests.server.raw_counter import RawCounter, code_for, enrolled
from tests.server.serving import Served

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts import HandOver
from counter_app.domain.dossier_life import Holder
from counter_app.services.acts.perform import perform
from counter_app.services.carry.export_carry import Exported, export_carry
from counter_app.services.carry.import_carry import Imported, import_carry
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.services.scans.attach import ScanOwner, attach, prepare
from counter_app.services.scans.scan_parts import ScanPart
from counter_app.services.sync_port import Enrolment
from counter_app.sync.carry_file import CarryFilesOnDisk
from counter_app.sync.carry_packs import CarriedPacks
from counter_protocol.carry import CarryHeader, CarryProblem, CarryRefused, Direction, Record, RecordKind
from counter_protocol.carry_keys import sealing_public_of
from counter_protocol.carry_read import CarryReader
from counter_protocol.carry_tally import Tally
from counter_protocol.carry_write import write_carry
from counter_protocol.chain import ChainState
from counter_protocol.events import SERVER
from counter_protocol.messages import EnrolRequest, Signed, UploadRequest
from counter_protocol.refusals import Refusal
from counter_protocol.signing import PUSH, new_private_key, public_key_of, signed
from counter_protocol.wire import from_bytes, to_bytes
from counter_server.carry.answering import NoSealingKey, write_answer
from counter_server.carry.importing import TakenFile, import_file
from counter_server.wire_body import Refused

UNIT = "H29.12"
FILES = CarryFilesOnDisk()
HAND_OVER = HandOver(to=Holder(name="Công chức Tư pháp – Hộ tịch"))


@dataclass
class Counter:
    """A counter, the server, and the stick between them."""

    desk: Desk
    enrolment: Enrolment
    server: Served
    stick: Path

    def receive(self) -> Dossier:
        return receive(self.desk, BIRTH, clerk="Trần Thị Mai")

    def up(self, name: str = "up.qmc", *, with_scans: bool = False) -> Path:
        self.exported: Exported = export_carry(self.desk, FILES, self.stick / name, with_scans=with_scans)
        return self.stick / name

    def at_server(self, path: Path) -> TakenFile:
        return self.server.run(import_file(self.server.context, path))

    def answer(self, taken: TakenFile, name: str = "down.qmc") -> Path:
        work = write_answer(self.server.context, taken.device, self.stick / name, taken=taken)
        self.server.run(work)
        return self.stick / name

    def home(self, path: Path) -> Imported:
        return import_carry(self.desk, FILES, CarriedPacks(self.stick / "incoming"), path)

    def round(self, *, with_scans: bool = False) -> tuple[TakenFile, Imported]:
        taken = self.at_server(self.up(with_scans=with_scans))
        return taken, self.home(self.answer(taken))

    def waiting(self) -> int:
        with self.desk.store.reading() as queries:
            return queries.sync_state().waiting


def open_counter(server: Served, folder: Path, number: int) -> Counter:
    from counter_server.devices.enrolment import enrol

    desk = make_desk(folder, MORNING, counter=number)
    key, device_id = new_private_key(), desk.settings.counter.device_id
    request = EnrolRequest(
        unit_code=UNIT,
        code=code_for(server, UNIT, number, replaces=True),
        device_id=device_id,
        counter=number,
        public_key=public_key_of(key),
        sealing_key=sealing_public_of(key),
        now="2026-11-23T01:30:00.000000Z",
    )
    reply = server.run(enrol(server.context, request))
    enrolment = Enrolment(
        server_url=server.url,
        device_id=device_id,
        unit_code=UNIT,
        counter=number,
        private_key=key,
        server_signing_key=reply.signing_key,
        server_sealing_key=reply.sealing_key,
        enrolled_at=MORNING,
        epoch=1,
    )
    with desk.store.writing() as transaction:
        transaction.enrol(enrolment)
    return Counter(desk, enrolment, server, folder)


@pytest.fixture
def counters(server: Served, tmp_path: Path) -> Iterator[tuple[Counter, Counter]]:
    server.add_office(UNIT)
    made = [open_counter(server, tmp_path / str(number), number) for number in (1, 2)]
    yield made[0], made[1]
    for each in made:
        each.desk.store.close()


def counted(server: Served) -> dict[str, int]:
    """Return how many rows each table has that a doubled event would show in."""
    tables = ("event", "dossier", "flag", "definition", "scan", "scan_of_dossier", "dossier_alias")
    return {table: server.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"] for table in tables}


def test_two_offices_desks_meet_over_sticks_alone(counters: tuple[Counter, Counter], server: Served) -> None:
    one, two = counters
    dossier = one.receive()
    perform(one.desk, dossier.dossier_id, HAND_OVER)
    two.receive()
    for each in (one, two, one):
        taken, imported = each.round()
        assert (taken.refused, taken.repeated) == ([], False)
        assert (imported.parked, imported.chain, imported.gap) == (0, "", False)
        assert each.waiting() == 0
    with two.desk.store.reading() as queries:
        arrived = queries.dossier(dossier.dossier_id)
    assert arrived is not None
    assert arrived.owner == one.enrolment.device_id
    check_fold(two.desk, arrived)
    with one.desk.store.reading() as queries:
        assert queries.dossier_count() == 2
        numbers = [item.office_seq for item in queries.out_items(unsent_only=False)]
    assert None not in numbers
    rows = server.rows(
        "SELECT office_seq FROM event WHERE device_id = $1 ORDER BY seq", one.enrolment.device_id
    )
    assert numbers == [row["office_seq"] for row in rows]


def test_files_in_any_order_and_the_line_after_them_double_nothing(
    counters: tuple[Counter, Counter], server: Served
) -> None:
    one, _two = counters
    files = []
    for number in range(3):
        one.receive()
        files.append(one.up(f"up{number}.qmc"))  # each holds what the ones before it hold, and more
    assert one.at_server(files[1]).refused == []
    assert one.at_server(files[0]).refused == []
    assert one.at_server(files[2]).refused == []
    before = counted(server)
    assert before["dossier"] == 3
    for path in (*reversed(files), *files):
        taken = one.at_server(path)
        assert taken.repeated
        assert taken.refused == []
    # The same signed batches by the line.
    raw = RawCounter(server.url, UNIT, 1, device_id=one.enrolment.device_id, key=one.enrolment.private_key)
    with raw:
        raw.session(last=_place_of(one))
        for path in files:
            for batch in batches_in(path, one, server):
                assert raw.post_bytes("/v1/push", to_bytes(batch), encoding="identity").status_code == 200
    assert counted(server) == before
    imported = one.home(one.answer(one.at_server(files[0])))
    assert imported.acked > 0
    assert one.waiting() == 0


def _place_of(counter: Counter) -> object:
    with counter.desk.store.reading() as queries:
        end = queries.chain_end()
    from counter_protocol.messages import Place

    return Place(seq=end.seq, hash=end.hash)


def batches_in(path: Path, counter: Counter, server: Served) -> list[Signed]:
    with path.open("rb") as file:
        reader = CarryReader(file)
        reader.check(public_key_of(counter.enrolment.private_key))
        records = reader.records(server.context.secrets.sealing)
        return [from_bytes(each.body, Signed) for each in records if each.kind == RecordKind.BATCH]


def test_what_the_line_brought_first_is_told_again_by_the_file(
    counters: tuple[Counter, Counter], server: Served
) -> None:
    one, _two = counters
    one.receive()
    early = one.up("early.qmc")
    one.round()
    before = counted(server)
    taken = one.at_server(early)
    assert taken.refused == []
    assert counted(server) == before
    late = one.home(one.answer(taken))
    assert (late.acked, late.entries) == (0, 0)


def test_scans_arrive_whole_also_when_the_line_brought_their_beginning(
    counters: tuple[Counter, Counter], server: Served
) -> None:
    one, _two = counters
    from counter_server.uploads import receiving

    part = ScanPart(part_id="giay_chung_sinh", name="Giấy chứng sinh", order=2)
    owner = ScanOwner(dossier_id=one.receive().dossier_id)
    scan = attach(one.desk, owner, part, prepare(one.desk, [scanned_pdf()]))
    content = one.desk.scans.get(scan.attachment_id, scan.file_key)
    announced = UploadRequest(
        attachment_id=scan.attachment_id, dossier_id=scan.dossier_id, sha256=scan.sha256, size=scan.size
    )
    begun = content[: len(content) // 3]

    async def begin() -> None:
        state = await receiving.begin(server.context, UNIT, one.enrolment.device_id, announced)
        digest = hashlib.sha256(begun).hexdigest()
        await receiving.take(server.context, UNIT, state.upload_id, 0, digest, begun)

    server.run(begin())
    taken, _imported = one.round(with_scans=True)
    assert taken.scans == [scan.attachment_id]
    with one.desk.store.reading() as queries:
        assert list(queries.uploads()) == []
    assert server.rows("SELECT sha256, size FROM scan") == [{"sha256": scan.sha256, "size": scan.size}]
    from counter_server import objects

    stored = server.run(_read(server, objects.scan_key(UNIT, scan.sha256)))
    assert stored == content
    # Once more: known, and not stored anew.
    with one.desk.store.writing() as transaction:
        transaction.put_setting("unrelated", "1")
    assert one.at_server(one.up(with_scans=True)).scans == []


async def _read(server: Served, key: str) -> bytes:
    return bytes(await (await server.context.objects.get_async(key)).bytes_async())


def test_a_server_put_back_gets_everything_again(counters: tuple[Counter, Counter], server: Served) -> None:
    one, two = counters
    one.receive()
    two.receive()
    one.round()
    two.round()
    one.round()
    for table in ("event", "chain", "dossier", "flag", "definition"):
        server.run(_empty(server, table))
    server.run(_run(server, "UPDATE office_log SET seq = 0"))
    _taken, imported = one.round()
    assert imported.chain == ChainState.SERVER_BEHIND
    assert one.waiting() > 0
    for each in (two, two, one, two):
        each.round()
    assert one.waiting() == two.waiting() == 0
    assert counted(server)["dossier"] == 2
    for each in counters:
        with each.desk.store.reading() as queries:
            assert queries.dossier_count() == 2
            assert queries.parked() == []


def test_numbers_of_a_server_put_back_are_read_anew(
    counters: tuple[Counter, Counter], server: Served
) -> None:
    one, two = counters
    two.receive()
    two.round()
    one.receive()
    one.round()
    with one.desk.store.reading() as queries:
        before = queries.cursor()
    for table in ("event", "chain", "dossier", "flag", "definition"):
        server.run(_empty(server, table))
    server.run(_run(server, "UPDATE office_log SET seq = 0"))
    assert one.round()[1].chain == ChainState.SERVER_BEHIND
    for _ in range(8):
        two.receive()
    two.round()
    two.round()
    # What stands at low numbers now is new to the first counter.
    assert server.rows("SELECT seq FROM office_log")[0]["seq"] > before
    one.round()
    with one.desk.store.reading() as queries:
        assert queries.dossier_count() == 10


def test_long_answers_come_in_slices(
    counters: tuple[Counter, Counter], server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counter_server.carry.answer_parts.MAX_OFFICE_SEQS", 3)
    monkeypatch.setattr("counter_server.carry.answer_parts._PAGE_ITEMS", 2)
    one, two = counters
    for each in counters:
        for _ in range(8):
            each.receive()
    two.round()
    taken, imported = one.round()
    assert taken.refused == []
    assert one.waiting() == 0
    assert imported.entries == len(
        server.rows("SELECT 1 FROM event WHERE device_id <> $1", one.enrolment.device_id)
    )
    with one.desk.store.reading() as queries:
        numbers = [item.office_seq for item in queries.out_items(unsent_only=False)]
        assert queries.cursor() == server.rows("SELECT seq FROM office_log")[0]["seq"]
    rows = server.rows(
        "SELECT office_seq FROM event WHERE device_id = $1 ORDER BY seq", one.enrolment.device_id
    )
    assert numbers == [row["office_seq"] for row in rows]


async def _empty(server: Served, table: str) -> None:
    await _run(server, f"DELETE FROM {table}")


async def _run(server: Served, statement: str, *values: object) -> None:
    async with server.context.database.admin() as connection:
        await connection.execute(statement, *values)


def test_two_machines_of_one_identity_are_noticed_and_lose_nothing(
    counters: tuple[Counter, Counter], server: Served, tmp_path: Path
) -> None:
    one, _two = counters
    one.receive()
    one.round()
    clone = open_counter_like(one, tmp_path / "clone")
    mine, theirs = one.receive(), receive(clone.desk, BIRTH, clerk="Phạm Văn Hai")
    one.round()
    taken = clone.at_server(clone.up())
    assert {note.code for note in taken.refused} == {Refusal.CHAIN_BROKEN}
    assert clone.home(clone.answer(taken)).chain in (ChainState.FORKED, ChainState.COUNTER_BEHIND)
    taken, imported = clone.round()
    assert (taken.refused, imported.chain) == ([], "")
    assert clone.waiting() == 0
    ids = {row["dossier_id"] for row in server.rows("SELECT dossier_id FROM dossier")}
    assert {mine.dossier_id, theirs.dossier_id} <= ids
    clone.desk.store.close()


def open_counter_like(counter: Counter, folder: Path) -> Counter:
    """Return a machine whose disk was copied from another's."""
    import shutil

    from tests.helpers.builders import CountingIds, FixedClock
    from tests.helpers.desks import PaperTray

    from counter_app.bootstrap import open_desk

    counter.desk.store.close()
    shutil.copytree(counter.stick, folder)
    for each, place, start in ((counter, counter.stick, 5_000_000), (None, folder, 7_000_000)):
        desk = open_desk(place, access="write")
        desk.clock, desk.ids, desk.printer = FixedClock(MORNING), CountingIds(start), PaperTray()
        if each is not None:
            each.desk = desk
    return Counter(desk, counter.enrolment, counter.server, folder)


def test_an_event_the_server_cannot_take_is_put_aside_and_the_others_go_on(
    counters: tuple[Counter, Counter], server: Served
) -> None:
    one, _two = counters
    one.receive()
    from counter_app.services.ports import OutboxEvent

    with one.desk.store.writing() as transaction:
        body = b'{"not":"an event of the contract"}'
        transaction.append_event(
            OutboxEvent(event_id=one.desk.ids.new_id(), dossier_id="", kind="odd", at=MORNING, body=body)
        )
    one.receive()
    taken, imported = one.round()
    assert {note.code for note in taken.refused} == {Refusal.EVENT_MALFORMED}
    assert imported.put_aside == 1
    taken, imported = one.round()
    assert taken.refused == []
    assert counted(server)["dossier"] == 2
    with one.desk.store.reading() as queries:
        assert queries.sync_state().waiting == 0


def test_an_event_put_aside_and_released_arrives_after_all(
    counters: tuple[Counter, Counter], server: Served
) -> None:
    one, _two = counters
    dossier = one.receive()
    with one.desk.store.writing() as transaction:
        victim = next(item for item in transaction.out_items() if item.dossier_id)
        transaction.quarantine(victim.seq, "event_malformed")
    one.round()
    assert server.rows("SELECT 1 FROM dossier") == []
    with one.desk.store.writing() as transaction:
        assert transaction.release(victim.event_id)
    _taken, imported = one.round()
    assert imported.acked == 1
    assert len(server.rows("SELECT 1 FROM dossier WHERE dossier_id = $1", dossier.dossier_id)) == 1
    with one.desk.store.reading() as queries:
        assert list(queries.late_items()) == []
        item = queries.out_item(victim.event_id)
    assert item is not None
    told = server.rows("SELECT office_seq FROM event WHERE event_id = $1", victim.event_id)
    assert [item.office_seq] == [row["office_seq"] for row in told]


def test_what_follows_an_event_put_aside_does_not_come_before_it(
    counters: tuple[Counter, Counter], server: Served
) -> None:
    one, _two = counters
    dossier = one.receive()
    with one.desk.store.writing() as transaction:
        victim = next(item for item in transaction.out_items() if item.dossier_id)
        transaction.quarantine(victim.seq, "event_malformed")
    one.round()
    perform(one.desk, dossier.dossier_id, HAND_OVER)
    with one.desk.store.writing() as transaction:
        assert transaction.release(victim.event_id)
    one.round()
    assert [row["status"] for row in server.rows("SELECT status FROM dossier")] == ["processing"]
    assert server.rows("SELECT kind FROM flag WHERE settled_at IS NULL") == []


def test_a_counter_put_back_gets_its_own_lost_acts_back(
    counters: tuple[Counter, Counter], server: Served, tmp_path: Path
) -> None:
    one, _two = counters
    one.receive()
    one.round()
    old = open_counter_like(one, tmp_path / "backup")
    lost = one.receive()
    perform(one.desk, lost.dossier_id, HAND_OVER)
    one.round()
    # From here on only the copy of before is there.
    taken, imported = old.round()
    assert (taken.refused, imported.chain) == ([], ChainState.COUNTER_BEHIND)
    with old.desk.store.reading() as queries:
        back = queries.dossier(lost.dossier_id)
    assert back is not None
    assert (back.owner, back.status) == ("", here(one, lost).status)
    fresh = old.receive()
    assert fresh.dossier_code != lost.dossier_code
    taken, imported = old.round()
    assert (taken.refused, imported.chain, old.waiting()) == ([], "", 0)
    assert counted(server)["dossier"] == 3
    old.desk.store.close()


def here(counter: Counter, dossier: Dossier) -> Dossier:
    with counter.desk.store.reading() as queries:
        found = queries.dossier(dossier.dossier_id)
    assert found is not None
    return found


def test_packs_come_along_once(counters: tuple[Counter, Counter], server: Served, tmp_path: Path) -> None:
    one, _two = counters
    from counter_server.packs.publishing import Wanted, publish

    path = make_pack(tmp_path / "packs", "2026.11.1")
    pack = server.run(publish(server.context, path, Wanted()))
    _taken, imported = one.round()
    assert (imported.packs, imported.packs_refused) == (1, 0)
    assert (one.stick / "incoming" / pack.sha256).read_bytes() == path.read_bytes()


def test_a_file_for_a_counter_that_sent_none(counters: tuple[Counter, Counter], server: Served) -> None:
    one, two = counters
    dossier = two.receive()
    two.round()
    one.receive()
    taken = one.at_server(one.up())
    path = one.stick / "unasked.qmc"
    server.run(write_answer(server.context, taken.device, path))
    imported = one.home(path)
    assert imported.acked > 0
    assert one.waiting() == 0
    with one.desk.store.reading() as queries:
        assert queries.dossier(dossier.dossier_id) is not None


# What the server does not take.


def forged(counter: Counter, server: Served, records: list[Record], **changed: object) -> Path:
    """Write a file the counter's own key signs."""
    tally = Tally()
    for record in records:
        tally.add(record.kind, len(record.body))
    told: dict[str, object] = {
        "direction": Direction.UP,
        "unit": UNIT,
        "counter": counter.enrolment.counter,
        "sender": counter.enrolment.device_id,
        "recipient": SERVER,
        "file_id": "0195a2f0-0000-7000-8000-00000000beef",
        "created": "2026-11-23T02:00:00.000000Z",
        "counts": {name: count for name, count in tally.counts.items() if name},
    }
    out = io.BytesIO()
    write_carry(
        out,
        CarryHeader(**(told | changed)),  # type: ignore[arg-type]
        records,
        recipient_key=server.context.secrets.sealing_public,
        signing_key=counter.enrolment.private_key,
    )
    path = counter.stick / "forged.qmc"
    path.write_bytes(out.getvalue())
    return path


def test_damaged_and_misdirected_files_change_nothing(
    counters: tuple[Counter, Counter], server: Served
) -> None:
    one, two = counters
    one.receive()
    path = one.up()
    good = path.read_bytes()
    before = counted(server)
    for damage in (good[:-1], good[: len(good) // 2], good[:200], good + b"\0", b"", b"PK\x03\x04"):
        path.write_bytes(damage)
        with pytest.raises(CarryRefused):
            one.at_server(path)
    for place in range(0, len(good), 97):
        changed = bytearray(good)
        changed[place] ^= 0x10
        path.write_bytes(changed)
        with pytest.raises((CarryRefused, Refused)):
            one.at_server(path)
    down = one.answer(two.at_server(two.up()), "misled.qmc")
    before = counted(server)
    with pytest.raises(CarryRefused) as refused:
        one.at_server(down)
    assert refused.value.problem == CarryProblem.WRONG_RECIPIENT
    assert counted(server) == before


def test_unknown_and_revoked_devices_are_refused(counters: tuple[Counter, Counter], server: Served) -> None:
    one, _two = counters
    one.receive()
    path = one.up()
    server.run(
        _run(server, "UPDATE device SET state = 'revoked' WHERE device_id = $1", one.enrolment.device_id)
    )
    before = counted(server)
    with pytest.raises(Refused) as refused:
        one.at_server(path)
    assert refused.value.code == Refusal.DEVICE_REVOKED
    with pytest.raises(Refused) as refused:
        one.at_server(forged(one, server, [], sender="nobody"))
    assert refused.value.code == Refusal.DEVICE_UNKNOWN
    with pytest.raises(Refused) as refused:
        one.at_server(forged(one, server, [], unit="H29.99"))
    assert refused.value.code == Refusal.DEVICE_UNKNOWN
    assert counted(server) == before


def test_a_device_carries_nothing_of_another_or_of_another_office(
    counters: tuple[Counter, Counter], server: Served
) -> None:
    one, two = counters
    two.receive()
    theirs = batches_in(two.up(), two, server)
    with enrolled(server, "H30.01") as stranger:
        stranger.received(1)
        foreign = signed(PUSH, stranger.key, stranger.device_id, to_bytes(stranger.push_request()))
    own_key = [
        signed(PUSH, one.enrolment.private_key, one.enrolment.device_id, each.payload) for each in theirs
    ]
    before = counted(server)
    records = [Record(kind=RecordKind.BATCH, body=to_bytes(each)) for each in (*theirs, foreign, *own_key)]
    taken = one.at_server(forged(one, server, records))
    assert {note.code for note in taken.refused} == {Refusal.BAD_SIGNATURE, Refusal.EVENT_OF_ANOTHER}
    assert len(taken.refused) == len(records)
    assert counted(server) == before


def test_names_that_would_be_paths_reach_no_path(
    counters: tuple[Counter, Counter], server: Served, tmp_path: Path
) -> None:
    one, _two = counters
    content = b"%PDF-1.7 invented"
    records = []
    for sha256 in (hashlib.sha256(content).hexdigest(), "../../../evil"):
        announced = UploadRequest(
            attachment_id="../../../../evil", dossier_id="../evil", sha256=sha256, size=len(content)
        )
        records += [
            Record(kind=RecordKind.SCAN, body=to_bytes(announced)),
            Record(kind=RecordKind.BYTES, body=content),
        ]
    taken = one.at_server(forged(one, server, records, file_id="../../evil"))
    assert len(taken.scans) == 1
    assert taken.scans_refused == [Refusal.NOT_A_MESSAGE]
    assert not list(tmp_path.rglob("*evil*"))


def test_a_counter_without_a_sealing_key_is_told_so(
    counters: tuple[Counter, Counter], server: Served
) -> None:
    one, _two = counters
    server.run(
        _run(server, "UPDATE device SET sealing_key = NULL WHERE device_id = $1", one.enrolment.device_id)
    )
    taken = one.at_server(one.up())
    with pytest.raises(NoSealingKey):
        one.answer(taken)


def test_an_answer_that_cannot_be_written_leaves_nothing_half(
    counters: tuple[Counter, Counter], server: Served
) -> None:
    one, _two = counters
    taken = one.at_server(one.up())
    with pytest.raises(OSError, match="No such"):
        one.answer(taken, "no/such/folder.qmc")
    # The connections it used are free again.
    for number in range(12):
        one.answer(taken, f"again{number}.qmc")


def test_the_operators_commands(
    counters: tuple[Counter, Counter], server: Served, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    one, _two = counters
    dossier = one.receive()
    path = one.up()
    out = tmp_path / "answers"
    out.mkdir()
    database = ["--database-url", server.database_url, "--data-dir", str(tmp_path / "server")]
    assert command("carry", "import", str(path), "--out", str(out), *database) == 0
    told = capsys.readouterr().out
    assert "sự kiện" in told
    assert dossier.applicant.full_name not in told
    answers = list(out.iterdir())
    assert len(answers) == 1
    assert one.home(answers[0]).acked > 0
    assert command("carry", "export", UNIT, "1", "--out", str(tmp_path / "x.qmc"), *database) == 0
    assert one.home(tmp_path / "x.qmc").acked == 0
    path.write_bytes(path.read_bytes()[:-3])
    assert command("carry", "import", str(path), *database) == 2
    assert command("carry", "export", UNIT, "9", "--out", str(tmp_path / "y.qmc"), *database) == 2
    assert "hỏng" in capsys.readouterr().err


def command(*words: str) -> int:
    import argparse

    from counter_server.commands import carry

    parser = argparse.ArgumentParser()
    carry.add(parser.add_subparsers(required=True))
    arguments = parser.parse_args(words)
    return int(arguments.run(arguments))
