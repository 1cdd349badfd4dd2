"""What one set of local values says differently from another: fees, limits and form texts by id."""

from dataclasses import dataclass

from counter_app.domain.local_values import LocalFee, LocalFormText, LocalTime, LocalValues


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalChanges:
    """Ids of fees, procedures (their limits) and forms (their texts), sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def compare_local(before: LocalValues, after: LocalValues) -> LocalChanges:
    """Return the ids that are new, say something else, or say nothing any more."""
    old, new = _by_id(before), _by_id(after)
    return LocalChanges(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(key for key in new.keys() & old.keys() if new[key] != old[key])),
        removed=tuple(sorted(old.keys() - new.keys())),
    )


def _by_id(values: LocalValues) -> dict[str, frozenset[object]]:
    named: list[tuple[str, LocalFee | LocalTime | LocalFormText]] = []
    for layer in values.layers():
        named += [(fee.fee_id, fee) for fee in layer.fees]
        named += [(limit.procedure_id, limit) for limit in layer.times]
        named += [(text.form_id, text) for text in layer.form_texts]
    groups: dict[str, set[object]] = {}
    for key, value in named:
        groups.setdefault(key, set()).add(value)
    return {key: frozenset(group) for key, group in groups.items()}
