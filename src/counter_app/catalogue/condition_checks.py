"""Checks that conditions in the data name things that exist, and that names are used once."""

from collections.abc import Callable, Iterator, Sequence

from counter_app.catalogue.plain_yaml import FieldPath
from counter_app.domain.condition import Condition
from counter_app.domain.form_template import FieldType, FormField

# Facts of a visit that conditions and fees may use beside the answers.
VISIT_FACTS = frozenset({
    "channel", "assisted", "copies", "pages", "copies_certified", "persons", "sex_of_applicant",
})  # fmt: skip

Finding = tuple[FieldPath, str, str]  # path in the YAML file, problem, the word it is about


def repeated(names: Sequence[str], path: FieldPath, key: str) -> Iterator[Finding]:
    """Yield a finding for every name that was used before."""
    for index, name in enumerate(names):
        if name in names[:index]:
            yield (*path, index, key), "used twice", name


def check_condition(
    condition: Condition | None, path: FieldPath, field_of: Callable[[str], FormField | None]
) -> Iterator[Finding]:
    """Yield a finding for every name in a condition that is neither a field nor a fact of the visit."""
    if condition is None:
        return
    for name in ("all", "any", "none"):
        for index, term in enumerate(getattr(condition, name)):
            yield from check_condition(term, (*path, name, index), field_of)
    if not condition.field:
        return
    field = field_of(condition.field)
    if field is None:
        if condition.field not in VISIT_FACTS:
            yield (*path, "field"), "unknown field in condition", condition.field
        return
    yield from _check_compared(condition, field, path)


def _check_compared(condition: Condition, field: FormField, path: FieldPath) -> Iterator[Finding]:
    """A comparison with a word that is no possible answer would never hold."""
    compared = (condition.equals,) if condition.equals is not None else condition.one_of
    name = "equals" if condition.equals is not None else "one_of"
    for value in compared:
        impossible = field.type is FieldType.CHOICE and not field.free_choice and value not in field.choices
        if impossible or (field.type is FieldType.TICK and not isinstance(value, bool)):
            yield (*path, name), "not a possible answer", str(value)
