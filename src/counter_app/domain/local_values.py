"""What a province and an office decide themselves: amounts, time limits, form numbers, addressees.

Four layers, the higher one speaks first: what the office entered, the office's overlay, the province's
overlay, the national data; `local_precedence` says how one is chosen. Unknown is never zero.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from counter_app.domain.condition import Condition, holds
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.local_precedence import governing
from counter_app.domain.procedure import Procedure, ProcedureCase
from counter_app.domain.processing_time import ProcessingTime
from counter_app.domain.time_order import may_decide


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalFee:
    """``amount_vnd`` for one case, copy or page of a fee the province's council sets; 0 is "không thu".

    ``units`` limits a value to unit codes, see `covers_unit`; empty means the whole area.
    """

    fee_id: str
    amount_vnd: int
    valid_from: date
    channels: tuple[str, ...] = ()
    when: Condition | None = None
    valid_to: date | None = None
    basis_text: str = ""
    units: tuple[str, ...] = ()

    @property
    def scope(self) -> tuple[object, ...]:
        """What the value is limited to."""
        return frozenset(self.units), frozenset(self.channels), self.when


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTime:
    """The limit decided for a case; ``case_id`` "" means every case of the procedure it may bind."""

    procedure_id: str
    time: ProcessingTime
    valid_from: date
    case_id: str = ""
    valid_to: date | None = None
    basis_text: str = ""
    units: tuple[str, ...] = ()

    @property
    def scope(self) -> tuple[object, ...]:
        """What the value is limited to."""
        return frozenset(self.units), self.case_id


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalFormText:
    """The form's number and addressee here; an empty one is not decided here."""

    form_id: str
    valid_from: date
    form_number: str = ""
    addressee: str = ""
    valid_to: date | None = None
    basis_text: str = ""
    units: tuple[str, ...] = ()

    @property
    def scope(self) -> tuple[object, ...]:
        """What the value is limited to."""
        return (frozenset(self.units),)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalValues:
    """One layer of decisions over the layers ``beneath`` it; of ``unit`` alone unless that is empty."""

    fees: tuple[LocalFee, ...] = ()
    times: tuple[LocalTime, ...] = ()
    form_texts: tuple[LocalFormText, ...] = ()
    unit: str = ""
    beneath: "LocalValues | None" = None

    def then(self, other: "LocalValues") -> "LocalValues":
        """Return `other` laid over these values: where both speak, `other` wins."""
        return replace(other, beneath=self if other.beneath is None else self.then(other.beneath))

    def for_unit(self, unit_code: str) -> "LocalValues":
        """Return what holds for one office: the values limited to other units are left out."""
        if self.unit and not covers_unit((self.unit,), unit_code):
            return LocalValues() if self.beneath is None else self.beneath.for_unit(unit_code)
        return LocalValues(
            unit=self.unit,
            fees=tuple(each for each in self.fees if covers_unit(each.units, unit_code)),
            times=tuple(each for each in self.times if covers_unit(each.units, unit_code)),
            form_texts=tuple(each for each in self.form_texts if covers_unit(each.units, unit_code)),
            beneath=None if self.beneath is None else self.beneath.for_unit(unit_code),
        )

    def layers(self) -> Iterator["LocalValues"]:
        """Yield the layers, the one that speaks first first."""
        layer: LocalValues | None = self
        while layer is not None:
            yield layer
            layer = layer.beneath


def covers_unit(units: tuple[str, ...], unit_code: str) -> bool:
    """Tell whether a value limited to `units` holds for an office.

    "H29" covers H29 and H29.12 but not H291; "H29.1*" covers every code that begins so.
    """
    return not units or any(
        unit_code.startswith(unit[:-1])
        if unit.endswith("*")
        else unit_code == unit or unit_code.startswith(f"{unit}.")
        for unit in units
    )


def fee_on(
    values: LocalValues, fee_id: str, on: date, channel: str = "counter", answers: Mapping[str, object] = {}
) -> LocalFee | None:
    """Return the decision that sets a fee on day `on` for a visit, or None: unknown."""

    def applies(each: LocalFee) -> bool:
        return (
            each.fee_id == fee_id
            and (not each.channels or channel in each.channels)
            and holds(each.when, answers)
        )

    return governing(((each for each in layer.fees if applies(each)) for layer in values.layers()), on, _fee)


def fee_amounts(values: LocalValues, on: date, channel: str, answers: Mapping[str, object]) -> dict[str, int]:
    """Return đồng by fee id for one visit on day `on`; a fee that is not in it is unknown, never 0."""
    known = dict.fromkeys(each.fee_id for layer in values.layers() for each in layer.fees)
    found = {fee_id: fee_on(values, fee_id, on, channel, answers) for fee_id in known}
    return {fee_id: fee.amount_vnd for fee_id, fee in found.items() if fee is not None}


def effective_procedure(procedure: Procedure, values: LocalValues, on: date) -> Procedure:
    """Return the procedure with the time limits decided here; its fees stay with `fee_amounts`.

    A limit that would be longer than the law's is not applied, wherever it comes from: nobody is
    promised less than the law gives.
    """
    cases = tuple(_effective_case(procedure.procedure_id, case, values, on) for case in procedure.cases)
    return procedure if cases == procedure.cases else replace(procedure, cases=cases)


def time_on(values: LocalValues, procedure_id: str, case: ProcedureCase, on: date) -> LocalTime | None:
    """Return the decision that sets a case's limit on day `on`, or None: the law's own holds."""
    for layer in values.layers():
        of_case = (
            each
            for each in layer.times
            if each.procedure_id == procedure_id and each.case_id in ("", case.case_id)
        )
        decided = governing((of_case,), on, _time)
        if decided is not None and may_decide(case, decided.time):
            return decided
    return None


def effective_form(template: FormTemplate, values: LocalValues, on: date) -> FormTemplate:
    """Return the form with the number and the addressee decided here."""
    layout = replace(
        template.layout,
        form_number=_text_on(template.form_id, values, on, _form_number) or template.layout.form_number,
        addressee=_text_on(template.form_id, values, on, _addressee) or template.layout.addressee,
    )
    return template if layout == template.layout else replace(template, layout=layout)


def _effective_case(procedure_id: str, case: ProcedureCase, values: LocalValues, on: date) -> ProcedureCase:
    decided = time_on(values, procedure_id, case, on)
    if decided is None or decided.time == case.time:
        return case
    legal_time = case.legal_time or case.time
    return replace(case, time=decided.time, legal_time=legal_time, no_promise=False)


def _text_on(form_id: str, values: LocalValues, on: date, text: Callable[[LocalFormText], str]) -> str:
    of_form = (
        (each for each in layer.form_texts if each.form_id == form_id and text(each))
        for layer in values.layers()
    )
    found = governing(of_form, on, text)
    return "" if found is None else text(found)


def _fee(value: LocalFee) -> object:
    return value.amount_vnd


def _time(value: LocalTime) -> object:
    return value.time


def _form_number(value: LocalFormText) -> str:
    return value.form_number


def _addressee(value: LocalFormText) -> str:
    return value.addressee
