"""A scanned card becomes the next person of the visit."""

from dataclasses import replace

from counter_app.domain.errors import RuleRefusal
from counter_app.domain.person import Person
from counter_app.services import place_people
from counter_app.services.assess_visit import assess_at
from counter_app.services.desk import Desk
from counter_app.services.visit import Visit


def fill_next_role(desk: Desk, visit: Visit, person: Person) -> Visit:
    """Return the visit with `person` in the next empty role of their sex, the applicant first.

    Before a procedure is chosen there are no roles: the person is the applicant.

    A card of somebody already in the visit only refreshes what is known of them.

    Raises:
        RuleRefusal: ``no_role_left`` when every person of the forms is there.
    """
    if visit.applicant is not None and _same(visit.applicant, person):
        return replace(visit, applicant=_refreshed(visit.applicant, person), card_shown=True)
    for role_id, known in visit.people.items():
        if _same(known, person):
            return replace(visit, people={**visit.people, role_id: _refreshed(known, person)})
    if not visit.procedure_id:
        return replace(visit, applicant=person, card_shown=True)
    assessment = assess_at(desk, visit, desk.clock.now())
    role = place_people.role_for(person, visit, assessment.forms)
    if role is None:
        raise RuleRefusal("no_role_left")
    placed = place_people.put(visit, role, person)
    return replace(placed, card_shown=visit.card_shown or role == place_people.APPLICANT)


def _same(known: Person, scanned: Person) -> bool:
    return bool(scanned.personal_id) and known.personal_id == scanned.personal_id


def _refreshed(known: Person, scanned: Person) -> Person:
    """Keep what only the clerk could know: phone, e-mail, ethnicity."""
    return replace(scanned, phone=known.phone, email=known.email, ethnicity=known.ethnicity)
