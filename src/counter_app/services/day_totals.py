"""The sums a day's sheet tells: counted by the same statements as every other report."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.day_close import DayTotals, OtherDay
from counter_app.domain.dossier import Channel
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.intake_notice import NoticeKind
from counter_app.domain.period import Period
from counter_app.domain.rating import Score
from counter_app.domain.receipt import CashSum
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


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyTold:
    """The money a sheet tells, up to the receipt or void written as number ``through``."""

    cash: tuple[CashSum, ...]
    through: int
    other_days: tuple[OtherDay, ...]


def since_last(
    queries: "Queries", day: "date", last: "DayClose | None", first_open: "date | None"
) -> tuple[DayTotals, DayTotals]:
    """Return what a sheet of `day` has to tell, and what of it bears the day's own date; not the money.

    What came on the last closed day after its sheet was made is told now: the day's counts as they are
    today, without what that sheet told of that day.
    """
    own = count_period(queries, Period.of_day(day))
    if last is None:
        first = min(first_open or day, day)
        return (own if first == day else count_period(queries, Period(first=first, last=day))), own
    whole = count_period(queries, Period(first=last.day, last=day))
    return DayTotals(counts=whole.counts_without(last.own)), own


def money_since_last(queries: "Queries", day: "date", today: "date", last: "DayClose | None") -> MoneyTold:
    """Return the money a sheet of `day` has to tell: what was written since the last sheet.

    The order of writing decides, not the clock: a receipt stamped on a day that is closed already, by a
    clock that was wrong, still stands on the next sheet. The sheet of today tells everything there is, that
    of a day closed late everything up to the last receipt of a day up to it.
    """
    after = last.through if last else 0
    through = max(after, queries.last_receipt_write(None if day >= today else day))
    before = last.day if last else None
    other = queries.receipts_written(after, through, before=before, beyond=day)
    return MoneyTold(
        cash=tuple(queries.cash_written(after, through)),
        through=through,
        other_days=tuple(OtherDay(number=each.number, day=each.at.date()) for each in other),
    )


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
