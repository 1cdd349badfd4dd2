"""What the head of the sync screen shows, read in one go: the standing, lanes, traffic, packs."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from counter_app.services import sync_settings
from counter_app.services.sync.standing import Age, Standing, age_of, standing_of
from counter_app.services.sync.waiting_packs import WaitingPack, waiting_packs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from counter_app.services.desk import Desk
    from counter_app.services.sync_port import SyncState, Traffic


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficSums:
    """Bytes on the line, today and since the first of the month."""

    sent_today: int = 0
    received_today: int = 0
    sent_month: int = 0
    received_month: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncBadge:
    """What the top bar tells, and how urgently."""

    standing: Standing
    age: Age
    waiting: int
    held: int
    notices: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncOverview:
    """The head of the screen; ``server_url`` is "" before the counter was enrolled."""

    now: datetime
    standing: Standing
    age: Age
    state: "SyncState"
    traffic: TrafficSums
    packs: tuple[WaitingPack, ...]
    server_url: str = ""
    enrolled_at: datetime | None = None


def read_overview(desk: "Desk") -> SyncOverview:
    """Return everything above the lists; errors as `Store.reading`."""
    now, training = desk.clock.now(), desk.settings.counter.training
    with desk.store.reading() as queries:
        state, enrolment = queries.sync_state(), queries.enrolment()
        paused = sync_settings.load(queries).paused
        traffic = sums_of(queries.traffic(now.date().replace(day=1)), now.date())
        downloads = queries.pack_downloads()
    return SyncOverview(
        now=now,
        standing=standing_of(state, training=training, paused=paused),
        age=age_of(state, now, desk.calendar()),
        state=state,
        traffic=traffic,
        packs=waiting_packs(desk, downloads),
        server_url=enrolment.server_url if enrolment else "",
        enrolled_at=enrolment.enrolled_at if enrolment else None,
    )


def read_badge(desk: "Desk") -> SyncBadge:
    """Return what the top bar tells; cheap enough for every minute and every act."""
    with desk.store.reading() as queries:
        state = queries.sync_state()
    return SyncBadge(
        standing=standing_of(state, training=desk.settings.counter.training),
        age=age_of(state, desk.clock.now(), desk.calendar()),
        waiting=state.waiting,
        held=state.quarantined,
        notices=state.notices_open,
        oldest_at=state.oldest_at,
    )


def sums_of(days: "Sequence[Traffic]", today: date) -> TrafficSums:
    """Return the sums of the days from the first of today's month on."""
    of_month = [each for each in days if (each.day.year, each.day.month) == (today.year, today.month)]
    return TrafficSums(
        sent_today=sum(each.sent for each in of_month if each.day == today),
        received_today=sum(each.received for each in of_month if each.day == today),
        sent_month=sum(each.sent for each in of_month),
        received_month=sum(each.received for each in of_month),
    )
