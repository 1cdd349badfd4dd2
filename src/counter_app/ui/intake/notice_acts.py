"""F7: the visit ends without a dossier; what is told is durable with its number before it is printed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.domain.errors import KnownError
from counter_app.domain.intake_notice import NoticeKind
from counter_app.i18n import _, moment
from counter_app.messages import text_of
from counter_app.ui.intake.correction_acts import CorrectionActs
from counter_app.ui.intake.state import has_content
from counter_app.ui.workspace import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter_app.domain.intake_notice import IntakeNotice
    from counter_app.ui.intake.notice_page import Told


class NoticeActs(CorrectionActs):
    """What is told to a citizen whose dossier is not received now."""

    def missing_papers(self) -> tuple[str, ...]:
        """Return every missing paper of the checklist, in words."""
        from counter_app.services.intake_notices import missing_items

        assessment = self.state.assessment
        return missing_items(assessment.checklist) if assessment is not None else ()

    def about_visit(self) -> str:
        """Return who asks for what: "Đinh Thị Sen · Đăng ký khai sinh"."""
        applicant, assessment = self.state.visit.applicant, self.state.assessment
        named = applicant.full_name if applicant else _("(chưa có người nộp)")
        return " · ".join((named, assessment.procedure.name)) if assessment else named

    def ask_whether_told(self, done: Callable[[IntakeNotice | None], None]) -> None:
        """Look for the last request given in this visit."""
        from counter_app.services.intake_notices import earlier_requests

        desk, draft_id = self._desk, self.state.draft_id

        def work() -> IntakeNotice | None:
            asked = [each for each in earlier_requests(desk, draft_id) if each.kind is NoticeKind.SUPPLEMENT]
            return asked[-1] if asked else None

        self._operations.run_query(work, done=done)

    def tell(self, told: Told, done: Callable[[], None]) -> None:
        """Keep what is told, put the visit aside, print; `done` once it is durable."""
        from counter_app.services import intake_notices

        desk, visit, draft_id = self._desk, self.state.visit, self.state.draft_id
        if has_content(visit):
            self.keeper.put_aside(self._content())
        else:
            self.keeper.forget()

        def work() -> IntakeNotice:
            if told.kind is NoticeKind.SUPPLEMENT:
                return intake_notices.ask_before_receipt(
                    desk,
                    visit,
                    items=told.items,
                    reason=told.reason,
                    repeat_reason=told.repeat_reason,
                    draft_id=draft_id,
                )
            if told.kind is NoticeKind.REFUSAL:
                return intake_notices.refuse_before_receipt(
                    desk, visit, reasons=told.items, draft_id=draft_id
                )
            return intake_notices.guide_online(desk, visit.procedure_id, visit=visit)

        def given(notice: IntakeNotice) -> None:
            done()
            self._told(notice, kept=has_content(visit))

        self._operations.run_command(work, done=given)

    def print_notice_again(self, notice_id: str) -> None:
        """Print a request or a refusal (again)."""
        from counter_app.services.print_intake_notices import print_notice

        def failed(problem: KnownError) -> None:
            text = _("Phiếu đã lưu an toàn, nhưng chưa in được: {why}").format(why=text_of(problem))
            again = Notice(
                text=text, tone="bad", label=_("In lại"), action=lambda: self.print_notice_again(notice_id)
            )
            self._shell.notify(again)

        self._operations.run_command(
            lambda: print_notice(self._desk, notice_id), done=lambda _copy: None, failed=failed
        )

    def _told(self, notice: IntakeNotice, *, kept: bool) -> None:
        if notice.kind is NoticeKind.ONLINE_GUIDANCE:
            self._shell.notify(Notice(text=_("Đã ghi nhận hướng dẫn nộp trực tuyến."), tone="ok"))
            return
        self._show(replace(self._blank(), received=None))  # no receipt of somebody else beside it
        draft_id = notice.draft_id
        words = given_words(notice)
        if kept:
            words += " " + _("Lượt này nằm trong Bản nháp.")
        self._shell.notify(
            Notice(
                text=words,
                tone="ok",
                label=_("Mở lại") if kept else "",
                action=(lambda: self.open_draft(draft_id)) if kept else None,
            )
        )
        self.print_notice_again(notice.notice_id)


def given_words(notice: IntakeNotice) -> str:
    """Return "Đã yêu cầu bổ sung 23/11/2026 08:30 (số 01-Q1/HDHS)."."""
    from counter_app.services.paper_number import paper_number

    number = paper_number(notice.number, notice.counter, notice.kind.value)
    if notice.kind is NoticeKind.REFUSAL:
        return _("Đã từ chối {at} (số {number}).").format(at=moment(notice.at), number=number)
    return _("Đã yêu cầu bổ sung {at} (số {number}).").format(at=moment(notice.at), number=number)
