"""What is fuzzed: each target takes any bytes, and whatever it raises is a fault of the program.

Refusals in our own words are answers, so a target swallows those its decoder promises and nothing else.
"""

import argparse
import atexit
import contextlib
import hashlib
import io
import json
import shutil
import struct
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.helpers.builders import MORNING
from tests.hostile.fuzz import seeds

from counter_app.catalogue.build_catalogue import build_catalogue
from counter_app.catalogue.importing.read_source import read_source
from counter_app.catalogue.packs import archive, entry_names, manifest, trust
from counter_app.cli.answers_file import read_answers, with_typed_applicant
from counter_app.cli.commands import scan_command
from counter_app.devices.scan_document import ScanDocuments
from counter_app.domain.citizen_card import CitizenCard
from counter_app.domain.errors import BadInput, KnownError
from counter_app.domain.mrz import MrzCard, parse_mrz
from counter_app.domain.recovery_code import looks_like_code, read_code
from counter_app.domain.scan import ScanKind, read_scan
from counter_app.domain.scan_file import MAX_FILE_BYTES
from counter_app.domain.vietnamese_text import clean
from counter_app.services.visit_json import visit_from_json, visit_to_json
from counter_app.storage.backup_container import BackupReader
from counter_protocol import carry, signing, wire
from counter_protocol.carry import CarryHeader, CarryRefused, Record
from counter_protocol.carry_keys import public_of, sealing_private_of
from counter_protocol.carry_read import CarryReader, with_content
from counter_protocol.carry_seal import new_seal
from counter_protocol.events import decode_event
from counter_protocol.messages import Message

TODAY = date(2026, 11, 21)
UNIT = "H29.12"
_PROGRAM = Path(__file__).parents[3]
_SENDER = bytes(range(32))
_SENDER_KEY = signing.public_key_of(_SENDER)
_RECIPIENT = sealing_private_of(bytes(range(1, 33)))


@dataclass(frozen=True, slots=True)
class Target:
    """One decoder under attack; `seeds` are well-formed and hostile inputs to begin with."""

    name: str
    attack: Callable[[bytes], None]
    seeds: Callable[[], Sequence[bytes]]


@cache
def scratch() -> Path:
    """Return a folder for the files a decoder wants to open itself."""
    folder = Path(tempfile.mkdtemp(prefix="hostile-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def as_file(data: bytes, name: str) -> Path:
    path = scratch() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def as_text(data: bytes) -> str:
    """Any text at all, halves of surrogate pairs too: those arrive from keyboards and command lines."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


# Cards


def card_scan(data: bytes) -> None:
    _scanned(data)
    _scanned(as_text(data))


def _scanned(data: str | bytes) -> None:
    try:
        scan = read_scan(data, today=TODAY, unit_code=UNIT)
    except BadInput as refused:
        if refused.code not in ("scan_too_long", "scan_empty"):
            raise
        return
    assert (scan.kind is ScanKind.UNKNOWN) == bool(scan.reason)
    if scan.card is not None:
        check_card(scan.card)
    if scan.mrz is not None:
        check_mrz(scan.mrz)


def check_card(card: CitizenCard) -> None:
    """What a card is believed to say is short, clean text, and a person can be made of it."""
    person = card.to_person()
    for said in (card.personal_id, card.old_id, card.full_name, card.address, *card.extra, person.birth_date):
        assert said == clean(said), "not clean"
        assert unicodedata.is_normalized("NFC", said)
        assert len(said) <= 4 * 2048
        said.encode("utf-8")
    assert len(card.personal_id) == 12
    assert card.personal_id.isascii()
    assert card.full_name


def check_mrz(card: MrzCard) -> None:
    assert card.personal_id.isascii()
    assert len(card.personal_id) == 12
    assert len(card.full_name) <= 30
    assert card.to_person().full_name == clean(card.full_name)


def mrz(data: bytes) -> None:
    with contextlib.suppress(BadInput):
        check_mrz(parse_mrz(data, today=TODAY))
    letters = "".join(chr(0x30 + byte % 0x2B) for byte in data).replace("=", "<")
    with contextlib.suppress(BadInput):
        check_mrz(parse_mrz(letters, today=TODAY))


def hex_scan(data: bytes) -> None:
    """`counter-app scan --hex`, where a tester pastes what a scanner sent."""
    said = argparse.Namespace(text=data.decode("utf-8", "surrogateescape"), stdin=False, hex=True)
    context: Any = SimpleNamespace(data_dir=scratch() / "nobody", moment=lambda: MORNING)
    with contextlib.suppress(BadInput):
        json.dumps(scan_command.run(context, said))


# The line and the stick


@cache
def _messages() -> tuple[type[Message], ...]:
    from tests.protocol.contract import message_types

    return tuple(message_types())


def wire_frame(data: bytes) -> None:
    with contextlib.suppress(wire.NotAMessage):
        assert len(wire.unpack(data)) <= wire.MAX_UNPACKED
    for kind in _messages():
        with contextlib.suppress(wire.NotAMessage):
            message = wire.from_bytes(data, kind)
            assert wire.from_bytes(wire.to_bytes(message), kind) == message


def event(data: bytes) -> None:
    with contextlib.suppress(ValueError):
        decode_event(data)


def carry_frame(data: bytes) -> None:
    """A file as it lies on a stick, of a sender nobody trusts."""
    with contextlib.suppress(CarryRefused):
        reader = CarryReader(io.BytesIO(data))
        reader.check(_SENDER_KEY)
        list(reader.records(_RECIPIENT))


def carry_content(data: bytes) -> None:
    """A file rightly signed and sealed by a hostile counter: one length byte a block, then the blocks."""
    told = wire.to_bytes(_HEADER)
    head = carry.MAGIC + len(told).to_bytes(4, "big") + told
    sealed_key, seal = new_seal(public_of(_RECIPIENT), head)
    blocks = list(_cut(data)) or [b""]
    sealed = [seal.seal(block, last=place == len(blocks) - 1) for place, block in enumerate(blocks)]
    body = head + sealed_key + b"".join(struct.pack(">I", len(each)) + each for each in sealed)
    signed = body + signing.sign(signing.CARRY_UP, _SENDER, hashlib.sha256(body).digest())
    with contextlib.suppress(CarryRefused):
        reader = CarryReader(io.BytesIO(signed))
        reader.check(_SENDER_KEY)
        passed = 0
        for record, content in with_content(reader.records(_RECIPIENT)):
            passed += len(record.body) + sum(map(len, content))
            _read_record(record)
        assert passed <= 10_000_000


_HEADER = CarryHeader(
    direction="up",
    unit=UNIT,
    counter=1,
    sender="device-1",
    recipient="server",
    file_id="0195a2f0-0000-7000-8000-000000000001",
    created="2026-11-23T01:00:00.000000Z",
    counts={"batch": 5, "scan": 5, "scan_bytes": 1_000_000, "ack": 5, "pull": 5, "place": 1},
)


def _cut(data: bytes) -> Iterator[bytes]:
    """Pieces of the lengths the data itself tells; every other one packed as an honest writer packs."""
    at = 0
    while at < len(data):
        size = data[at]
        piece = data[at + 1 : at + 1 + size]
        yield wire.pack(piece) if size % 2 else piece
        at += 1 + size


def _read_record(record: Record) -> None:
    for kind in _messages():
        with contextlib.suppress(wire.NotAMessage):
            wire.from_bytes(record.body, kind)


# Files of data


def pack(data: bytes) -> None:
    """A data pack: its frame, names and sizes, then its signed list and its root."""
    path = as_file(data, "pack.qmcpack")
    with contextlib.suppress(KnownError), archive.opened(path) as opened:
        for name in opened.names:
            assert not name.startswith("/")
            assert ".." not in name.split("/")
            assert "\\" not in name
            with contextlib.suppress(KnownError):
                opened.read(name, archive.MAX_ENTRY)
    for limit, read in ((manifest.MAX_TARGETS, _targets), (trust.MAX_ROOT, trust.read_root)):
        with contextlib.suppress(KnownError):
            read(data[:limit])


def _targets(data: bytes) -> object:
    return manifest.info_of(manifest.read_targets(data).signed, data, "pack.qmcpack")


def pack_names(data: bytes) -> None:
    """An archive whose entries are called what the data says, a line each: none may leave its folder."""
    names = [line for line in data.decode("utf-8", "replace").split("\n") if line][:50]
    path = as_file(seeds.zip_of(names), "names.qmcpack")
    with contextlib.suppress(KnownError), archive.opened(path) as opened:
        below = scratch() / "unpacked"
        for name in opened.names:
            assert (below / name).resolve().is_relative_to(below), "leaves its folder"
            assert entry_names.check_names([name]) is None


def form_file(data: bytes) -> None:
    """A form or a procedure; the loader keeps the faults it finds and raises none."""
    folder = scratch() / "forms"
    kind = "templates" if data[:1] != b"p" else "procedures"
    path = as_file(data, f"forms/{kind}/{seeds.DATA_ID}/2026-01-01.yaml")
    try:
        compiled = build_catalogue(folder, _PROGRAM / "forms" / "schema")
    finally:
        path.unlink()
    assert len(compiled.forms) + len(compiled.procedures) + len(compiled.faults) >= 1


def procedure_list(data: bytes) -> None:
    """A portal's list or page as an IT centre hands it over, and a sound workbook with such a sheet."""
    for name, content in (("list.xlsx", data), ("sheet.xlsx", seeds.workbook_of(data))):
        with contextlib.suppress(KnownError):
            read_source(as_file(content, name))


def scanned_paper(data: bytes) -> None:
    for content in (data, *seeds.pdfs_of(data)):
        with contextlib.suppress(KnownError):
            made = ScanDocuments().make([content])
            assert made.pdf.startswith(b"%PDF-")
            assert 1 <= made.pages <= 300
            assert len(made.pdf) <= MAX_FILE_BYTES


def answers(data: bytes) -> None:
    """The answers of `counter-app receive` and of a draft: what is taken can be kept and read again."""
    with contextlib.suppress(KnownError):
        said = read_answers(as_file(data, "answers.json"))
        typed = said.pop("applicant", None)
        visit = visit_from_json(said)
        visit = with_typed_applicant(visit, typed if isinstance(typed, dict) else None, today=TODAY)
        kept = json.loads(json.dumps(visit_to_json(visit)).encode("utf-8"))
        assert visit_from_json(kept) == visit


def backup_file(data: bytes) -> None:
    """A backup from a stick: as it lies there, and with the data as what a sound file says of itself."""
    for content in (data, seeds.backup_of(data)):
        path = as_file(content, "counter.qmcbackup")
        with contextlib.suppress(KnownError), BackupReader(path) as reader:
            for member in reader.manifest.members:
                assert not member.name.startswith("/")
                assert ".." not in member.name.split("/")
                with contextlib.suppress(KnownError):
                    reader.unpack(member, None)
            reader.require_seal(bytes(32))


def recovery_code(data: bytes) -> None:
    """What is typed or scanned in place of the code on the recovery sheet."""
    typed = as_text(data)
    looks_like_code(typed)
    with contextlib.suppress(BadInput):
        code = read_code(typed)
        assert read_code(code) == code


TARGETS = {
    target.name: target
    for target in (
        Target("card_scan", card_scan, seeds.cards),
        Target("mrz", mrz, seeds.cards),
        Target("hex_scan", hex_scan, seeds.hex_cards),
        Target("wire_frame", wire_frame, seeds.messages),
        Target("event", event, seeds.events),
        Target("carry_frame", carry_frame, seeds.carry_files),
        Target("carry_content", carry_content, seeds.carry_blocks),
        Target("pack", pack, seeds.packs),
        Target("pack_names", pack_names, seeds.entry_names),
        Target("form_file", form_file, seeds.forms),
        Target("procedure_list", procedure_list, seeds.lists),
        Target("scanned_paper", scanned_paper, seeds.papers),
        Target("answers", answers, seeds.answers),
        Target("backup_file", backup_file, seeds.backups),
        Target("recovery_code", recovery_code, seeds.recovery_codes),
    )
}
