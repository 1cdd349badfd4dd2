"""The wire contract as data: every message with its fields, every value and tag that travels.

`breaks` says what a change of it would break in counters and servers that are already out there.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from counter_protocol import carry, carry_keys, chain, events, fold, notices, refusals, signing, version, wire
from counter_protocol.messages import Message

SNAPSHOT = Path(__file__).with_name("contract.json")
RENEW = "python -m tests.protocol.renew_contract"
_ENUMS: tuple[type[StrEnum], ...] = (
    carry.CarryProblem,
    carry.Direction,
    carry.RecordKind,
    chain.ChainState,
    events.EventKind,
    fold.FlagKind,
    refusals.Refusal,
)
_PROBE = bytes(range(32))


def message_types(base: type[Message] = Message) -> Iterator[type[Message]]:
    """Yield every message there is, by name."""
    found = set(base.__subclasses__())
    yield from sorted(
        found | {sub for each in found for sub in message_types(each)}, key=lambda m: m.__name__
    )


def contract() -> dict[str, Any]:
    """Return the contract of today's code."""
    return {
        "messages": {kind.__name__: _fields(kind) for kind in message_types()},
        "values": {enum.__name__: sorted(each.value for each in enum) for enum in _ENUMS},
        "fixed": _fixed(),
    }


def snapshot() -> dict[str, Any]:
    """Return the committed contract."""
    kept: dict[str, Any] = json.loads(SNAPSHOT.read_text("utf-8"))
    return kept


def breaks(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return what peers speaking `before` could not understand of `after`, or the other way round."""
    found = _broken_messages(before["messages"], after["messages"])
    for name, values in before["values"].items():
        found += [
            f"value {name}.{value} is gone" for value in values if value not in after["values"].get(name, ())
        ]
    for name, value in before["fixed"].items():
        if after["fixed"].get(name) != value:
            found.append(f"{name} is another one")
    return found


def _broken_messages(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for name, fields in before.items():
        if name not in after:
            found.append(f"message {name} is gone")
            continue
        now = after[name]
        for field, said in fields.items():
            if now.get(field) != said:
                found.append(f"{name}.{field} was {said}, is {now.get(field, 'gone')}")
        found += [
            f"{name}.{field} is new and has no default"
            for field, said in now.items()
            if field not in fields and "default" not in said
        ]
    return found


def _fields(kind: type[Message]) -> dict[str, dict[str, Any]]:
    """Return the fields by their names on the wire; a default is told as it would travel."""
    info = msgspec.inspect.type_info(kind)
    assert isinstance(info, msgspec.inspect.StructType)
    return {field.encode_name: {"type": _type(field.type), **_default(field)} for field in info.fields}


def _default(field: msgspec.inspect.Field) -> dict[str, Any]:
    if field.required:
        return {}
    if field.default is not msgspec.NODEFAULT:
        return {"default": msgspec.to_builtins(field.default)}
    if field.default_factory in (list, dict):
        return {"default": msgspec.to_builtins(field.default_factory())}
    return {"default": None, "always": "said"}  # msgspec leaves no made default out


def _type(kind: msgspec.inspect.Type) -> str:
    """Return a type in words that do not depend on how Python spells it."""
    if isinstance(kind, msgspec.inspect.StructType):
        return kind.cls.__name__
    if isinstance(kind, msgspec.inspect.ListType):
        return f"list[{_type(kind.item_type)}]"
    if isinstance(kind, msgspec.inspect.DictType):
        return f"map[{_type(kind.key_type)}, {_type(kind.value_type)}]"
    if isinstance(kind, msgspec.inspect.UnionType):
        return " | ".join(sorted(map(_type, kind.types)))
    return type(kind).__name__.removesuffix("Type").lower()


def _fixed() -> dict[str, Any]:
    """Return what can never be another: tags, formats, derived keys, and versions once released."""
    return {
        "media type": wire.MEDIA_TYPE,
        "encoding": wire.ENCODING,
        "chain": events.chain_hash(events.GENESIS_HASH, b"body").hex(),
        "server's device id": events.SERVER,
        "signature tags": [
            tag.decode() for tag in (signing.SESSION, signing.PUSH, signing.CARRY_UP, signing.CARRY_DOWN)
        ],
        "carry magic": carry.MAGIC.decode(),
        "carry seal tag": carry.SEAL_TAG.decode(),
        "carry sealing key": hashlib.sha256(carry_keys.sealing_private_of(_PROBE)).hexdigest(),
        "task": notices.TASK,
        "ended": sorted(fold.ENDED),
        "fields of the fold": [fold.OWNER, fold.REV, fold.SERVER_SEQ, fold.ENDED_BY, fold.ENDED_SEQ],
        "oldest push": version.OLDEST_PUSH,
    }
