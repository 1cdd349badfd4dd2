"""Looks at a scan page by page; only the page on show is ever made pixels."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from counter_app.i18n import _
from counter_app.services.audit.noted import note
from counter_app.services.whole_file import write_whole
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import ElidedLabel, PlainLabel
from counter_app.ui.widgets.layouts import Scroll, action_bar, column, row
from counter_app.ui.widgets.pdf_preview import PdfPreview, one_page
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

_DPI = 130


class ScanViewer(QDialog):
    """A window over the window; Esc closes it, PgUp and PgDn turn pages."""

    def __init__(
        self, workspace: Workspace, name: str, pdf: bytes, subject_id: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._pdf, self._subject = pdf, subject_id
        self._index = 0
        self._count = 1
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(name)
        self.setAccessibleName(name)
        self.pages = PdfPreview()
        self._place = PlainLabel(tone="muted")
        self._back = Button(_("Trang trước"), key="PgUp", clicked=lambda: self.turn(-1))
        self._on = Button(_("Trang sau"), key="PgDn", clicked=lambda: self.turn(1))
        save = Button(_("Lưu PDF…"), clicked=self._save)
        close = Button(_("Đóng"), key="Esc", clicked=self.close)
        title = ElidedLabel(name, type="title")
        head = row(title, self._place, margins=(16, 12, 16, 8), spacing=10)
        head.setStretchFactor(title, 1)
        self._scroll = Scroll(self.pages)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        body = column(self._scroll, margins=(16, 0, 16, 8))
        bar = action_bar(close, save, None, self._back, self._on)
        whole = column(head, body, bar, spacing=0)
        whole.setStretchFactor(body, 1)
        self.setLayout(whole)
        self.resize(900, 700)
        steps: tuple[tuple[str, Callable[[], None]], ...] = (
            ("PgUp", lambda: self.turn(-1)),
            ("PgDown", lambda: self.turn(1)),
        )
        for key, act in steps:
            QShortcut(QKeySequence(key), self).activated.connect(act)
        self._draw()

    def turn(self, step: int) -> None:
        """Go on or back by pages."""
        target = min(max(self._index + step, 0), self._count - 1)
        if target != self._index:
            self._index = target
            self._draw()

    def _draw(self) -> None:
        pdf, index = self._pdf, self._index

        def drawn(found: tuple[QImage, int]) -> None:
            if index != self._index:
                return
            image, self._count = found
            self.pages.show_pages([image])
            self._scroll.verticalScrollBar().setValue(0)
            self._place.setText(_("Trang {page}/{count}").format(page=index + 1, count=self._count))
            self._back.setEnabled(index > 0)
            self._on.setEnabled(index + 1 < self._count)

        ticket = self._workspace.operations.run_query(lambda: one_page(pdf, index, _DPI), done=drawn)
        self.destroyed.connect(ticket.cancel)

    def _save(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        target = str(Path(folder) / "ban-quet.pdf")
        chosen = QFileDialog.getSaveFileName(self, _("Lưu PDF"), target, "PDF (*.pdf)")[0]
        if not chosen:
            return
        pdf, path, shell = self._pdf, Path(chosen), self._workspace.shell
        desk, subject = self._workspace.desk, self._subject

        def work() -> None:
            note(desk, "scans_exported", subject)
            write_whole(path, pdf)

        self._workspace.operations.run_command(
            work,
            done=lambda _none: shell.notify(
                Notice(text=_("Đã lưu {name}").format(name=path.name), tone="ok")
            ),
            changes=False,
        )
