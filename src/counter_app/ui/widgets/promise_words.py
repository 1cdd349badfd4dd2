"""Why the result is promised for this moment, day by day, in the clerk's words; plain Python."""

from datetime import date

from counter_app.domain.due_date import Promise, PromiseDay
from counter_app.i18n import _, moment

_WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
_WORTH_NAMING = ("after_closing", "holiday", "swapped_workday", "rolled")
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def weekday_short(day: date) -> str:
    """Return T2 … CN, or Mon … Sun."""
    from counter_app.i18n import language

    return (_WEEKDAYS if language() == "vi" else _WEEKDAYS_EN)[day.weekday()]


def headline(promise: Promise, today: date) -> str:
    """Return "Trong ngày · 17:00", "T5 26/11/2026 · 08:30", or that the law names no day."""
    if promise.due_at is None:
        return _("Không có ngày hẹn cụ thể theo quy định")
    if promise.same_day and promise.due_at.date() == today:
        return _("Trong ngày · {time}").format(time=f"{promise.due_at:%H:%M}")
    return f"{weekday_short(promise.due_at.date())} {promise.due_at:%d/%m/%Y} · {promise.due_at:%H:%M}"


def day_words(day: PromiseDay) -> str:
    """Return what became of one day: counted, skipped and why."""
    reasons = {
        "intake": _("ngày nhận, chưa tính"),
        "after_closing": _("nhận sau giờ làm việc, tính từ ngày làm việc sau"),
        "counted": _("tính 1 ngày làm việc") if day.counted else _("ngày làm việc"),
        "weekend": _("nghỉ cuối tuần"),
        "holiday": _("nghỉ lễ"),
        "swapped_workday": _("làm bù"),
        "due": _("ngày trả kết quả"),
        "rolled": _("dời sang ngày làm việc kế tiếp"),
    }
    words = reasons.get(day.reason, day.reason)
    return f"{words}: {day.name}" if day.name else words


def explanation(promise: Promise) -> str:
    """Return one or two sentences naming every skipped day but plain weekends."""
    parts = [_("Tính từ {moment}.").format(moment=moment(promise.counted_from))]
    named = [day for day in promise.days if day.name or day.reason in _WORTH_NAMING]
    if named:
        listed = "; ".join(f"{weekday_short(day.date)} {day.date:%d/%m} {day_words(day)}" for day in named)
        parts.append(listed[0].upper() + listed[1:] + ".")
    if promise.calendar == "provisional":
        parts.append(_("Lịch nghỉ của giai đoạn này chưa chính thức, ngày hẹn có thể đổi."))
    return " ".join(parts)
