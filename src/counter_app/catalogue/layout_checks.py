"""Checks that everything a form's layout prints exists among its fields."""

import re
from collections.abc import Iterator, Mapping

from counter_app.catalogue.condition_checks import Finding, check_condition
from counter_app.catalogue.plain_yaml import FieldPath
from counter_app.domain.form_printing import BLANK_PLACEHOLDERS, OFFICE_PLACEHOLDERS, PLACEHOLDER_PARTS
from counter_app.domain.form_template import Block, BlockKind, FieldType, FormTemplate, SignatureBlock
from counter_app.domain.note_marks import marks_explained, marks_in

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BLOCK_FIELDS: Mapping[BlockKind, frozenset[FieldType]] = {
    BlockKind.TABLE: frozenset({FieldType.TABLE}),
    BlockKind.CHOICES: frozenset({FieldType.CHOICE, FieldType.TICK}),
    BlockKind.BOXES: frozenset({
        FieldType.PERSONAL_ID, FieldType.TEXT, FieldType.PHONE, FieldType.ID_DOCUMENT, FieldType.NUMBER,
        FieldType.DATE,
    }),
}  # fmt: skip


def check_layout(form: FormTemplate) -> Iterator[Finding]:
    """Yield a finding for every placeholder or block that names no field, and every stray note."""
    yield from _check_notes(form)
    allowed = _placeholders(form)
    for path, text in _texts(form):
        for name in _PLACEHOLDER.findall(text):
            if name not in allowed:
                yield path, "unknown placeholder", name
        if "{" in _PLACEHOLDER.sub("", text) or "}" in _PLACEHOLDER.sub("", text):
            yield path, "unbalanced braces", text[:40]
    for part in ("body", "closing"):
        for index, block in enumerate(getattr(form.layout, part)):
            yield from _check_block(form, block, ("layout", part, index))
    for path, place in _places(form):
        yield from check_condition(place.when, (*path, "when"), form.field)


def _check_block(form: FormTemplate, block: Block, path: FieldPath) -> Iterator[Finding]:
    yield from check_condition(block.when, (*path, "when"), form.field)
    wanted = _BLOCK_FIELDS.get(block.kind)
    field = form.field(block.field)
    if wanted is not None and (field is None or field.type not in wanted):
        yield (*path, "field"), "block needs a field of its kind", block.field
    if block.kind is BlockKind.GRID and not block.rows:
        yield (*path, "rows"), "grid without rows", ""
    if block.kind is BlockKind.SIGNATURES and not block.places:
        yield (*path, "places"), "no place to sign", ""


def _check_notes(form: FormTemplate) -> Iterator[Finding]:
    """A note nobody is sent to, or a mark without its note, is a slip of the pen in the data."""
    texts = [text for path, text in _texts(form) if path[1] != "footnotes"]
    called = frozenset[str]().union(*map(marks_in, texts))
    explained: set[str] = set()
    for index, note in enumerate(form.layout.footnotes):
        marks = marks_explained(note)
        explained |= marks
        if marks and not marks & called:
            yield ("layout", "footnotes", index), "no text has the mark of this note", note[:40]
    for mark in sorted(called - explained):
        yield ("layout",), "mark without a note", mark


def _placeholders(form: FormTemplate) -> frozenset[str]:
    names = {"today", *BLANK_PLACEHOLDERS} | {f"office.{name}" for name in OFFICE_PLACEHOLDERS}
    for field in form.fields:
        if field.type is not FieldType.TABLE:
            names.add(field.key)
        names |= {f"{field.key}.{part}" for part in PLACEHOLDER_PARTS.get(field.type, ())}
    return frozenset(names)


def _texts(form: FormTemplate) -> Iterator[tuple[FieldPath, str]]:
    layout = form.layout
    for name in ("addressee", "subtitle", "form_number", "oath", "place_date"):
        yield ("layout", name), getattr(layout, name)
    for part in ("body", "closing"):
        for index, block in enumerate(getattr(layout, part)):
            yield ("layout", part, index, "text"), block.text
            for row, cells in enumerate(block.rows):
                for column, cell in enumerate(cells):
                    yield ("layout", part, index, "rows", row, column), cell
    for path, place in _places(form):
        for name in ("date", "title", "note", "name", "below"):
            yield (*path, name), getattr(place, name)
    for index, note in enumerate(layout.footnotes):
        yield ("layout", "footnotes", index), note


def _places(form: FormTemplate) -> Iterator[tuple[FieldPath, SignatureBlock]]:
    """Yield every place to sign, those inside the body included."""
    for index, place in enumerate(form.layout.signatures):
        yield ("layout", "signatures", index), place
    for part in ("body", "closing"):
        for index, block in enumerate(getattr(form.layout, part)):
            for number, place in enumerate(block.places):
                yield ("layout", part, index, "places", number), place
