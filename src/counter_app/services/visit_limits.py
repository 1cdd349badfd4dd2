"""What no visit can be: bounds for counts, and the shape of what is asked beside the forms."""

from collections.abc import Iterator, Mapping, Sequence

from counter_app.domain.answer_types import LONGEST_NAME, LONGEST_PART, is_name, is_phone
from counter_app.domain.fee import MAX_AMOUNT_VND
from counter_app.domain.field_values import is_stored_date
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.form_validation import FieldProblem
from counter_app.domain.person import Person
from counter_app.domain.procedure import ProcedureCase
from counter_app.domain.vietnamese_text import clean
from counter_app.services.visit import MAX_COPIES, Visit

MAX_FACT = 9999  # pages of an original, copies to certify
MAX_PAPERS = 999  # of one kind of one paper

FACT_LABELS = {
    "pages": "Số trang của bản chính",
    "copies_certified": "Số bản sao cần chứng thực",
    "persons": "Số người phải nộp lệ phí",
}

LabelledProblem = tuple[str, FieldProblem]


def facts_asked(case: ProcedureCase, templates: Sequence[FormTemplate]) -> tuple[str, ...]:
    """Return the facts of the visit the case's fees count and no form asks (pages, copies …)."""
    asked = {"copies"}
    for template in templates:
        asked |= {key for field in template.fields for key in (field.key, f"{template.form_id}.{field.key}")}
    wanted = dict.fromkeys(key for rule in case.fees for key in (rule.count_from, rule.copies_from) if key)
    return tuple(key for key in wanted if key not in asked)


def visit_problems(
    visit: Visit, case: ProcedureCase, templates: Sequence[FormTemplate]
) -> tuple[LabelledProblem, ...]:
    """Return (label, problem) of everything outside the forms that cannot be as it was entered.

    The key of a problem is the path in the answers: ``applicant.phone``, ``facts.pages``, ``copies``,
    ``entered_amounts.FEE``, ``parts.PART``.
    """
    return (
        *(_of_applicant(visit.applicant) if visit.applicant is not None else ()),
        *_of_facts(visit.facts, facts_asked(case, templates)),
        *_of_counts(visit, case),
        *_of_amounts(visit, case),
    )


def usable_amount(amount: int | None) -> int | None:
    """Return an entered amount when it can be one; what cannot is reported by `visit_problems`."""
    return amount if amount is None or 0 <= amount <= MAX_AMOUNT_VND else None


def _of_applicant(applicant: Person) -> Iterator[LabelledProblem]:
    """What goes onto the slip is measured like the answers of a form."""
    name = clean(applicant.full_name)
    if len(name) > LONGEST_NAME:
        yield "Họ tên người nộp", _problem("applicant.full_name", "too_long", limit=LONGEST_NAME)
    elif name and not is_name(name):
        yield "Họ tên người nộp", _problem("applicant.full_name", "not_a_name")
    if len(clean(applicant.address)) > LONGEST_PART:
        yield "Địa chỉ người nộp", _problem("applicant.address", "too_long", limit=LONGEST_PART)
    if applicant.phone.strip() and not is_phone(applicant.phone):
        yield "Điện thoại người nộp", _problem("applicant.phone", "not_a_phone")
    if applicant.birth_date.strip() and not is_stored_date(applicant.birth_date.strip()):
        yield "Ngày sinh người nộp", _problem("applicant.birth_date", "not_a_date")


def _of_facts(facts: Mapping[str, object], asked: Sequence[str]) -> Iterator[LabelledProblem]:
    for key in asked:
        value = facts.get(key)
        if value is not None and not _is_between(value, 1, MAX_FACT):
            problem = _problem(f"facts.{key}", "number_out_of_range", least=1, most=MAX_FACT)
            yield FACT_LABELS.get(key, key), problem


def _of_counts(visit: Visit, case: ProcedureCase) -> Iterator[LabelledProblem]:
    if not _is_between(visit.copies, 1, MAX_COPIES):
        yield "Số lượng hồ sơ", _problem("copies", "number_out_of_range", least=1, most=MAX_COPIES)
    names = {part.part_id: part.name for part in case.parts}
    for part in visit.parts:
        if max(part.original, part.copy, part.electronic) > MAX_PAPERS:
            problem = _problem(f"parts.{part.part_id}", "number_out_of_range", least=0, most=MAX_PAPERS)
            yield names.get(part.part_id, part.part_id), problem


def _of_amounts(visit: Visit, case: ProcedureCase) -> Iterator[LabelledProblem]:
    for rule in case.fees:
        amount = visit.entered_amounts.get(rule.fee_id)
        if amount is not None and usable_amount(amount) is None:
            yield rule.name, _problem(f"entered_amounts.{rule.fee_id}", "bad_amount")


def _is_between(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _problem(key: str, code: str, **params: object) -> FieldProblem:
    return FieldProblem(key=key, code=code, params=params)
