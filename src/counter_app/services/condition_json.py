"""Conditions as JSON values, in the words of the data files."""

from counter_app.domain.condition import Condition


def condition_to_json(condition: Condition | None) -> dict[str, object] | None:
    """Return the condition as forms/ writes it; None when there is none (always)."""
    if condition is None:
        return None
    for name in ("all", "any", "none"):
        terms = getattr(condition, name)
        if terms:
            return {name: [condition_to_json(term) for term in terms]}
    result: dict[str, object] = {"field": condition.field}
    if condition.filled is not None:
        return result | {"filled": condition.filled}
    if condition.at_least is not None:
        return result | {"at_least": condition.at_least}
    if condition.one_of:
        return result | {"one_of": list(condition.one_of)}
    return result | {"equals": condition.equals}
