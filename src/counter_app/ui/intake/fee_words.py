"""The fees of a visit in words: how much, by what, who is exempt, and what the clerk must enter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.fee import Charge, Exemption, FeeBasis, FeeSetter, exemptions_offered, format_vnd
from counter_app.i18n import _

if TYPE_CHECKING:
    from counter_app.services.assess_visit import Assessment
    from counter_app.ui.intake.state import IntakeState


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    """One fee. ``unknown`` means the clerk must enter an amount or exempt.

    ``proof`` is what to look at before taking it: the paper of an exemption, or another amount decided.
    """

    fee_id: str
    name: str
    amount: str
    basis: str
    unknown: bool
    enterable: bool
    entered: int | None
    exemptions: tuple[tuple[str, str], ...]
    exemption_id: str
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeWords:
    """All fees and their sum; ``total`` says "chưa xác định" while one is unknown."""

    lines: tuple[FeeLine, ...]
    total: str
    known: bool


def fee_words(state: IntakeState) -> FeeWords | None:
    """Return the fees of the visit, None while there is no procedure."""
    assessment = state.assessment
    if assessment is None:
        return None
    rules = {rule.fee_id: rule for rule in assessment.case.fees}
    lines: list[FeeLine] = []
    waiting = waiting_fees(assessment)
    decided = {each.fee_id: each.decided for each in assessment.other_amounts}
    for charge in assessment.charges:
        rule = rules[charge.fee_id]
        offered = exemptions_offered(rule, assessment.values, state.now.date())
        chosen = next((each for each in offered if each.exemption_id == charge.exemption_id), None)
        waits = charge.fee_id in waiting
        by_province = rule.set_by is FeeSetter.PROVINCE_COUNCIL
        lines.append(
            FeeLine(
                fee_id=charge.fee_id,
                name=_(charge.name),
                amount=_amount(charge.amount_vnd, waits=waits),
                basis=_basis(charge, rule.basis_text),
                unknown=charge.amount_vnd is None,
                enterable=chosen is None and not waits and (charge.amount_vnd is None or by_province),
                entered=state.visit.entered_amounts.get(charge.fee_id),
                exemptions=tuple((each.exemption_id, _(each.name)) for each in offered),
                exemption_id=charge.exemption_id,
                proof=_proof(chosen) or _differs(decided.get(charge.fee_id)),
            )
        )
    known = assessment.total_vnd is not None
    total = format_vnd(assessment.total_vnd) if assessment.total_vnd is not None else _("chưa xác định")
    return FeeWords(lines=tuple(lines), total=total, known=known)


def waiting_fees(assessment: Assessment) -> frozenset[str]:
    """Return the fees whose amount only waits for a number that is asked elsewhere (pages, copies)."""
    waited = [item for item in assessment.missing if item.kind in ("fact", "field")]
    missing = {key for item in waited for key in (item.key, f"{item.form_id}.{item.key}")}
    return frozenset(
        rule.fee_id
        for rule in assessment.case.fees
        if rule.count_from in missing or rule.copies_from in missing
    )


def _amount(amount_vnd: int | None, *, waits: bool) -> str:
    if amount_vnd is not None:
        return format_vnd(amount_vnd)
    return _("chờ số lượng") if waits else _("chưa có mức")


def _basis(charge: Charge, basis_text: str) -> str:
    times = _("{count} người") if charge.counted is FeeBasis.PERSON else _("{count} bản")
    times = times.format(count=charge.quantity) if charge.quantity > 1 else ""
    return " · ".join(part for part in (times, basis_text) if part)


def _proof(exemption: Exemption | None) -> str:
    if exemption is None or not exemption.proof:
        return ""
    return _("Cần xem: {proof}").format(proof=exemption.proof)


def _differs(decided: int | None) -> str:
    return "" if decided is None else _("Khác mức đã quyết định: {amount}").format(amount=format_vnd(decided))
