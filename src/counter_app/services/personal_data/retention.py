"""Which dossiers have been kept long enough, and what still stands in the way of destroying them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from counter_app.domain.clerks import Permission
from counter_app.domain.errors import EnvironmentProblem
from counter_app.domain.procedure import Procedure, Retention
from counter_app.domain.retention import longest, over_on

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.personal_data_port import EndedDossier
    from counter_app.services.ports import Queries

UNSENT = "purge_unsent"
ORIGINALS = "purge_originals"
REQUEST_OPEN = "purge_request_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueForPurge:
    """A dossier whose time is over since ``over_on``; ``hindrance`` is "" or the code of a message."""

    dossier: "EndedDossier"
    rule: Retention
    over_on: date
    hindrance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDossiers:
    """How ended dossiers stand: ``due`` may go, the counts are of those that stay and why."""

    due: tuple[DueForPurge, ...]
    not_yet: int
    for_ever: int
    no_rule: int


def due_for_purge(desk: "Desk") -> KeptDossiers:
    """Return the dossiers whose time of keeping is over.

    Raises:
        RuleRefusal: ``sign_in_needed``, ``not_permitted``.
    """
    desk.require(Permission.PERSONAL_DATA)
    now = desk.clock.now()
    with desk.store.reading() as queries:
        return _weigh(desk, queries, queries.ended_dossiers(now), now.date())


def hindrance_of(dossier: "EndedDossier", waiting: "frozenset[str]") -> str:
    """Return what stands in the way, "" for nothing; `waiting` are ids of citizens with an open request."""
    if dossier.unsent:
        return UNSENT
    if dossier.originals_held:
        return ORIGINALS
    return REQUEST_OPEN if dossier.applicant_id in waiting else ""


def rule_of(desk: "Desk", queries: "Queries", dossier: "EndedDossier") -> Retention | None:
    """Return how long a dossier is kept: by the law of its day or of today, whichever is longer."""
    versions = desk.catalogue.versions_of(dossier.procedure_id)
    today = versions[-1].retention if versions else None
    return longest((_pinned(queries, dossier.definition), today))


def waiting_people(queries: "Queries") -> frozenset[str]:
    """Return the personal ids of citizens whose requests wait for an answer, merged records' too."""
    ids: set[str] = set()
    for request in queries.person_requests(open_only=True):
        personal_id = queries.person_id_of(request.person_number)
        ids.update(queries.together(personal_id) if personal_id else ())
    return frozenset(ids)


def _weigh(desk: "Desk", queries: "Queries", ended: "Iterable[EndedDossier]", today: date) -> KeptDossiers:
    rules: dict[tuple[str, str], Retention | None] = {}
    due: list[DueForPurge] = []
    not_yet = for_ever = no_rule = 0
    waiting = waiting_people(queries)
    for dossier in ended:
        name = dossier.procedure_id, dossier.definition
        if name not in rules:
            rules[name] = rule_of(desk, queries, dossier)
        rule = rules[name]
        if rule is None:
            no_rule += 1
            continue
        over = over_on(rule, dossier.ended_at.date())
        if over is None:
            for_ever += 1
        elif today < over:
            not_yet += 1
        else:
            hindrance = hindrance_of(dossier, waiting)
            due.append(DueForPurge(dossier=dossier, rule=rule, over_on=over, hindrance=hindrance))
    return KeptDossiers(due=tuple(due), not_yet=not_yet, for_ever=for_ever, no_rule=no_rule)


def _pinned(queries: "Queries", digest: str) -> Retention | None:
    if not digest:
        return None
    try:
        return queries.definition(digest, Procedure).retention
    except EnvironmentProblem:
        return None  # damaged: the rule of today decides alone
