"""Whether two records may be one person, and what speaks against it.

One person has two records when the first was kept under the old nine-digit number or under a number
typed wrongly. Only a clerk who has seen the papers can say so; nothing is ever merged by itself.
"""

from dataclasses import fields, replace
from enum import StrEnum

from counter_app.domain.person import Person
from counter_app.domain.personal_id import is_personal_id
from counter_app.domain.vietnamese_text import fold


class Likeness(StrEnum):
    """Why two records look like one person, the surer first."""

    OLD_ID = "old_id"  # the old number on one record is the number of the other
    NAME_AND_BIRTH = "name_and_birth"


class Doubt(StrEnum):
    """What speaks against two records being one person."""

    SEX = "sex"
    BIRTH_YEAR = "birth_year"
    NAME = "name"
    TWO_PERSONAL_IDS = "two_personal_ids"  # a citizen has one twelve-digit number for life


def likeness(one: Person, other: Person) -> Likeness | None:
    """Return why these may be one person, or None; the birth date must be a whole one."""
    if one.personal_id == other.personal_id:
        return None
    if one.personal_id in _olds(other) or other.personal_id in _olds(one):
        return Likeness.OLD_ID
    whole = len(one.birth_date) == len("2000-01-01")
    if whole and one.birth_date == other.birth_date and fold(one.full_name) == fold(other.full_name):
        return Likeness.NAME_AND_BIRTH
    return None


def doubts(one: Person, other: Person) -> tuple[Doubt, ...]:
    """Return what should make the clerk stop; what is not known is no doubt."""
    found: list[Doubt] = []
    if one.sex and other.sex and one.sex is not other.sex:
        found.append(Doubt.SEX)
    if one.birth_date[:4] and other.birth_date[:4] and one.birth_date[:4] != other.birth_date[:4]:
        found.append(Doubt.BIRTH_YEAR)
    if fold(one.full_name) != fold(other.full_name):
        found.append(Doubt.NAME)
    if is_personal_id(one.personal_id) and is_personal_id(other.personal_id):
        found.append(Doubt.TWO_PERSONAL_IDS)
    return tuple(found)


def filled_up(kept: Person, *others: Person) -> Person:
    """Return the kept record with what only the others know; what both know stays as kept.

    The kept record's missing old number is the other's number when that is no number of today.
    """
    result = kept
    for other in others:
        missing = {
            each.name: getattr(other, each.name)
            for each in fields(Person)
            if getattr(result, each.name) in ("", None) and getattr(other, each.name) not in ("", None)
        }
        result = replace(result, **missing)
        if not result.old_id and not is_personal_id(other.personal_id):
            result = replace(result, old_id=other.personal_id)
    return result


def _olds(person: Person) -> tuple[str, ...]:
    return (person.old_id,) if person.old_id else ()
