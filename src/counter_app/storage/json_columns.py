"""Domain values as canonical JSON text (sorted keys) and back, checked against their types."""

from typing import TypeVar

import msgspec

_Value = TypeVar("_Value")


def to_json(value: object) -> str:
    """Return compact JSON with sorted keys; dates, enums and dataclasses included.

    Raises:
        UnicodeEncodeError: text holds half of a surrogate pair, which no file can keep.
    """
    return msgspec.json.encode(value, order="sorted").decode("utf-8")


def from_json(text: str, kind: type[_Value]) -> _Value:
    """Read what `to_json` wrote; fields a newer program added are ignored.

    Raises:
        msgspec.ValidationError: the text does not describe a ``kind``.
    """
    return msgspec.json.decode(text, type=kind)
