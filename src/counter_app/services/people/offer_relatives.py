"""Known relatives for the roles nobody fills yet; offered, never filled in by themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from counter_app.domain.family import Kin, may_fill
from counter_app.domain.person import Person
from counter_app.services.assess_visit import FormState
from counter_app.services.kinship_port import Relative
from counter_app.services.place_people import everybody, free_roles
from counter_app.services.visit import Visit

_MOST_A_ROLE = 2
_MOST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A relative for an empty role: what they are to whom of the visit."""

    role: str
    role_label: str
    person: Person
    kin: Kin
    of: str  # the name of the person of the visit


def offers(
    visit: Visit, forms: Sequence[FormState], relatives: Mapping[str, Sequence[Relative]]
) -> tuple[Offer, ...]:
    """Return the relatives worth offering, by role in the order of the forms.

    Args:
        visit: The visit so far.
        forms: Its forms.
        relatives: Of the people of the visit, by personal id.
    """
    found: list[Offer] = []
    for role in free_roles(visit, forms):
        if not role.applicant:
            of_role = _of_role(visit, role.role_id, role.label, role.sex, relatives)
            found += list(of_role)[:_MOST_A_ROLE]
    return tuple(found[:_MOST])


def _of_role(
    visit: Visit, role_id: str, label: str, sex: str, relatives: Mapping[str, Sequence[Relative]]
) -> Iterator[Offer]:
    taken = {person.personal_id for _, person in everybody(visit)}
    for placed, person in everybody(visit):
        for each in relatives.get(person.personal_id, ()):
            fits = may_fill(role_id, role_sex=sex, placed=placed, kin=each.kin, relative=each.person)
            if fits and each.person.personal_id not in taken:
                taken.add(each.person.personal_id)
                yield Offer(
                    role=role_id, role_label=label, person=each.person, kin=each.kin, of=person.full_name
                )
