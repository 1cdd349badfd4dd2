"""Every fee of the catalogue the province sets, once, with what it costs here and who uses it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from counter_app.domain.fee import FeeSetter
from counter_app.domain.local_values import fee_on
from counter_app.domain.procedure import Procedure

if TYPE_CHECKING:
    from counter_app.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceFee:
    """``amount_vnd`` None is unknown, never 0; ``used_by`` are names of procedures.

    ``basis_text`` is what the amount rests on, or while it is unknown the law that leaves it to the
    province; ``entered_here`` tells an amount of the office from one of an overlay.
    """

    fee_id: str
    name: str
    used_by: tuple[str, ...]
    amount_vnd: int | None = None
    valid_from: date | None = None
    basis_text: str = ""
    entered_here: bool = False


def local_fees(desk: "Desk", on: date) -> Sequence[ProvinceFee]:
    """Return the fees of the procedures in force on a day or later, by the order of the catalogue."""
    coming = [
        procedure
        for procedure in desk.catalogue.all_procedures()
        if procedure.valid_to is None or procedure.valid_to >= on
    ]
    return [_with_amount(desk, fee, on) for fee in province_fees(coming)]


def province_fees(procedures: Iterable[Procedure]) -> list[ProvinceFee]:
    """Return each fee a province sets once, with the procedures that share it."""
    names: dict[str, tuple[str, str]] = {}
    users: dict[str, dict[str, None]] = {}
    for procedure in procedures:
        for case in procedure.cases:
            for rule in case.fees:
                if rule.set_by is FeeSetter.PROVINCE_COUNCIL:
                    names.setdefault(rule.fee_id, (rule.name, rule.basis_text))
                    users.setdefault(rule.fee_id, {})[procedure.short_name or procedure.name] = None
    return [
        ProvinceFee(fee_id=fee_id, name=name, used_by=tuple(users[fee_id]), basis_text=basis)
        for fee_id, (name, basis) in names.items()
    ]


def _with_amount(desk: "Desk", fee: ProvinceFee, on: date) -> ProvinceFee:
    decided = fee_on(desk.local_values, fee.fee_id, on)
    if decided is None:
        return fee
    return ProvinceFee(
        fee_id=fee.fee_id,
        name=fee.name,
        used_by=fee.used_by,
        amount_vnd=decided.amount_vnd,
        valid_from=decided.valid_from,
        basis_text=decided.basis_text,
        entered_here=desk.office_values.on(f"fee/{fee.fee_id}", on) is not None,
    )
