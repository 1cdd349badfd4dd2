"""Taking pushes: how many events a second, against the bare insert of the same rows; bytes on the line."""

import asyncio
import statistics
import time
from collections.abc import Sequence

from tests.bench.lean_line import LeanLine
from tests.bench.push_floor import batches_of, write_all
from tests.bench.row import Row, row
from tests.bench.sync_day import Day
from tests.bench.sync_devices import Device, device_like
from tests.bench.sync_server import Served, run

from counter_protocol import wire
from counter_protocol.messages import PushReply, SessionReply

BATCH = 100
CONNECTIONS = 8
_DEVICES = 24  # of a round, of as many offices
_ROUNDS = 3
_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


def push_rows(served: Served, day: Day, first: int) -> list[Row]:
    """Measure with copies of `day` from the `first`-th on."""
    numbers = iter(range(first, first + 6 * (_ROUNDS + 1) * _DEVICES, 3))  # one of each office
    ours, floors, served_all = [], [], []
    for turn in range(_ROUNDS + 1):
        subjects, bare = ([_copy(day, next(numbers)) for _ in range(_DEVICES)] for _ in range(2))
        served.know([*subjects, *bare])
        prepared = [batches_of(device, BATCH) for device in bare]
        # A counter hashed its events when it recorded them; packing and signing are part of a push.
        for device in subjects:
            assert len(device.hashes) == len(day.bodies) + 1
        events = _DEVICES * len(day.bodies)
        order = ("ours", "floor") if turn % 2 else ("floor", "ours")
        rates = {}
        for which in order:
            began = time.perf_counter()
            if which == "ours":
                run(push_all(served, subjects))
            else:
                run(write_all(served.database_url, prepared, CONNECTIONS))
            rates[which] = events / (time.perf_counter() - began)
        served_all += [(subjects[0], bare[0])]
        if turn:  # the first round warms up
            ours.append(rates["ours"])
            floors.append(rates["floor"])
    for subject, other in served_all:
        _check_same_rows(served, subject, other)
    value, floor = statistics.median(ours), statistics.median(floors)
    note = (
        f"{_DEVICES * len(day.bodies):,} events a round from {_DEVICES} offices, {CONNECTIONS} connections; "
        f"rounds {_thousands(ours)} against {_thousands(floors)} thousand/s; "
        "client, server and PostgreSQL on the same cores"
    )
    return [
        row("push, signed batches of 100", value, "events/s", floor=floor, at_least_ratio=0.6, note=note),
        *_byte_rows(day),
    ]


def _copy(day: Day, number: int) -> Device:
    return device_like(day.bodies, counter=day.counter, device_id=day.device_id, unit=day.unit, number=number)


def _thousands(rates: Sequence[float]) -> str:
    return "/".join(f"{rate / 1000:.1f}" for rate in rates)


async def push_all(served: Served, devices: Sequence[Device]) -> None:
    """Let all devices open a session and push their day, `CONNECTIONS` of them at once."""
    waiting = list(devices)

    async def counter() -> None:
        while waiting:
            line = await LeanLine.open(served.port)
            await _push_day(line, waiting.pop(), served.clock.now().strftime(_MOMENT))
            line.close()

    await asyncio.gather(*(counter() for _ in range(CONNECTIONS)))


async def _push_day(line: LeanLine, device: Device, now: str) -> None:
    status, answer = await line.post("/v1/session", device.session(now))
    assert status == 200, answer
    token = wire.from_bytes(answer, SessionReply).token
    for push in device.batches(BATCH):
        status, answer = await line.post("/v1/push", device.packed(push), token)
        assert status == 200, answer
        reply = wire.from_bytes(answer, PushReply)
        assert reply.ack.seq == push.first_seq + len(push.events) - 1


_EVENTS = """
SELECT seq, office_seq, kind, at, length(hash) AS hash, length(body) AS body
FROM event WHERE unit = $1 ORDER BY seq
"""
_DOSSIERS = "SELECT office_seq, dossier_code, status, received_at, resolved_at FROM dossier WHERE unit = $1"


def _check_same_rows(served: Served, subject: Device, bare: Device) -> None:
    """Refuse to compare the work of two that did not write the same."""
    for query in (_EVENTS, f"{_DOSSIERS} ORDER BY office_seq"):
        mine, its = (served.rows(query, each.unit) for each in (subject, bare))
        its = [
            {**one, "dossier_code": mine[n]["dossier_code"]} if "status" in one else one
            for n, one in enumerate(its)
        ]
        assert mine == its


def _byte_rows(day: Day) -> list[Row]:
    """Return what a batch weighs on the line, signature included, HTTP's head and TLS left out."""
    device = _copy(day, 0)
    packed = sum(len(device.packed(push)) for push in device.batches(BATCH))
    raw = sum(map(len, day.bodies))
    definitions = [item.body for item in day.definitions]
    told = Device(day.unit, day.device_id, 1, definitions)
    once = sum(len(told.packed(push)) for push in told.batches(BATCH))
    note = (
        f"{len(day.bodies)} events of {raw // len(day.bodies)} bytes raw; what they were received under goes "
        f"up once for all: {len(definitions)} definitions, {once:,} bytes"
    )
    return [
        row("push, an event in batches of 100", packed / len(day.bodies), "bytes", at_most=250, note=note)
    ]
