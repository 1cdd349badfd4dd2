"""The panel of scans: one line a paper, to be put on the dossier screen and beside the checklist."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent

from counter_app.domain.dossier import Dossier
from counter_app.i18n import _
from counter_app.services.scans.attach import ScanOwner
from counter_app.services.scans.scan_parts import ScanPart
from counter_app.ui.scans.presenter import ScansPresenter
from counter_app.ui.scans.scan_line import ScanLine
from counter_app.ui.scans.viewer import ScanViewer
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, column
from counter_app.ui.workspace import Workspace

_LOOK_EVERY_MS = 1500


class ScansPanel(Card):
    """Give it papers with `show_scans`, or a whole dossier with `show_dossier`."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(_("Bản quét giấy tờ"))
        self._workspace = workspace
        self.presenter = ScansPresenter(workspace, self._show_lines)
        self._progress = PlainLabel(bold=True)
        self.heading.addWidget(self._progress)
        self._lines = column(spacing=6)
        self.body.addLayout(self._lines)
        self._hint = PlainLabel(type="caption", tone="muted", wrap=True)
        self.body.addWidget(self._hint)
        self.lines: dict[str, ScanLine] = {}
        self._viewer: ScanViewer | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.presenter.look)
        self.destroyed.connect(self.presenter.let_go)
        workspace.operations.data_changed.connect(self._data_changed)

    def show_scans(self, owner: ScanOwner, parts: Sequence[ScanPart]) -> None:
        """Show the papers of a dossier or draft with their files."""
        self.presenter.show(owner, parts)

    def show_dossier(self, dossier: Dossier) -> None:
        """Show the papers a dossier has."""
        self.presenter.show_dossier(dossier)

    def _show_lines(self) -> None:
        states = self.presenter.lines
        ids = [state.part.part_id for state in states]
        for part_id in [each for each in self.lines if each not in ids]:
            gone = self.lines.pop(part_id)
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, state in enumerate(states):
            line = self.lines.get(state.part.part_id)
            if line is None:
                line = ScanLine(self.presenter, state.part.part_id, self._view)
                self.lines[state.part.part_id] = line
                self._lines.insertWidget(place, line)
            line.show_state(state, len(self.presenter.waiting))
        filed = sum(state.file is not None for state in states)
        self._progress.setText(f"{filed}/{len(states)}" if states else "")
        self._hint.setText(self._advice(bool(states)))

    def _advice(self, papers: bool) -> str:
        if not papers:
            return _("Hồ sơ này chưa có giấy tờ nào để quét.")
        if self.presenter.can_scan or self.presenter.has_folder:
            return _("Kéo tệp thả vào dòng giấy tờ cũng được. PDF, JPEG, PNG, TIFF; từ 200 dpi.")
        return _("Kéo tệp thả vào dòng giấy tờ. Muốn lấy thẳng từ máy quét: Cài đặt, trang Máy quét giấy tờ.")

    def _view(self, part_id: str) -> None:
        state = self.presenter.line(part_id)
        if state is None or state.file is None:
            return
        name, subject_id = state.part.name, state.file.dossier_id or state.file.draft_id

        def shown(pdf: bytes) -> None:
            self._viewer = ScanViewer(self._workspace, name, pdf, subject_id, self)
            self._viewer.open()

        self.presenter.view(part_id, shown)

    def _data_changed(self) -> None:
        if self.isVisible():
            self.presenter.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt)
        """Look into the folder as long as somebody looks at the panel."""
        super().showEvent(event)
        self._timer.start()
        self.presenter.look()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  (Qt)
        """Leave the folder alone."""
        super().hideEvent(event)
        self._timer.stop()
