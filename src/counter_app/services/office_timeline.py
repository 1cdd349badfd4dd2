"""What governs on a day, of all the office ever decided: the last one begun, and of those the last entered.

A value taken back is unknown again from that day on, and the overlays below speak; a decision before it
does not come back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from counter_app.domain.local_values import LocalFee, LocalFormText, LocalTime, LocalValues
from counter_app.domain.office import Office
from counter_app.domain.processing_time import ProcessingTime
from counter_app.domain.working_calendar import WorkingCalendar
from counter_app.services.ports import OfficeValue
from counter_app.services.session_json import patterns_from_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """Who signs the office's lists and notices."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class OfficeTimeline:
    """``entries`` in the order they were entered."""

    entries: tuple[OfficeValue, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Return every key something was ever decided under, sorted."""
        return tuple(sorted({entry.key for entry in self.entries}))

    def history(self, key: str) -> tuple[OfficeValue, ...]:
        """Return what was entered under a key, the last entered first."""
        return tuple(entry for entry in reversed(self.entries) if entry.key == key)

    def on(self, key: str, day: date) -> OfficeValue | None:
        """Return the decision that governs on `day`; None when there is none or it was taken back."""
        begun = [entry for entry in self._steps(key) if entry.valid_from <= day]
        return begun[-1] if begun and begun[-1].value is not None else None

    def coming(self, key: str, day: date) -> OfficeValue | None:
        """Return the next decision that will begin after `day`, or None."""
        return next((entry for entry in self._steps(key) if entry.valid_from > day), None)

    def local_values(self) -> LocalValues:
        """Return the office's amounts, limits and form texts as the layer above all overlays."""
        fees, times, texts = [], [], []
        for key in self.keys:
            kind, _slash, subject = key.partition("/")
            for entry, last_day in self._spans(key):
                span = {"valid_from": entry.valid_from, "valid_to": last_day, "basis_text": entry.basis}
                text = str(entry.value)
                if kind == "fee" and isinstance(entry.value, int):
                    fees.append(LocalFee(fee_id=subject, amount_vnd=entry.value, **span))  # type: ignore[arg-type]
                elif kind == "time":
                    procedure_id, _slash, case_id = subject.partition("/")
                    limit = ProcessingTime.parse(text)
                    times.append(LocalTime(procedure_id=procedure_id, case_id=case_id, time=limit, **span))  # type: ignore[arg-type]
                elif kind in ("form_number", "addressee"):
                    texts.append(LocalFormText(form_id=subject, **{kind: text}, **span))  # type: ignore[arg-type]
        return LocalValues(fees=tuple(fees), times=tuple(times), form_texts=tuple(texts))

    def calendar(self, national: WorkingCalendar) -> WorkingCalendar:
        """Return the calendar with the office's sessions, each from its day on."""
        calendar = national
        for entry in self._steps("sessions"):
            patterns = national.patterns if entry.value is None else patterns_from_json(entry.value)
            calendar = calendar.then_sessions(entry.valid_from, patterns)
        return calendar

    def office(self, office: Office, day: date) -> Office:
        """Return the office as papers of the day name it: its telephone number, its province's kind.

        Papers keep the office they were made for: what a province is called may change by law, what a
        paper said may not.
        """
        entry = self.on("phone", day)
        phone = office.phone if entry is None else str(entry.value)
        return replace(office, phone=phone, province=office.province_in_text)

    def signatory(self, day: date) -> Signatory | None:
        """Return who signs on `day`, or None when the office has not said."""
        entry = self.on("signatory", day)
        value = None if entry is None else entry.value
        return Signatory(**value) if isinstance(value, dict) else None

    def _steps(self, key: str) -> list[OfficeValue]:
        """Return one decision a first day, the last entered, in the order of the days."""
        latest = {entry.valid_from: entry for entry in self.entries if entry.key == key}
        return [latest[day] for day in sorted(latest)]

    def _spans(self, key: str) -> Iterator[tuple[OfficeValue, date | None]]:
        """Yield each decision with its last day: the day before it was taken back, else None."""
        steps = self._steps(key)
        for index, entry in enumerate(steps):
            if entry.value is not None:
                yield entry, _end(steps[index + 1 :])


def _end(later: Sequence[OfficeValue]) -> date | None:
    taken_back = next((entry for entry in later if entry.value is None), None)
    return None if taken_back is None else taken_back.valid_from - timedelta(days=1)
