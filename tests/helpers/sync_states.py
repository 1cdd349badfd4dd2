"""A counter in the states of sync a clerk meets: invented, written through the real storage."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from tests.helpers.visits import BIRTH, CERTIFIED_COPY

from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import KnownError
from counter_app.services.desk import Desk
from counter_app.services.dossier_events import office_event
from counter_app.services.ports import Transaction
from counter_app.services.receive_dossier import receive
from counter_app.services.sync_control import SyncActivity, SyncReport
from counter_app.services.sync_port import (
    Enrolment,
    ItemState,
    Lane,
    LaneReport,
    Notice,
    PackDownload,
    ScanUpload,
)
from counter_protocol import signing
from counter_protocol.events import EventKind
from counter_protocol.fold import FlagKind

SERVER = "https://dong-bo.phutho.example.vn"
PACK = "ab" * 32


class QuietExchange:
    """A `SyncControl` that notes what it was asked and talks to nobody."""

    def __init__(self, *, next_in_s: float | None = None, folder: Path = Path("packs")) -> None:
        self.asked: list[object] = []
        self.refusal: KnownError | None = None
        self.listeners: list[Callable[[], None]] = []
        self.lane: Lane | None = None
        self._next_in_s = next_in_s
        self._folder = folder

    def start(self) -> None:
        self.asked.append("start")

    def stop(self, timeout_s: float = 2.0) -> bool:
        self.asked.append(("stop", timeout_s))
        return True

    def wake(self) -> None:
        self.asked.append("wake")

    def send_now(self) -> None:
        self.asked.append("send_now")

    def pause(self, paused: bool) -> None:
        self.asked.append(("pause", paused))

    def activity(self) -> SyncActivity:
        return SyncActivity(running=True, lane=self.lane, next_in_s=self._next_in_s)

    def on_change(self, listener: Callable[[], None]) -> None:
        self.listeners.append(listener)

    def run_once(self) -> SyncReport:
        return SyncReport()

    def enrol(self, server_url: str, code: str, *, insecure: bool = False) -> None:
        self.asked.append(("enrol", server_url, code, insecure))
        if self.refusal is not None:
            raise self.refusal

    def pack_file(self, sha256: str) -> Path:
        return self._folder / sha256


def enrol(desk: Desk, at: datetime, *, server: str = SERVER) -> None:
    """Let the counter have an identity towards a server nobody asks here."""
    counter = desk.settings.counter
    with desk.store.writing() as transaction:
        transaction.enrol(
            Enrolment(
                server_url=server,
                device_id=counter.device_id,
                unit_code=desk.settings.office.unit_code,
                counter=counter.number,
                private_key=signing.new_private_key(),
                server_signing_key=signing.public_key_of(signing.new_private_key()),
                server_sealing_key=X25519PrivateKey.generate().public_key().public_bytes_raw(),
                enrolled_at=at,
                epoch=1,
            )
        )


def receive_many(desk: Desk, count: int) -> list[Dossier]:
    """Receive dossiers, certified copies and births in turn; each leaves its events in the outbox."""
    visits = (CERTIFIED_COPY, BIRTH)
    return [receive(desk, visits[n % 2], clerk=desk.settings.clerk) for n in range(count)]


def confirm_all(desk: Desk, *, first_number: int = 1) -> None:
    """Let the server have confirmed everything there is."""
    with desk.store.writing() as transaction:
        items = transaction.out_items(limit=100_000)
        numbers = {item.seq: first_number + n for n, item in enumerate(items)}
        transaction.mark_acked(items[-1].epoch, items[-1].epoch_seq, numbers)


def hold_first(desk: Desk, answer: str) -> str:
    """Put the first receipt that waits aside; return its event id."""
    with desk.store.writing() as transaction:
        item = next(each for each in transaction.out_items() if each.kind == "dossier_received")
        transaction.quarantine(item.seq, answer)
    return item.event_id


def report(desk: Desk, lane: Lane, *, answer: str = "", failures: int = 0, minutes_ago: int = 0) -> None:
    """Let a lane have tried just now, have done well some minutes ago, and failed since a minute later."""
    now = desk.clock.now()
    with desk.store.writing() as transaction:
        transaction.put_lane(
            LaneReport(
                lane=lane,
                failures=failures,
                next_attempt_at=now + timedelta(seconds=42) if answer else None,
                answer=answer,
                tried_at=now,
                succeeded_at=now - timedelta(minutes=minutes_ago),
                failing_since=now - timedelta(minutes=minutes_ago - 1) if failures else None,
            )
        )


def wait_with_scan(desk: Desk, dossier_id: str) -> None:
    """Let a scan of a dossier wait for the line."""
    with desk.store.writing() as transaction:
        transaction.put_upload(
            ScanUpload(
                attachment_id=f"scan-of-{dossier_id}",
                dossier_id=dossier_id,
                part_name="Giấy chứng sinh",
                size=1_200_000,
                sha256="a" * 64,
                sent=0,
                upload_id="",
                state=ItemState.WAITING,
                attempts=0,
                next_attempt_at=None,
                last_answer="",
                added_at=desk.clock.now(),
            )
        )


def raise_notice(
    desk: Desk,
    dossier_id: str,
    kind: str = FlagKind.RETURNED_TWICE,
    params: Mapping[str, object] | None = None,
) -> str:
    """Let the server ask to look at a dossier; return the notice's id."""
    now = desk.clock.now()
    told = {
        "kind": "result_returned",
        "counter": 2,
        "clerk": "Bùi Văn Thử",
        "at": (now - timedelta(minutes=20)).isoformat(),
    }
    notice_id = f"notice-{kind}-{dossier_id}"
    with desk.store.writing() as transaction:
        transaction.put_notice(
            Notice(
                notice_id=notice_id,
                kind=kind,
                dossier_id=dossier_id,
                params=told if params is None else params,
                at=now,
            )
        )
    return notice_id


def carry_some_bytes(desk: Desk, sent: int, received: int, days_ago: int = 0) -> None:
    """Let the line have carried bytes on a day."""
    with desk.store.writing() as transaction:
        day = (desk.clock.now() - timedelta(days=days_ago)).date()
        transaction.count_traffic(day, sent, received)


def pack_came(desk: Desk) -> None:
    """Let a data pack lie ready."""
    with desk.store.writing() as transaction:
        transaction.put_pack_download(
            PackDownload(
                sha256=PACK,
                kind="forms",
                version=2_026_120_001,
                unit="",
                size=900_000,
                received=900_000,
                state="complete",
            )
        )


def let_go_and_confirm(desk: Desk) -> None:
    """Let everything held be sent after all, and the server confirm it; every notice is settled."""
    with desk.store.writing() as transaction:
        for item in transaction.out_items(limit=100_000):
            transaction.release(item.event_id)
        for notice in transaction.notices():
            transaction.settle_notice(notice.notice_id, desk.clock.now(), desk.settings.clerk)
    confirm_all(desk, first_number=1_001)


def fill_outbox(transaction: Transaction, desk: Desk, dossier: Dossier, count: int) -> None:
    """Append events of a dossier as another few hundred acts would."""
    for _number in range(count):
        transaction.append_event(
            office_event(
                desk,
                EventKind.PAPER_PRINTED,
                clerk=desk.settings.clerk,
                at=desk.clock.now(),
                data={},
                dossier_id=dossier.dossier_id,
            )
        )
