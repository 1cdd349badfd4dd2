"""What one set of local values says differently from another: fees, limits and form texts by id."""

from collections.abc import Mapping
from dataclasses import dataclass

from counter_app.domain.local_values import LocalFee, LocalFormText, LocalTime, LocalValues

LocalValue = LocalFee | LocalTime | LocalFormText


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalChange:
    """The values of one fee, procedure (its limits) or form (its texts) that differ.

    ``before`` are the values that hold no longer, ``after`` the new ones; what stays is in neither.
    """

    key: str
    name: str
    before: tuple[LocalValue, ...]
    after: tuple[LocalValue, ...]
    was_there: bool
    is_there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalChanges:
    """Everything that differs, by id."""

    entries: tuple[LocalChange, ...] = ()

    @property
    def added(self) -> tuple[str, ...]:
        """Ids nothing was decided for before."""
        return tuple(each.key for each in self.entries if not each.was_there)

    @property
    def changed(self) -> tuple[str, ...]:
        """Ids something else is decided for."""
        return tuple(each.key for each in self.entries if each.was_there and each.is_there)

    @property
    def removed(self) -> tuple[str, ...]:
        """Ids nothing is decided for any more."""
        return tuple(each.key for each in self.entries if not each.is_there)


def compare_local(
    before: LocalValues, after: LocalValues, names: Mapping[str, str] | None = None
) -> LocalChanges:
    """Return the ids that are new, say something else, or say nothing any more; `names` of ids to show."""
    old, new, known = _by_id(before), _by_id(after), names or {}
    return LocalChanges(
        entries=tuple(
            LocalChange(
                key=key,
                name=known.get(key, key),
                before=_without(old.get(key, ()), new.get(key, ())),
                after=_without(new.get(key, ()), old.get(key, ())),
                was_there=key in old,
                is_there=key in new,
            )
            for key in sorted(old.keys() | new.keys())
            if set(old.get(key, ())) != set(new.get(key, ()))
        )
    )


def _without(values: tuple[LocalValue, ...], others: tuple[LocalValue, ...]) -> tuple[LocalValue, ...]:
    left = dict.fromkeys(value for value in values if value not in others)
    return tuple(sorted(left, key=lambda value: value.valid_from))


def _by_id(values: LocalValues) -> dict[str, tuple[LocalValue, ...]]:
    groups: dict[str, tuple[LocalValue, ...]] = {}
    for layer in values.layers():
        values_of: tuple[LocalValue, ...] = (*layer.fees, *layer.times, *layer.form_texts)
        for value in values_of:
            groups[_key_of(value)] = (*groups.get(_key_of(value), ()), value)
    return groups


def _key_of(value: LocalValue) -> str:
    match value:
        case LocalFee():
            return value.fee_id
        case LocalTime():
            return value.procedure_id
    return value.form_id
