"""Procedures in the clerk's words; plain Python."""

from collections.abc import Mapping, Sequence
from datetime import date

from counter_app.domain.condition import Condition
from counter_app.domain.fee import FeeBasis, FeeRule, FeeSetter, format_vnd
from counter_app.domain.procedure import (
    CaseValue,
    PartUse,
    Procedure,
    ProcedureCase,
    RequiredPart,
    Retention,
)
from counter_app.domain.processing_time import ProcessingTime, TimeUnit
from counter_app.domain.provenance import Provenance
from counter_app.i18n import _
from counter_app.services.procedure_overview import Trait


def day(on: date) -> str:
    """Return a day as it is written: 01/03/2027."""
    return f"{on:%d/%m/%Y}"


def limit_words(limit: ProcessingTime) -> str:
    """Return "3 ngày làm việc"."""
    units = {
        TimeUnit.WORKING_DAY: _("{n} ngày làm việc"),
        TimeUnit.WORKING_HOUR: _("{n} giờ làm việc"),
        TimeUnit.CALENDAR_DAY: _("{n} ngày"),
    }
    return units[limit.unit].format(n=limit.amount)


def time_words(case: ProcedureCase) -> str:
    """Return the time limit of a case."""
    if case.same_day:
        return _("Trong ngày; nhận sau 15 giờ trả ngày làm việc tiếp theo")
    if case.time is None:
        return _("Không có ngày hẹn cụ thể theo quy định") if case.no_promise else _("Chưa có thời hạn")
    return limit_words(case.time)


def legal_words(case: ProcedureCase) -> str:
    """Return the law's own limit where the office promises another one, else ""."""
    if case.legal_time is None or case.legal_time == case.time:
        return ""
    return _("luật định: {limit}").format(limit=limit_words(case.legal_time))


def part_words(part: RequiredPart) -> str:
    """Return "nộp 1 bản chính", "xuất trình"."""
    if part.use is PartUse.PRESENT:
        return _("xuất trình")
    kinds = ((part.original, _("bản chính")), (part.copy, _("bản sao")))
    return _("nộp {what}").format(what=", ".join(f"{n} {kind}" for n, kind in kinds if n) or _("khi cần"))


def part_notes(part: RequiredPart) -> str:
    """Return when a paper is needed or superfluous."""
    notes = []
    if part.form_id:
        notes.append(_("chương trình in sẵn"))
    if part.optional:
        notes.append(_("không bắt buộc"))
    if is_conditional(part.when):
        notes.append(_("tùy trường hợp"))
    if part.not_needed_if:
        notes.append(part.not_needed_if)
    return " · ".join(notes)


def is_conditional(condition: Condition | None) -> bool:
    """Tell whether something applies to some visits only."""
    return condition is not None


def fee_words(rule: FeeRule, province_amount: int | None) -> str:
    """Return the amount; what the province sets and nobody entered is unknown, never 0."""
    by_province = rule.set_by is FeeSetter.PROVINCE_COUNCIL
    amount = province_amount if by_province else rule.amount_vnd
    if rule.tiers and not by_province:
        tiers = (
            _("từ trang {page}: {amount}").format(page=tier.from_page, amount=format_vnd(tier.amount_vnd))
            for tier in rule.tiers
        )
        return "; ".join(tiers)
    if amount is None:
        return _("chưa biết (HĐND tỉnh quy định)") if by_province else _("chưa biết")
    if amount == 0:
        return _("không thu")
    units = {
        FeeBasis.COPY: _("một bản"),
        FeeBasis.PAGE: _("một trang"),
        FeeBasis.PERSON: _("một người"),
    }
    each = units.get(rule.basis, "")
    return f"{format_vnd(amount)} {each}".strip()


def fee_is_unknown(rule: FeeRule, province_amount: int | None) -> bool:
    """Tell whether only the province can say what it costs, and nobody entered it."""
    return rule.set_by is FeeSetter.PROVINCE_COUNCIL and province_amount is None


def validity_words(procedure: Procedure) -> str:
    """Return from when until when a version holds."""
    start = day(procedure.valid_from)
    if procedure.valid_to is None:
        return _("Áp dụng từ {start}").format(start=start)
    return _("Áp dụng từ {start} đến {end}").format(start=start, end=day(procedure.valid_to))


def retention_words(retention: Retention | None) -> str:
    """Return how long the dossier is kept, on what basis, and whether that was checked."""
    if retention is None:
        return ""
    kept = (
        _("Vĩnh viễn")
        if retention.years is None
        else _("{n} năm sau khi kết thúc hồ sơ").format(n=retention.years)
    )
    doubt = "" if retention.verified else _("chưa đối chiếu")
    return " · ".join(part for part in (kept, retention.basis_text, doubt) if part)


def channel_words(procedure: Procedure) -> str:
    """Return "Trực tiếp, trực tuyến, bưu chính công ích"."""
    known = {"counter": _("trực tiếp"), "online": _("trực tuyến"), "postal": _("bưu chính công ích")}
    text = ", ".join(known.get(channel, channel) for channel in procedure.channels)
    return text[:1].upper() + text[1:]


def certainty_lines(provenance: Provenance, case: ProcedureCase) -> list[tuple[str, str, bool]]:
    """Return (what, source and note, verified) of the procedure, of the case, of its single values."""
    lines = [(_("Thủ tục"), _source(provenance.source, provenance.note), provenance.verified)]
    if case.provenance is not None:
        own = case.provenance
        lines.append((_("Trường hợp này"), _source(own.source, own.note), own.verified))
    names = {
        CaseValue.TIME: _("Thời hạn"),
        CaseValue.FEES: _("Phí, lệ phí"),
        CaseValue.PARTS: _("Giấy tờ"),
        CaseValue.SLIP_RULE: _("Cách cấp giấy hẹn"),
        CaseValue.FORMS: _("Tờ khai"),
    }
    lines += [(names[each.of], _source(each.source, each.note), each.verified) for each in case.sources]
    return lines


def trait_words() -> Mapping[Trait, str]:
    """Return how the list's narrowings are called."""
    return {
        Trait.PRINTED_FORM: _("Chỉ thủ tục có tờ khai in sẵn"),
        Trait.EXPIRING: _("Sắp hết hiệu lực"),
        Trait.FEE_UNKNOWN: _("Thiếu phí của tỉnh"),
        Trait.TIME_UNKNOWN: _("Chưa có thời hạn"),
        Trait.EXPIRED: _("Đã hết hiệu lực"),
        Trait.COMING: _("Sẽ áp dụng"),
    }


def mark_words(traits: frozenset[Trait], procedure: Procedure) -> str:
    """Return what a line of the list says besides the name: what is missing, what ends."""
    end = day(procedure.valid_to) if procedure.valid_to else ""
    marks = {
        Trait.EXPIRED: _("hết hiệu lực {day}").format(day=end),
        Trait.COMING: _("từ {day}").format(day=day(procedure.valid_from)),
        Trait.EXPIRING: _("hết hiệu lực {day}").format(day=end),
        Trait.FEE_UNKNOWN: _("thiếu phí"),
        Trait.TIME_UNKNOWN: _("chưa có thời hạn"),
    }
    return " · ".join(words for trait, words in marks.items() if trait in traits)


def list_line(procedure: Procedure) -> str:
    """Return "1.001193 · Hộ tịch"."""
    return " · ".join(part for part in (procedure.national_code or _("chưa có mã"), procedure.sector) if part)


def joined(texts: Sequence[str]) -> str:
    """Return several facts of one kind on one line."""
    return "; ".join(texts)


def _source(source: str, note: str) -> str:
    return f"{source} ({note.strip()})" if note.strip() else source
