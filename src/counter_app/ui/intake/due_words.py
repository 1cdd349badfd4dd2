"""The promise in words: when, under which rule, and whether a slip is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.ui.widgets.promise_words import headline

if TYPE_CHECKING:
    from counter_app.domain.due_date import Promise
    from counter_app.ui.intake.state import IntakeState


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseWords:
    """What the promise panel says. ``problem`` stands alone when nothing can be promised."""

    due: str = ""
    rule: str = ""
    slip: str = ""
    slip_required: bool = False
    prints_slip: bool = False
    provisional: bool = False
    problem: str = ""
    promise: Promise | None = None


def promise_words(state: IntakeState) -> PromiseWords | None:
    """Return the words for the visit's promise, None while there is no procedure."""
    assessment = state.assessment
    if assessment is None:
        return None
    promise = assessment.promise
    if promise is None:
        problem = assessment.promise_problem
        return PromiseWords(problem=text_of(problem) if problem else "")
    return PromiseWords(
        due=headline(promise, state.now.date()),
        rule=_rule(promise),
        slip=_("in giấy hẹn") if assessment.slip_required else _("không cần giấy hẹn"),
        slip_required=assessment.slip_required and not state.visit.slip_asked,
        prints_slip=assessment.slip_required,
        provisional=promise.calendar == "provisional",
        promise=promise,
    )


def _rule(promise: Promise) -> str:
    from counter_app.services.paper_text import time_in_text

    if promise.due_at is None:
        return ""
    if promise.by_same_day_rule:
        if promise.same_day:
            return _("Nhận trước 15:00 nên trả ngay trong ngày")
        return _("Nhận từ 15:00 nên trả vào ngày làm việc tiếp theo")
    off = sum(day.reason in ("holiday", "weekend") for day in promise.days)
    skipped = " " + _("· bỏ qua {count} ngày nghỉ").format(count=off) if off else ""
    since = f"{promise.counted_from:%H:%M %d/%m}"
    return _("{limit} kể từ {since}").format(limit=time_in_text(promise), since=since) + skipped
