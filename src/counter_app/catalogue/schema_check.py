"""Checks parsed data against a JSON Schema and words the first violation for a non-programmer."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema

from counter_app.catalogue.plain_yaml import Document, FieldPath


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule of the schema that the data breaks."""

    path: FieldPath
    problem: str
    value: str = ""


def first_violation(document: Document, schema: Path) -> Violation | None:
    """Return the violation nearest to the top of the file, or None."""
    found = [_worded(error) for error in _validator(schema.read_bytes()).iter_errors(document.data)]
    return min(found, key=lambda violation: document.line_of(violation.path), default=None)


@lru_cache(maxsize=16)
def _validator(schema: bytes) -> Any:
    return jsonschema.Draft202012Validator(json.loads(schema))


def _worded(error: Any) -> Violation:
    path = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        unknown = next(key for key in error.instance if key not in error.schema.get("properties", {}))
        return Violation((*path, unknown), "unknown key", unknown)
    if error.validator == "required":
        missing = next(key for key in error.validator_value if key not in error.instance)
        return Violation(path, "missing key", missing)
    word = _PROBLEMS.get(error.validator)
    if word is None:
        return Violation(path, "does not fit the schema", str(error.validator))
    return Violation(path, word[0], word[1](error))


def _shown(error: Any) -> str:
    return str(error.instance)[:60]


def _allowed(error: Any) -> str:
    return str(error.validator_value)[:80]


def _expected_type(error: Any) -> str:
    kind = error.validator_value
    if kind == "string" and isinstance(error.instance, int | float):
        return f'text in quotes: "{error.instance}"'
    return kind if isinstance(kind, str) else ", ".join(kind)


def _forms_of_condition(error: Any) -> str:
    return str(error.schema.get("title", ""))


_PROBLEMS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "type": ("wrong type, expected", _expected_type),
    "enum": ("not an allowed value", _shown),
    "const": ("must be", _allowed),
    "pattern": ("wrong form", _shown),
    "minLength": ("must not be empty", _shown),
    "maxLength": ("text too long", _allowed),
    "minItems": ("list too short", _allowed),
    "maxItems": ("list too long", _allowed),
    "uniqueItems": ("listed twice", _shown),
    "minimum": ("number too small", _shown),
    "exclusiveMinimum": ("number too small", _shown),
    "maximum": ("number too large", _shown),
    "oneOf": ("needs exactly one kind of", _forms_of_condition),
    "dependentRequired": ("missing key", lambda error: str(error.message)[:60]),
    "minProperties": ("must not be empty", lambda _error: ""),
}
