"""The search for citizens in bytes finds them wherever they were put; else its silence would say nothing."""

import base64
import gzip
import io
import json
import sqlite3
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
import zstandard
from tests.devices.scan_samples import drawn_pdf
from tests.privacy.open_text import Finder

NAME = "Quách Thị Ngưỡng Xvelte"
PHONE = "0987111222"
FINDER = Finder([NAME, PHONE])


def zipped(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.txt", content)
    return buffer.getvalue()


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": bytes,
    "in base64": base64.b64encode,
    "in base64 one byte later": lambda text: base64.b64encode(b"x" + text),
    "in base64 for addresses": lambda text: base64.urlsafe_b64encode(b"xy" + text),
    "as hexadecimal": lambda text: text.hex().encode(),
    "in zlib": lambda text: b"junk" + zlib.compress(text * 3) + b"junk",
    "in gzip": gzip.compress,
    "in zstd": lambda text: b"junk" + zstandard.ZstdCompressor().compress(text * 3),
    "in a zip": lambda text: zipped(text * 3),
    "in zlib in a zip in zlib": lambda text: zlib.compress(zipped(zlib.compress(text * 3))),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "text",
    [
        NAME.encode(),
        NAME.upper().encode(),
        unicodedata.normalize("NFD", NAME).encode(),
        NAME.encode("utf-16-le"),
        NAME.encode("utf-16-be"),
        b"quach thi nguong xvelte",
        PHONE.encode(),
    ],
)
def test_a_citizen_is_found(way: str, text: bytes, tmp_path: Path) -> None:
    (tmp_path / "file.bin").write_bytes(WAYS[way](b"before " + text + b" after, and some more words"))
    assert FINDER.in_folder(tmp_path)


@pytest.mark.parametrize("text", [quote(NAME), ascii(NAME), json.dumps(NAME), NAME.title(), "0987 111 222"])
def test_other_spellings_are_found(text: str) -> None:
    assert FINDER.in_bytes(text.encode(), "log")


def test_names_of_files_and_folders_are_read(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    (tmp_path / f"phieu-{PHONE}.pdf").touch()
    assert len(FINDER.in_folder(tmp_path)) == 2


def test_the_text_of_a_paper_is_read() -> None:
    assert FINDER.in_bytes(drawn_pdf(f"Nguoi nop: {PHONE}"), "paper")


def test_a_plain_database_is_a_leak_whatever_is_in_it(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "counter.db")
    database.execute("CREATE TABLE a (b)")
    database.close()
    assert FINDER.in_folder(tmp_path)


def test_what_says_nothing_is_passed() -> None:
    for content in (b"", bytes(range(256)) * 100, zlib.compress(b"Quach Thi Huong"), b"PK\x03\x04 broken"):
        assert FINDER.in_bytes(content, "x") == []
