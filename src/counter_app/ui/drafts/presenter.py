"""The list of drafts; plain Python."""

from collections.abc import Callable, Sequence
from datetime import datetime

from counter_app.i18n import _, moment
from counter_app.services import intake_drafts
from counter_app.services.ports import Draft
from counter_app.ui.workspace import Notice, Workspace


class DraftsPresenter:
    """Loads, continues and discards; `show` gets the drafts, newest first."""

    def __init__(self, workspace: Workspace, show: Callable[[Sequence[Draft]], None]) -> None:
        self._workspace = workspace
        self._show = show

    def load(self) -> None:
        """Look at the drafts again."""
        desk = self._workspace.desk
        self._workspace.operations.run_query(lambda: intake_drafts.drafts(desk), done=self._show)

    def go_on(self, draft: Draft) -> None:
        """Take the draft up at the intake screen."""
        self._workspace.shell.open_screen("intake", draft_id=draft.draft_id)

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
