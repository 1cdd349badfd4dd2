"""What a chosen procedure brings to the screen: papers to tick, the picture, the promise, the fees."""

from typing import TYPE_CHECKING

from counter_app.ui.intake.checklist_panel import ChecklistPanel
from counter_app.ui.intake.due_words import promise_words
from counter_app.ui.intake.fee_panel import FeePanel
from counter_app.ui.intake.fee_words import fee_words
from counter_app.ui.intake.preview_feed import PreviewFeed
from counter_app.ui.intake.preview_panel import PreviewPanel
from counter_app.ui.intake.promise_panel import PromisePanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from counter_app.ui.intake.presenter import IntakePresenter
    from counter_app.ui.intake.state import IntakeState
    from counter_app.ui.workspace import Workspace


class Outcome:
    """The panels no start waits for; made when the first procedure is chosen, or in idle time."""

    def __init__(
        self,
        workspace: "Workspace",
        presenter: "IntakePresenter",
        parent: "QWidget",
        *,
        enlarge: "Callable[[], None]",
        open_scans: "Callable[[], None]",
    ) -> None:
        self.checklist = ChecklistPanel(presenter, open_scans)
        self.feed = PreviewFeed(workspace.desk, workspace.operations, parent)
        self.preview = PreviewPanel(self.feed, workspace.theme, enlarge)
        self.promise = PromisePanel(
            workspace.theme, slip_asked=lambda asked: presenter.set_way(slip_asked=asked)
        )
        self.fees = FeePanel(presenter)

    def show_state(self, state: "IntakeState", *, with_picture: bool) -> None:
        """Show what would come out now; nothing while no procedure is chosen."""
        words, fees = promise_words(state), fee_words(state)
        self.checklist.show_state(state)
        self.promise.setVisible(words is not None)
        self.fees.setVisible(fees is not None)
        self.preview.setVisible(words is not None and with_picture)
        if words is None:
            self.promise.fold()
        else:
            self.promise.show_words(words, slip_asked=state.visit.slip_asked)
        if fees is not None:
            self.fees.show_words(fees)
        self.feed.show_state(state)
