"""Turns the content of a data file into what the domain classes take."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from counter_app.catalogue.data_file import DataFile
from counter_app.catalogue.plain_yaml import FieldPath
from counter_app.domain.processing_time import ProcessingTime

T = TypeVar("T")

_CONVERSION_PATH = re.compile(r" - at `\$(.*)`$")


def form_body(file: DataFile, lists: Mapping[str, list[str]]) -> dict[str, Any]:
    """Put the values of shared lists where a field names a list; BadInput ``bad_data_file``."""
    fields = [_with_choices(file, index, each, lists) for index, each in enumerate(file.data["fields"])]
    return file.data | {"fields": fields}


def _with_choices(
    file: DataFile, index: int, each: dict[str, Any], lists: Mapping[str, list[str]]
) -> dict[str, Any]:
    name = each.get("choices_from")
    if name is None:
        return each
    path = ("fields", index, "choices_from")
    if name not in lists:
        raise file.fault(path, "unknown list", name)
    if "choices" in each:
        raise file.fault(path, "choices and choices_from exclude each other", name)
    plain = {key: value for key, value in each.items() if key != "choices_from"}
    return plain | {"choices": lists[name]}


def procedure_body(file: DataFile) -> dict[str, Any]:
    """Write short forms out: a time limit "5wd", a result without a code, a retention for ever."""
    data = file.data
    body = data | {"cases": [case | {"time": _time(case.get("time"))} for case in data["cases"]]}
    if "results" in data:
        body["results"] = [{"name": each} if isinstance(each, str) else each for each in data["results"]]
    if "retention" in data:
        kept = {key: value for key, value in data["retention"].items() if key != "permanent"}
        body["retention"] = {"years": None} | kept
    return body


def _time(text: str | None) -> dict[str, object] | None:
    if text is None:
        return None
    limit = ProcessingTime.parse(text)
    return {"amount": limit.amount, "unit": limit.unit.value}


def converted(file: DataFile, body: dict[str, Any], into: type[T]) -> T:
    """Convert to a domain class; what the schema let through (30 February) is a ``bad_data_file``."""
    try:
        return msgspec.convert(body, into)
    except msgspec.ValidationError as error:
        text = str(error)
        match = _CONVERSION_PATH.search(text)
        path = _steps(match[1]) if match else ()
        raise file.fault(path, "cannot be used", _CONVERSION_PATH.sub("", text)) from error


def _steps(dotted: str) -> FieldPath:
    found = re.findall(r"\.([A-Za-z_]\w*)|\[(\d+)\]", dotted)
    return tuple(name or int(index) for name, index in found)
