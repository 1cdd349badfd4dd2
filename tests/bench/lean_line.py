"""The barest HTTP/1.1 client, so that a machine that plays thousands of counters can also be their server."""

import asyncio
import time

from counter_protocol import wire

_HEAD_END = b"\r\n\r\n"


class LineBroken(Exception):
    """The server closed the connection before it had answered."""


class LeanLine:
    """One connection, kept open; ``took`` are the seconds of each answer, by path without its query."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.took: list[tuple[str, float]] = []

    @classmethod
    async def open(cls, port: int) -> "LeanLine":
        return cls(*await asyncio.open_connection("127.0.0.1", port, limit=2**20))

    def close(self) -> None:
        self._writer.close()

    async def post(self, path: str, body: bytes, token: str = "") -> tuple[int, bytes]:
        """Send a packed message; return status and unpacked answer."""
        return await self._ask("POST", path, body, token)

    async def get(self, path: str, token: str) -> tuple[int, bytes]:
        """Ask for a message; return status and unpacked answer."""
        return await self._ask("GET", path, b"", token)

    async def _ask(self, method: str, path: str, body: bytes, token: str) -> tuple[int, bytes]:
        kind = f"Content-Type: {wire.MEDIA_TYPE}\r\nContent-Encoding: {wire.ENCODING}\r\n" if body else ""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: server\r\nAccept: {wire.MEDIA_TYPE}\r\n"
            f"Accept-Encoding: {wire.ENCODING}\r\n{kind}Content-Length: {len(body)}\r\n"
        )
        head += f"Authorization: Bearer {token}\r\n" if token else ""
        began = time.perf_counter()
        self._writer.write(f"{head}\r\n".encode("latin-1") + body)
        status, answer = await self._answer()
        self.took.append((path.partition("?")[0], time.perf_counter() - began))
        return status, answer

    async def _answer(self) -> tuple[int, bytes]:
        try:
            head = await self._reader.readuntil(_HEAD_END)
            first, *lines = head.decode("latin-1").lower().split("\r\n")
            headers = dict(line.split(": ", 1) for line in lines if line)
            content = await self._reader.readexactly(int(headers.get("content-length", 0)))
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise LineBroken from error
        if headers.get("content-encoding") == wire.ENCODING:
            content = wire.unpack(content)
        return int(first.split()[1]), content
