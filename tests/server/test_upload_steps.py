"""Scans arrive whole or not at all, wherever the server or the line breaks off."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.server.cut_off import CutOff, Steps, cut

from counter_protocol.messages import UploadRequest, UploadState
from counter_protocol.refusals import Refusal
from counter_server.context import ServerContext
from counter_server.opening import open_context
from counter_server.uploads import receiving
from counter_server.uploads.checking import Checked, check
from counter_server.uploads.sweep import keep_swept, sweep
from counter_server.wire_body import Refused

UNIT = "H29.12"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 400
CHUNK = 40_000


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _request(content: bytes = PDF, **changed: Any) -> UploadRequest:
    whole = {"attachment_id": "a-1", "dossier_id": "d-1", "sha256": _sum(content), "size": len(content)}
    return UploadRequest(**(whole | changed))


async def _send(context: ServerContext, content: bytes = PDF, *, unit: str = UNIT) -> UploadState:
    """Do what a counter does after each break: announce, then send what is missing."""
    state = await receiving.begin(context, unit, "device-1", _request(content))
    while not state.done:
        piece = content[state.offset : state.offset + CHUNK]
        state = await receiving.take(context, unit, state.upload_id, state.offset, _sum(piece), piece)
    return state


async def _objects(context: ServerContext) -> dict[str, bytes]:
    found = {}
    async for page in context.objects.list():
        for each in page:
            content = await (await context.objects.get_async(each["path"])).bytes_async()
            found[each["path"]] = bytes(content)
    return found


async def _rows(context: ServerContext, query: str) -> list[dict[str, Any]]:
    async with context.database.admin() as connection:
        return [dict(row) for row in await connection.fetch(query)]


def _run(database_url: str, folder: Path, work: Callable[[ServerContext], Awaitable[None]]) -> None:
    async def main() -> None:
        async with open_context(database_url, None, folder, migrate=False) as context:
            async with context.database.admin() as connection:
                await connection.execute("INSERT INTO office VALUES ($1, 'UBND xã Thử', 'Thử')", UNIT)
            await work(context)

    asyncio.run(main())


def test_a_scan_lies_in_the_store_as_it_was_sent_and_its_pieces_are_gone(
    database_url: str, tmp_path: Path
) -> None:
    async def work(context: ServerContext) -> None:
        assert (await _send(context)).done
        assert await _objects(context) == {f"H29.12/scans/{_sum(PDF)}": PDF}
        assert await _rows(context, "SELECT unit, sha256, size FROM scan") == [
            {"unit": UNIT, "sha256": _sum(PDF), "size": len(PDF)}
        ]
        assert not await _rows(context, "SELECT 1 FROM upload UNION ALL SELECT 1 FROM upload_chunk")
        links = await _rows(context, "SELECT attachment_id, dossier_id, sha256 FROM scan_of_dossier")
        assert links == [{"attachment_id": "a-1", "dossier_id": "d-1", "sha256": _sum(PDF)}]

    _run(database_url, tmp_path, work)


def test_content_the_office_has_is_done_without_a_byte(database_url: str, tmp_path: Path) -> None:
    async def work(context: ServerContext) -> None:
        await _send(context)
        again = await receiving.begin(
            context, UNIT, "device-2", _request(attachment_id="a-2", dossier_id="d-2")
        )
        assert (again.done, again.offset) == (True, len(PDF))
        assert len(await _rows(context, "SELECT 1 FROM scan_of_dossier")) == 2

    _run(database_url, tmp_path, work)


def test_another_office_has_to_send_the_same_content_itself(database_url: str, tmp_path: Path) -> None:
    async def work(context: ServerContext) -> None:
        await _send(context)
        other = await receiving.begin(context, "H29.13", "device-9", _request())
        assert (other.done, other.offset) == (False, 0)
        with pytest.raises(Refused) as refused:
            await receiving.state(context, "H29.14", other.upload_id)
        assert refused.value.code == Refusal.UPLOAD_UNKNOWN

    _run(database_url, tmp_path, work)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_cut_off_at_any_step_it_goes_on_and_ends_the_same(
    database_url: str, tmp_path: Path, after: bool
) -> None:
    async def work(context: ServerContext) -> None:
        steps = Steps()
        await _send(cut(context, steps))
        total = steps.taken
        assert total > 15
        for number in range(1, total + 1):
            content = PDF + str(number).encode()
            broken = Steps(number, after=after)
            with pytest.raises(CutOff):
                await _send(cut(context, broken), content)
            assert (await _send(context, content)).done
            stored = await (await context.objects.get_async(f"{UNIT}/scans/{_sum(content)}")).bytes_async()
            assert bytes(stored) == content
        assert not await _rows(context, "SELECT 1 FROM upload UNION ALL SELECT 1 FROM upload_chunk")
        assert len(await _rows(context, "SELECT 1 FROM scan")) == total + 1
        later = replace(context, now=lambda: datetime.now(UTC) + timedelta(days=31))  # noqa: TID251
        await sweep(later)
        assert not [name for name in await _objects(context) if "/chunks/" in name]

    _run(database_url, tmp_path, work)


def test_an_abandoned_upload_is_swept_and_the_counter_begins_again(database_url: str, tmp_path: Path) -> None:
    async def work(context: ServerContext) -> None:
        begun = await receiving.begin(context, UNIT, "device-1", _request())
        piece = PDF[:CHUNK]
        await receiving.take(context, UNIT, begun.upload_id, 0, _sum(piece), piece)
        assert await sweep(context) == 0
        assert len(await _objects(context)) == 1
        later = replace(context, now=lambda: datetime.now(UTC) + timedelta(days=31))  # noqa: TID251
        assert await sweep(later) == 1
        assert not await _objects(context)
        with pytest.raises(Refused) as refused:
            await receiving.take(context, UNIT, begun.upload_id, CHUNK, _sum(piece), piece)
        assert refused.value.code == Refusal.UPLOAD_UNKNOWN
        assert (await _send(context)).done

    _run(database_url, tmp_path, work)


def test_sweeping_goes_on_after_a_failure(database_url: str, tmp_path: Path) -> None:
    async def work(context: ServerContext) -> None:
        await receiving.begin(context, UNIT, "device-1", _request())
        failures = iter([True, False])
        moments: list[datetime] = []

        def clock() -> datetime:
            if next(failures, None):
                raise OSError
            moments.append(datetime.now(UTC) + timedelta(days=31))  # noqa: TID251
            return moments[-1]

        sweeping = asyncio.create_task(keep_swept(replace(context, now=clock), every_s=0))
        async with asyncio.timeout(20):
            while await _rows(context, "SELECT 1 FROM upload"):
                assert not sweeping.done()
        sweeping.cancel()
        assert moments

    _run(database_url, tmp_path, work)


def test_pieces_lost_by_the_store_are_asked_for_again(database_url: str, tmp_path: Path) -> None:
    async def work(context: ServerContext) -> None:
        state = await receiving.begin(context, UNIT, "device-1", _request())
        while state.offset + CHUNK < len(PDF):
            piece = PDF[state.offset : state.offset + CHUNK]
            state = await receiving.take(context, UNIT, state.upload_id, state.offset, _sum(piece), piece)
        await context.objects.delete_async(next(iter(await _objects(context))))
        piece = PDF[state.offset :]
        state = await receiving.take(context, UNIT, state.upload_id, state.offset, _sum(piece), piece)
        assert (state.done, state.offset) == (False, 0)
        assert not await _rows(context, "SELECT 1 FROM scan")
        assert (await _send(context)).done

    _run(database_url, tmp_path, work)


def test_rows_and_files_agree_again_after_a_restore_of_either(database_url: str, tmp_path: Path) -> None:
    lost, only_file = PDF + b"lost", PDF + b"only the file is left"

    async def work(context: ServerContext) -> None:
        for content in (PDF, lost, only_file):
            await _send(context, content)
        await context.objects.delete_async(f"{UNIT}/scans/{_sum(lost)}")
        async with context.database.office(UNIT) as connection:
            await connection.execute("DELETE FROM scan WHERE sha256 = $1", _sum(only_file))
        await context.objects.put_async(f"{UNIT}/scans/notes.txt", b"somebody's note")
        assert await check(context) == Checked(forgotten=1, noted=1)
        assert await check(context) == Checked(forgotten=0, noted=0)
        rows = await _rows(context, "SELECT sha256, size, media_type FROM scan")
        assert sorted((row["sha256"], row["size"]) for row in rows) == sorted(
            (_sum(content), len(content)) for content in (PDF, only_file)
        )
        assert {row["media_type"] for row in rows} == {"application/pdf"}
        assert not (await receiving.begin(context, UNIT, "device-1", _request(lost))).done
        assert (await _send(context, lost)).done

    _run(database_url, tmp_path, work)


def test_two_counters_sending_one_file_at_once_end_with_one_scan(database_url: str, tmp_path: Path) -> None:
    async def counter(context: ServerContext) -> UploadState:
        while True:
            try:
                return await _send(context)
            except receiving.WrongOffset:
                continue  # the other one was faster; go on from where it is

    async def work(context: ServerContext) -> None:
        states = await asyncio.gather(*(counter(context) for _ in range(4)))
        assert all(state.done for state in states)
        assert await _objects(context) == {f"H29.12/scans/{_sum(PDF)}": PDF}

    _run(database_url, tmp_path, work)


def test_a_whole_that_is_not_what_was_announced_is_refused_and_begins_again(
    database_url: str, tmp_path: Path
) -> None:
    async def work(context: ServerContext) -> None:
        announced = _request(sha256=_sum(PDF + b"!"))
        state = await receiving.begin(context, UNIT, "device-1", announced)
        while state.offset + CHUNK < len(PDF):
            piece = PDF[state.offset : state.offset + CHUNK]
            state = await receiving.take(context, UNIT, state.upload_id, state.offset, _sum(piece), piece)
        piece = PDF[state.offset :]
        with pytest.raises(Refused) as refused:
            await receiving.take(context, UNIT, state.upload_id, state.offset, _sum(piece), piece)
        assert refused.value.code == Refusal.CHECKSUM
        assert (await receiving.state(context, UNIT, state.upload_id)).offset == 0
        assert not await _objects(context)
        assert not await _rows(context, "SELECT 1 FROM scan")

    _run(database_url, tmp_path, work)


@pytest.mark.parametrize(
    ("start", "content", "named", "code"),
    [
        (0, PDF[:100], _sum(PDF[:99]), Refusal.CHECKSUM),
        (50, PDF[50:100], _sum(PDF[50:100]), Refusal.UPLOAD_OFFSET),
        (0, b"", _sum(b""), Refusal.NOT_A_MESSAGE),
        (0, b"MZ\x90\x00" + bytes(60), _sum(b"MZ\x90\x00" + bytes(60)), Refusal.NOT_A_MESSAGE),
        (0, PDF + b"more", _sum(PDF + b"more"), Refusal.BODY_TOO_BIG),
    ],
    ids=["checksum", "offset", "empty", "program", "past the end"],
)
def test_a_piece_that_does_not_fit_has_no_effect(
    database_url: str, tmp_path: Path, start: int, content: bytes, named: str, code: Refusal
) -> None:
    async def work(context: ServerContext) -> None:
        begun = await receiving.begin(context, UNIT, "device-1", _request())
        with pytest.raises(Refused) as refused:
            await receiving.take(context, UNIT, begun.upload_id, start, named, content)
        assert refused.value.code == code
        assert not await _objects(context)
        assert (await receiving.state(context, UNIT, begun.upload_id)).offset == 0

    _run(database_url, tmp_path, work)


@pytest.mark.parametrize(
    "changed",
    [
        {"sha256": "../../etc/passwd"},
        {"sha256": "A" * 64},
        {"size": 0},
        {"size": 200_000_001},
        {"media_type": "application/x-msdownload"},
        {"attachment_id": ""},
        {"dossier_id": "x" * 101},
        {"attachment_id": "Nguyễn"},
    ],
)
def test_what_cannot_be_a_scan_is_not_announced(
    database_url: str, tmp_path: Path, changed: dict[str, Any]
) -> None:
    async def work(context: ServerContext) -> None:
        with pytest.raises(Refused):
            await receiving.begin(context, UNIT, "device-1", _request(**changed))
        assert not await _rows(context, "SELECT 1 FROM upload UNION ALL SELECT 1 FROM scan_of_dossier")

    _run(database_url, tmp_path, work)
