"""Keeps the English catalogue in step with the Vietnamese texts of the source (development time).

    python -m tests.i18n.translations

Extracts the texts, merges them into the .po file, compiles the .mo file and prints what still lacks a
translation; exits with 1 when something does.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "counter_app"
PO = ROOT / "resources" / "i18n" / "en" / "LC_MESSAGES" / "counter_app.po"
MO = PO.with_suffix(".mo")
MARKERS = {"_", "N_", "later"}


def extracted(source: Path = SOURCE) -> Catalog:
    """Return every text marked for translation, with the files it stands in."""
    catalogue = Catalog(locale="en", project="counter_app", charset="utf-8", header_comment="")
    for path in sorted(source.rglob("*.py")):
        for message in _marked(path):
            catalogue.add(message, locations=[(path.relative_to(source).as_posix(), 0)])
    return catalogue


def _marked(path: Path) -> Iterator[str]:
    """Yield the marked texts of a file; the syntax tree also knows those inside f-strings."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS:
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def read() -> Catalog:
    """Return the committed catalogue."""
    if not PO.exists():
        return Catalog(locale="en", charset="utf-8")
    with PO.open("rb") as stream:
        return read_po(stream, locale="en")


def merged() -> Catalog:
    """Return the committed catalogue brought up to date with the source; nothing is guessed."""
    catalogue, template = read(), extracted()
    made = catalogue.creation_date
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    catalogue.creation_date = made  # a run that changes no words changes no file
    catalogue.project, catalogue.version, catalogue.fuzzy = "quay-mot-cua", "0.1.0", False
    catalogue.header_comment = "# English words of the window, the command line and its messages."
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """Return the catalogue as the bytes of a .mo file."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """Return the texts without a translation."""
    return [str(message.id) for message in catalogue if message.id and not message.string]


def write(catalogue: Catalog) -> None:
    """Write the .po and .mo files."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as stream:
        write_po(stream, catalogue, width=0, sort_output=True, no_location=True, omit_header=False)
    MO.write_bytes(compiled(catalogue))


if __name__ == "__main__":
    current = merged()
    write(current)
    lacking = missing(current)
    sys.stdout.write("\n".join([*lacking, f"{len(lacking)} without a translation\n"]))
    sys.exit(1 if lacking else 0)
