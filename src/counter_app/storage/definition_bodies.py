"""Definitions as canonical bytes and back: what a dossier was received under, readable for ever.

The bytes name their fields, so a body written by an older program is read by a newer one: fields it
does not know are ignored, fields the body lacks get their defaults. A field added to one of these
classes therefore needs a default, and a value of an enum is never taken away; frozen bodies in the
tests watch over both.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from functools import lru_cache
from hashlib import sha256
from typing import Any, cast, get_type_hints

import msgspec

from counter_app.domain.definition import Definition, DefinitionT
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.office import Office
from counter_app.domain.procedure import Procedure
from counter_app.domain.working_calendar import WorkingCalendar
from counter_app.services.sync_port import DefinitionBody


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind is named in the table."""

    name: str
    item_id: Callable[[Any], str]
    version: Callable[[Any], str]


_KINDS: dict[type, _Kind] = {
    Procedure: _Kind("procedure", lambda one: one.procedure_id, lambda one: one.version),
    FormTemplate: _Kind("form", lambda one: one.form_id, lambda one: one.version),
    Office: _Kind("office", lambda one: one.unit_code, lambda _: ""),
    WorkingCalendar: _Kind("calendar", lambda _: "", lambda one: one.version),
}


def kind_name(shape: type) -> str:
    """Return the table's word for a class of definitions."""
    return _KINDS[shape].name


def name_of(definition: Definition) -> tuple[str, str, str]:
    """Return kind, id and version; two definitions of one name may still differ."""
    kind = _KINDS[type(definition)]
    return kind.name, kind.item_id(definition), kind.version(definition)


def encoded(definition: Definition) -> DefinitionBody:
    """Return the canonical body of a definition; equal definitions have equal bytes."""
    content: object = definition
    if isinstance(definition, WorkingCalendar):
        content = {name: getattr(definition, name) for name in _given()}
    body = msgspec.json.encode(content, order="sorted")
    return DefinitionBody(sha256(body).hexdigest(), *name_of(definition), body.decode("utf-8"))


def decoded(body: str, shape: type[DefinitionT]) -> DefinitionT:
    """Read a body back.

    Raises:
        msgspec.ValidationError: the body does not describe a ``shape``.
    """
    if shape is WorkingCalendar:
        record = msgspec.json.decode(body, type=_calendar_record())
        calendar = WorkingCalendar(**{name: getattr(record, name) for name in _given()})
        return cast("DefinitionT", calendar)
    return msgspec.json.decode(body, type=shape)


def digest_of(body: str) -> str:
    """Return the digest a body must have."""
    return sha256(body.encode("utf-8")).hexdigest()


@lru_cache(maxsize=1)
def _given() -> tuple[str, ...]:
    """The names a calendar is constructed from; what it derives from them is no part of it."""
    return tuple(field.name for field in fields(WorkingCalendar) if field.init)


@lru_cache(maxsize=1)
def _calendar_record() -> type[msgspec.Struct]:
    hints = get_type_hints(WorkingCalendar)
    given = [field for field in fields(WorkingCalendar) if field.init]
    needed = [(field.name, hints[field.name]) for field in given if field.default is MISSING]
    free = [(field.name, hints[field.name], field.default) for field in given if field.default is not MISSING]
    return msgspec.defstruct("CalendarRecord", [*needed, *free], kw_only=True)
