"""Time limits, papers and fees of a procedure as the office's own papers word them; always Vietnamese."""

from collections.abc import Mapping

from counter_app.domain.fee import FeeBasis, FeeRule, FeeSetter, format_vnd
from counter_app.domain.procedure import PartUse, Procedure, ProcedureCase, RequiredPart
from counter_app.services.paper_text import limit_in_text

NOT_KNOWN = "chưa biết"
_EACH = {FeeBasis.COPY: " một bản", FeeBasis.PAGE: " một trang", FeeBasis.PERSON: " một người"}
CHANNELS = {"counter": "trực tiếp", "online": "trực tuyến", "postal": "bưu chính công ích"}


def time_text(case: ProcedureCase) -> str:
    """Return the time limit of a case; with the law's own where another one was decided here."""
    if case.time is not None:
        shortened = case.legal_time is not None and case.legal_time != case.time
        law = f" (luật định: {limit_in_text(case.legal_time)})" if shortened and case.legal_time else ""
        return limit_in_text(case.time) + law
    if case.same_day:
        return "Trong ngày làm việc; nhận sau 15 giờ thì trả trong ngày làm việc tiếp theo"
    return "Không có ngày hẹn trả cụ thể theo quy định" if case.no_promise else "Chưa có thời hạn"


def part_text(part: RequiredPart) -> str:
    """Return "nộp 01 bản chính, 01 bản sao", "xuất trình"."""
    if part.use is PartUse.PRESENT:
        return "xuất trình"
    counts = ((part.original, "bản chính"), (part.copy, "bản sao"))
    text = ", ".join(f"{count:02d} {kind}" for count, kind in counts if count)
    return f"nộp {text}" if text else "nộp"


def fee_text(rule: FeeRule, province_amounts: Mapping[str, int]) -> str:
    """Return what a fee costs here; what the province sets and nobody entered is unknown, never 0."""
    by_province = rule.set_by is FeeSetter.PROVINCE_COUNCIL
    if rule.tiers and not by_province:
        steps = (f"từ trang {tier.from_page}: {format_vnd(tier.amount_vnd)} một trang" for tier in rule.tiers)
        most = f"; tối đa {format_vnd(rule.cap_vnd)} một bản" if rule.cap_vnd is not None else ""
        return "; ".join(steps) + most
    amount = province_amounts.get(rule.fee_id) if by_province else rule.amount_vnd
    if amount is None:
        return f"{NOT_KNOWN} (HĐND cấp tỉnh quy định)" if by_province else NOT_KNOWN
    if amount == 0:
        return "không thu"
    return format_vnd(amount) + _EACH.get(rule.basis, "")


def fee_is_unknown(rule: FeeRule, province_amounts: Mapping[str, int]) -> bool:
    """Tell whether nobody has said yet what a fee costs here."""
    if rule.set_by is FeeSetter.PROVINCE_COUNCIL:
        return rule.fee_id not in province_amounts
    return rule.amount_vnd is None and not rule.tiers


def fees_text(case: ProcedureCase, province_amounts: Mapping[str, int]) -> str:
    """Return the fees of a case, one a line; "Không" when there is none."""
    if not case.fees:
        return "Không"
    return "\n".join(f"{rule.name}{_where(rule)}: {fee_text(rule, province_amounts)}" for rule in case.fees)


def channels_text(procedure: Procedure) -> str:
    """Return "Trực tiếp; trực tuyến; bưu chính công ích"."""
    text = "; ".join(CHANNELS.get(channel, channel) for channel in procedure.channels)
    return text[:1].upper() + text[1:]


def _where(rule: FeeRule) -> str:
    if not rule.channels:
        return ""
    return f" ({', '.join(CHANNELS.get(channel, channel) for channel in rule.channels)})"
