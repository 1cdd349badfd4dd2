"""Canonical JSON bytes: one value has exactly one encoding, so hashes and signatures can be compared."""

import json
import unicodedata
from collections.abc import Mapping

_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_bytes(value: object) -> bytes:
    """Encode a JSON value as UTF-8 with sorted keys, NFC text and no spaces.

    Floats are refused because two machines may print them differently; write money and measures as
    integers and moments as text.

    Raises:
        TypeError: the value holds something that is not text, integer, boolean, null, list or mapping.
        ValueError: two keys of a mapping become the same text in NFC, or text cannot be UTF-8.
    """
    if _is_plain(value):
        text = _encoder.encode(value)
        # No part of an NFC text can be out of NFC, so one look at the whole is nearly always enough.
        if unicodedata.is_normalized("NFC", text):
            return text.encode("utf-8")
    return _encoder.encode(_normal(value)).encode("utf-8")


def _is_plain(value: object) -> bool:
    """Tell whether the value is of JSON's own types through and through, floats left out."""
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return True
    if isinstance(value, dict):
        return all(type(key) is str for key in value) and all(map(_is_plain, value.values()))
    return isinstance(value, list | tuple) and all(map(_is_plain, value))


def _normal(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return _normal_mapping(value)
    if isinstance(value, list | tuple):
        return [_normal(item) for item in value]
    raise TypeError(f"not canonical JSON: {type(value).__name__}")


def _normal_mapping(value: Mapping[object, object]) -> dict[str, object]:
    normal: dict[str, object] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise TypeError(f"a key is {type(key).__name__}, not text")
        name = unicodedata.normalize("NFC", key)
        if name in normal:
            raise ValueError("two keys are the same text in NFC")
        normal[name] = _normal(item)
    return normal
