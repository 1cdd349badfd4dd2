"""The list of drafts; plain Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.i18n import _, moment
from counter_app.services import intake_drafts
from counter_app.services.ports import Draft
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from counter_app.domain.intake_notice import IntakeNotice


class DraftsPresenter:
    """Loads, continues and discards; `show` gets the drafts, newest first."""

    def __init__(self, workspace: Workspace, show: Callable[[Sequence[Draft]], None]) -> None:
        self._workspace = workspace
        self._show = show
        self._told: Mapping[str, IntakeNotice] = {}

    def load(self) -> None:
        """Look at the drafts again, and at what was told in them."""
        desk = self._workspace.desk

        def work() -> tuple[Sequence[Draft], Mapping[str, IntakeNotice]]:
            with desk.store.reading() as queries:
                found = intake_drafts.own_first(desk, queries.drafts())
                return found, queries.last_notices([draft.draft_id for draft in found])

        def done(found: tuple[Sequence[Draft], Mapping[str, IntakeNotice]]) -> None:
            drafts, self._told = found
            self._show(drafts)

        self._workspace.operations.run_query(work, done=done)

    def mark_of(self, draft: Draft) -> str:
        """Return what makes a draft more than half a visit: a correction, or something told already."""
        from counter_app.ui.intake.correction import code_in
        from counter_app.ui.intake.notice_acts import given_words

        code = code_in(draft.state)
        if code:
            return _("Đang sửa hồ sơ {code}").format(code=code)
        told = self._told.get(draft.draft_id)
        return given_words(told).rstrip(".") if told is not None else ""

    def is_anothers(self, draft: Draft) -> bool:
        """Tell whether it is of another clerk than the one who signed in."""
        return intake_drafts.is_anothers(self._workspace.desk, draft)

    def go_on(self, draft: Draft) -> None:
        """Take the draft up at the intake screen."""
        self._workspace.shell.open_screen("intake", draft_id=draft.draft_id)

    def take_over(self, draft: Draft) -> None:
        """Make somebody else's draft one's own, and take it up."""
        desk = self._workspace.desk
        self._workspace.operations.run_command(
            lambda: intake_drafts.take_over(desk, draft.draft_id), done=lambda _taken: self.go_on(draft)
        )

    def discard(self, draft: Draft) -> None:
        """Throw the draft away, with Undo."""
        desk, operations, shell = self._workspace.desk, self._workspace.operations, self._workspace.shell

        def gone(found: Draft | None) -> None:
            if found is None:
                return
            kept = found

            def undo() -> None:
                operations.run_command(lambda: intake_drafts.restore_draft(desk, kept))

            shell.notify(Notice(text=_("Đã bỏ bản nháp."), label=_("Hoàn tác"), action=undo))

        operations.run_command(lambda: intake_drafts.discard_draft(desk, draft.draft_id), done=gone)


def draft_title(draft: Draft) -> str:
    """Return who the draft is for."""
    return draft.applicant_name or _("Chưa có người nộp")


def draft_detail(draft: Draft) -> str:
    """Return the procedure of the draft."""
    return draft.procedure_name or _("Chưa chọn thủ tục")


def since(draft: Draft, now: datetime) -> str:
    """Return how long ago the draft was touched."""
    minutes = max(int((now - draft.updated_at).total_seconds() // 60), 0)
    if minutes < 1:
        return _("vừa xong")
    if minutes < 60:
        return _("{n} phút trước").format(n=minutes)
    if draft.updated_at.date() == now.date():
        return _("hôm nay {time}").format(time=f"{draft.updated_at:%H:%M}")
    return moment(draft.updated_at)
