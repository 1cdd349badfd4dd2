"""The seal before it is printed: what it says is on the page as it will be on paper."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from counter_app.i18n import _
from counter_app.ui.procedures.paper_acts import PaperActs
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Scroll, action_bar, column, page, row
from counter_app.ui.widgets.pdf_preview import PdfPreview, rasterize

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from counter_app.ui.workspace import Workspace

_FILE = "xac-nhan-da-gui.pdf"
_WIDTH = 640


class SealPage(QWidget):
    """Shows the sheet of one moment; what is printed is exactly what was shown."""

    def __init__(self, workspace: "Workspace", closed: Callable[[], None]) -> None:
        super().__init__()
        self._workspace = workspace
        self._papers = PaperActs(workspace)
        self._pdf = b""
        self._state = PlainLabel(type="title")
        self._preview = PdfPreview()
        self._preview.setFixedWidth(_WIDTH)
        middle = row(None, self._preview, None)
        self.back = Button(_("Quay lại"), key="Esc", clicked=closed)
        self.save = Button(_("Lưu PDF…"), clicked=self._ask_where)
        self.print = primary_button(_("In"), key="Ctrl P", clicked=self.print_it)
        head = row(self._state, None, margins=(16, 14, 16, 10))
        bar = action_bar(self.back, None, self.save, self.print)
        whole = column(head, Scroll(page(middle, None, margins=(16, 0, 16, 14))), bar, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def make(self) -> None:
        """Read how things stand now and draw the sheet."""
        from counter_app.services.sync.seal import read_seal, seal_pdf

        desk = self._workspace.desk
        self._pdf = b""
        self._preview.show_pages(())
        self._state.setText(_("Đang lập giấy xác nhận…"))
        self._let_print(False)

        def work() -> "tuple[bool, bytes, list[QImage]]":
            seal = read_seal(desk)
            pdf = seal_pdf(desk, seal)
            return seal.complete, pdf, rasterize(pdf)

        self._workspace.operations.run_query(work, done=self._made)

    def print_it(self) -> None:
        """Print what is shown."""
        pdf = self._pdf
        if pdf:
            self._papers.print_sheet(lambda: pdf, _FILE, _("Đã in giấy xác nhận."))

    def _made(self, found: "tuple[bool, bytes, list[QImage]]") -> None:
        complete, self._pdf, pages = found
        self._state.setText(_("Mọi hồ sơ đã lên máy chủ") if complete else _("Chưa gửi hết: xem mục II"))
        self._state.set_tone("ok" if complete else "warn")
        self._preview.show_pages(pages)
        self._preview.setFixedHeight(self._preview.heightForWidth(_WIDTH))
        self._let_print(True)
        self.print.setFocus()

    def _let_print(self, ready: bool) -> None:
        self.save.setEnabled(ready)
        self.print.setEnabled(ready)

    def _ask_where(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen = QFileDialog.getSaveFileName(self, _("Lưu PDF"), str(Path(folder) / _FILE), "PDF (*.pdf)")[0]
        pdf = self._pdf
        if chosen and pdf:
            self._papers.save_sheet(lambda: pdf, Path(chosen))
