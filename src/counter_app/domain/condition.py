"""Conditions written as data: when a field is asked, a paper is needed, a fee is due."""

from collections.abc import Mapping
from dataclasses import dataclass

Scalar = str | int | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One test on the answers, or a combination of tests.

    Exactly one of the forms below is used: ``field`` with ``equals``, ``one_of``, ``filled`` or
    ``at_least``; or ``all``; or ``any``; or ``none``. ``field`` is the key of an answer of the form
    or of a fact of the visit (``channel``, ``assisted``, ``sex_of_applicant`` …).
    """

    field: str = ""
    equals: Scalar | None = None
    one_of: tuple[Scalar, ...] = ()
    filled: bool | None = None
    at_least: int | None = None
    all: tuple["Condition", ...] = ()
    any: tuple["Condition", ...] = ()
    none: tuple["Condition", ...] = ()

    def holds(self, values: Mapping[str, object]) -> bool:
        """Tell whether the condition is true of `values` (answer key to answer)."""
        if self.all:
            return all(term.holds(values) for term in self.all)
        if self.any:
            return any(term.holds(values) for term in self.any)
        if self.none:
            return not any(term.holds(values) for term in self.none)
        value = values.get(self.field)
        if self.filled is not None:
            return is_filled(value) == self.filled
        if self.at_least is not None:
            return isinstance(value, int) and value >= self.at_least
        if self.one_of:
            return value in self.one_of
        return value == self.equals


def is_filled(value: object) -> bool:
    """Tell whether an answer says anything: not None, not blank, not an empty list or mapping."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, Mapping):
        return any(is_filled(part) for part in value.values())
    if isinstance(value, list | tuple):
        return any(is_filled(row) for row in value)
    return value is not None and value is not False


def holds(condition: Condition | None, values: Mapping[str, object]) -> bool:
    """Tell whether an optional condition is true; none given means always."""
    return condition is None or condition.holds(values)
