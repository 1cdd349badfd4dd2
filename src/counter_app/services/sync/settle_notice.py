"""A clerk says that a flag or a task of the server was dealt with; the others learn it."""

from typing import TYPE_CHECKING

from counter_app.domain.dossier_acts.texts import needed
from counter_app.domain.errors import RuleRefusal
from counter_app.services.clock_check import require_clock
from counter_app.services.dossier_events import office_event
from counter_app.services.ports import AuditEntry
from counter_protocol.events import EventKind
from counter_protocol.notices import NoticeData

if TYPE_CHECKING:
    from counter_app.services.desk import Desk


def settle_notice(desk: "Desk", notice_id: str, reason: str, *, clerk: str = "") -> None:
    """Settle a notice.

    Args:
        desk: The counter.
        notice_id: Which notice.
        reason: What was done about it, in the clerk's words; the audit does not keep them.
        clerk: Who settles; the clerk of the settings when "".

    Raises:
        BadInput: ``entry_missing``, ``entry_too_long`` (field ``reason``).
        RuleRefusal: ``notice_not_open``: somebody settled it meanwhile; ``clock_set_back``.
        EnvironmentProblem: as `Store.writing`.
    """
    at, by = desk.clock.now().replace(microsecond=0), clerk or desk.clerk
    why = needed(reason, "reason")
    with desk.store.writing() as transaction:
        require_clock(transaction, at)
        found = next((each for each in transaction.notices() if each.notice_id == notice_id), None)
        if found is None or not transaction.settle_notice(notice_id, at, by):
            raise RuleRefusal("notice_not_open")
        data = NoticeData(notice_id=notice_id, kind=found.kind, reason=why).as_data()
        transaction.append_event(
            office_event(
                desk, EventKind.NOTICE_SETTLED, clerk=by, at=at, data=data, dossier_id=found.dossier_id
            )
        )
        transaction.append_audit(
            AuditEntry(
                at=at, clerk=by, act="notice_settled", subject_id=notice_id, detail={"kind": found.kind}
            )
        )
