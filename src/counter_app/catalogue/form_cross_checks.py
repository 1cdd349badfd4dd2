"""What a schema cannot say of a form: every name it uses must exist in it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from counter_app.catalogue.plain_yaml import FieldPath
from counter_app.domain.condition import Condition
from counter_app.domain.form_checks import CHECKS, Parameter
from counter_app.domain.form_computing import COMPUTATIONS
from counter_app.domain.form_printing import OFFICE_PLACEHOLDERS, PLACEHOLDER_PARTS
from counter_app.domain.form_template import BlockKind, FieldType, FormField, FormTemplate

# Facts of a visit that conditions and fees may use beside the answers.
VISIT_FACTS = frozenset({
    "channel", "assisted", "copies", "pages", "copies_certified", "late_registration", "sex_of_applicant",
})  # fmt: skip

Finding = tuple[FieldPath, str, str]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BLOCK_FIELDS: Mapping[BlockKind, frozenset[FieldType]] = {
    BlockKind.TABLE: frozenset({FieldType.TABLE}),
    BlockKind.CHOICES: frozenset({FieldType.CHOICE, FieldType.TICK}),
    BlockKind.BOXES: frozenset({
        FieldType.PERSONAL_ID, FieldType.TEXT, FieldType.PHONE, FieldType.ID_DOCUMENT, FieldType.NUMBER,
        FieldType.DATE,
    }),
}  # fmt: skip


def check_form(form: FormTemplate) -> Iterator[Finding]:
    """Yield path, problem and word of every name that leads nowhere; paths are those of the YAML file."""
    yield from repeated([field.key for field in form.fields], ("fields",), "key")
    yield from repeated([role.role_id for role in form.roles], ("roles",), "role_id")
    if form.valid_to is not None and form.valid_to < form.valid_from:
        yield ("valid_to",), "ends before it begins", form.valid_to.isoformat()
    if sum(role.applicant for role in form.roles) > 1:
        yield ("roles",), "more than one applicant", ""
    for index, role in enumerate(form.roles):
        yield from check_condition(
            role.same_as_applicant_when, ("roles", index, "same_as_applicant_when"), form.field
        )
    for index, field in enumerate(form.fields):
        for path, problem, word in _check_field(form, field):
            yield ("fields", index, *path), problem, word
    yield from _check_layout(form)


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


def _check_field(form: FormTemplate, field: FormField) -> Iterator[Finding]:
    yield from check_condition(field.when, ("when",), form.field)
    yield from check_condition(field.required_when, ("required_when",), form.field)
    if field.role and all(role.role_id != field.role for role in form.roles):
        yield ("role",), "unknown role", field.role
    if field.card is not None and not field.role:
        yield ("card",), "needs a role", field.card.value
    yield from _check_shape(field)
    yield from _check_suggestion(form, field)
    yield from _check_computation(form, field)
    yield from repeated([column.key for column in field.columns], ("columns",), "key")
    for index, rule in enumerate(field.rules):
        if not _fits(CHECKS[rule.check].parameter, rule.value, form):
            yield ("rules", index, "value"), "wrong parameter of check", rule.value


def _check_shape(field: FormField) -> Iterator[Finding]:
    if field.type is FieldType.CHOICE and not field.choices and not field.free_choice:
        yield ("choices",), "choice without choices", field.key
    if field.type is not FieldType.CHOICE and field.choices:
        yield ("choices",), "only for choice fields", field.key
    if (field.type is FieldType.TABLE) != bool(field.columns):
        yield ("columns",), "tables need columns, others have none", field.key
    if field.default is not None and not _default_fits(field):
        yield ("default",), "not a possible answer", str(field.default)


def _default_fits(field: FormField) -> bool:
    match field.type:
        case FieldType.TICK:
            return isinstance(field.default, bool)
        case FieldType.NUMBER | FieldType.MONEY:
            return isinstance(field.default, int) and not isinstance(field.default, bool)
        case FieldType.CHOICE:
            return field.default in field.choices or (field.free_choice and isinstance(field.default, str))
        case FieldType.TABLE | FieldType.ADDRESS | FieldType.ID_DOCUMENT | FieldType.COMPUTED:
            return False
        case _:
            return isinstance(field.default, str)


def _check_suggestion(form: FormTemplate, field: FormField) -> Iterator[Finding]:
    kind, _, name = field.suggest.partition(":")
    if kind == "field" and (form.field(name) is None or name == field.key):
        yield ("suggest",), "unknown field", name
    if kind == "office" and name not in (*OFFICE_PLACEHOLDERS, "date_place"):
        yield ("suggest",), "unknown fact of the office", name


def _check_computation(form: FormTemplate, field: FormField) -> Iterator[Finding]:
    if (field.type is FieldType.COMPUTED) != bool(field.compute):
        yield ("compute",), "computed fields need compute, others have none", field.key
        return
    if not field.compute:
        return
    computation = COMPUTATIONS[field.compute]
    number = len(field.compute_from)
    if number < computation.least or (computation.most is not None and number > computation.most):
        yield ("compute_from",), "wrong number of sources", str(number)
    for index, source in enumerate(field.compute_from):
        key, _, column = source.partition(".")
        found = form.field(key)
        if found is None or key == field.key or (column and column not in {c.key for c in found.columns}):
            yield ("compute_from", index), "unknown field", source


def _fits(parameter: str, value: str, form: FormTemplate) -> bool:
    match parameter:
        case Parameter.NONE:
            return not value
        case Parameter.NUMBER:
            return re.fullmatch(r"-?\d+", value) is not None
        case Parameter.PATTERN:
            return bool(value) and _compiles(value)
        case Parameter.FIELD:
            return form.field(value) is not None
        case Parameter.FIELD_OR_DATE:
            return form.field(value) is not None or _is_day(value)
        case Parameter.FIELD_AND_NUMBER:
            key, _, number = value.partition(":")
            return form.field(key) is not None and number.isdigit()
        case _:
            return bool(value)


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_layout(form: FormTemplate) -> Iterator[Finding]:
    allowed = _placeholders(form)
    for path, text in _texts(form):
        for name in _PLACEHOLDER.findall(text):
            if name not in allowed:
                yield path, "unknown placeholder", name
        if "{" in _PLACEHOLDER.sub("", text) or "}" in _PLACEHOLDER.sub("", text):
            yield path, "unbalanced braces", text[:40]
    for part in ("body", "closing"):
        for index, block in enumerate(getattr(form.layout, part)):
            path = ("layout", part, index)
            yield from check_condition(block.when, (*path, "when"), form.field)
            wanted = _BLOCK_FIELDS.get(block.kind)
            field = form.field(block.field)
            if wanted is not None and (field is None or field.type not in wanted):
                yield (*path, "field"), "block needs a field of its kind", block.field
            if block.kind is BlockKind.GRID and not block.rows:
                yield (*path, "rows"), "grid without rows", ""


def _placeholders(form: FormTemplate) -> frozenset[str]:
    names = {"today"} | {f"office.{name}" for name in OFFICE_PLACEHOLDERS}
    for field in form.fields:
        if field.type is not FieldType.TABLE:
            names.add(field.key)
        names |= {f"{field.key}.{part}" for part in PLACEHOLDER_PARTS.get(field.type, ())}
    return frozenset(names)


def _texts(form: FormTemplate) -> Iterator[tuple[FieldPath, str]]:
    layout = form.layout
    for name in ("addressee", "subtitle", "form_number", "oath", "place_date"):
        yield ("layout", name), getattr(layout, name)
    for part in ("body", "closing"):
        for index, block in enumerate(getattr(layout, part)):
            yield ("layout", part, index, "text"), block.text
            for row, cells in enumerate(block.rows):
                for column, cell in enumerate(cells):
                    yield ("layout", part, index, "rows", row, column), cell
    for index, signature in enumerate(layout.signatures):
        for name in ("title", "note", "name"):
            yield ("layout", "signatures", index, name), getattr(signature, name)
    for index, note in enumerate(layout.footnotes):
        yield ("layout", "footnotes", index), note
