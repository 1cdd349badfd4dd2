"""What every command gets: the global options and a way to the desk."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from counter_app.domain.errors import BadInput, EnvironmentProblem, RuleRefusal

if TYPE_CHECKING:
    from counter_app.domain.local_values import LocalValues
    from counter_app.domain.working_calendar import WorkingCalendar
    from counter_app.services.backup.backup_port import BackupShelf
    from counter_app.services.desk import Desk
    from counter_app.services.keys_port import KeyVault
    from counter_app.services.ports import Catalogue, Clock, DataPacks, Ids
    from counter_app.services.support.incidents_port import Incidents
    from counter_app.services.sync_control import SyncControl


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """The ways into the program that only the composition root can open."""

    resources: Path
    open_desk: "Callable[[Path, datetime | None, str], Desk]"
    open_catalogue: "Callable[[Path | None], Catalogue]"
    open_packs: "Callable[[Path, bytes | None], DataPacks]"
    open_keys: "Callable[[Path], KeyVault]"
    open_backups: "Callable[[Path], BackupShelf]"
    ids: "Callable[[], Ids]"
    clock: "Callable[[datetime | None], Clock]"
    open_window: "Callable[[Path, datetime | None, bool, str], int]"
    exchange: "Callable[[Desk, Path], SyncControl]"
    machine_report: "Callable[[Path], list[tuple[str, bool, str, dict[str, object]]]]"
    incidents: "Callable[[Path], Incidents]"


class LocalSource(Protocol):
    """What promises and pages of procedures need: the data, and what was decided here."""

    @property
    def catalogue(self) -> "Catalogue":
        """The dated data."""
        ...

    @property
    def local_values(self) -> "LocalValues":
        """What province and office decided."""
        ...

    def calendar(self) -> "WorkingCalendar":
        """Return the working calendar with the sessions of here."""
        ...


@dataclass(frozen=True, slots=True)
class NoCounter:
    """The data without a counter: what the overlays say, the sessions of everywhere."""

    catalogue: "Catalogue"

    @property
    def local_values(self) -> "LocalValues":
        """What the installed overlays say."""
        return self.catalogue.local_values()

    def calendar(self) -> "WorkingCalendar":
        """Return the national calendar."""
        return self.catalogue.calendar()


@dataclass(frozen=True, slots=True, kw_only=True)
class CliContext:
    """Global options, read once."""

    doors: Doors
    data_dir: Path
    json: bool
    now: datetime | None
    training: bool = False
    named: str = ""  # --clerk, else COUNTER_USER
    _opened: "list[Desk]" = field(default_factory=list)
    _beside: "list[Desk]" = field(default_factory=list)  # the one that writes beside one that reads

    def desk(self, access: str, *, sign_in: bool = True) -> "Desk":
        """Open the counter's data folder to "read" (also while the window runs), "write" or "create".

        Args:
            access: How it is opened.
            sign_in: Whether somebody must sign in where accounts are kept: for whatever shows or changes
                what is not the program's own.

        Raises:
            RuleRefusal: ``training_mismatch``: practice must not get a real code, nor a citizen's
                dossier a training one; as `signing_in.enter`.
        """
        desk = self.doors.open_desk(self.data_dir, self.now, access)
        self._opened.append(desk)
        if access == "write" and desk.settings.counter.training != self.training:
            raise RuleRefusal("training_mismatch", training=desk.settings.counter.training)
        if sign_in:
            from counter_app.cli.signing_in import enter

            enter(desk, self.named, lambda: self.counting(desk, access))
        return desk

    def counting(self, desk: "Desk", access: str) -> "Desk":
        """Return a desk that can keep count of wrong passwords, also when this one only reads."""
        if access != "read":
            return desk
        if self._beside:
            return self._beside[0]
        try:
            beside = self.doors.open_desk(self.data_dir, self.now, "beside")
        except EnvironmentProblem as problem:
            if problem.code not in ("database_read_only", "database_unreachable"):
                raise
            return desk
        self._opened.append(beside)
        self._beside.append(beside)
        return beside

    def noting(self, desk: "Desk") -> "Desk":
        """Return a desk on which a look can be noted: where this one, which only reads, was signed in."""
        beside = self.counting(desk, "read")
        beside.session.unproven_name = desk.session.unproven_name
        return beside

    def close(self) -> None:
        """Close what was opened."""
        while self._opened:
            self._opened.pop().store.close()
        self._beside.clear()

    def catalogue(self) -> "Catalogue":
        """Open the catalogue alone, for commands that need no database."""
        return self.doors.open_catalogue(self.data_dir if self.data_dir.is_dir() else None)

    def local_source(self) -> "LocalSource":
        """Return the counter's desk for reading, or the data alone where no counter is set up."""
        if (self.data_dir / "counter.db").is_file():
            return self.desk("read", sign_in=False)
        return NoCounter(self.catalogue())

    def moment(self) -> datetime:
        """Return the present moment (or --now), in office time."""
        return self.doors.clock(self.now).now()


def read_stdin(limit: int = 1_000_000) -> bytes:
    """Return standard input; BadInput ``input_too_long`` beyond `limit` bytes."""
    data = sys.stdin.buffer.read(limit + 1)
    if len(data) > limit:
        raise BadInput("input_too_long", limit=limit)
    return data


def moment_argument(text: str) -> datetime:
    """Read an ISO moment; without an offset it is office time.

    Raises:
        BadInput: ``bad_moment``, also for years no office works in.
    """
    from counter_app.domain.working_calendar import OFFICE_ZONE

    try:
        moment = datetime.fromisoformat(text)
    except ValueError as problem:
        raise BadInput("bad_moment", text=text[:40]) from problem
    if not _in_working_life(moment.year):
        raise BadInput("bad_moment", text=text[:40])
    return moment.replace(tzinfo=OFFICE_ZONE) if moment.tzinfo is None else moment.astimezone(OFFICE_ZONE)


def day_argument(text: str) -> date:
    """Read an ISO day; BadInput ``bad_day``, also for years no office works in."""
    try:
        day = date.fromisoformat(text)
    except ValueError as problem:
        raise BadInput("bad_day", text=text[:40]) from problem
    if not _in_working_life(day.year):
        raise BadInput("bad_day", text=text[:40])
    return day


def _in_working_life(year: int) -> bool:
    """At the edges of the calendar there is no day before or after to count to."""
    return 1900 <= year <= 2999
