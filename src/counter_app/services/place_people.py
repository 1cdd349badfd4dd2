"""Which role a person takes in the visit: the next free one of the form, by the card's sex.

A form may want "mẹ" before "cha", yet the father's card may be scanned first; nobody should have to
move cards afterwards.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from counter_app.domain.form_template import FormTemplate, Role
from counter_app.domain.person import Person
from counter_app.services.assess_visit import FormState
from counter_app.services.visit import Visit

APPLICANT = "applicant"  # the place of the one who hands the dossier in, whatever the form calls it

# People scanned before a procedure named their role wait under ids of their own.
_WAITING = "waiting:"


def roles_of(templates: Sequence[FormTemplate]) -> tuple[Role, ...]:
    """Return the roles a card can fill, applicant first, each once, in the order of the forms."""
    roles: dict[str, Role] = {}
    for template in templates:
        for role in template.roles:
            roles.setdefault(role.role_id, role)
    return tuple(sorted(roles.values(), key=lambda role: not role.applicant))


def free_roles(visit: Visit, forms: Sequence[FormState]) -> tuple[Role, ...]:
    """Return the roles a scanned card could still fill, in order; empty when nobody is missing."""
    answers = {key: value for form in forms for key, value in form.filled.values.items()}
    return tuple(
        role for role in roles_of([form.template for form in forms]) if _is_free(role, visit, answers)
    )


def next_role(visit: Visit, forms: Sequence[FormState]) -> Role | None:
    """Return the role the next scanned card should fill, or None when nobody is missing."""
    return next(iter(free_roles(visit, forms)), None)


def _is_free(role: Role, visit: Visit, answers: Mapping[str, object]) -> bool:
    if role.applicant:
        return visit.applicant is None
    same = role.same_as_applicant_when
    return role.role_id not in visit.people and not (same is not None and same.holds(answers))


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
