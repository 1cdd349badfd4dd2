"""Procedures in the clerk's words; plain Python."""

from collections.abc import Sequence
from datetime import date

from counter_app.domain.condition import Condition
from counter_app.domain.fee import FeeRule, FeeSetter, format_vnd
from counter_app.domain.local_values import effective_procedure, fee_on
from counter_app.domain.procedure import PartUse, Procedure, ProcedureCase, RequiredPart
from counter_app.domain.processing_time import TimeUnit
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.ui.workspace import Workspace


class ProceduresPresenter:
    """Lists and searches what is in force today."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def today(self) -> date:
        """Return the office's date."""
        return self._workspace.desk.clock.now().date()

    def find(self, text: str) -> Sequence[Procedure]:
        """Return the procedures matching `text`; all of them for an empty one."""
        desk, today = self._workspace.desk, self.today()
        found = desk.catalogue.search(text, today) if text.strip() else desk.catalogue.procedures(today)
        return [effective_procedure(procedure, desk.local_values, today) for procedure in found]

    def problems(self) -> list[str]:
        """Return what is wrong in the data files, each naming its file and line."""
        return [text_of(problem) for problem in self._workspace.desk.catalogue.problems]

    def amount(self, rule: FeeRule) -> str:
        """Return what a fee costs here today at the counter."""
        decided = fee_on(self._workspace.desk.local_values, rule.fee_id, self.today())
        return fee_words(rule, None if decided is None else decided.amount_vnd)


def time_words(case: ProcedureCase) -> str:
    """Return the time limit of a case."""
    if case.same_day:
        return _("Trong ngày; nhận sau 15 giờ trả ngày làm việc tiếp theo")
    if case.time is None:
        return _("Không có ngày hẹn cụ thể theo quy định") if case.no_promise else _("Chưa có thời hạn")
    units = {
        TimeUnit.WORKING_DAY: _("{n} ngày làm việc"),
        TimeUnit.WORKING_HOUR: _("{n} giờ làm việc"),
        TimeUnit.CALENDAR_DAY: _("{n} ngày"),
    }
    return units[case.time.unit].format(n=case.time.amount)


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
    amount = province_amount if rule.set_by is FeeSetter.PROVINCE_COUNCIL else rule.amount_vnd
    if rule.tiers:
        tiers = (
            _("từ trang {page}: {amount}").format(page=tier.from_page, amount=format_vnd(tier.amount_vnd))
            for tier in rule.tiers
        )
        return "; ".join(tiers)
    if amount is None:
        if rule.set_by is FeeSetter.PROVINCE_COUNCIL:
            return _("chưa biết (HĐND tỉnh quy định)")
        return _("chưa biết")
    return format_vnd(amount)


def validity_words(procedure: Procedure) -> str:
    """Return from when until when a version holds."""
    start = f"{procedure.valid_from:%d/%m/%Y}"
    if procedure.valid_to is None:
        return _("Áp dụng từ {start}").format(start=start)
    return _("Áp dụng từ {start} đến {end}").format(start=start, end=f"{procedure.valid_to:%d/%m/%Y}")
