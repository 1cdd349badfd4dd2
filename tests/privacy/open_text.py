"""Looks for a citizen in the bytes of a folder: in every coding a word can lie in, and inside what is packed.

Nothing that is packed is trusted to be harmless: zlib, gzip, zstd and zip parts are opened wherever their
first bytes stand, PDF pages are read as text, and base64 and hexadecimal are looked for as such.
"""

import base64
import io
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import zstandard

from counter_app.domain.vietnamese_text import fold

_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
_ZSTD = b"\x28\xb5\x2f\xfd"
_ZIP = b"PK\x03\x04"
_PDF = b"%PDF-"
_PLAIN_DATABASE = b"SQLite format 3\x00"
_LARGEST_PART = 50_000_000
_LEAST_PART = 20  # an opened part of fewer bytes is chance
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Leak:
    """A word, and the file and the layers it was found under."""

    word: str
    where: str


class Finder:
    """Finds words in bytes, however they are coded."""

    def __init__(self, words: Iterable[str]) -> None:
        self._needles = {needle: word for word in words for needle in codings(word)}

    def in_folder(self, folder: Path) -> list[Leak]:
        """Search the names and contents of everything below a folder; links are not followed."""
        leaks: list[Leak] = []
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            leaks += self.in_bytes(name.encode("utf-8", "surrogateescape"), f"name of {name}")
            if path.is_file() and not path.is_symlink():
                leaks += self.in_bytes(path.read_bytes(), name)
        return leaks

    def in_bytes(self, content: bytes, where: str) -> list[Leak]:
        """Search some bytes and every part in them that can be opened."""
        leaks = {
            Leak(word, f"{where}{layer}")
            for layer, part in layers(content)
            for needle, word in self._needles.items()
            if needle in part
        }
        if content.startswith(_PLAIN_DATABASE):
            leaks.add(Leak("a database without encryption", where))
        return sorted(leaks, key=lambda leak: (leak.where, leak.word))


def codings(word: str) -> set[bytes]:
    """Return the bytes a word could lie on a disk in."""
    forms = {word, word.upper(), word.lower(), word.title(), fold(word), fold(word).replace(" ", "")}
    forms |= {json.dumps(word).strip('"'), ascii(word).strip("'"), quote(word), word.replace(" ", "_")}
    if word.isdigit():
        forms |= {" ".join((word[:4], word[4:7], word[7:])), ".".join((word[:4], word[4:7], word[7:]))}
    forms |= {unicodedata.normalize(form, each) for each in set(forms) for form in ("NFC", "NFD")}
    plain = {each.encode(code) for each in forms for code in ("utf-8", "utf-16-le", "utf-16-be")}
    words = {word, word.upper(), fold(word), unicodedata.normalize("NFD", word)}
    usual = {each.encode(code) for each in words for code in ("utf-8", "utf-16-le", "utf-16-be")}
    return plain | {packed for each in usual for packed in (*_base64(each), each.hex().encode())}


def _base64(part: bytes) -> Iterator[bytes]:
    """Base64 of the part wherever it stands in a longer text: the letters that do not depend on the rest."""
    for before in range(3):
        whole = base64.b64encode(bytes(before) + part + bytes(2))
        first = -(-before * 8 // 6)
        sure = whole[first : (before + len(part)) * 8 // 6]
        if len(sure) >= 8:
            yield sure
            yield sure.replace(b"+", b"-").replace(b"/", b"_")


def layers(content: bytes, layer: str = "", depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes themselves, then the parts inside them, with the way to each."""
    yield layer, content
    if depth == _DEEPEST:
        return
    for name, part in _parts(content):
        if len(part) >= _LEAST_PART:
            yield from layers(part, f"{layer} > {name}", depth + 1)


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    whole = memoryview(content)
    for found in _ZLIB.finditer(content):
        inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
        try:
            part = inflater.decompress(whole[found.start() :], _LARGEST_PART)
        except zlib.error:
            continue
        yield f"zlib at {found.start()}", part
    at = content.find(_ZSTD)
    while at >= 0:
        try:
            opener = zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
            part = opener.decompress(whole[at:])
        except zstandard.ZstdError:
            part = b""
        yield f"zstd at {at}", part
        at = content.find(_ZSTD, at + 1)
    if _ZIP in content:
        yield from _zip_entries(content)
    if content.startswith(_PDF):
        yield "pages", _pages(content)


def _zip_entries(content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                yield f"entry {entry.filename}", archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError):
        return


def _pages(content: bytes) -> bytes:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return b""
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return unicodedata.normalize("NFC", "\n".join(texts)).encode("utf-8", "replace")
