"""The one checker of sync over the folders the demo leaves."""

import asyncio
from collections.abc import Sequence

import asyncpg
from tests.demo.cast import Cast
from tests.demo.citizens import UNIT
from tests.helpers.invariants import Known, broken, office_events
from tests.helpers.sync_records import CounterRecords, OfficeRecords, counter_records, office_records

from counter_app.bootstrap import open_desk


def everything_agrees(cast: Cast) -> None:
    """Check both counters against the server, and print the sum of the day."""
    story = cast.story
    story.chapter("Both counters and the server agree", "Hai quầy và máy chủ khớp nhau")
    counters = [_records(cast, number) for number in (1, 2)]
    office = asyncio.run(_office(cast.programs.database_url()))
    wrong = broken(counters, office, Known(printed=cast.codes))
    for words in wrong[:10]:
        story.tell(words)
    story.check("nothing lost, doubled or hidden (the checker of the fault suite)", not wrong)
    _tell_sums(cast, counters, office)


def _tell_sums(cast: Cast, counters: Sequence[CounterRecords], office: OfficeRecords) -> None:
    line = cast.one.line.upward + cast.two.line.upward
    cast.story.tell(
        f"{len(cast.codes)} dossiers (hồ sơ), {office_events(office)} events (việc), "
        f"{len(office.flags)} flag (cảnh báo), {office.end} numbers in the office's log\n"
        f"{cast.one.line.cuts + cast.two.line.cuts} cuts, {line} bytes went up, "
        f"{sum(counter.waiting for counter in counters)} events wait (chưa gửi)\n"
        f"{cast.programs.typed} commands, each with its answer: {cast.out / 'commands.log'}"
    )


def _records(cast: Cast, number: int) -> CounterRecords:
    desk = open_desk(cast.counters[number - 1].folder / "data", access="read")
    try:
        return counter_records(desk)
    finally:
        desk.store.close()


async def _office(url: str) -> OfficeRecords:
    connection = await asyncpg.connect(url)
    try:
        return await office_records(connection.fetch, UNIT)
    finally:
        await connection.close()
