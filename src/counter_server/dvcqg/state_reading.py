"""Reading a dossier's state, which is plain JSON a newer counter may have written."""

from collections.abc import Mapping

from counter_protocol.dossier_state import State


def text(values: Mapping[str, object], name: str) -> str:
    """Return a text field, "" for one that is not there or null."""
    value = values.get(name)
    return "" if value is None else str(value)


def part(state: Mapping[str, object], name: str) -> Mapping[str, object]:
    """Return a field that is a mapping, an empty one where it is null.

    Raises:
        ValueError: it is something else.
    """
    value = state.get(name)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ValueError(f"{name} is no mapping")
    return value


def rows(state: State | Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    """Return a field that is a list of mappings, an empty one where it is null.

    Raises:
        ValueError: it is something else.
    """
    value = state.get(name)
    if value is None:
        return []
    if not isinstance(value, list | tuple) or not all(isinstance(each, Mapping) for each in value):
        raise ValueError(f"{name} is no list")
    return list(value)


def count(values: Mapping[str, object], name: str) -> int:
    """Return a whole number, 0 for one that is not there."""
    value = values.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
