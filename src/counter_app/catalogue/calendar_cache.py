"""The working calendar from its compiled cache, or from the calendar files when they changed."""

from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import get_type_hints

import msgspec

from counter_app.catalogue.compiled_cache import key_of, read_cached, stamps, write_cached
from counter_app.domain.working_calendar import WorkingCalendar


def cached_calendar(folder: Path, cache_file: Path | None, schemas: Path | None = None) -> WorkingCalendar:
    """Return the calendar of a folder; BadInput ``bad_data_file`` when a file is wrong."""
    schemas = schemas or folder
    found = stamps(folder, (".yaml",)), stamps(schemas, (".schema.json",))
    key = key_of((*found[0], *found[1]), str(folder))
    payload = read_cached(cache_file, key) if cache_file else None
    if payload is not None:
        try:
            return _restored(payload)
        except (msgspec.MsgspecError, TypeError):
            pass
    # Reading the files imports YAML.
    from counter_app.catalogue.calendar_files import load_calendar

    calendar = load_calendar(folder, schemas)
    if cache_file:
        write_cached(cache_file, key, _encoded(calendar))
    return calendar


def _given() -> list[str]:
    """The names the calendar is constructed from; what it derives from them is not cached."""
    return [field.name for field in fields(WorkingCalendar) if field.init]


@lru_cache(maxsize=1)
def _record() -> type[msgspec.Struct]:
    hints = get_type_hints(WorkingCalendar)
    return msgspec.defstruct("CalendarRecord", [(name, hints[name]) for name in _given()])


def _encoded(calendar: WorkingCalendar) -> bytes:
    return msgspec.msgpack.encode({name: getattr(calendar, name) for name in _given()})


def _restored(payload: bytes) -> WorkingCalendar:
    record = msgspec.msgpack.decode(payload, type=_record())
    return WorkingCalendar(**{name: getattr(record, name) for name in _given()})
