"""What one state of the catalogue changes against another: the list a clerk reads before a pack goes in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from counter_app.domain.form_template import FormTemplate
from counter_app.domain.procedure import Procedure
from counter_app.domain.working_calendar import DayOff, SwappedWorkday, WorkingCalendar

Version = TypeVar("Version", Procedure, FormTemplate)
SpecialDay = DayOff | SwappedWorkday


class Aspect(StrEnum):
    """What of a procedure or a form is different."""

    NAME = "name"
    CODE = "code"
    CASES = "cases"  # a case came or went
    TIME = "time"
    FEES = "fees"
    PARTS = "parts"
    FORMS = "forms"
    RESULTS = "results"
    CHANNELS = "channels"
    VALIDITY = "validity"  # same content, another first or last day
    BASIS = "basis"  # decision or legal basis only
    FIELDS = "fields"  # questions of a form
    LAYOUT = "layout"  # how a form prints
    OTHER = "other"  # keywords, notes, sources


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueData:
    """One state of the dated data. ``commune_names`` maps commune codes to names; {} when not compared."""

    procedures: tuple[Procedure, ...]
    forms: tuple[FormTemplate, ...]
    calendar: WorkingCalendar | None = None
    commune_names: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange(Generic[Version]):
    """A procedure or form that changes from ``from_day`` on.

    ``before`` None: it is new. ``after`` None: it is gone, or ends for good the day before ``from_day``;
    when a later version begins only after a gap, that version is ``after``.
    """

    item_id: str
    before: Version | None
    after: Version | None
    from_day: date
    aspects: tuple[Aspect, ...] = ()

    @property
    def rewritten(self) -> bool:
        """Whether a version says something else under the same version name; its first or last day apart."""
        if self.before is None or self.after is None or self.before.version != self.after.version:
            return False
        return any(aspect is not Aspect.VALIDITY for aspect in self.aspects)

    @property
    def gap(self) -> bool:
        """Whether nothing is in force from ``from_day`` on until ``after`` begins."""
        return self.after is not None and self.before is not None and self.after.valid_from > self.from_day

    @property
    def name(self) -> str:
        """The name in force after the change, or the last one there was."""
        item = self.after or self.before
        if isinstance(item, Procedure):
            return item.name
        return item.title if isinstance(item, FormTemplate) else self.item_id


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChange:
    """A day whose character changes; None is an ordinary day."""

    day: date
    before: SpecialDay | None
    after: SpecialDay | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommuneChange:
    """A commune that came, went ("" on that side) or got another name."""

    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueChanges:
    """Everything that changes, procedures by first day and name."""

    procedures: tuple[ItemChange[Procedure], ...] = ()
    forms: tuple[ItemChange[FormTemplate], ...] = ()
    days: tuple[DayChange, ...] = ()
    communes: tuple[CommuneChange, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.procedures or self.forms or self.days or self.communes)

    def added(self) -> tuple[str, ...]:
        """Return ids and days that were not there before."""
        return tuple(key for key, before, _ in self._pairs() if before is None)

    def changed(self) -> tuple[str, ...]:
        """Return ids and days that are there before and after, yet different; each once."""
        both = (key for key, before, after in self._pairs() if before is not None and after is not None)
        return tuple(dict.fromkeys(both))

    def removed(self) -> tuple[str, ...]:
        """Return ids and days that are there no longer."""
        return tuple(key for key, _, after in self._pairs() if after is None)

    def rewritten(self) -> tuple[str, ...]:
        """Return the ids of procedures and forms whose versions are rewritten under the same name."""
        return tuple(dict.fromkeys(change.item_id for change in self.items() if change.rewritten))

    def items(self) -> Iterator[ItemChange[Procedure] | ItemChange[FormTemplate]]:
        """Yield the procedures, then the forms."""
        yield from self.procedures
        yield from self.forms

    def _pairs(self) -> Iterator[tuple[str, object | None, object | None]]:
        for procedure in self.procedures:
            yield procedure.item_id, procedure.before, procedure.after
        for form in self.forms:
            yield form.item_id, form.before, form.after
        for day in self.days:
            yield day.day.isoformat(), day.before, day.after
        for commune in self.communes:
            yield commune.code, commune.before or None, commune.after or None
