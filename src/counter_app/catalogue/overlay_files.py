"""Reads overlays: what a province or an office decided, one file a first day (``2027-01-01.yaml``)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from counter_app.catalogue.compiled_cache import key_of, read_cached, write_cached
from counter_app.catalogue.data_file import DataFile, open_data_file
from counter_app.catalogue.plain_yaml import FieldPath
from counter_app.catalogue.prepare_body import converted
from counter_app.domain.local_values import LocalFee, LocalFormText, LocalTime, LocalValues
from counter_app.domain.processing_time import ProcessingTime

SCOPES = ("province", "office")  # the later one speaks before the earlier one
_SHAPES = (LocalValues, LocalFee, LocalTime, LocalFormText)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """One overlay file: the layer it belongs to and what it says."""

    scope: str
    unit: str
    version: str
    values: LocalValues


def load_overlays(files: Sequence[Path], schema: Path, cache_file: Path | None = None) -> LocalValues:
    """Return what the files say together, each office's layer over each province's.

    The files of one unit are one layer: each value keeps its own days, whichever file it stands in.

    Raises:
        BadInput: ``bad_data_file`` with ``file``, ``line``, ``field``, ``problem`` and ``value``.
    """
    key = _key((*files, schema))
    payload = read_cached(cache_file, key) if cache_file else None
    if payload is not None:
        try:
            return msgspec.msgpack.decode(payload, type=LocalValues)
        except msgspec.MsgspecError:
            pass
    values = layered([read_overlay(file, schema) for file in files])
    if cache_file:
        write_cached(cache_file, key, msgspec.msgpack.encode(values))
    return values


def layered(overlays: Sequence[Overlay]) -> LocalValues:
    """Lay overlays over each other: the provinces' below, the offices' above."""
    values = LocalValues()
    ordered = sorted(overlays, key=_layer)
    for _place, group in groupby(ordered, key=_layer):
        each = list(group)
        values = values.then(
            LocalValues(
                fees=tuple(fee for one in each for fee in one.values.fees),
                times=tuple(limit for one in each for limit in one.values.times),
                form_texts=tuple(text for one in each for text in one.values.form_texts),
                # Should an overlay ever lie on another office's machine, it says nothing there.
                unit=each[0].unit,
            )
        )
    return values


def open_overlay(path: Path, schema: Path) -> DataFile:
    """Open an overlay file; in a fault it is named as in its pack, not by where it was unpacked."""
    inside = next((folder.parent for folder in path.parents if folder.name == "overlay"), path.parent)
    return open_data_file(path, schema, root=inside)


def read_overlay(path: Path, schema: Path) -> Overlay:
    """Read one overlay file strictly; BadInput ``bad_data_file``."""
    file = open_overlay(path, schema)
    data = file.data
    if data["valid_from"] != path.stem:
        raise file.fault(("valid_from",), "differs from the file name", data["valid_from"])
    values = converted(file, _body(file), LocalValues)
    _check(file, values)
    return Overlay(scope=data["scope"], unit=data["unit"], version=data["version"], values=values)


def _body(file: DataFile) -> dict[str, Any]:
    data = file.data
    began = {"valid_from": data["valid_from"]}
    return {
        "fees": [began | entry for entry in data.get("fees", ())],
        "times": [began | entry | {"time": _time(entry["time"])} for entry in data.get("times", ())],
        "form_texts": [began | entry for entry in data.get("form_texts", ())],
    }


def _time(text: str) -> dict[str, object]:
    limit = ProcessingTime.parse(text)
    return {"amount": limit.amount, "unit": limit.unit.value}


def _check(file: DataFile, values: LocalValues) -> None:
    """Check what a schema cannot: spans the right way round, nothing said twice, nobody else's units."""
    for name in ("fees", "times", "form_texts"):
        said: set[object] = set()
        for index, value in enumerate(getattr(values, name)):
            path: FieldPath = (name, index)
            if value.valid_to is not None and value.valid_to < value.valid_from:
                raise file.fault((*path, "valid_to"), "ends before it begins", value.valid_to.isoformat())
            identity = (_subject(value), value.scope, value.valid_from)
            if identity in said:
                raise file.fault(path, "used twice", _subject(value))
            said.add(identity)
            for unit in value.units:
                if not unit.startswith(file.data["unit"]):
                    raise file.fault((*path, "units"), "is not a unit of this overlay", unit)


def _subject(value: LocalFee | LocalTime | LocalFormText) -> str:
    match value:
        case LocalFee():
            return value.fee_id
        case LocalTime():
            return value.procedure_id
    return f"{value.form_id} {bool(value.form_number)} {bool(value.addressee)}"


def _layer(overlay: Overlay) -> tuple[int, str]:
    return SCOPES.index(overlay.scope), overlay.unit


def _key(files: Sequence[Path]) -> bytes:
    shape = [(one.__name__, [field.name for field in fields(one)]) for one in _SHAPES]
    return key_of([_stamp(file) for file in files], place=repr(shape))


def _stamp(file: Path) -> tuple[str, int, int]:
    try:
        info = file.stat()
    except OSError:
        return str(file), -1, 0  # reading it will say what is wrong
    return str(file), info.st_size, info.st_mtime_ns
