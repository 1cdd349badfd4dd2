"""What an office may decide under which key, and how it is written.

Keys: ``fee/<fee id>`` (đồng), ``time/<procedure id>/<case id>`` ("3wd"), ``form_number/<form id>``,
``addressee/<form id>``, ``sessions`` (see `session_json`), ``phone``, ``signatory`` ({name, title}).
"""

import re
from datetime import date
from typing import TYPE_CHECKING

from counter_app.domain.answer_types import is_name
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.fee import MAX_AMOUNT_VND, FeeRule, FeeSetter
from counter_app.domain.form_printing import unknown_office_placeholders
from counter_app.domain.procedure import ProcedureCase
from counter_app.domain.processing_time import ProcessingTime
from counter_app.domain.time_order import may_decide
from counter_app.domain.vietnamese_text import clean
from counter_app.services.session_json import patterns_from_json, patterns_to_json

if TYPE_CHECKING:
    from counter_app.services.ports import Catalogue

MAX_TEXT = 300


def checked_value(catalogue: "Catalogue", key: str, value: object, valid_from: date, basis: str) -> object:
    """Return the value as it is kept.

    Raises:
        BadInput: ``office_key_unknown`` (key), ``fee_unknown`` (fee_id), ``bad_amount``,
            ``basis_missing``, ``procedure_unknown``, ``case_unknown``, ``bad_processing_time``,
            ``form_unknown``, ``text_missing``, ``too_long``, ``bad_placeholder`` (name), ``bad_session``,
            ``bad_week_pattern``, ``bad_office_phone``, ``signatory_missing``.
        RuleRefusal: ``fee_not_local`` (name), ``time_longer_than_law`` (legal_time).
    """
    kind, _slash, subject = key.partition("/")
    match kind, bool(subject):
        case "fee", True:
            return _fee(catalogue, subject, value, basis)
        case "time", True:
            return _time(catalogue, subject, value, valid_from)
        case (("form_number" | "addressee"), True):
            return _form_text(catalogue, subject, value)
        case "sessions", False:
            return patterns_to_json(patterns_from_json(value))
        case "phone", False:
            return _phone(value)
        case "signatory", False:
            return _signatory(value)
    raise BadInput("office_key_unknown", key=key[:80])


def _fee(catalogue: "Catalogue", fee_id: str, value: object, basis: str) -> int:
    rules = [rule for rule in _rules(catalogue) if rule.fee_id == fee_id]
    if not rules:
        raise BadInput("fee_unknown", fee_id=fee_id[:60])
    if any(rule.set_by is not FeeSetter.PROVINCE_COUNCIL for rule in rules):
        raise RuleRefusal("fee_not_local", name=rules[0].name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_AMOUNT_VND:
        raise BadInput("bad_amount", fee_id=fee_id)
    if not basis:
        raise BadInput("basis_missing", name=rules[0].name)
    return value


def _rules(catalogue: "Catalogue") -> list[FeeRule]:
    return [rule for each in catalogue.all_procedures() for case in each.cases for rule in case.fees]


def _time(catalogue: "Catalogue", subject: str, value: object, valid_from: date) -> str:
    procedure_id, _slash, case_id = subject.partition("/")
    limit = ProcessingTime.parse(str(value))
    for case in _cases(catalogue, procedure_id, case_id, valid_from):
        if not may_decide(case, limit):
            raise RuleRefusal("time_longer_than_law", name=case.name, legal_time=_law_of(case))
    return str(limit)


def _law_of(case: ProcedureCase) -> str:
    return "same_day" if case.same_day else str(case.legal_time or case.time)


def _cases(
    catalogue: "Catalogue", procedure_id: str, case_id: str, valid_from: date
) -> tuple[ProcedureCase, ...]:
    """Return the case in every version that is or will be in force from that day on."""
    versions = catalogue.versions_of(procedure_id)
    if not versions:
        raise BadInput("procedure_unknown", id=procedure_id[:60])
    current = [each for each in versions if each.valid_to is None or each.valid_to >= valid_from]
    cases = [case for each in current or versions if (case := each.case(case_id)) is not None]
    if not cases:
        raise BadInput("case_unknown", procedure=versions[-1].name, case=case_id[:60])
    return tuple(cases)


def _form_text(catalogue: "Catalogue", form_id: str, value: object) -> str:
    if not any(form.form_id == form_id for form in catalogue.all_forms()):
        raise BadInput("form_unknown", id=form_id[:60])
    text = _text(value)
    for stray in unknown_office_placeholders(text):
        raise BadInput("bad_placeholder", name=stray[:60])
    return text


def _text(value: object) -> str:
    text = clean(value) if isinstance(value, str) else ""
    if not text:
        raise BadInput("text_missing")
    if len(text) > MAX_TEXT:
        raise BadInput("too_long", limit=MAX_TEXT)
    return text


def _phone(value: object) -> str:
    """A switchboard or a hotline, so not only what a citizen's number may look like."""
    text = clean(value) if isinstance(value, str) else ""
    digits = re.sub(r"[\s.()+-]", "", text)
    if not re.fullmatch(r"[0-9]{3,15}", digits) or len(text) > 40:
        raise BadInput("bad_office_phone")
    return text


def _signatory(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or set(value) != {"name", "title"}:
        raise BadInput("signatory_missing")
    name, title = clean(str(value["name"])), clean(str(value["title"]))
    if not is_name(name) or not title or len(name) + len(title) > MAX_TEXT:
        raise BadInput("signatory_missing")
    return {"name": name, "title": title}
