"""The sums a day's sheet tells: counted by the same statements as every other report."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from counter_app.domain.day_close import DayTotals
from counter_app.domain.dossier import Channel
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.intake_notice import NoticeKind
from counter_app.domain.period import Period
from counter_app.domain.rating import Score
from counter_app.domain.timeliness import Timeliness

if TYPE_CHECKING:
    from datetime import date, datetime

    from counter_app.domain.day_close import DayClose
    from counter_app.services.ports import Queries


def count_period(queries: "Queries", period: Period) -> DayTotals:
    """Return the sums of a period by name; ``late`` of those resolved, by their first promise."""
    received = queries.received_groups(period)
    resolved = queries.resolved_groups(period)
    ended = queries.ended_groups(period)
    notices = queries.notice_counts(period.first, period.last)
    ratings = queries.rating_counts(period.first, period.last)
    counts = {
        "received": sum(each.count for each in received),
        **{
            f"received_{channel.value}": sum(each.count for each in received if each.channel is channel)
            for channel in Channel
        },
        "assisted": sum(each.count for each in received if each.assisted),
        "resolved": sum(each.count for each in resolved),
        "late": sum(each.count for each in resolved if each.by_first is Timeliness.LATE),
        **{
            status.value: sum(each.count for each in ended if each.status is status)
            for status in (
                DossierStatus.RETURNED,
                DossierStatus.REFUSED,
                DossierStatus.STOPPED,
                DossierStatus.WITHDRAWN,
            )
        },
        **{
            f"notice_{kind.value}": sum(each.count for each in notices if each.kind is kind)
            for kind in NoticeKind
            if kind is not NoticeKind.ONLINE_GUIDANCE
        },
        "guidance": sum(each.count for each in queries.guidance_counts(period.first, period.last)),
        "reprints": sum(queries.reprints(period).values()),
        "ratings": sum(each.count for each in ratings),
        "ratings_unsatisfied": sum(each.count for each in ratings if each.score is Score.UNSATISFIED),
    }
    return DayTotals(counts=counts, cash=tuple(queries.cash_by_fee(period.first, period.last)))


def since_last(
    queries: "Queries", day: "date", last: "DayClose | None", first_open: "date | None"
) -> tuple[DayTotals, DayTotals]:
    """Return what a sheet of `day` has to tell, and what of it bears the day's own date.

    What came on the last closed day after its sheet was made is told now: the day's sums as they are
    today, without what that sheet told of that day.
    """
    own = count_period(queries, Period.of_day(day))
    if last is None:
        first = min(first_open or day, day)
        return (own if first == day else count_period(queries, Period(first=first, last=day))), own
    whole = count_period(queries, Period(first=last.day, last=day))
    return whole.without(last.own), own


def how_things_stand(queries: "Queries", now: "datetime") -> Mapping[str, int]:
    """Return what is open, late, waiting, held and unsent now, by name."""
    standing = queries.standing(now)
    return {
        "open": standing.open,
        "overdue": standing.overdue,
        "awaiting_supplement": standing.awaiting_supplement,
        "awaiting_payment": standing.awaiting_payment,
        "to_hand_out": standing.to_hand_out,
        "originals_held": standing.originals_held,
        "dossiers_with_originals": standing.dossiers_with_originals,
        "unsent": standing.unsent,
    }
