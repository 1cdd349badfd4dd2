"""What the use cases need of the database about the register and the figures of reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter_app.domain.b06 import B06Line
    from counter_app.domain.dossier import Channel, ReturnBy
    from counter_app.domain.dossier_life import ReturnTo
    from counter_app.domain.dossier_status import DossierStatus
    from counter_app.domain.period import Period
    from counter_app.domain.timeliness import Timeliness


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPlace:
    """A number of a register and the row that has it; ``inside`` the period that was asked for."""

    register_no: int
    number: int
    inside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """A line of the register (Mẫu 07). ``agency`` is another agency that works on it, "" the commune."""

    register_no: int
    dossier_code: str
    procedure: str
    copies: int
    applicant: str
    address: str
    phone: str
    holder: str
    agency: str
    status: DossierStatus
    received_at: datetime
    due_at: datetime | None
    first_due_at: datetime | None
    handed_over_at: datetime | None
    resolved_at: datetime | None
    ended_at: datetime | None
    return_by: ReturnBy
    returned_to: ReturnTo | None
    taken_by: str
    postal_code: str
    supplements: int
    extended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedGroup:
    """Dossiers received alike; ``charges_vnd`` sums what is known, ``unknown_charges`` counts the rest."""

    sector: str
    channel: Channel
    assisted: bool
    clerk: str
    count: int
    charges_vnd: int
    unknown_charges: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedGroup:
    """Dossiers done with alike: by their first promise, by the one in force, asked for papers twice.

    ``clerk`` is who received them.
    """

    sector: str
    clerk: str
    by_first: Timeliness
    by_present: Timeliness
    asked_twice: bool
    extended: bool
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedGroup:
    """Dossiers that ended alike; ``return_by`` is how the result was to be handed out."""

    status: DossierStatus
    return_by: ReturnBy
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOut:
    """Results a clerk handed out to the same kind of taker."""

    to: ReturnTo
    clerk: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How things stand at a moment, whatever the period.

    ``open`` are not done with, waiting ones included; ``due_today`` and ``overdue`` go by the promise in
    force and leave out those that await papers, as the work lists do. ``unsent`` counts dossiers.
    """

    open: int
    due_today: int
    overdue: int
    awaiting_supplement: int
    awaiting_payment: int
    to_hand_out: int
    originals_held: int
    dossiers_with_originals: int
    unsent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """What happened on a day; ``late`` of those resolved were late by their first promise."""

    day: date
    received: int = 0
    resolved: int = 0
    late: int = 0
    returned: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargedFee:
    """What the dossiers of a period were charged under one fee; ``unknown`` of them have no amount."""

    fee_id: str
    name: str
    dossiers: int
    amount_vnd: int
    unknown: int


class FiguresQueries(Protocol):
    """Reads about the register and the figures of reports."""

    def b06_lines(self, period: Period, today: date) -> Sequence[B06Line]:
        """Return a row a sector as `domain.b06` counts them, in no particular order."""
        ...

    def register_places(self, counter: int, year: int, period: Period) -> Sequence[RegisterPlace]:
        """Return every number of a counter's book of a year, ascending."""
        ...

    def register_entries(self, numbers: Sequence[int]) -> Sequence[RegisterEntry]:
        """Return the lines of these rows, in the order given."""
        ...

    def last_register_no(self, counter: int, year: int) -> int:
        """Return the highest number ever taken in a counter's book of a year, 0 before the first."""
        ...

    def received_groups(self, period: Period) -> Sequence[ReceivedGroup]:
        """Count the dossiers received in the period."""
        ...

    def resolved_groups(self, period: Period) -> Sequence[ResolvedGroup]:
        """Count the dossiers done with in the period."""
        ...

    def ended_groups(self, period: Period) -> Sequence[EndedGroup]:
        """Count the dossiers returned, refused, stopped or withdrawn in the period."""
        ...

    def handed_out(self, period: Period) -> Sequence[HandedOut]:
        """Count the results handed out in the period by who took and who gave them.

        Reads what only a dossier's own screen needs, some 15 µs each: for periods of weeks, not years.
        """
        ...

    def standing(self, now: datetime) -> Standing:
        """Return how things stand."""
        ...

    def day_counts(self, period: Period) -> Sequence[DayCount]:
        """Return what happened on each day of the period on which anything did, oldest first."""
        ...

    def due_load(self, period: Period) -> Mapping[date, int]:
        """Return how many open dossiers are due on each day of the period; those that wait do not run."""
        ...

    def reprints(self, period: Period) -> Mapping[str, int]:
        """Return how many second and later copies left, by the kind of paper (``form`` for all forms)."""
        ...

    def charged_fees(self, period: Period) -> Sequence[ChargedFee]:
        """Return what the dossiers received in the period were charged, by fee; as slow as `handed_out`."""
        ...


class FiguresWrites(FiguresQueries, Protocol):
    """Writes about the register and the figures of reports; part of one act."""
