"""Answers that cannot all be true: two persons with one number, a number that denies its document."""

from collections.abc import Iterator, Mapping
from datetime import date

from counter_app.domain.card_values import SEX_WORDS
from counter_app.domain.field_values import part_of, whole_date
from counter_app.domain.form_filling import roles_of_applicant
from counter_app.domain.form_template import CardFact, FieldType, FormField, FormTemplate, Role
from counter_app.domain.person import Sex
from counter_app.domain.personal_id import is_personal_id, personal_id_warnings

Contradiction = tuple[str, str, Mapping[str, object], bool]  # field key, code, parameters, only a warning


def contradictions(
    template: FormTemplate, known: Mapping[str, object], today: date
) -> Iterator[Contradiction]:
    """Yield the contradictions among the effective answers `known`.

    A document that carries another personal number is an error; the rest are warnings, as for cards.
    """
    for role in template.roles:
        fields = [field for field in template.fields if field.role == role.role_id and field.key in known]
        yield from _within_person(role, fields, known, today)
    yield from _between_persons(template, known)


def _within_person(
    role: Role, fields: list[FormField], known: Mapping[str, object], today: date
) -> Iterator[Contradiction]:
    keys = {field.card: field.key for field in fields if field.card is not None}
    sex = _sex(known.get(keys.get(CardFact.SEX, "")))
    if role.sex and sex is not None and sex.value != role.sex:
        yield keys[CardFact.SEX], "sex_differs_from_role", {"role": role.label}, True
    number = known.get(keys.get(CardFact.PERSONAL_ID, ""))
    if not isinstance(number, str) or not is_personal_id(number):
        return
    document = keys.get(CardFact.ID_DOCUMENT, "")
    other = part_of(known.get(document), "number")
    if is_personal_id(other) and other != number:
        yield document, "id_numbers_differ", {}, False
    born = whole_date(known.get(keys.get(CardFact.BIRTH_DATE, "")))
    expected = sex or (Sex(role.sex) if role.sex else None)
    for warning in personal_id_warnings(number, birth_date=born, sex=expected, issued_on=None, today=today):
        yield keys[CardFact.PERSONAL_ID], warning.code, dict(warning.params), True


def _sex(word: object) -> Sex | None:
    return next((sex for sex, said in SEX_WORDS.items() if said == word), None)


def _between_persons(template: FormTemplate, known: Mapping[str, object]) -> Iterator[Contradiction]:
    """A number, personal or of a document, that two different persons of the form carry."""
    applicant = {role.role_id for role in template.roles if role.applicant}
    same = applicant | {role.role_id for role in roles_of_applicant(template, known)}
    holder: dict[str, str] = {}
    told: set[frozenset[str]] = set()
    for field in template.fields:
        number = _number_in(field, known.get(field.key))
        if not number or not field.role:
            continue
        first = holder.setdefault(number, field.role)
        pair = frozenset({first, field.role})
        if len(pair) == 2 and not pair <= same and pair not in told:
            told.add(pair)
            yield field.key, "same_person_twice", {}, True


def _number_in(field: FormField, value: object) -> str:
    if field.type is FieldType.ID_DOCUMENT:
        return part_of(value, "number").upper()
    return value if field.type is FieldType.PERSONAL_ID and isinstance(value, str) else ""
