"""What a schema cannot say of a procedure: its forms, fields and dates must fit together."""

from collections.abc import Iterator, Mapping, Sequence

from counter_app.catalogue.condition_checks import VISIT_FACTS, Finding, check_condition, repeated
from counter_app.catalogue.form_cross_checks import preset_fits
from counter_app.catalogue.plain_yaml import FieldPath
from counter_app.domain.condition import Condition
from counter_app.domain.fee import Exemption, FeeRule, FeeSetter
from counter_app.domain.form_template import FormField, FormTemplate
from counter_app.domain.procedure import Procedure, ProcedureCase

Forms = Mapping[str, Sequence[FormTemplate]]  # form id → its versions; empty for one that is broken


def check_procedure(procedure: Procedure, forms: Forms) -> Iterator[Finding]:
    """Yield path, problem and word of every fault; paths are those of the YAML file."""
    if procedure.valid_to is not None and procedure.valid_to < procedure.valid_from:
        yield ("valid_to",), "ends before it begins", procedure.valid_to.isoformat()
    yield from repeated([case.case_id for case in procedure.cases], ("cases",), "case_id")
    for index, case in enumerate(procedure.cases):
        for path, problem, word in _check_case(case, forms):
            yield ("cases", index, *path), problem, word


def _check_case(case: ProcedureCase, forms: Forms) -> Iterator[Finding]:
    for index, form_id in enumerate(case.forms):
        if form_id not in forms:
            yield ("forms", index), "unknown form", form_id
    if case.same_day and case.no_promise:
        yield ("no_promise",), "same_day and no_promise exclude each other", ""
    fields = _Fields(case, forms)
    yield from _check_answers(case, forms)
    yield from repeated([part.part_id for part in case.parts], ("parts",), "part_id")
    for index, part in enumerate(case.parts):
        if part.form_id and part.form_id not in case.forms:
            yield ("parts", index, "form_id"), "form is not among the forms of the case", part.form_id
        yield from fields.check(part.when, ("parts", index, "when"))
    yield from repeated([fee.fee_id for fee in case.fees], ("fees",), "fee_id")
    for index, fee in enumerate(case.fees):
        for path, problem, word in _check_fee(fee, fields):
            yield ("fees", index, *path), problem, word


def _check_answers(case: ProcedureCase, forms: Forms) -> Iterator[Finding]:
    """Every version of the form must be able to take the answer the case gives it."""
    for index, answer in enumerate(case.sets):
        path = ("sets", index)
        if answer.form_id not in case.forms:
            yield (*path, "form_id"), "form is not among the forms of the case", answer.form_id
        if any((answer.form_id, answer.field) == (one.form_id, one.field) for one in case.sets[:index]):
            yield (*path, "field"), "used twice", answer.field
        for form in forms.get(answer.form_id, ()):
            field = form.field(answer.field)
            if field is None:
                yield (*path, "field"), "unknown field", answer.field
            elif not preset_fits(field, answer.value):
                yield (*path, "value"), "not a possible answer", str(answer.value)


class _Fields:
    """The fields of all forms of a case; of a form that is broken nothing is known, so all is allowed."""

    def __init__(self, case: ProcedureCase, forms: Forms) -> None:
        self._all: dict[str, FormField] = {}
        self._several: set[str] = set()  # keys more than one form asks: only "form.key" is clear
        for form_id in case.forms:
            fields = {field.key: field for form in forms.get(form_id, ()) for field in form.fields}
            self._several |= fields.keys() & self._all.keys()
            self._all |= fields | {f"{form_id}.{key}": field for key, field in fields.items()}
        self._blind = any(not forms.get(form_id) for form_id in case.forms)

    def get(self, key: str) -> FormField | None:
        return self._all.get(key)

    def check(self, condition: Condition | None, path: FieldPath) -> Iterator[Finding]:
        if self._blind:
            return
        yield from check_condition(condition, path, self.get)
        for key in _keys_of(condition):
            yield from self._unclear(key, path)

    def check_count(self, key: str, path: FieldPath) -> Iterator[Finding]:
        if self._blind or not key:
            return
        if key not in self._all and key not in VISIT_FACTS:
            yield path, "unknown field or fact", key
        yield from self._unclear(key, path)

    def _unclear(self, key: str, path: FieldPath) -> Iterator[Finding]:
        if key in self._several:
            yield path, "several forms of the case ask this: write form.field", key


def _keys_of(condition: Condition | None) -> Iterator[str]:
    if condition is not None:
        if condition.field:
            yield condition.field
        for term in (*condition.all, *condition.any, *condition.none):
            yield from _keys_of(term)


def _check_fee(fee: FeeRule, fields: _Fields) -> Iterator[Finding]:
    yield from fields.check(fee.when, ("when",))
    if fee.set_by is FeeSetter.PROVINCE_COUNCIL and fee.amount_vnd is not None:
        yield ("amount_vnd",), "a province's amount is entered by the office", fee.fee_id
    for name in ("count_from", "copies_from"):
        yield from fields.check_count(getattr(fee, name), (name,))
    pages = [tier.from_page for tier in fee.tiers]
    if pages != sorted(set(pages)) or (pages and pages[0] != 1):
        yield ("tiers",), "price steps must start at page 1 and rise", ""
    yield from _check_span(fee, ())
    yield from repeated([one.exemption_id for one in fee.exemptions], ("exemptions",), "exemption_id")
    for index, exemption in enumerate(fee.exemptions):
        yield from fields.check(exemption.when, ("exemptions", index, "when"))
        yield from _check_span(exemption, ("exemptions", index))


def _check_span(dated: FeeRule | Exemption, path: FieldPath) -> Iterator[Finding]:
    if dated.valid_from and dated.valid_to and dated.valid_to < dated.valid_from:
        yield (*path, "valid_to"), "ends before it begins", dated.valid_to.isoformat()
