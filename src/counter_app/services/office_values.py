"""Entering and taking back what the office decides itself: amounts, limits, sessions, phone, signatory."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput
from counter_app.domain.vietnamese_text import clean
from counter_app.services.clock_check import require_clock
from counter_app.services.office_value_rules import MAX_TEXT, checked_value
from counter_app.services.ports import AuditEntry, OfficeValue

if TYPE_CHECKING:
    from counter_app.services.desk import Desk


def enter_value(
    desk: "Desk",
    key: str,
    value: object,
    valid_from: date,
    basis: str = "",
    *,
    clock_confirmed: bool = False,
) -> OfficeValue:
    """Enter what holds from a day on, as one act with its audit entry.

    Args:
        desk: The counter.
        key: As `office_value_rules` lists them.
        value: The decision.
        valid_from: Its first day, past or to come.
        basis: What it rests on, "Nghị quyết số … của HĐND tỉnh"; needed for a fee.
        clock_confirmed: Somebody looked at the computer's clock and said it is right.

    Raises:
        RuleRefusal: ``clock_set_back``.
        BadInput, RuleRefusal: as `office_value_rules.checked_value`.
        EnvironmentProblem: as `Store.writing`; then nothing was entered.
    """
    basis = clean(basis)
    if len(basis) > MAX_TEXT:
        raise BadInput("too_long", limit=MAX_TEXT)
    checked = checked_value(desk.catalogue, key, value, valid_from, basis)
    return _append(desk, key, checked, valid_from, basis, clock_confirmed=clock_confirmed)


def take_back(
    desk: "Desk", key: str, valid_from: date, basis: str = "", *, clock_confirmed: bool = False
) -> OfficeValue:
    """Let the office say nothing under a key from a day on: unknown again, or as the overlays say.

    Raises:
        BadInput: ``nothing_to_take_back`` (key).
        RuleRefusal: ``clock_set_back``.
        EnvironmentProblem: as `Store.writing`.
    """
    if not history_of(desk, key):
        raise BadInput("nothing_to_take_back", key=key[:80])
    return _append(desk, key, None, valid_from, clean(basis)[:MAX_TEXT], clock_confirmed=clock_confirmed)


def history_of(desk: "Desk", key: str) -> Sequence[OfficeValue]:
    """Return what was ever entered under a key, the last entered first."""
    return desk.office_values.history(key)


def _append(
    desk: "Desk", key: str, value: object, valid_from: date, basis: str, *, clock_confirmed: bool
) -> OfficeValue:
    now, clerk = desk.clock.now(), desk.clerk
    entry = OfficeValue(key=key, value=value, valid_from=valid_from, entered_at=now, clerk=clerk, basis=basis)
    audit = AuditEntry(
        at=now,
        clerk=clerk,
        act="office_value_entered" if value is not None else "office_value_taken_back",
        subject_id=key,
        detail={"valid_from": valid_from.isoformat()},
    )
    with desk.store.writing() as transaction:
        if not clock_confirmed:
            require_clock(transaction, now)
        transaction.append_office_value(entry)
        transaction.append_audit(audit)
    desk.reread_office_values()
    return entry
