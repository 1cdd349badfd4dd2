"""What a person's card says for a field of a form."""

from collections.abc import Mapping

from counter_app.domain.address_value import address_answer
from counter_app.domain.form_template import CardFact, FieldType, FormField
from counter_app.domain.identity_document import id_document_of
from counter_app.domain.person import Person, Sex

SEX_WORDS: Mapping[Sex, str] = {Sex.MALE: "Nam", Sex.FEMALE: "Nữ"}


def card_value(each: FormField, person: Person) -> object:
    """Return what a person's card says for a field, as a stored value; None when it is silent."""
    match each.card:
        case CardFact.SEX:
            return SEX_WORDS.get(person.sex) if person.sex is not None else None
        case CardFact.ADDRESS:
            return _address_value(each, person)
        case CardFact.ISSUED_ON:
            return person.issued_on.isoformat() if person.issued_on else None
        case CardFact.ID_DOCUMENT:
            return id_document_of(person)
        case CardFact.FULL_NAME | CardFact.PERSONAL_ID | CardFact.BIRTH_DATE:
            return str(getattr(person, each.card.value)) or None
        case _:
            return None


def _address_value(each: FormField, person: Person) -> object:
    if each.type is not FieldType.ADDRESS:
        return person.address or None
    if not person.address and not person.legacy_address:
        return None
    return address_answer(person.address, person.legacy_address)
