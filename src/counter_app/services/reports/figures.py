"""The figures of a day or a period, as screens, papers and workbooks show them. Amounts are đồng."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from counter_app.domain.dossier import Channel, ReturnBy
from counter_app.domain.dossier_life import ReturnTo
from counter_app.domain.period import Period
from counter_app.domain.rating import RatingCount, Reason, satisfied_share
from counter_app.domain.receipt import CashSum, PaidBy
from counter_app.services.figures_port import ChargedFee, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Punctuality:
    """How many dossiers were done with before, on and after their day."""

    early: int = 0
    on_time: int = 0
    late: int = 0

    @property
    def total(self) -> int:
        """All that were done with."""
        return self.early + self.on_time + self.late

    @property
    def rate(self) -> float | None:
        """The share not late, 0 to 1; None when nothing was done with."""
        return (self.early + self.on_time) / self.total if self.total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorFigures:
    """What happened in one sector; ``late`` of those resolved, by their first promise."""

    sector: str
    received: int = 0
    resolved: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkFigures:
    """What one clerk did.

    ``resolved`` and ``late`` are of the dossiers the clerk received; ``handed_out`` counts the results
    the clerk gave to citizens, None where the period is too long to read them.
    """

    clerk: str
    received: int = 0
    assisted: int = 0
    resolved: int = 0
    late: int = 0
    handed_out: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything counted of a period, and how things stood at ``made_at``.

    ``assisted`` are "công dân không viết": the clerk filled the form in. Every online dossier of this
    program was entered together with the citizen, so they are the online guidance. ``by_first`` goes by
    the first promises, ``by_present`` by those in force, ``by_index`` by the first ones with every dossier
    late whose papers were asked for twice (Quyết định 766/QĐ-TTg as a third party words it, recalled).
    ``taken_by`` and ``charged`` are None where the period is too long to read every dossier.
    """

    period: Period
    made_at: datetime
    channels: Mapping[Channel, int]
    assisted: int
    sectors: tuple[SectorFigures, ...]
    clerks: tuple[ClerkFigures, ...]
    by_first: Punctuality
    by_present: Punctuality
    by_index: Punctuality
    asked_twice: int
    extended: int
    returned_by: Mapping[ReturnBy, int]
    refused: int
    stopped: int
    withdrawn: int
    standing: Standing
    charges_vnd: int
    unknown_charges: int
    reprints: Mapping[str, int] = field(default_factory=dict)
    taken_by: Mapping[ReturnTo, int] | None = None
    charged: tuple[ChargedFee, ...] | None = None
    cash: tuple[CashSum, ...] = ()
    ratings: tuple[RatingCount, ...] = ()
    rating_reasons: Mapping[Reason, int] = field(default_factory=dict)

    @property
    def received(self) -> int:
        """How many dossiers were received."""
        return sum(self.channels.values())

    @property
    def by_post(self) -> int:
        """How many came by post (bưu chính công ích)."""
        return self.channels.get(Channel.POSTAL, 0)

    @property
    def online_guided(self) -> int:
        """How many were filed online with the clerk's guidance."""
        return self.channels.get(Channel.ONLINE, 0)

    @property
    def returned(self) -> int:
        """How many results were handed out."""
        return sum(self.returned_by.values())

    @property
    def satisfaction(self) -> float | None:
        """The share of satisfied citizens, 0 to 1; None when nobody rated."""
        return satisfied_share(self.ratings)

    def kept_vnd(self, method: PaidBy) -> int:
        """Return what was taken in one way and not given back."""
        return sum(each.kept_vnd for each in self.cash if each.method is method)
