"""What the screen of moved promises says; plain Python."""

from collections.abc import Sequence
from datetime import datetime

from counter_app.domain.promise_recheck import ChangedDay
from counter_app.domain.working_calendar import DayStatus
from counter_app.i18n import _
from counter_app.services.recheck_promises import AffectedPromise
from counter_app.ui.widgets.promise_words import weekday_short


def banner_words(count: int) -> str:
    """Return "Lịch nghỉ thay đổi: 3 phiếu hẹn phải báo lại"."""
    return _("Lịch nghỉ thay đổi: {count} phiếu hẹn phải báo lại").format(count=count)


def usual_reason() -> str:
    """Return the reason that stands there until the clerk writes another."""
    return _("Lịch nghỉ, giờ làm việc thay đổi")


def who(affected: AffectedPromise) -> str:
    """Return the applicant and how to reach them."""
    return f"{affected.applicant} · {affected.phone or _('không có số điện thoại')}"


def what(affected: AffectedPromise) -> str:
    """Return code and procedure."""
    return f"{affected.dossier_code} · {affected.procedure}"


def due_words(moment: datetime) -> str:
    """Return "T6 12/02/2027 · 09:00"."""
    return f"{weekday_short(moment.date())} {moment:%d/%m/%Y} · {moment:%H:%M}"


def why(changes: Sequence[ChangedDay]) -> str:
    """Return every day that makes the difference, what it was and what it is."""
    return "; ".join(map(_day, changes))


def _day(day: ChangedDay) -> str:
    named = f"{weekday_short(day.date)} {day.date:%d/%m}"
    if day.before.working == day.after.working:
        return f"{named}: " + _("đổi giờ làm việc")
    return f"{named}: " + _("{before}, nay {after}").format(
        before=_status(day.before), after=_status(day.after)
    )


def _status(status: DayStatus) -> str:
    reasons = {
        "working": _("ngày làm việc"),
        "weekend": _("nghỉ cuối tuần"),
        "holiday": _("nghỉ lễ"),
        "swapped_workday": _("làm bù"),
    }
    words = reasons.get(status.reason, status.reason)
    return f"{words} ({status.name})" if status.name else words
