"""Too many counters at once: whom the server cannot serve soon it tells to come back, each at its time."""

import asyncio

from counter_protocol.refusals import ErrorClass, Refusal, class_of
from counter_server.database.connections import CROWD, Database
from counter_server.wire_body import Refused

UNIT = "H29.12"


def test_a_crowd_is_sent_away_and_comes_in_later(database_url: str) -> None:
    async def ask(database: Database) -> str:
        async with database.office(UNIT) as connection:
            return str(await connection.fetchval("SELECT current_setting('app.unit')"))

    async def refused(database: Database) -> Refused:
        try:
            await ask(database)
        except Refused as refusal:
            return refusal
        raise AssertionError("nobody was refused")

    async def crowd() -> tuple[list[Refused], list[str], str]:
        database = await Database.open(database_url, size=1)
        async with database.office(UNIT):
            waiting = [asyncio.create_task(ask(database)) for _ in range(CROWD)]
            await asyncio.sleep(0)  # let each of them begin to wait
            sent_away = [await refused(database) for _ in range(20)]
        served = await asyncio.gather(*waiting)
        later = await ask(database)
        await database.close()
        return sent_away, served, later

    sent_away, served, later = asyncio.run(crowd())
    assert served == [UNIT] * CROWD
    assert later == UNIT
    assert {refusal.code for refusal in sent_away} == {Refusal.SERVER_BUSY}
    assert class_of(sent_away[0].status, sent_away[0].code) is ErrorClass.BUSY
    waits = {refusal.retry_after for refusal in sent_away}
    assert len(waits) == 20
    assert min(waits) >= 2
