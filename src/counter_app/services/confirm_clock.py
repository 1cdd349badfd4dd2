"""The clerk's word that the computer's clock is right although later moments were written before.

One wrong stamp of the future would otherwise keep the counter from every act until that day came.
"""

from counter_app.services.clock_check import later_moment
from counter_app.services.desk import Desk
from counter_app.services.ports import AuditEntry


def confirm_clock(desk: Desk, *, clerk: str = "") -> bool:
    """Take the clock of now as right, in one audited act; return whether there was anything to confirm.

    What was written keeps its stamps; order is kept by the order of writing.

    Raises:
        EnvironmentProblem: as `Store.writing`.
    """
    now = desk.clock.now().replace(microsecond=0)
    with desk.store.writing() as transaction:
        latest = later_moment(transaction, now)
        if latest is None:
            return False
        transaction.forget_later_moments(now)
        transaction.append_audit(
            AuditEntry(
                at=now,
                clerk=clerk or desk.clerk,
                act="clock_confirmed",
                subject_id=desk.settings.counter.device_id,
                detail={"latest": latest.isoformat()},
            )
        )
    return True
