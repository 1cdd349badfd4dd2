"""The applicant and a form's applicant are one person, or the form is left to what was typed.

A form filled half from a card and half from somebody else's answers would name a person who does not
exist: one man's number under a woman's name.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from counter_app.domain.field_values import part_of, whole_date
from counter_app.domain.form_filling import FilledAnswers, Source, applicant_role, roles_of_applicant
from counter_app.domain.form_template import CardFact, FormTemplate, Role
from counter_app.domain.form_validation import FieldProblem
from counter_app.domain.person import Person
from counter_app.domain.personal_id import is_personal_id
from counter_app.domain.vietnamese_text import clean, fold


def applicant_differs(
    template: FormTemplate, filled: FilledAnswers, applicant: Person
) -> tuple[FieldProblem, ...]:
    """Return an ``applicant_differs`` for every typed answer that names somebody else than `applicant`.

    Looked at are the roles the applicant holds in the form as it was filled with them. A name or a
    number that differs tells two persons apart; a birth date only where no number was typed.
    """
    own = applicant_role(template)
    if own is None:
        return ()
    typed = {key: said for key, said in filled.known.items() if filled.sources.get(key) is Source.TYPED}
    roles = (own, *roles_of_applicant(template, filled.known))
    keys = dict.fromkeys(key for role in roles for key in _differing(template, role, typed, applicant))
    return tuple(FieldProblem(key=key, code="applicant_differs") for key in keys)


def same_name(one: str, other: str) -> bool:
    """Tell whether two names may be one person's.

    Case does not matter, nor on which vowel a tone stands ("Hoà", "Hòa"); a name without any marks
    (from machine-readable lines) agrees with the same name with marks.
    """
    if fold(one) != fold(other):
        return False
    pairs = zip_longest(clean(one).casefold().split(), clean(other).casefold().split(), fillvalue="")
    return one.isascii() or other.isascii() or all(_marks(a) == _marks(b) for a, b in pairs)


def _marks(word: str) -> list[str]:
    return sorted(unicodedata.normalize("NFD", word))


def _differing(
    template: FormTemplate, role: Role, typed: Mapping[str, object], applicant: Person
) -> Iterator[str]:
    keys = {each.card: each.key for each in template.fields if each.role == role.role_id and each.card}
    name, number = keys.get(CardFact.FULL_NAME, ""), keys.get(CardFact.PERSONAL_ID, "")
    document, born = keys.get(CardFact.ID_DOCUMENT, ""), keys.get(CardFact.BIRTH_DATE, "")
    if _says_other_name(typed.get(name), applicant) or (name and _other_sex(role, applicant)):
        yield name
    typed_number = typed.get(number)
    if isinstance(typed_number, str) and _other_number(typed_number, applicant):
        yield number
    on_document = part_of(typed.get(document), "number")
    if is_personal_id(on_document) and _other_number(on_document, applicant):
        yield document
    if not typed_number and not on_document and _other_day(typed.get(born), applicant):
        yield born


def _other_sex(role: Role, applicant: Person) -> bool:
    """A groom cannot stand in the bride's column."""
    return bool(role.sex) and applicant.sex is not None and role.sex != applicant.sex.value


def _says_other_name(typed: object, applicant: Person) -> bool:
    said = isinstance(typed, str) and bool(typed) and bool(applicant.full_name.strip())
    return said and not same_name(str(typed), applicant.full_name)


def _other_number(typed: str, applicant: Person) -> bool:
    return bool(applicant.personal_id) and typed != applicant.personal_id


def _other_day(typed: object, applicant: Person) -> bool:
    one, other = whole_date(typed), whole_date(applicant.birth_date)
    return one is not None and other is not None and one != other
