"""The page on which the papers of a visit are scanned before it is received."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from counter_app.i18n import _
from counter_app.services.scans.attach import ScanOwner
from counter_app.services.scans.scan_parts import ScanPart
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.scans.panel import ScansPanel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.layouts import Scroll, action_bar, column
from counter_app.ui.workspace import Workspace


class ScansPage(QWidget):
    """The panel of scans for the draft of the visit; the scans go with the dossier it becomes.

    Args:
        workspace: The window's.
        closed: Called when the clerk goes back to the visit.
    """

    def __init__(self, workspace: Workspace, *, closed: Callable[[], None]) -> None:
        super().__init__()
        self._draft_id = ""
        self.title = WrapLabel(type="title")
        about = WrapLabel(
            _("Bản quét lưu cùng bản nháp và theo hồ sơ sau khi tiếp nhận."), tone="muted", type="small"
        )
        self.panel = ScansPanel(workspace)
        self.back = Button(_("Trở lại hồ sơ"), key="Esc", clicked=closed)
        body = QWidget()
        body.setLayout(column(self.title, about, self.panel, None, margins=(16, 12, 16, 12), spacing=10))
        self.setLayout(column(Scroll(body), action_bar(self.back, None), spacing=0))

    def unfinished_for(self, draft_id: str) -> bool:
        """Whether a scan of this draft is under way, or waits for the clerk's word: it is coarse."""
        lines = self.panel.presenter.lines if self._draft_id == draft_id else ()
        return any(line.busy or line.offer is not None for line in lines)

    def open_for(self, owner: ScanOwner, parts: Sequence[ScanPart], about: str) -> None:
        """Show the papers; `about` names citizen and request."""
        self._draft_id = owner.draft_id
        self.title.setText(about)
        self.panel.show_scans(owner, parts)
        self.back.setFocus()
