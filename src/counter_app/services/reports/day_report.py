"""The figures of a day or a period, read in one view of the database."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.period import Period
from counter_app.domain.timeliness import Timeliness
from counter_app.domain.vietnamese_text import fold
from counter_app.services.reports.figures import ClerkFigures, Figures, Punctuality, SectorFigures

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.figures_port import HandedOut, ReceivedGroup, ResolvedGroup
    from counter_app.services.ports import Queries

# What needs every dossier's content is read for a quarter at most: a report answers within a second.
DETAILED_DAYS = 92
_Key = TypeVar("_Key")


def day_report(desk: "Desk", period: Period) -> Figures:
    """Return the figures of a period; how things stand is as of now, whatever the period."""
    with desk.store.reading() as queries:
        return _read(queries, desk, period)


def _read(queries: "Queries", desk: "Desk", period: Period) -> Figures:
    now = desk.clock.now()
    received = queries.received_groups(period)
    resolved = queries.resolved_groups(period)
    ended = queries.ended_groups(period)
    detailed = (period.last - period.first).days < DETAILED_DAYS
    handed_out = queries.handed_out(period) if detailed else None
    of_status = _summed((each.status, each.count) for each in ended)
    returned = (each for each in ended if each.status is DossierStatus.RETURNED)
    return Figures(
        period=period,
        made_at=now,
        channels=_summed((each.channel, each.count) for each in received),
        assisted=sum(each.count for each in received if each.assisted),
        sectors=_sectors(received, resolved),
        clerks=_clerks(received, resolved, handed_out),
        by_first=_punctuality((each.by_first, each.count) for each in resolved),
        by_present=_punctuality((each.by_present, each.count) for each in resolved),
        by_index=_punctuality(
            (Timeliness.LATE if each.asked_twice else each.by_first, each.count) for each in resolved
        ),
        asked_twice=sum(each.count for each in resolved if each.asked_twice),
        extended=sum(each.count for each in resolved if each.extended),
        returned_by=_summed((each.return_by, each.count) for each in returned),
        refused=of_status.get(DossierStatus.REFUSED, 0),
        stopped=of_status.get(DossierStatus.STOPPED, 0),
        withdrawn=of_status.get(DossierStatus.WITHDRAWN, 0),
        standing=queries.standing(now),
        charges_vnd=sum(each.charges_vnd for each in received),
        unknown_charges=sum(each.unknown_charges for each in received),
        reprints=queries.reprints(period),
        taken_by=None if handed_out is None else _summed((each.to, each.count) for each in handed_out),
        charged=tuple(queries.charged_fees(period)) if detailed else None,
        cash=tuple(queries.cash_by_fee(period.first, period.last)),
        ratings=tuple(queries.rating_counts(period.first, period.last)),
        rating_reasons=queries.rating_reason_counts(period.first, period.last),
    )


def _summed(counted: "Iterable[tuple[_Key, int]]") -> dict[_Key, int]:
    sums: dict[_Key, int] = {}
    for key, count in counted:
        sums[key] = sums.get(key, 0) + count
    return sums


def _punctuality(counted: Iterable[tuple[Timeliness, int]]) -> Punctuality:
    sums = _summed(counted)
    return Punctuality(
        early=sums.get(Timeliness.EARLY, 0),
        on_time=sums.get(Timeliness.ON_TIME, 0),
        late=sums.get(Timeliness.LATE, 0),
    )


def _sectors(
    received: "Sequence[ReceivedGroup]", resolved: "Sequence[ResolvedGroup]"
) -> tuple[SectorFigures, ...]:
    came = _summed((each.sector, each.count) for each in received)
    done = _summed((each.sector, each.count) for each in resolved)
    late = _summed((each.sector, each.count) for each in resolved if each.by_first is Timeliness.LATE)
    return tuple(
        SectorFigures(
            sector=sector,
            received=came.get(sector, 0),
            resolved=done.get(sector, 0),
            late=late.get(sector, 0),
        )
        for sector in sorted(came.keys() | done.keys(), key=fold)
    )


def _clerks(
    received: "Sequence[ReceivedGroup]",
    resolved: "Sequence[ResolvedGroup]",
    handed_out: "Sequence[HandedOut] | None",
) -> tuple[ClerkFigures, ...]:
    came = _summed((each.clerk, each.count) for each in received)
    assisted = _summed((each.clerk, each.count) for each in received if each.assisted)
    done = _summed((each.clerk, each.count) for each in resolved)
    late = _summed((each.clerk, each.count) for each in resolved if each.by_first is Timeliness.LATE)
    given = _summed((each.clerk, each.count) for each in handed_out or ())
    return tuple(
        ClerkFigures(
            clerk=clerk,
            received=came.get(clerk, 0),
            assisted=assisted.get(clerk, 0),
            resolved=done.get(clerk, 0),
            late=late.get(clerk, 0),
            handed_out=None if handed_out is None else given.get(clerk, 0),
        )
        for clerk in sorted(came.keys() | done.keys() | given.keys(), key=fold)
    )
