"""Puts on record what only shows or hands out data: views, searches, lists and reports that leave.

What leaves is noted before it leaves: where nothing can be noted, nothing goes out. Looking is noted after
it was shown, so that a scan at the counter opens as fast as ever, and once a clerk and subject within ten
minutes: a page that is looked at again and again is one look.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.audit_port import AuditFilter
from counter_app.services.people.subject import audit_name, record_of
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

ONE_LOOK = timedelta(minutes=10)
_LOOKED_BACK = 2000  # entries; more than ten minutes of any counter hold
_READ_ONLY = frozenset({"database_read_only", "database_unreachable"})


def note(desk: "Desk", act: str, subject_id: str, **detail: object) -> None:
    """Put an act on record; errors as `Store.writing` and `Session.check`."""
    with desk.store.writing() as transaction:
        transaction.append_audit(
            AuditEntry(at=desk.clock.now(), clerk=desk.clerk, act=act, subject_id=subject_id, detail=detail)
        )


def note_dossier_view(desk: "Desk", dossier_id: str) -> bool:
    """Note that the clerk looked at a dossier; tell whether it was a new look."""
    return _note_look(desk, "dossier_viewed", dossier_id)


def note_person_view(desk: "Desk", personal_id: str) -> bool:
    """Note that the clerk looked at what is known of a citizen; tell whether it was a new look.

    Raises:
        BadInput: ``person_unknown``.
    """
    with desk.store.reading() as queries:
        subject = audit_name(record_of(queries, personal_id))
    return _note_look(desk, "person_viewed", subject)


def note_people_search(desk: "Desk") -> bool:
    """Note that the clerk looked for people, not for whom; tell whether it was a new look."""
    return _note_look(desk, "person_searched", desk.settings.counter.device_id)


def _note_look(desk: "Desk", act: str, subject_id: str) -> bool:
    """A counter that can only be read must still be looked at: there nothing is noted."""
    now = desk.clock.now()
    look = AuditFilter(clerk=desk.clerk, acts=(act,), subject_id=subject_id, since=now - ONE_LOOK)
    with desk.store.reading() as queries:
        if queries.audit_page(look, after=queries.audit_tip().seq - _LOOKED_BACK, limit=1):
            return False
    try:
        note(desk, act, subject_id)
    except EnvironmentProblem as problem:
        if problem.code not in _READ_ONLY:
            raise
        return False
    return True
