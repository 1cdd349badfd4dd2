"""A real counter behind a poor line with breaks: how long its backlog takes, and how much is sent twice."""

import hashlib
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.row import Row, row
from tests.bench.seeded_pace import SeededPace
from tests.bench.sync_day import receive_one
from tests.bench.sync_devices import Device
from tests.bench.sync_server import Served
from tests.helpers.desks import make_desk
from tests.helpers.slow_line import Quality, slow_line

from counter_app.domain.dossier_acts import HandOver
from counter_app.domain.dossier_life import Holder
from counter_app.services.acts.perform import perform
from counter_app.services.attachments_port import MadeScan
from counter_app.services.desk import Desk
from counter_app.services.scans.attach import ScanOwner, attach
from counter_app.services.scans.scan_parts import parts_of_dossier
from counter_app.services.sync_control import SyncReport
from counter_app.services.sync_port import Enrolment
from counter_app.sync.loop import SyncLoop
from counter_protocol import signing

_DOSSIERS = 1_000
_OFFICE = "H29.11"
_SCAN_BYTES = 20_000_000
_SCALE = 20  # scans: so many times faster a line, breaking so many times as often
_GIVE_UP_S = 240
_HOLDER = HandOver(to=Holder(name="Công chức Tư pháp – Hộ tịch"))


def backlog_row(served: Served, folder: Path) -> Row:
    """A thousand dossiers received and handed over while the line was away; then 430 kbit/s with breaks."""
    quality = Quality(bits_per_s=430_000, rtt_s=0.3, break_every_s=5.0, away_s=2.0, seed=430)
    desk = make_desk(folder / "backlog", served.clock.now(), unit_code=_OFFICE)
    chance = random.Random(_DOSSIERS)
    for number in range(_DOSSIERS):
        dossier = receive_one(desk, number, chance)
        perform(desk, dossier.dossier_id, _HOLDER)
    desk.clock = served.clock
    with slow_line(served.port, quality) as line:
        device = _know(served, desk, line.url)
        loop = SyncLoop(desk, folder / "incoming", SeededPace(1))
        with desk.store.reading() as queries:
            queued = queries.sync_state().waiting
        began = time.perf_counter()
        runs = _until(loop, desk, lambda report: not report.waiting)
        took = time.perf_counter() - began
    there = served.rows(
        "SELECT count(*) AS events, count(DISTINCT event_id) AS different FROM event "
        "WHERE unit = $1 AND device_id = $2 AND kind <> 'definition_kept'",
        device.unit,
        device.device_id,
    )
    desk.store.close()
    assert there == [{"events": queued, "different": queued}]
    note = (
        f"{queued:,} events; {line.breaks} breaks of {quality.away_s:g} s, {runs} exchanges with back-off; "
        f"{line.sent:,} bytes up, {line.received:,} down; 0 lost, 0 doubled; round trip {quality.rtt_s:g} s"
    )
    return row("1,000 queued dossiers, 430 kbit/s with breaks", took, "s", below=180, note=note)


def scan_row(served: Served, folder: Path, store: str, number: int) -> Row:
    """A scan of 20 MB at 1 Mbit/s with a break a minute, all of it twenty times faster."""
    quality = Quality(
        bits_per_s=1_000_000 * _SCALE,
        rtt_s=0.3 / _SCALE,
        break_every_s=60 / _SCALE,
        away_s=5 / _SCALE,
        seed=number,
    )
    desk = make_desk(folder / f"scan-{number}", served.clock.now(), unit_code=f"H29.{20 + number}")
    dossier = receive_one(desk, 0, random.Random(number))
    content = b"%PDF-1.7\n" + random.Random(20).randbytes(_SCAN_BYTES - 9)
    with desk.store.reading() as queries:
        part = parts_of_dossier(queries, dossier)[0]
    made = MadeScan(pdf=content, pages=40, dpi=200, skew=0.0)
    attach(desk, ScanOwner(dossier_id=dossier.dossier_id), part, made, clerk="Mai")
    desk.clock = served.clock
    with slow_line(served.port, quality) as line:
        _know(served, desk, line.url)
        loop = SyncLoop(desk, folder / "incoming", SeededPace(number, _SCALE))
        began = time.perf_counter()
        runs = _until(loop, desk, lambda report: not report.scans_waiting, scale=_SCALE)
        took = time.perf_counter() - began
    desk.store.close()
    stored = served.rows("SELECT sha256, size FROM scan WHERE unit = $1", desk.settings.office.unit_code)
    assert stored == [{"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}]
    note = (
        f"{store}; {line.breaks} breaks, {runs} exchanges; {took:.0f} s of a line {_SCALE} times as fast, "
        f"breaking as much oftener (as {took * _SCALE:.0f} s at 1 Mbit/s); sum of the stored file equal"
    )
    return row(
        "20 MB scan, breaks each minute: sent by size", line.sent / len(content), "×", at_most=1.15, note=note
    )


def pull_row(served: Served, folder: Path) -> Row:
    """What the counter behind the poor line did, pulled and applied by another one of its office."""
    desk = make_desk(folder / "other", served.clock.now(), counter=2, unit_code=_OFFICE)
    desk.clock = served.clock
    _know(served, desk, served.url)
    loop = SyncLoop(desk, folder / "incoming", SeededPace(2))
    began = time.perf_counter()
    report = loop.run_once()
    took = time.perf_counter() - began
    with desk.store.reading() as queries:
        found, state = len(queries.newest(limit=2 * _DOSSIERS)), queries.sync_state()
    desk.store.close()
    assert (found, state.parked) == (_DOSSIERS, 0)
    note = f"{report.received:,} events, {report.bytes_received:,} bytes, {took:.1f} s in all"
    return row("pull and apply another counter's dossier", took / _DOSSIERS * 1000, "ms", below=20, note=note)


def _know(served: Served, desk: Desk, url: str) -> Device:
    """Enrol behind the desks' backs: what is measured comes after."""
    counter, unit = desk.settings.counter, desk.settings.office.unit_code
    device = Device(unit, counter.device_id, counter.number, ())
    served.know([device])
    with desk.store.writing() as transaction:
        transaction.enrol(
            Enrolment(
                server_url=url,
                device_id=device.device_id,
                unit_code=unit,
                counter=counter.number,
                private_key=device.key,
                server_signing_key=signing.public_key_of(signing.new_private_key()),
                server_sealing_key=bytes(32),
                enrolled_at=desk.clock.now(),
                epoch=transaction.chain_end().epoch,
            )
        )
    return device


def _until(loop: SyncLoop, desk: Desk, done: Callable[[SyncReport], bool], *, scale: float = 1) -> int:
    """Exchange until done, waiting after a failure as the lanes ask for; return the number of exchanges."""
    pause = threading.Event()
    give_up = time.monotonic() + _GIVE_UP_S
    runs = 0
    while time.monotonic() < give_up:
        runs += 1
        report = loop.run_once()
        if done(report):
            return runs
        now = desk.clock.now()
        waits = [
            (each.next_attempt_at - now).total_seconds() for each in report.lanes if each.next_attempt_at
        ]
        pause.wait(max(0.05, min(waits, default=0.0) / scale))
    raise RuntimeError("not done in time")
