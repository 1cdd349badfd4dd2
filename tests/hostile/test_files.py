"""Files from people: known by their content, read within limits, and never named or placed by their names."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import io
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot
from tests.devices.scan_samples import drawn_pdf, huge_png, picture_bytes, text_page
from tests.helpers.builders import MORNING
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.visits import BIRTH
from tests.hostile.fuzz import seeds
from tests.hostile.hostile_texts import BY_AIM, is_utf8

from counter_app.catalogue.packs import archive
from counter_app.devices.image_code import codes_in
from counter_app.devices.platform.picture_file import load_picture
from counter_app.devices.scan_document import ScanDocuments
from counter_app.devices.scan_folder import ScanFolder
from counter_app.domain.errors import BadInput, KnownError
from counter_app.domain.scan_file import MAX_FILE_BYTES, MediaType, file_name, media_type_of
from counter_app.services.desk import Desk
from counter_app.services.receive_dossier import receive
from counter_app.services.scans.attach import ScanOwner, attach, prepare
from counter_app.services.scans.keep import export_scans
from counter_app.services.scans.scan_parts import ScanPart
from counter_app.services.scans.scan_sources import read_file

NAMES = [text for text in BY_AIM["path"] + BY_AIM["rich_text"] + BY_AIM["bidi"] if is_utf8(text)]
PLAIN_NAME = re.compile(r"[A-Za-z0-9._-]+")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "counter", MORNING)
    yield made
    made.store.close()


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(KnownError) as problem:
        act()
    return problem.value.code


# ASVS 5.2.2: what a file is, its content says.


@pytest.mark.parametrize("name", ["scan.pdf", "scan.jpg", "scan.exe", "scan", "../scan.pdf"])
def test_the_ending_of_a_name_says_nothing(name: str, tmp_path: Path) -> None:
    picture = picture_bytes(text_page(800, 1100), "PNG", 100)
    (tmp_path / Path(name).name).write_bytes(picture)
    assert media_type_of(read_file(tmp_path / Path(name).name)) is MediaType.PNG
    for other in (b"MZ\x90\x00", b"<html>", b"PK\x03\x04", b"\x7fELF", b"#!/bin/sh\n", b"{\\rtf1", b"GIF89a"):
        assert refusal(lambda content=other: ScanDocuments().make([content])) == "scan_not_supported"


def test_two_kinds_in_one_file_are_one_kind_or_none() -> None:
    jpeg, pdf = picture_bytes(text_page(400, 560), "JPEG", 100), drawn_pdf()
    assert refusal(lambda: ScanDocuments().make([pdf + jpeg])) == "scan_two_files_in_one"
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as made:
        made.writestr("run.js", "x")
    assert refusal(lambda: ScanDocuments().make([pdf + zipped.getvalue()])) == "scan_two_files_in_one"
    kept = ScanDocuments().make([jpeg + pdf + zipped.getvalue()]).pdf
    assert b"run.js" not in kept
    assert pdf not in kept


# ASVS 5.2.1, 5.2.3: sizes are looked at before anything is read or unpacked.


def test_a_large_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda _path: pytest.fail("it was read"))
    assert refusal(lambda: read_file(path)) == "scan_too_big"


@pytest.mark.parametrize("size", [(40_000, 40_000), (1, 72_000_001), (0, 5)])
def test_a_picture_is_measured_before_a_pixel_is_made(size: tuple[int, int]) -> None:
    code = refusal(lambda: ScanDocuments().make([huge_png(*size)]))
    assert code in ("scan_too_many_pixels", "scan_broken")


def test_an_archive_is_measured_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "content/forms/templates/x/2026-01-01.yaml"
    bomb, many = tmp_path / "bomb.qmcpack", tmp_path / "many.qmcpack"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, bytes(archive.MAX_ENTRY - 1))
    with zipfile.ZipFile(many, "w") as made:
        for number in range(archive.MAX_ENTRIES + 1):
            made.writestr(f"content/forms/{number}.yaml", b"")
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_words: pytest.fail("it was unpacked"))
    for pack, code in ((bomb, "pack_too_big"), (many, "pack_too_many_files")):
        with pytest.raises(BadInput, match=code), archive.opened(pack):
            pass


# ASVS 5.2.5, 5.3.3: no links, no ways out of the folder.


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFDIR])
def test_a_pack_holds_plain_files_only(kind: int, tmp_path: Path) -> None:
    path = tmp_path / "link.qmcpack"
    entry = zipfile.ZipInfo("content/forms/x.yaml")
    entry.external_attr = (kind | 0o777) << 16
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(entry, "/etc/passwd")
    with pytest.raises(BadInput, match="pack_bad_path"), archive.opened(path):
        pass


@pytest.mark.parametrize("name", [text for text in NAMES if "\x00" not in text and text != "a/b"])
def test_no_entry_of_a_pack_leaves_its_folder(name: str, tmp_path: Path) -> None:
    path = tmp_path / "pack.qmcpack"
    for each in (name, f"content/forms/{name}.yaml", f"root/{name}"):
        path.write_bytes(seeds.zip_of([each]))
        with pytest.raises(KnownError), archive.opened(path):
            pass


def test_links_and_devices_are_no_scans(tmp_path: Path) -> None:
    folder, secret = tmp_path / "in", tmp_path / "secret.pdf"
    folder.mkdir()
    secret.write_bytes(drawn_pdf("secret"))
    (folder / "link.pdf").symlink_to(secret)
    os.mkfifo(folder / "pipe.pdf")
    (folder / "folder.pdf").mkdir()
    (folder / "real.pdf").write_bytes(drawn_pdf())
    watched = ScanFolder(folder)
    watched.look()
    assert [each.path.name for each in watched.look()] == ["real.pdf"]
    for name in ("pipe.pdf", "folder.pdf"):
        assert refusal(lambda each=name: read_file(folder / each)) == "scan_unreadable"


# ASVS 5.3.2: no name of a person's or a stranger's choosing becomes a path.


@pytest.mark.parametrize("text", NAMES)
def test_a_name_given_to_a_file_is_ours(text: str) -> None:
    for made in (file_name(text, 1, text), file_name("H29.12-261123-1001", 1, text)):
        assert PLAIN_NAME.fullmatch(made), made
        assert not made.startswith(".")
        assert len(made) < 120


def test_what_is_attached_lies_under_an_id_whatever_it_was_called(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "counter"
    before = {path for path in folder.rglob("*") if path.is_file()}
    dossier = receive(desk, BIRTH, clerk=CLERK)
    source = tmp_path / "<img src=x>; rm -rf ~ {0} Đinh Thị Sen.pdf"
    source.write_bytes(drawn_pdf())
    part = ScanPart(part_id="../../giay", name="../../Giấy <b>", order=1)
    made = prepare(desk, [read_file(source)])
    attach(desk, ScanOwner(dossier_id=dossier.dossier_id), part, made)
    new = {path for path in folder.rglob("*") if path.is_file()} - before
    scans = [path.relative_to(folder).as_posix() for path in new if "scans" in path.parts]
    assert len(scans) == 1
    assert re.fullmatch(r"scans/[0-9a-f]{2}/[0-9a-f-]{36}\.bin", scans[0])
    (out,) = export_scans(desk, dossier, tmp_path / "out")
    assert out.parent == tmp_path / "out"
    assert PLAIN_NAME.fullmatch(out.name)


# Pictures for the scanner: a photo of a card, a screenshot of a slip.


def test_a_picture_for_the_scanner_is_only_pixels(tmp_path: Path, qtbot: QtBot) -> None:
    """A drawing may name other files, and Qt opened them; its name may say it is a photo."""
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">'
        f'<image href="{tmp_path / "secret.png"}" width="90" height="90"/></svg>'
    )
    Image.new("L", (90, 90), 0).save(tmp_path / "secret.png")
    for name in ("a.svg", "a.png", "a"):
        (tmp_path / name).write_text(drawing)
        assert refusal(lambda each=name: load_picture(tmp_path / each)) == "not_a_picture"
    assert load_picture(tmp_path / "secret.png").width == 90


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF"])
def test_broken_pictures_are_no_pictures(kind: str, tmp_path: Path, qtbot: QtBot) -> None:
    buffer = io.BytesIO()
    text_page(200, 280, mode="RGB").save(buffer, kind)
    whole, path = buffer.getvalue(), tmp_path / "photo.jpg"
    for content in (whole[:30], whole[:4] + whole[200:], b"", whole[:8] + b"\xff" * 500):
        path.write_bytes(content)
        try:
            assert codes_in(load_picture(path)) == []
        except BadInput as refused:
            assert refused.code == "not_a_picture"  # noqa: PT017
    path.write_bytes(whole)
    assert load_picture(path).width == 200
