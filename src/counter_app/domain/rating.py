"""What citizens think of the service: three words and, if they like, reasons. Nobody's name.

The questions follow the rating sheet of Nghị định 61/2018/NĐ-CP, Điều 31 (contents checked), in the
short form of counter tablets: rất hài lòng, hài lòng, không hài lòng. Giving one is free: no act of
the office depends on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from counter_app.domain.errors import BadInput


class Score(StrEnum):
    """The three answers."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    UNSATISFIED = "unsatisfied"


class Reason(StrEnum):
    """What was not good, in the order it is offered."""

    LATE = "late"
    MANY_VISITS = "many_visits"
    UNCLEAR = "unclear"
    WRONG_INFORMATION = "wrong_information"
    ATTITUDE = "attitude"
    EXTRA_COST = "extra_cost"
    WAITING = "waiting"
    OTHER = "other"


SCORE_WORDS = {
    Score.VERY_SATISFIED: "Rất hài lòng",
    Score.SATISFIED: "Hài lòng",
    Score.UNSATISFIED: "Không hài lòng",
}

REASON_WORDS = {
    Reason.LATE: "Trả kết quả chậm hẹn",
    Reason.MANY_VISITS: "Phải đi lại, gặp nhiều nơi",
    Reason.UNCLEAR: "Hướng dẫn chưa rõ",
    Reason.WRONG_INFORMATION: "Thông tin niêm yết chưa đúng",
    Reason.ATTITUDE: "Thái độ phục vụ",
    Reason.EXTRA_COST: "Phải trả thêm khoản khác",
    Reason.WAITING: "Chờ đợi lâu",
    Reason.OTHER: "Lý do khác",
}


class RatingSource(StrEnum):
    """Where the rating was given."""

    SCREEN = "screen"
    PAPER = "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One citizen's word, with its day and nothing finer.

    Neither the dossier nor its procedure is part of it: in a commune a rare procedure of a day would
    name the citizen. ``sector`` and ``clerk`` are "" where the paper does not say.
    """

    day: date
    score: Score
    reasons: tuple[Reason, ...] = ()
    sector: str = ""
    clerk: str = ""
    source: RatingSource = RatingSource.SCREEN


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingCount:
    """How many gave a score, by clerk and sector."""

    score: Score
    clerk: str
    sector: str
    count: int


def satisfied_share(counts: Iterable[RatingCount]) -> float | None:
    """Return the share of satisfied and very satisfied, 0 to 1; None when nobody rated."""
    known = list(counts)
    total = sum(each.count for each in known)
    unsatisfied = sum(each.count for each in known if each.score is Score.UNSATISFIED)
    return (total - unsatisfied) / total if total else None


def checked_reasons(reasons: Iterable[str]) -> tuple[Reason, ...]:
    """Return the reasons once each, in their order; BadInput ``rating_reason_unknown``."""
    given = list(reasons)
    unknown = next((each for each in given if each not in {r.value for r in Reason}), "")
    if unknown:
        raise BadInput("rating_reason_unknown", reason=str(unknown)[:40])
    return tuple(reason for reason in Reason if reason in given)
