"""Packs are published once they are whole, newer, and for whom the operator thinks; offices see theirs."""

import asyncio
import hashlib
import zipfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from tests.server.pack_files import OVERLAY, make_pack

from counter_server.context import ServerContext
from counter_server.opening import open_context
from counter_server.packs.pack_file import NotAPack, read_pack, version_text
from counter_server.packs.publishing import NotPublished, Wanted, find_for, offers_for, publish

ANYBODY = Wanted()


def _run(database_url: str, folder: Path, work: Callable[[ServerContext], Awaitable[None]]) -> None:
    async def main() -> None:
        async with open_context(database_url, None, folder / "server", migrate=False) as context:
            await work(context)

    asyncio.run(main())


async def _offered(context: ServerContext, unit: str) -> list[tuple[str, str, str]]:
    async with context.database.office(unit) as connection:
        offers = await offers_for(connection, unit)
    return [(offer.kind, offer.unit, version_text(offer.version)) for offer in offers]


def test_a_pack_is_stored_and_offered_to_the_offices_of_its_area(database_url: str, tmp_path: Path) -> None:
    national = make_pack(tmp_path, "2027.2.1")
    province = make_pack(tmp_path, "2027.1.4", kind="province", unit="H29", entries=(OVERLAY,))
    office = make_pack(tmp_path, "2027.3.1", kind="office", unit="H29.12", entries=(OVERLAY,))

    async def work(context: ServerContext) -> None:
        for path in (national, province, office):
            await publish(context, path, ANYBODY)
        ours = [
            ("province", "H29", "2027.1.4"),
            ("national", "", "2027.2.1"),
            ("office", "H29.12", "2027.3.1"),
        ]
        assert await _offered(context, "H29.12") == ours
        assert await _offered(context, "H29.13") == ours[:2]
        assert await _offered(context, "H30.12") == [("national", "", "2027.2.1")]
        assert await _offered(context, "000.17.22.H29") == ours[:2]
        stored = await (
            await context.objects.get_async("packs/" + hashlib.sha256(office.read_bytes()).hexdigest())
        ).bytes_async()
        assert bytes(stored) == office.read_bytes()
        async with context.database.office("H29.13") as connection:
            assert await find_for(connection, "H29.13", read_pack(office.read_bytes()).sha256) is None

    _run(database_url, tmp_path, work)


def test_a_pack_of_other_sections_does_not_hide_the_one_before(database_url: str, tmp_path: Path) -> None:
    whole = make_pack(tmp_path, "2027.1.1", entries=("calendars/vn.yaml", "forms/lists/a.yaml"))
    calendars = make_pack(tmp_path, "2027.2.1", entries=("calendars/vn.yaml",))
    later = make_pack(tmp_path, "2027.3.1", entries=("calendars/vn.yaml",))

    async def work(context: ServerContext) -> None:
        for path in (whole, calendars, later):
            await publish(context, path, ANYBODY)
        assert await _offered(context, "H29.12") == [
            ("national", "", "2027.1.1"),
            ("national", "", "2027.3.1"),
        ]

    _run(database_url, tmp_path, work)


def test_the_same_file_twice_changes_nothing_and_nothing_older_replaces_it(
    database_url: str, tmp_path: Path
) -> None:
    newer = make_pack(tmp_path, "2027.10.1")
    older = make_pack(tmp_path, "2027.9.2")
    other = make_pack(tmp_path / "other", "2027.10.1", filling="days: [1]\n")

    async def work(context: ServerContext) -> None:
        first = await publish(context, newer, ANYBODY)
        assert await publish(context, newer, ANYBODY) == first
        for path, reason in ((older, "older"), (other, "same_version")):
            with pytest.raises(NotPublished) as refused:
                await publish(context, path, ANYBODY)
            assert refused.value.reason == reason
        assert await _offered(context, "H29.12") == [("national", "", "2027.10.1")]

    _run(database_url, tmp_path, work)


@pytest.mark.parametrize(
    ("kind", "unit", "wanted", "fits"),
    [
        ("province", "H29", Wanted(province="H29"), True),
        ("province", "H29", Wanted(province="H30"), False),
        ("province", "H29", Wanted(unit="H29"), False),
        ("office", "H29.12", Wanted(unit="H29.12"), True),
        ("national", "", Wanted(unit="H29.12"), False),
    ],
)
def test_a_mix_up_is_noticed(
    database_url: str, tmp_path: Path, kind: str, unit: str, wanted: Wanted, fits: bool
) -> None:
    entries = ("calendars/vn.yaml",) if kind == "national" else (OVERLAY,)
    path = make_pack(tmp_path, "2027.1.1", kind=kind, unit=unit, entries=entries)

    async def work(context: ServerContext) -> None:
        if fits:
            await publish(context, path, wanted)
        else:
            with pytest.raises(NotPublished, match="for_another"):
                await publish(context, path, wanted)

    _run(database_url, tmp_path, work)


def _edited(pack: Path, edit: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(pack) as file:
        entries = {name: file.read(name) for name in file.namelist()}
    edit(entries)
    out = pack.with_suffix(".edited")
    with zipfile.ZipFile(out, "w") as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return out.read_bytes()


def _change(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def edit(entries: dict[str, bytes]) -> None:
        assert old in entries[name]
        entries[name] = entries[name].replace(old, new)

    return edit


FILE = "content/calendars/vn-2027.yaml"


@pytest.mark.parametrize(
    "edit",
    [
        _change(FILE, b"days", b"dayz"),
        lambda entries: entries.update({"content/calendars/more.yaml": b"x"}),
        lambda entries: entries.pop(FILE),
        lambda entries: entries.pop("targets.json"),
        _change("targets.json", b'"format":1', b'"format":2'),
        _change("targets.json", b'"kind":"national"', b'"kind":"worldwide"'),
        _change("targets.json", b'"2027.1.1"', b'"2027.13.1"'),
        lambda entries: entries.update({"targets.json": b'{"signed": {}}'}),
        lambda entries: entries.update({"targets.json": b"[" * 100_000}),
    ],
    ids=["changed", "added", "left out", "no list", "format", "kind", "version", "unsigned", "nested"],
)
def test_a_damaged_pack_is_no_pack(tmp_path: Path, edit: Callable[[dict[str, bytes]], None]) -> None:
    pack = make_pack(tmp_path, "2027.1.1")
    assert read_pack(pack.read_bytes()).version == "2027.1.1"
    with pytest.raises(NotAPack):
        read_pack(_edited(pack, edit))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", bytes(100)])
def test_any_other_file_is_no_pack(content: bytes) -> None:
    with pytest.raises(NotAPack):
        read_pack(content)


@pytest.mark.parametrize("cut", [1, 30, 200])
def test_a_pack_cut_short_is_no_pack(tmp_path: Path, cut: int) -> None:
    with pytest.raises(NotAPack):
        read_pack(make_pack(tmp_path, "2027.1.1").read_bytes()[:-cut])
