"""What the window says when the clock seems set back, with the one button that helps."""

from typing import TYPE_CHECKING

from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.ui.workspace import Notice

if TYPE_CHECKING:
    from counter_app.domain.errors import KnownError
    from counter_app.ui.workspace import Workspace


def clock_notice(workspace: "Workspace | None", error: "KnownError") -> Notice:
    """Return the message; its button takes the clock as right, then the clerk does the act again."""

    def confirm() -> None:
        from counter_app.services.confirm_clock import confirm_clock

        if workspace is None:
            return
        said = _("Đã ghi nhận giờ máy đúng. Hãy làm lại việc vừa rồi.")
        workspace.operations.run_command(
            lambda: confirm_clock(workspace.desk),
            done=lambda _confirmed: workspace.shell.notify(Notice(text=said, tone="ok")),
        )

    return Notice(text=text_of(error), tone="bad", label=_("Giờ máy đang đúng"), action=confirm)
