"""Offers the rating of a dossier and keeps the answer; for the screen that handed a result out."""

from typing import TYPE_CHECKING

from counter_app.i18n import _
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from counter_app.ui.citizen_screen.stage_port import RatingAnswer


def offer_rating(workspace: Workspace, dossier_id: str, *, clerk: str = "") -> None:
    """Ask the citizen; with one monitor this opens the page, so call it when the clerk asks for it.

    The clerk learns that a rating came, never which. Refusals (``already_rated``) are told as errors.
    """
    desk, shell = workspace.desk, workspace.shell

    def answered(answer: "RatingAnswer | None") -> None:
        from counter_app.services.rate_service import rate

        if answer is not None:
            workspace.operations.run_command(
                lambda: rate(desk, dossier_id, answer.score, answer.reasons, clerk=clerk),
                done=lambda _none: shell.notify(
                    Notice(text=_("Đã nhận một đánh giá. Xin cảm ơn."), tone="ok")
                ),
            )

    workspace.stage.ask_rating(answered)
