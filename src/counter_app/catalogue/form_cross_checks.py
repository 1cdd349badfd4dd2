"""What a schema cannot say of a form: every name it uses must exist in it."""

import re
from collections.abc import Iterator
from datetime import date

from counter_app.catalogue.condition_checks import Finding, check_condition, repeated
from counter_app.catalogue.layout_checks import check_layout
from counter_app.domain.condition import Scalar
from counter_app.domain.form_checks import CHECKS, Parameter
from counter_app.domain.form_computing import COMPUTATIONS
from counter_app.domain.form_printing import OFFICE_PLACEHOLDERS
from counter_app.domain.form_template import FieldType, FormField, FormTemplate


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
    yield from check_layout(form)


def _check_field(form: FormTemplate, field: FormField) -> Iterator[Finding]:
    yield from check_condition(field.when, ("when",), form.field)
    yield from check_condition(field.required_when, ("required_when",), form.field)
    if field.role and all(role.role_id != field.role for role in form.roles):
        yield ("role",), "unknown role", field.role
    if field.card is not None and not field.role:
        yield ("card",), "needs a role", field.card.value
    if field.type is FieldType.TICK and field.default is not None and field.required_when is not None:
        # The clerk would be told of a missing answer that stands among the known ones.
        yield ("default",), "a tick that may be required has no default", field.key
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
    if field.default is not None and not preset_fits(field, field.default):
        yield ("default",), "not a possible answer", str(field.default)


def preset_fits(field: FormField, value: Scalar) -> bool:
    """Tell whether `value` can stand in the field before anybody was asked."""
    match field.type:
        case FieldType.TICK:
            return isinstance(value, bool)
        case FieldType.NUMBER | FieldType.MONEY:
            return isinstance(value, int) and not isinstance(value, bool)
        case FieldType.CHOICE:
            return value in field.choices or (field.free_choice and isinstance(value, str))
        case FieldType.TABLE | FieldType.ADDRESS | FieldType.ID_DOCUMENT | FieldType.COMPUTED:
            return False
        case _:
            return isinstance(value, str)


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
