"""Days and their closings as JSON values, for the command line."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from counter_app.domain.day_close import DayClose, DayTotals, Finding, FindingKind, OtherDay
from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from counter_app.services.day_close import DayNow


def reasons_from_json(data: object) -> dict[FindingKind, str]:
    """Read ``{"drafts": "reason"}``; BadInput ``bad_answers`` (field), ``finding_unknown`` (finding)."""
    if not isinstance(data, Mapping):
        raise BadInput("bad_answers", field="carry")
    known = {kind.value: kind for kind in FindingKind}
    for name, reason in data.items():
        if name not in known:
            raise BadInput("finding_unknown", finding=str(name)[:40])
        if not isinstance(reason, str):
            raise BadInput("bad_answers", field=str(name))
    return {known[str(name)]: str(reason) for name, reason in data.items()}


def day_to_json(now: "DayNow") -> dict[str, object]:
    """Return a day as it would be closed now; amounts in đồng."""
    return {
        "day": now.day.isoformat(),
        "closed": now.closed is not None,
        "audit_seq": now.closed.audit_seq if now.closed else None,
        "audit_tip": now.closed.audit_tip if now.closed else None,
        "last_closed": now.last.day.isoformat() if now.last else None,
        "first_open": now.first_open.isoformat() if now.first_open else None,
        "expected_cash_vnd": now.expected_cash_vnd,
        "findings": [finding_to_json(each) for each in now.findings],
        "totals": totals_to_json(now.told),
        "receipts_of_other_days": _other_days(now.other_days),
        "standing": dict(now.standing),
    }


def finding_to_json(finding: Finding) -> dict[str, object]:
    """Return one finding."""
    return {
        "finding": finding.kind.value,
        "blocks": finding.blocks,
        "count": finding.count,
        "items": [item.label for item in finding.items],
        "amount_vnd": finding.amount_vnd,
    }


def close_to_json(close: DayClose) -> dict[str, object]:
    """Return a closing."""
    return {
        "close_id": close.close_id,
        "day": close.day.isoformat(),
        "revision": close.revision,
        "after": close.after.isoformat() if close.after else None,
        "closed_at": close.closed_at.isoformat(),
        "clerk": close.clerk,
        "expected_cash_vnd": close.expected_cash_vnd,
        "counted_cash_vnd": close.counted_cash_vnd,
        "difference_vnd": close.difference_vnd,
        "totals": totals_to_json(close.told),
        "receipts_of_other_days": _other_days(close.other_days),
        "standing": dict(close.standing),
        "carried": [
            {"finding": each.kind.value, "count": each.count, "reason": each.reason} for each in close.carried
        ],
        "tip": close.tip,
        "audit_seq": close.audit_seq,
        "audit_tip": close.audit_tip,
        "reopened_at": close.reopened_at.isoformat() if close.reopened_at else None,
    }


def _other_days(others: tuple[OtherDay, ...]) -> list[dict[str, object]]:
    return [{"number": each.number, "day": each.day.isoformat()} for each in others]


def totals_to_json(totals: DayTotals) -> dict[str, object]:
    """Return sums: counts by name, and the cash."""
    return {
        **totals.counts,
        "cash": [
            {
                "fee": each.fee_name,
                "method": each.method.value,
                "clerk": each.clerk,
                "taken_vnd": each.taken_vnd,
                "voided_vnd": each.voided_vnd,
                "kept_vnd": each.kept_vnd,
            }
            for each in totals.cash
        ],
    }
