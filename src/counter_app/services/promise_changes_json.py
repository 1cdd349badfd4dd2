"""Promises a new calendar moves, as JSON values for the command line and people's scripts."""

from counter_app.domain.dossier import Dossier
from counter_app.services.promise_changes_sheet import changed_day_text
from counter_app.services.promise_json import promise_to_json
from counter_app.services.recheck_promises import AffectedPromise


def affected_to_json(affected: AffectedPromise) -> dict[str, object]:
    """Return one affected promise with both days and the days that make the difference."""
    return {
        "dossier_id": affected.dossier_id,
        "dossier_code": affected.dossier_code,
        "applicant": affected.applicant,
        "phone": affected.phone,
        "procedure": affected.procedure,
        "received_at": affected.received_at.isoformat(),
        "old_due": affected.old_due.isoformat(),
        "new_due": affected.new_due.isoformat(),
        "changes": [
            {
                "date": day.date.isoformat(),
                "before": day.before.reason,
                "after": day.after.reason,
                "name": day.after.name or day.before.name,
                "words": changed_day_text(day),
            }
            for day in affected.changes
        ],
        "new_promise": promise_to_json(affected.new),
    }


def moved_to_json(dossier: Dossier) -> dict[str, object]:
    """Return what a dossier promises after it was decided about."""
    return {
        "dossier_code": dossier.dossier_code,
        "due_at": dossier.due_at.isoformat() if dossier.due_at else None,
        "first_due_at": dossier.first_due_at.isoformat() if dossier.first_due_at else None,
    }
