"""Half-done visits: saved while the clerk types, found again after a power cut."""

from collections.abc import Mapping, Sequence

from counter_app.services.desk import Desk
from counter_app.services.ports import Draft


def save_draft(
    desk: Desk,
    *,
    draft_id: str,
    procedure_id: str,
    procedure_name: str,
    applicant_name: str,
    state: Mapping[str, object],
) -> None:
    """Keep the intake screen's `state` (JSON values only) under `draft_id`."""
    with desk.store.writing() as transaction:
        transaction.save_draft(
            Draft(
                draft_id=draft_id,
                procedure_id=procedure_id,
                procedure_name=procedure_name,
                applicant_name=applicant_name,
                updated_at=desk.clock.now(),
                clerk=desk.clerk,
                state=state,
            )
        )


def discard_draft(desk: Desk, draft_id: str) -> Draft | None:
    """Throw a draft away and return it, so that the act can be undone."""
    with desk.store.writing() as transaction:
        draft = transaction.draft(draft_id)
        transaction.delete_draft(draft_id)
    return draft


def restore_draft(desk: Desk, draft: Draft) -> None:
    """Bring a discarded draft back."""
    with desk.store.writing() as transaction:
        transaction.save_draft(draft)


def drafts(desk: Desk) -> Sequence[Draft]:
    """Return the drafts, newest first."""
    with desk.store.reading() as queries:
        return queries.drafts()
