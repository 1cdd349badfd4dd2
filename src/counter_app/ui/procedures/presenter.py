"""Which procedures there are on a day, and one of them with its versions; plain Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from counter_app.domain.fee import FeeRule
from counter_app.domain.local_values import effective_procedure, fee_on
from counter_app.domain.procedure import Procedure
from counter_app.messages import text_of
from counter_app.services.override_reason import expired_version
from counter_app.services.procedure_overview import (
    NOT_IN_FORCE,
    ProcedureOverview,
    Trait,
    narrowed,
    overviews,
    versions_of,
    with_words,
)
from counter_app.ui.procedures.words import fee_words as fee_words
from counter_app.ui.procedures.words import time_words as time_words
from counter_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from counter_app.domain.working_calendar import WeekPattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether a version can be received today. ``expired`` is the version an override would use.

    ``newer`` is the version in force today when it is another one.
    """

    receivable: bool
    newer: Procedure | None = None
    expired: Procedure | None = None


class ProceduresPresenter:
    """Lists and searches what is in force on the day looked at, today unless chosen otherwise."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._chosen: date | None = None

    @property
    def on(self) -> date:
        """The day looked at."""
        return self._chosen or self.today()

    @property
    def is_today(self) -> bool:
        """Whether the day looked at is the day it is."""
        return self.on == self.today()

    def look_at(self, on: date | None) -> None:
        """Look at another day; None follows the clock again."""
        self._chosen = None if on == self.today() else on

    def today(self) -> date:
        """Return the office's date."""
        return self._workspace.desk.clock.now().date()

    def everything(self) -> tuple[ProcedureOverview, ...]:
        """Return all there is to list on the day looked at."""
        return overviews(self._workspace.desk, self.on)

    def find(self, text: str, *, trait: Trait | None = None, sector: str = "") -> list[ProcedureOverview]:
        """Return what matches; while nothing is typed all of them, by sector and name."""
        found = narrowed(self.everything(), trait=trait, sector=sector)
        if not text.strip():
            return found
        if trait in NOT_IN_FORCE:
            return with_words(found, text)
        by_id = {each.procedure.procedure_id: each for each in found}
        ranked = self._workspace.desk.catalogue.search(text, self.on)
        return [by_id[each.procedure_id] for each in ranked if each.procedure_id in by_id]

    def version(self, procedure_id: str, version: str = "") -> Procedure | None:
        """Return a version with the limits decided here; "" the one in force, or else the last or first."""
        versions = versions_of(self._workspace.desk, procedure_id)
        if version:
            found = next((each for each in versions if each.version == version), None)
        else:
            started = [each for each in versions if each.valid_from <= self.on]
            in_force = (each for each in started if each.in_force(self.on))
            found = next(in_force, started[0] if started else (versions[-1] if versions else None))
        if found is None:
            return None
        return effective_procedure(found, self._workspace.desk.local_values, self._day_of(found))

    def versions(self, procedure_id: str) -> Sequence[Procedure]:
        """Return all versions, the newest first."""
        return versions_of(self._workspace.desk, procedure_id)

    def standing(self, procedure: Procedure) -> Standing:
        """Return whether this version can be received today, and what instead."""
        today, catalogue = self.today(), self._workspace.desk.catalogue
        if procedure.in_force(today):
            return Standing(receivable=True)
        versions = self.versions(procedure.procedure_id)
        newer = next((each for each in versions if each.in_force(today)), None)
        expired = expired_version(catalogue, procedure.procedure_id, today)
        is_last = expired is not None and expired.version == procedure.version
        return Standing(receivable=False, newer=newer, expired=expired if is_last else None)

    def named(self, procedure_id: str) -> str:
        """Return the name of another procedure, or its id when there is none."""
        found = self.version(procedure_id)
        return found.name if found is not None else procedure_id

    def by_code(self, national_code: str) -> Procedure | None:
        """Return the newest version that had a national code."""
        found = [
            p for p in self._workspace.desk.catalogue.all_procedures() if p.national_code == national_code
        ]
        return max(found, key=lambda each: each.valid_from, default=None)

    def problems(self) -> list[str]:
        """Return what is wrong in the data files, each naming its file and line."""
        return [text_of(problem) for problem in self._workspace.desk.catalogue.problems]

    def amount(self, rule: FeeRule, procedure: Procedure) -> int | None:
        """Return what the province decided for a fee on the day looked at, in đồng, or None: unknown."""
        decided = fee_on(self._workspace.desk.local_values, rule.fee_id, self._day_of(procedure))
        return None if decided is None else decided.amount_vnd

    def office_lines(self) -> list[str]:
        """Return name, address and telephone of the office on the day looked at."""
        office = self._workspace.desk.office(self.on)
        return [part for part in (office.name, office.address, office.phone) if part]

    def hours(self) -> "WeekPattern":
        """Return when the office receives on the day looked at."""
        return self._workspace.desk.calendar().pattern_on(self.on)

    def _day_of(self, procedure: Procedure) -> date:
        """Return the day looked at, or the nearest one on which this version holds."""
        latest = procedure.valid_to or self.on
        return max(min(self.on, latest), procedure.valid_from)
