"""Which role a person takes in the visit: the next free one of the form, by the card's sex.

A form may want "mẹ" before "cha", yet the father's card may be scanned first; nobody should have to
move cards afterwards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from counter_app.domain.form_template import Role
from counter_app.domain.person import Person
from counter_app.services.assess_visit import FormState, Visit, next_role, roles_of
from counter_app.ui.intake.state import APPLICANT

# People scanned before a procedure named their role wait under ids of their own.
_WAITING = "waiting:"


def free_roles(visit: Visit, forms: Sequence[FormState]) -> tuple[Role, ...]:
    """Return the roles nobody fills yet, in the order of the forms; the applicant's first."""
    return tuple(_free(visit, forms))


def _free(visit: Visit, forms: Sequence[FormState]) -> Iterator[Role]:
    nobody = Person(full_name="")
    while (role := next_role(visit, forms)) is not None:
        yield role
        if role.applicant:
            visit = replace(visit, applicant=nobody)
        else:
            visit = replace(visit, people={**visit.people, role.role_id: nobody})


def role_for(person: Person, visit: Visit, forms: Sequence[FormState]) -> str | None:
    """Return where a scanned person belongs: `APPLICANT`, a role id, a waiting place, or None.

    None means that every role of the forms is filled. Without a procedure people wait.
    """
    if not visit.procedure_id:
        return APPLICANT if visit.applicant is None else _waiting_place(visit)
    free = free_roles(visit, forms)
    if visit.applicant is None and not any(role.applicant for role in free):
        return APPLICANT
    fitting = [role for role in free if _fits(role, person)]
    chosen = next(iter(fitting or free), None)
    return _place(chosen) if chosen is not None else None


def _fits(role: Role, person: Person) -> bool:
    return not role.sex or person.sex is None or role.sex == person.sex.value


def _place(role: Role) -> str:
    return APPLICANT if role.applicant else role.role_id


def put(visit: Visit, role: str, person: Person) -> Visit:
    """Return the visit with the person in that role."""
    if role == APPLICANT:
        return replace(visit, applicant=person)
    return replace(visit, people={**visit.people, role: person})


def take_out(visit: Visit, role: str) -> Visit:
    """Return the visit with nobody in that role."""
    if role == APPLICANT:
        return replace(visit, applicant=None)
    return replace(visit, people={key: each for key, each in visit.people.items() if key != role})


def person_in(visit: Visit, role: str) -> Person | None:
    """Return who fills a role."""
    return visit.applicant if role == APPLICANT else visit.people.get(role)


def everybody(visit: Visit) -> tuple[tuple[str, Person], ...]:
    """Return (role, person) for all people of the visit, the applicant first."""
    first = ((APPLICANT, visit.applicant),) if visit.applicant is not None else ()
    return (*first, *visit.people.items())


def is_waiting(role: str) -> bool:
    """Tell whether a person has no role of the form yet."""
    return role.startswith(_WAITING)


def settle(visit: Visit, forms: Sequence[FormState]) -> tuple[Visit, dict[str, str]]:
    """Give everybody whose role the forms do not know a free role.

    Returns:
        The visit, and a map from old to new place of those who moved. Whoever finds no role waits.
    """
    roles = roles_of([form.template for form in forms])
    moved: dict[str, str] = {}
    known = {role.role_id for role in roles if not role.applicant}
    homeless = [(role, each) for role, each in visit.people.items() if role not in known]
    visit = replace(visit, people={r: each for r, each in visit.people.items() if r in known})
    misplaced = _misplaced_applicant(visit, roles, forms)
    if misplaced is not None:
        homeless.insert(0, (APPLICANT, misplaced))
        visit = replace(visit, applicant=None)
    for old, person in homeless:
        new = role_for(person, visit, forms) or _waiting_place(visit)
        visit = put(visit, new, person)
        moved[old] = new
    return visit, moved


def _misplaced_applicant(visit: Visit, roles: Sequence[Role], forms: Sequence[FormState]) -> Person | None:
    """Return the applicant when the form wants another sex there and has a place that fits.

    The bride's column is the applicant's in a marriage form; the groom's card may come first.
    """
    person = visit.applicant
    own = next((role for role in roles if role.applicant), None)
    if person is None or own is None or _fits(own, person):
        return None
    others = [role for role in free_roles(visit, forms) if not role.applicant]
    return person if any(role.sex and _fits(role, person) for role in others) else None


def without_waiting(visit: Visit) -> Visit:
    """Return the visit with only those people the forms name: what is received."""
    return replace(visit, people={r: each for r, each in visit.people.items() if not is_waiting(r)})


def _waiting_place(visit: Visit) -> str:
    number = 1
    while f"{_WAITING}{number}" in visit.people:
        number += 1
    return f"{_WAITING}{number}"
