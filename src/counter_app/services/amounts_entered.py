"""Amounts entered for a visit beside those already decided: one decided centrally is never another one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput
from counter_app.domain.fee import Charge, FeeSetter, charge_for
from counter_app.domain.local_values import LocalValues, fee_amounts
from counter_app.domain.procedure import ProcedureCase

if TYPE_CHECKING:
    from counter_app.services.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherAmount:
    """A fee taken with another sum than the decision makes it; both in đồng for this visit."""

    fee_id: str
    name: str
    entered: int
    decided: int


def other_amounts(
    visit: "Visit",
    case: ProcedureCase,
    charges: Iterable[Charge],
    values: Mapping[str, object],
    local_values: LocalValues,
    on: date,
) -> tuple[OtherAmount, ...]:
    """Return the `charges` whose amount is known here and for which the clerk entered another one."""
    amounts = fee_amounts(local_values, on, visit.channel.value, values)
    rules = {rule.fee_id: rule for rule in case.fees}
    found: list[OtherAmount] = []
    for charge in charges:
        taken = charge.amount_vnd
        if taken is None or charge.exemption_id or charge.fee_id not in visit.entered_amounts:
            continue
        decided = charge_for(
            rules[charge.fee_id],
            values=values,
            on=on,
            channel=visit.channel.value,
            province_amounts=amounts,
        )
        known = decided.amount_vnd if decided else None
        if known is not None and known != taken:
            found.append(OtherAmount(fee_id=charge.fee_id, name=charge.name, entered=taken, decided=known))
    return tuple(found)


def refuse_central_amounts(visit: "Visit", case: ProcedureCase) -> None:
    """Refuse an amount for a fee the central rules set: it would be dropped without a word.

    Raises:
        BadInput: ``amount_is_set_centrally`` (fee_id, name).
    """
    for rule in case.fees:
        known = rule.amount_vnd is not None or bool(rule.tiers)
        central = rule.set_by is not FeeSetter.PROVINCE_COUNCIL
        if central and known and rule.fee_id in visit.entered_amounts:
            raise BadInput("amount_is_set_centrally", fee_id=rule.fee_id, name=rule.name)
