"""Messages with the right types and anything in them, the likely and the absurd."""

from typing import Any

import msgspec
from hypothesis import settings
from hypothesis import strategies as st

from counter_protocol.messages import Message

# A busy machine is no fault of the code.
settings.register_profile("no_deadline", deadline=None)
settings.load_profile("no_deadline")

integers = st.sampled_from([-(2**63), -1, 0, 1, 5, 2**31, 2**53, 2**62, 2**63 - 1, 2**64 - 1])
texts = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "\x00", "../../etc/passwd", "x" * 5000, "2026-11-23", "9999-12-31", "ab" * 32, "up"]
    ),
)
binaries = st.one_of(st.binary(max_size=40), st.just(bytes(32)))


def of_type(kind: msgspec.inspect.Type) -> st.SearchStrategy[Any]:
    """Values of a field's type, the likely and the absurd."""
    if isinstance(kind, msgspec.inspect.StructType):
        return any_of(kind.cls)
    if isinstance(kind, msgspec.inspect.ListType):
        return st.lists(of_type(kind.item_type), max_size=3)
    if isinstance(kind, msgspec.inspect.DictType):
        return st.dictionaries(of_type(kind.key_type), of_type(kind.value_type), max_size=3)
    if isinstance(kind, msgspec.inspect.UnionType):
        return st.one_of(*map(of_type, kind.types))
    simple: dict[type, st.SearchStrategy[Any]] = {
        msgspec.inspect.IntType: integers,
        msgspec.inspect.StrType: texts,
        msgspec.inspect.BytesType: binaries,
        msgspec.inspect.BoolType: st.booleans(),
        msgspec.inspect.NoneType: st.none(),
    }
    return simple[type(kind)]


def any_of(kind: type[Message], **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return messages of a kind; the fields not fixed are of the right type and anything else."""
    info = msgspec.inspect.type_info(kind)
    assert isinstance(info, msgspec.inspect.StructType)
    fields = {field.name: fixed.get(field.name, of_type(field.type)) for field in info.fields}
    return st.fixed_dictionaries(fields).map(lambda values: kind(**values))
