"""Takes in the server's file from a stick; one that was taken before, or is older, does no harm."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.services.carry.export_carry import LAST_OUT, require_enrolled
from counter_app.services.carry.take_answer import put_aside, take_ack, take_blocks
from counter_app.services.ports import AuditEntry
from counter_app.services.sync.apply_log import apply_page
from counter_app.services.sync.settle_chain import Compared, settle_chain
from counter_app.services.sync.standing_place import version_number
from counter_app.services.sync_port import PackDownload
from counter_protocol.carry import CarryAck, CarryHeader, CarryPage, Direction, Record, RecordKind
from counter_protocol.carry_keys import sealing_private_of
from counter_protocol.carry_read import with_content
from counter_protocol.chain import ChainState
from counter_protocol.events import SERVER
from counter_protocol.messages import BlockReply, Message, PackOffer
from counter_protocol.wire import NotAMessage, from_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from counter_app.services.carry.carry_port import CarryFiles, PackShelf
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Transaction
    from counter_app.services.sync_port import Enrolment

M = TypeVar("M", bound=Message)
LAST_IN = "carry.last_in"  # the id of the newest file taken in


@dataclass(slots=True, kw_only=True)
class Imported:
    """What a file brought. ``chain`` is "" or how the chain stood (`chain.ChainState`): export again then.

    ``put_aside``: events the server cannot take; a human decides, the others go on with the next export.
    ``gap``: entries are missing between what is here and the file; they come with the next one.
    """

    header: CarryHeader
    repeated: bool
    older: bool
    acked: int = 0
    entries: int = 0
    parked: int = 0
    packs: int = 0
    packs_refused: int = 0
    blocks: int = 0
    skipped: int = 0
    gap: bool = False
    chain: str = ""
    put_aside: int = 0
    dossiers: set[str] = field(default_factory=set)

    @property
    def export_again(self) -> bool:
        """Whether the counter and the server are not yet even: another file must go up."""
        return bool(self.chain or self.put_aside or self.gap)


def import_carry(
    desk: "Desk", files: "CarryFiles", shelf: "PackShelf", source: "Path", *, clerk: str = ""
) -> Imported:
    """Take in what the server wrote for this counter.

    Args:
        desk: The counter.
        files: How files are read.
        shelf: Where data packs go; installing them stays the clerk's act.
        source: The file.
        clerk: Who carries; the clerk of the settings when "".

    Raises:
        RuleRefusal: ``sync_training_refused``, ``sync_not_enrolled``, ``carry_for_other_unit`` (unit),
            ``carry_for_other_counter`` (counter).
        BadInput: ``carry_goes_up``, ``carry_wrong_recipient``, and as `CarryFiles.open`; nothing was taken.
        EnvironmentProblem: ``carry_unreadable``, ``pack_not_written``, and as `Store.writing`; what was taken
            stays, and the file may be taken in again.
    """
    enrolment = require_enrolled(desk)
    with files.open(source) as carry:
        _require_ours(carry.header, enrolment)
        carry.check(enrolment.server_signing_key)
        imported = _begun(desk, carry.header)
        records = carry.records(sealing_private_of(enrolment.private_key))
        _take(desk, shelf, imported, records)
    with desk.store.writing() as transaction:
        if not (imported.older or imported.repeated):
            transaction.put_setting(LAST_IN, imported.header.file_id)
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=clerk or desk.clerk,
                act="carry_imported",
                subject_id=imported.header.file_id,
                detail={"acked": imported.acked, "entries": imported.entries, "packs": imported.packs},
            )
        )
    return imported


def _require_ours(header: CarryHeader, enrolment: "Enrolment") -> None:
    if header.direction != Direction.DOWN:
        raise BadInput("carry_goes_up")
    if header.unit != enrolment.unit_code:
        raise RuleRefusal("carry_for_other_unit", unit=header.unit[:40])
    if header.recipient != enrolment.device_id:
        raise RuleRefusal("carry_for_other_counter", counter=header.counter)
    if header.sender != SERVER:
        raise BadInput("carry_damaged")


def _begun(desk: "Desk", header: CarryHeader) -> Imported:
    with desk.store.reading() as queries:
        last = queries.setting(LAST_IN) or ""
    return Imported(header=header, repeated=header.file_id == last, older=header.file_id < last)


def _take(desk: "Desk", shelf: "PackShelf", imported: Imported, records: Iterator[Record]) -> None:
    """Take each record as an act of its own: each may come again without effect."""
    for record, content in with_content(records):
        match record.kind:
            case RecordKind.ACK:
                _take_ack(desk, imported, _read(record, CarryAck))
            case RecordKind.PULL:
                _take_page(desk, imported, _read(record, CarryPage))
            case RecordKind.BLOCKS:
                with desk.store.writing() as transaction:
                    imported.blocks += take_blocks(
                        transaction, desk.settings.counter.number, _read(record, BlockReply)
                    )
            case RecordKind.PACK:
                _take_pack(desk, shelf, imported, _read(record, PackOffer), content)
            case _:
                imported.skipped += 1


def _take_ack(desk: "Desk", imported: Imported, ack: CarryAck) -> None:
    with desk.store.writing() as transaction:
        imported.acked += take_ack(transaction, desk, ack)
        newest = transaction.setting(LAST_OUT) or ""
        answers_newest = imported.header.answers == newest != ""
        if answers_newest and not (imported.older or imported.repeated) and not imported.chain:
            imported.put_aside += put_aside(transaction, ack)
            imported.chain = _mend_chain(transaction, desk, ack)


def _mend_chain(transaction: "Transaction", desk: "Desk", ack: CarryAck) -> str:
    """Do what the state of the chain asks for, as a session would; return the state when it was not "ok"."""
    if ack.epoch != transaction.chain_end().epoch:
        return ""
    compared = Compared(
        chain=ack.chain,
        ack_seq=ack.ack.seq,
        common_seq=ack.common_seq,
        office_seq=ack.office_seq,
        log_changed=ack.log_changed,
    )
    # Whether the epoch was begun since, no file tells: what it has is not asked for again on that ground.
    settle_chain(transaction, desk, compared, just_begun=True)
    return "" if ack.chain == ChainState.OK else ack.chain


def _take_page(desk: "Desk", imported: Imported, carried: CarryPage) -> None:
    with desk.store.reading() as queries:
        imported.gap = imported.gap or carried.after > queries.cursor()
    page = carried.page
    applied = apply_page(desk, page.items, after=carried.after, cursor=page.cursor)
    imported.entries += applied.new
    imported.parked += applied.parked
    imported.dossiers |= applied.dossiers


def _take_pack(
    desk: "Desk", shelf: "PackShelf", imported: Imported, offer: PackOffer, content: Iterator[bytes]
) -> None:
    held = [
        version_number(each.info.version)
        for each in desk.packs.installed()
        if (each.info.kind, each.info.unit) == (offer.kind, offer.unit)
    ]
    if offer.version <= max(held, default=0):
        return  # what is installed is as new
    if not shelf.keep(offer, content):
        imported.packs_refused += 1
        return
    with desk.store.writing() as transaction:
        known = {each.sha256: each.state for each in transaction.pack_downloads()}
        # One that was installed, or that the clerk refused, is not offered again.
        if known.get(offer.sha256, "offered") == "offered":
            transaction.put_pack_download(
                PackDownload(
                    sha256=offer.sha256,
                    kind=offer.kind,
                    version=offer.version,
                    unit=offer.unit,
                    size=offer.size,
                    received=offer.size,
                    state="complete",
                )
            )
    imported.packs += 1


def _read(record: Record, kind: type[M]) -> M:
    try:
        return from_bytes(record.body, kind)
    except NotAMessage:
        raise BadInput("carry_damaged") from None
