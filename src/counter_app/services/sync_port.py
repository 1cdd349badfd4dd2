"""What talking to the central server needs of the database; part of `Queries` and `Transaction`.

The outbox is a chain per epoch: ``epoch_seq`` runs from 1 within an epoch, ``seq`` over all. The inbox is the
office's log as far as it was pulled, other counters' events and the server's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from counter_app.domain.dossier_code import NumberBlock

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.services.ports import HistoryEntry


class ItemState(StrEnum):
    """Where an item on its way to the server stands."""

    WAITING = "waiting"
    SENDING = "sending"
    ACKED = "acked"
    QUARANTINED = "quarantined"  # put aside; a human decides
    WITHHELD = "withheld"  # the server knows its place in the chain and not its content


class Lane(StrEnum):
    """What is sent and fetched independently of each other."""

    ACTS = "acts"
    PACKS = "packs"
    SCANS = "scans"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """The counter's identity towards the server. Keys are raw bytes.

    The private one never leaves the database.
    """

    server_url: str
    device_id: str
    unit_code: str
    counter: int
    private_key: bytes = field(repr=False)
    server_signing_key: bytes
    server_sealing_key: bytes
    enrolled_at: datetime
    epoch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainPlace:
    """The end of a chain: ``hash`` is the genesis hash when ``seq`` is 0."""

    epoch: int
    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class OutItem:
    """One event in the outbox, for sending and for the sync screen. ``size`` counts bytes of the body."""

    seq: int
    epoch: int
    epoch_seq: int
    event_id: str
    dossier_id: str
    kind: str
    at: datetime
    size: int
    body: bytes = field(repr=False)
    prev_hash: bytes = field(repr=False)
    hash: bytes = field(repr=False)
    state: ItemState
    attempts: int
    next_attempt_at: datetime | None
    last_answer: str
    office_seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InItem:
    """One entry of the office's log. ``problem`` is "" once it was applied, else why it could not be."""

    office_seq: int
    event_id: str
    device_id: str
    dossier_id: str
    kind: str
    at: datetime
    body: bytes = field(repr=False)
    problem: str = ""
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEvent:
    """An event of a dossier; ``office_seq`` is None as long as the server has not numbered it."""

    body: bytes
    office_seq: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the server asks the counter to look at: a flag or a task. ``params`` belong to the kind."""

    notice_id: str
    kind: str
    dossier_id: str
    params: Mapping[str, object]
    at: datetime
    settled_at: datetime | None = None
    settled_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanUpload:
    """A scan on its way. ``sent`` counts bytes the server confirmed."""

    attachment_id: str
    dossier_id: str
    part_name: str
    size: int
    sha256: str
    sent: int
    upload_id: str
    state: ItemState
    attempts: int
    next_attempt_at: datetime | None
    last_answer: str
    added_at: datetime
    file_key: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedBlock:
    """Numbers of a day this counter may give besides its own; ``until_day`` None: until it is returned."""

    block: NumberBlock
    from_day: date
    until_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneReport:
    """How a lane does; ``answer`` is a code of `sync_words`, "" when all went well.

    ``failing_since`` is the first of the failures in a row, None when the last try went well.
    """

    lane: Lane
    failures: int = 0
    next_attempt_at: datetime | None = None
    answer: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    tried_at: datetime | None = None
    succeeded_at: datetime | None = None
    failing_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """Bytes on the line on a day."""

    day: date
    sent: int
    received: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackDownload:
    """A data pack the server offers; ``received`` bytes lie in the incoming file."""

    sha256: str
    kind: str
    version: int
    unit: str
    size: int
    received: int
    state: str  # offered, complete, installed, refused
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncState:
    """Everything the badge, the sync screen and the seal tell, in one consistent read.

    ``waiting`` leaves out what dossiers were received under: it goes up ahead of them.
    """

    enrolled: bool
    waiting: int
    quarantined: int
    oldest_at: datetime | None
    scans_waiting: int
    scan_bytes_waiting: int
    notices_open: int
    parked: int
    lanes: tuple[LaneReport, ...]
    clock_ahead_s: int | None  # own clock minus the server's, None before the first contact
    cursor: int


@dataclass(frozen=True, slots=True)
class DefinitionBody:
    """What dossiers were received under, as canonical JSON; ``digest`` is the body's SHA-256 in hex."""

    digest: str
    kind: str
    item_id: str
    version: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """What an act changed about a dossier, and what its author knew of others' acts."""

    patch: Mapping[str, object]
    seen: int


class SyncQueries(Protocol):
    """Reads about what was sent and fetched."""

    def enrolment(self) -> Enrolment | None:
        """Return the identity towards the server, or None before the counter was enrolled."""
        ...

    def sync_state(self) -> SyncState:
        """Return the counts and lanes."""
        ...

    def chain_end(self) -> ChainPlace:
        """Return the end of the present epoch's chain."""
        ...

    def chain_places(self, seqs: Sequence[int]) -> Sequence[ChainPlace]:
        """Return those places of the present epoch that are kept."""
        ...

    def acked_seq(self) -> int:
        """Return the last place of the present epoch the server confirmed, 0 for none."""
        ...

    def next_out(self, limit: int, max_bytes: int) -> Sequence[OutItem]:
        """Return the next unconfirmed events of the present epoch in order, at least one if there is any.

        Quarantined ones are in it: their place is sent without their content.
        """
        ...

    def out_items(self, *, unsent_only: bool = True, limit: int = 500, after: int = 0) -> Sequence[OutItem]:
        """Return events of the outbox in order, those past ``after``, for screens and lists."""
        ...

    def out_item(self, event_id: str) -> OutItem | None:
        """Return one event, or None."""
        ...

    def late_items(self) -> Sequence[OutItem]:
        """Return withheld events somebody released again: to be sent late."""
        ...

    def cursor(self) -> int:
        """Return how far the office's log was pulled."""
        ...

    def event_at_cursor(self) -> str:
        """Return the id of the event that has the cursor's number here, "" when none is known."""
        ...

    def dossier_log(self, dossier_id: str) -> Sequence[LoggedEvent]:
        """Return all events of a dossier that are here: by office_seq, then those without, as written."""
        ...

    def has_in_item(self, event_id: str) -> bool:
        """Tell whether an event came down already, or is our own."""
        ...

    def parked(self, dossier_id: str = "") -> Sequence[InItem]:
        """Return entries that could not be applied, of one dossier or of all."""
        ...

    def notices(self, *, dossier_id: str = "", open_only: bool = True) -> Sequence[Notice]:
        """Return what the server asks to look at, newest first."""
        ...

    def uploads(self, *, unsent_only: bool = True) -> Sequence[ScanUpload]:
        """Return scans on their way, oldest first."""
        ...

    def next_upload(self, now: datetime) -> ScanUpload | None:
        """Return the scan to send now: of a dossier whose receipt was confirmed, its waiting time over."""
        ...

    def leased_blocks(self, day: date) -> Sequence[NumberBlock]:
        """Return the leased blocks of a day, in the order they were leased."""
        ...

    def numbers_taken(self, day: date, counter: int) -> int:
        """Return how many numbers a counter gave on a day."""
        ...

    def traffic(self, since: date) -> Sequence[Traffic]:
        """Return the bytes by day, newest first."""
        ...

    def pack_downloads(self) -> Sequence[PackDownload]:
        """Return the packs the server offers."""
        ...


class SyncWrites(SyncQueries, Protocol):
    """Writes about what was sent and fetched; part of one act."""

    def enrol(self, enrolment: Enrolment) -> None:
        """Keep the identity; an earlier one is replaced."""
        ...

    def begin_epoch(self, epoch: int, common_seq: int) -> int:
        """Go on in a new epoch: the events after `common_seq` of the present one are chained anew there.

        They wait again; the server knows each by its id, so none counts twice. Return how many there are.
        The event at `common_seq` goes along uncounted: a server put back later shows by the lack of it.
        ValueError unless the counter is enrolled and the epoch above the present one.
        """
        ...

    def mark_sending(self, seqs: Sequence[int]) -> None:
        """Note that the events are on the line, whose answer may never come."""
        ...

    def mark_acked(self, epoch: int, last_epoch_seq: int, office_seqs: Mapping[int, int]) -> None:
        """Note what the server confirmed: all of the epoch up to a place; ``office_seqs`` by `OutItem.seq`.

        Quarantined ones become withheld.
        """
        ...

    def mark_late_acked(self, office_seqs: Mapping[int, int]) -> None:
        """Note that withheld events arrived after all."""
        ...

    def unack(self, after_epoch_seq: int) -> int:
        """Let events of the present epoch after a place wait again: the server lost them. Return how many.

        After 0 it may have lost ends of earlier epochs as well: what is kept of those waits again too.
        """
        ...

    def mark_failed(self, seqs: Sequence[int], answer: str, next_attempt_at: datetime | None) -> None:
        """Count one more attempt and keep the answer; the events wait again."""
        ...

    def quarantine(self, seq: int, answer: str) -> int:
        """Put an event aside, and with it the later unconfirmed events of its dossier; return how many.

        What is still written about the dossier is put aside as well, until they are released.
        """
        ...

    def release(self, event_id: str) -> bool:
        """Let a quarantined or withheld event, and all such of its dossier, be sent again now.

        False when it is neither.
        """
        ...

    def put_in_item(self, item: InItem) -> bool:
        """Keep an entry of the log; False when it is here already."""
        ...

    def take_home(self, item: InItem) -> None:
        """Put an own event that was lost here from the log to the end of the chain: it is told again.

        The server knows it by its id; should it be put back, it hears of it from here once more.
        """
        ...

    def settle_in_item(self, office_seq: int, problem: str) -> None:
        """Note that an entry was applied, or why it could not be."""
        ...

    def move_cursor(self, cursor: int) -> None:
        """Note how far the log was pulled; it never moves back except by `rewind_cursor`."""
        ...

    def rewind_cursor(self) -> None:
        """Pull the whole log again: the server was put back, its numbers may mean other events now."""
        ...

    def renumber(self, event_id: str, office_seq: int) -> None:
        """Give an own event or an entry the number it has in the log now."""
        ...

    def put_notice(self, notice: Notice) -> None:
        """Keep a flag or a task; one that is here is updated."""
        ...

    def settle_notice(self, notice_id: str, at: datetime, by: str) -> bool:
        """Note that a human dealt with it; False when it is unknown or was settled."""
        ...

    def queue_uploads(self, now: datetime) -> int:
        """Queue scans of dossiers that are not yet on their way; return how many are new."""
        ...

    def unack_uploads(self) -> int:
        """Let scans the server confirmed be announced again: it lost some, and says which it has.

        Return how many. Scans taken off their dossier since are left.
        """
        ...

    def put_upload(self, upload: ScanUpload) -> None:
        """Write how far a scan is."""
        ...

    def put_block(self, leased: LeasedBlock) -> None:
        """Keep a leased block; one with the same first number and day is replaced."""
        ...

    def put_lane(self, report: LaneReport) -> None:
        """Keep how a lane does."""
        ...

    def note_clock(self, ahead_s: int) -> None:
        """Keep by how much the own clock is ahead of the server's."""
        ...

    def count_traffic(self, day: date, sent: int, received: int) -> None:
        """Add bytes to a day."""
        ...

    def put_pack_download(self, download: PackDownload) -> None:
        """Write how far a pack is."""
        ...

    # Of other counters' dossiers

    def keep_definition_body(self, digest: str, kind: str, item_id: str, version: str, body: str) -> None:
        """Keep what another counter received under; ValueError when the digest is not the body's."""
        ...

    def put_folded(
        self,
        dossier_id: str,
        state: Mapping[str, object],
        *,
        owner: str,
        seen: int,
        also_named: Sequence[str] = (),
    ) -> Dossier:
        """Write a dossier as the fold of its events says, new or known, and return it; search follows.

        Raises:
            ValueError: the state is none this program can read.
        """
        ...

    def append_foreign_history(self, dossier_id: str, entry: HistoryEntry) -> None:
        """Append a step another counter did; its clock says nothing about ours."""
        ...

    def apart(self) -> AbstractContextManager[None]:
        """Let what is written within be undone alone when it fails, and the rest of the act stand."""
        ...

    def raise_paper_number(self, series: str, year: int, counter: int, at_least: int) -> None:
        """Never give a number of a paper again that one come back from the server has."""
        ...

    def state_change(self, dossier: Dossier) -> StateChange:
        """Return what this act changed about a dossier since its last event."""
        ...

    def untold_definitions(self) -> Sequence[DefinitionBody]:
        """Return the definitions no event told the server of; from now on they count as told."""
        ...

    def raise_numbers(self, day: date, counter: int, at_least: int, register_no: int) -> None:
        """Never give a number again that an own dossier, come back from the server, has."""
        ...
