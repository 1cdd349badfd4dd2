"""What an overlay must agree on with the catalogue it is installed into."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from counter_app.catalogue.condition_checks import VISIT_FACTS, Finding
from counter_app.catalogue.overlay_files import open_overlay, read_overlay
from counter_app.domain.condition import Condition
from counter_app.domain.fee import FeeRule, FeeSetter
from counter_app.domain.form_printing import unknown_office_placeholders
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.local_values import LocalFee, LocalFormText, LocalTime, LocalValues
from counter_app.domain.procedure import Procedure
from counter_app.domain.time_order import may_decide


def check_overlay(
    values: LocalValues, procedures: Sequence[Procedure], forms: Sequence[FormTemplate]
) -> Iterator[Finding]:
    """Yield path, problem and word of everything in one overlay file that the catalogue contradicts.

    Args:
        values: What the file says, without the layers beneath.
        procedures: Every version of every procedure.
        forms: Every version of every form.
    """
    rules: dict[str, list[FeeRule]] = {}
    for rule in (rule for each in procedures for case in each.cases for rule in case.fees):
        rules.setdefault(rule.fee_id, []).append(rule)
    fields = {field.key for form in forms for field in form.fields}
    for index, fee in enumerate(values.fees):
        yield from _check_fee(fee, index, rules, fields)
    for index, limit in enumerate(values.times):
        yield from _check_time(limit, index, procedures)
    known = {form.form_id for form in forms}
    for index, text in enumerate(values.form_texts):
        yield from _check_form_text(text, index, known)


def require_agreement(
    path: Path, schema: Path, procedures: Sequence[Procedure], forms: Sequence[FormTemplate]
) -> None:
    """Refuse an overlay file the catalogue contradicts.

    Raises:
        BadInput: ``bad_data_file`` with the file, line and field of the first value that disagrees.
    """
    values = read_overlay(path, schema).values
    for place, problem, word in check_overlay(values, procedures, forms):
        raise open_overlay(path, schema).fault(place, problem, word)


def _check_fee(
    fee: LocalFee, index: int, rules: Mapping[str, Sequence[FeeRule]], fields: set[str]
) -> Iterator[Finding]:
    of_fee = rules.get(fee.fee_id)
    if of_fee is None:
        yield ("fees", index, "fee_id"), "unknown fee", fee.fee_id
    elif any(rule.set_by is not FeeSetter.PROVINCE_COUNCIL for rule in of_fee):
        yield ("fees", index, "fee_id"), "is not set by the province", fee.fee_id
    for name in _names(fee.when):
        if name not in fields and name not in VISIT_FACTS:
            yield ("fees", index, "when"), "unknown field in condition", name


def _check_time(limit: LocalTime, index: int, procedures: Sequence[Procedure]) -> Iterator[Finding]:
    versions = [each for each in procedures if each.procedure_id == limit.procedure_id]
    if not versions:
        yield ("times", index, "procedure_id"), "unknown procedure", limit.procedure_id
        return
    current = [each for each in versions if each.valid_to is None or each.valid_to >= limit.valid_from]
    cases = [
        case for each in current or versions for case in each.cases if limit.case_id in ("", case.case_id)
    ]
    if not cases:
        yield ("times", index, "case_id"), "unknown case", limit.case_id
    elif not all(may_decide(case, limit.time) for case in cases):
        yield ("times", index, "time"), "longer than the law's limit", str(limit.time)


def _check_form_text(text: LocalFormText, index: int, known: set[str]) -> Iterator[Finding]:
    path = ("form_texts", index)
    if text.form_id not in known:
        yield (*path, "form_id"), "unknown form", text.form_id
    for name in ("form_number", "addressee"):
        for stray in unknown_office_placeholders(getattr(text, name)):
            yield (*path, name), "unknown placeholder", stray


def _names(condition: Condition | None) -> Iterator[str]:
    if condition is None:
        return
    if condition.field:
        yield condition.field
    for term in (*condition.all, *condition.any, *condition.none):
        yield from _names(term)
