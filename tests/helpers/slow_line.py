"""A poor line to the server: a TCP proxy with so many bits a second, a delay, and breaks as a seed says.

Both directions have the rate each. What a break catches on its way is lost, and for a while nobody gets
through. Bytes are counted as they pass, so what is sent again counts again.
"""

import asyncio
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

_PIECE = 1400  # as a packet
_BURST_S = 0.02
_BUFFER = 32 * 1024  # what a router holds; beyond it the sender has to wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """``break_every_s`` on average (0: never), ``away_s`` for so long; ``rtt_s`` there and back."""

    bits_per_s: float
    rtt_s: float = 0.0
    break_every_s: float = 0.0
    away_s: float = 1.0
    seed: int = 1


class SlowLine:
    """The proxy; read its figures from any thread."""

    def __init__(self, target_port: int, quality: Quality) -> None:
        self.port = 0
        self.sent = 0
        self.received = 0
        self.breaks = 0
        self._target = target_port
        self._quality = quality
        self._chance = random.Random(quality.seed)
        self._writers: set[asyncio.StreamWriter] = set()
        self._away = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, started: threading.Event, stop: asyncio.Event) -> None:
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0, limit=_BUFFER)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        breaking = asyncio.create_task(self._break())
        await stop.wait()
        breaking.cancel()
        self._hang_up()
        server.close()

    async def _break(self) -> None:
        quality = self._quality
        while quality.break_every_s:
            await asyncio.sleep(quality.break_every_s * self._chance.uniform(0.5, 1.5))
            self.breaks += 1
            self._away = True
            self._hang_up()
            await asyncio.sleep(quality.away_s)
            self._away = False

    def _hang_up(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._away:
            writer.transport.abort()
            return
        onward_reader, onward = await asyncio.open_connection("127.0.0.1", self._target, limit=_BUFFER)
        both = {writer, onward}
        self._writers |= both
        try:
            await asyncio.gather(
                self._pump(reader, onward, up=True), self._pump(onward_reader, writer, up=False)
            )
        except (OSError, asyncio.CancelledError):
            pass  # a break, or the end: both end here
        finally:
            self._writers -= both
            for each in both:
                each.transport.abort()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool) -> None:
        clock = asyncio.get_running_loop().time
        delay, free_at = self._quality.rtt_s / 2, clock()
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arriving = asyncio.create_task(_arrive(under_way, writer))
        try:
            while piece := await reader.read(_PIECE):
                # A sleep is never exact: what it took too long is made good by the next pieces.
                free_at = max(free_at, clock() - _BURST_S) + len(piece) * 8 / self._quality.bits_per_s
                if free_at > clock():
                    await asyncio.sleep(free_at - clock())
                self.sent += len(piece) if up else 0
                self.received += 0 if up else len(piece)
                under_way.put_nowait((clock() + delay, piece))
            under_way.put_nowait((clock() + delay, b""))
            await arriving
        finally:
            arriving.cancel()
            await asyncio.gather(arriving, return_exceptions=True)


async def _arrive(under_way: "asyncio.Queue[tuple[float, bytes]]", writer: asyncio.StreamWriter) -> None:
    clock = asyncio.get_running_loop().time
    while True:
        due, piece = await under_way.get()
        await asyncio.sleep(max(0.0, due - clock()))
        if not piece:
            with suppress(OSError):
                writer.write_eof()
            return
        writer.write(piece)
        await writer.drain()


@contextmanager
def slow_line(target_port: int, quality: Quality) -> Iterator[SlowLine]:
    """Run the proxy in a thread of its own while the context lasts."""
    line = SlowLine(target_port, quality)
    started = threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    def body() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(line.serve(started, stop))
        # What was cut off ends before its loop does.
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.close()

    thread = threading.Thread(target=body, name="slow-line", daemon=True)
    thread.start()
    if not started.wait(10):
        raise RuntimeError("the line was not laid")
    try:
        yield line
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
