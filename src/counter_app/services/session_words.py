"""Opening hours in words, for papers the citizen takes home; always Vietnamese."""

from itertools import groupby

from counter_app.domain.working_calendar import Session, WeekPattern

_DAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def hours_text(pattern: WeekPattern) -> str:
    """Return "thứ Hai đến thứ Sáu 07:00-11:30, 13:30-17:00; thứ Bảy 07:30-11:00"."""
    texts = []
    for sessions, group in groupby(range(7), key=lambda day: pattern.sessions[day]):
        days = list(group)
        if sessions:
            span = _DAYS[days[0]] if len(days) == 1 else f"{_DAYS[days[0]]} đến {_DAYS[days[-1]]}"
            texts.append(f"{span} {', '.join(map(_hours, sessions))}")
    return "; ".join(texts)


def _hours(session: Session) -> str:
    return f"{session.start:%H:%M}-{session.end:%H:%M}"
