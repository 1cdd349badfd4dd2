"""Two thousand counters that come back at once after an outage, each with what it did meanwhile."""

import asyncio
import random
import resource
import time
from collections import Counter
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.lean_line import LeanLine, LineBroken
from tests.bench.row import Row, p99, row
from tests.bench.seeded_pace import SeededPace
from tests.bench.sync_day import Day, a_day
from tests.bench.sync_devices import Device, device_like
from tests.bench.sync_server import Served, run

from counter_app.sync.answers import Answer, Refused, network
from counter_app.sync.backoff import FIRST_CONTACT_S, wait_after
from counter_protocol import wire
from counter_protocol.messages import ErrorReply, SessionReply
from counter_protocol.refusals import ErrorClass

_COUNTERS = 2_000
_DOSSIERS = 8  # of each, which is some thirty events
_FASTER = 40  # the ten minutes of the first contact pass in fifteen seconds; other pauses are the app's
_GIVE_UP_S = 300
_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
_PULL = "/v1/pull?cursor=0&limit=200&epoch=1&wait=0"
_TRIED_AGAIN = frozenset({429, 503})


@dataclass(frozen=True)
class Returning:
    """A counter with its requests, made ready beforehand."""

    device: Device
    session: bytes
    pushes: Sequence[bytes]
    comes_after_s: float
    pace: SeededPace


@dataclass
class Storm:
    """What happened."""

    took: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    broken: int = 0
    drained_s: float = 0.0


def storm_rows(served: Served, folder: Path, first: int, *, counters: int = _COUNTERS) -> list[Row]:
    """Measure with copies from the `first`-th on."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4 * counters)), hard))
    days = [a_day(folder / f"counter-{number}", dossiers=_DOSSIERS, counter=number) for number in (1, 2, 3)]
    window = FIRST_CONTACT_S / _FASTER
    spread = _storm(served, days, range(first, first + counters), window)
    at_once = _storm(served, days, range(first + counters + 3, first + 2 * counters + 3), 0.0)
    name = f"{counters:,} counters reconnect"
    return [
        row(f"{name} within {window:g} s: drained", spread.drained_s, "s", below=120, note=_told(spread)),
        row(f"{name} within {window:g} s: answer, p99", p99(spread.took) * 1000, "ms", below=10_000),
        row(f"{name}, all at once: drained", at_once.drained_s, "s", below=120, note=_told(at_once)),
        row(f"{name}, all at once: answer, p99", p99(at_once.took) * 1000, "ms", below=10_000),
    ]


def _told(storm: Storm) -> str:
    asked = sum(storm.statuses.values())
    busy = sum(storm.statuses[status] for status in _TRIED_AGAIN)
    return (
        f"{asked:,} answers, {busy / asked:.1%} of them 503 or 429, {storm.broken} connections broken; "
        f"{sum(storm.took) / len(storm.took) * 1000:.0f} ms on average; every event there once; "
        f"the app's ten minutes of spreading pass {_FASTER} times as fast"
    )


def _storm(served: Served, days: Sequence[Day], numbers: range, window_s: float) -> Storm:
    first = numbers.start + -numbers.start % 3
    returning = _returning(served, days, range(first, first + len(numbers)), window_s)
    served.know([each.device for each in returning])
    storm = Storm()
    run(_let_come(served, returning, storm))
    units = sorted({each.device.unit for each in returning})
    there = served.rows(
        "SELECT device_id, count(*) AS events, count(DISTINCT event_id) AS different FROM event "
        "WHERE unit = ANY($1) AND device_id <> 'server' GROUP BY device_id",
        units,
    )
    expected = {each.device.device_id: len(each.device.bodies) for each in returning}
    assert {one["device_id"]: one["events"] for one in there} == expected
    assert {one["device_id"]: one["different"] for one in there} == expected
    return storm


def _returning(served: Served, days: Sequence[Day], numbers: range, window_s: float) -> list[Returning]:
    chance = random.Random(numbers.start)
    now = served.clock.now().strftime(_MOMENT)
    found = []
    for number in numbers:
        day = days[number % 3]
        device = device_like(
            day.bodies, counter=day.counter, device_id=day.device_id, unit=day.unit, number=number
        )
        pushes = [device.packed(push) for push in device.batches(100)]
        comes, pace = chance.uniform(0, window_s), SeededPace(number)
        found.append(Returning(device, device.session(now), pushes, comes, pace))
    return found


async def _let_come(served: Served, returning: Sequence[Returning], storm: Storm) -> None:
    began = time.perf_counter()
    async with asyncio.timeout(_GIVE_UP_S):
        await asyncio.gather(*(_come_back(served, each, storm) for each in returning))
    storm.drained_s = time.perf_counter() - began


async def _come_back(served: Served, one: Returning, storm: Storm) -> None:
    """Do what the app does: session, all that waits, then what others did; after a failure the same again."""
    await asyncio.sleep(one.comes_after_s)
    failures = 0
    while (trouble := await _exchange(served, one, storm)) is not None:
        failures += 1
        await asyncio.sleep(wait_after(failures, trouble, one.pace))


async def _exchange(served: Served, one: Returning, storm: Storm) -> Answer | None:
    """Return why it did not come to its end, None when it did."""
    try:
        line = await LeanLine.open(served.port)
    except OSError:
        storm.broken += 1
        return network("server_unreachable").answer
    try:
        session = wire.from_bytes(await _said(line.post("/v1/session", one.session), storm), SessionReply)
        for push in one.pushes if session.ack.seq == 0 else ():
            await _said(line.post("/v1/push", push, session.token), storm)
        await _said(line.get(_PULL, session.token), storm)
    except Refused as refused:
        return refused.answer
    except LineBroken:
        storm.broken += 1
        return network("line_broken").answer
    finally:
        storm.took += [took for _path, took in line.took]
        line.close()
    return None


async def _said(asking: Awaitable[tuple[int, bytes]], storm: Storm) -> bytes:
    """Return the answer; Refused when one should come again."""
    status, answer = await asking
    storm.statuses[status] += 1
    if status in _TRIED_AGAIN:
        told = wire.from_bytes(answer, ErrorReply)
        raise Refused(Answer(error_class=ErrorClass.BUSY, code=told.code, retry_after=told.retry_after))
    assert status == 200, (status, answer)
    return answer
