"""Half-done visits: saved while the clerk types, found again after a power cut."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from counter_app.domain.clerks import Permission
from counter_app.services.desk import Desk
from counter_app.services.ports import AuditEntry, Draft


def save_draft(
    desk: Desk,
    *,
    draft_id: str,
    procedure_id: str,
    procedure_name: str,
    applicant_name: str,
    state: Mapping[str, object],
    clerk: str = "",
) -> None:
    """Keep the intake screen's `state` (JSON values only) under `draft_id`.

    `clerk` is whose visit it is, when somebody else sat down meanwhile; "" is whoever is at the desk.
    A draft has no entry in the audit log, so who may keep one is asked here; errors as `Desk.require`.
    """
    desk.require(Permission.RECEIVE, clerk)
    with desk.store.writing() as transaction:
        transaction.save_draft(
            Draft(
                draft_id=draft_id,
                procedure_id=procedure_id,
                procedure_name=procedure_name,
                applicant_name=applicant_name,
                updated_at=desk.clock.now(),
                clerk=clerk or desk.clerk,
                state=state,
            )
        )


def discard_draft(desk: Desk, draft_id: str) -> Draft | None:
    """Throw a draft away and return it, so that the act can be undone; errors as `Desk.require`."""
    desk.require(Permission.RECEIVE)
    with desk.store.writing() as transaction:
        draft = transaction.draft(draft_id)
        if draft is None:
            return None
        transaction.delete_draft(draft_id)
        transaction.append_audit(
            AuditEntry(at=desk.clock.now(), clerk=desk.clerk, act="draft_deleted", subject_id=draft_id)
        )
    return draft


def take_over(desk: Desk, draft_id: str) -> Draft | None:
    """Make somebody else's draft one's own, knowingly; None when it is gone. It is put on record."""
    now = desk.clock.now()
    with desk.store.writing() as transaction:
        draft = transaction.draft(draft_id)
        if draft is None:
            return None
        taken = replace(draft, clerk=desk.clerk, updated_at=now)
        transaction.save_draft(taken)
        transaction.append_audit(
            AuditEntry(at=now, clerk=desk.clerk, act="draft_taken_over", subject_id=draft_id)
        )
    return taken


def is_anothers(desk: Desk, draft: Draft) -> bool:
    """Tell whether the draft is of somebody else than the one who signed in."""
    present = desk.session.present
    return present is not None and draft.clerk != present.full_name


def restore_draft(desk: Desk, draft: Draft) -> None:
    """Bring a discarded draft back; errors as `Desk.require`."""
    desk.require(Permission.RECEIVE)
    with desk.store.writing() as transaction:
        transaction.save_draft(draft)


def drafts(desk: Desk) -> Sequence[Draft]:
    """Return the drafts, newest first; those of the one who signed in before all others."""
    with desk.store.reading() as queries:
        return own_first(desk, queries.drafts())


def own_first(desk: Desk, found: Sequence[Draft]) -> Sequence[Draft]:
    """Return the drafts with those of the one who signed in first."""
    return sorted(found, key=lambda draft: is_anothers(desk, draft))
