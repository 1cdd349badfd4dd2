"""The recovery sheet on screen, on demand, for an office whose printer does not work."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QHideEvent, QImage

from counter_app.i18n import _
from counter_app.services.keys.sheet import SheetInHand
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.layouts import Card, row
from counter_app.ui.widgets.pdf_preview import PdfPreview

_PREVIEW_WIDTH = 700


class SheetOnScreen(Card):
    """Shows a sheet until somebody says that it was copied; gone from the screen, it is taken back.

    Args:
        keep: Called with a sheet that was copied.
        take_back: Called with one that was not.
    """

    def __init__(self, keep: Callable[[SheetInHand], None], take_back: Callable[[SheetInHand], None]) -> None:
        super().__init__(_("Giấy khôi phục trên màn hình"))
        self._keep, self._take_back = keep, take_back
        self._sheet: SheetInHand | None = None
        words = _(
            "Chép đủ 7 nhóm ra giấy, đọc lại một lần, rồi bấm “Đã chép”. Không chụp ảnh màn hình. "
            "Rời trang này khi chưa bấm thì mã mới bị bỏ, tờ cũ vẫn dùng được."
        )
        self.body.addWidget(WrapLabel(words))
        self.preview = PdfPreview()
        self.preview.setFixedWidth(_PREVIEW_WIDTH)
        self.kept = Button(_("Đã chép, dùng mã này"), variant="primary", clicked=self._copied)
        self.dropped = Button(_("Bỏ mã này"), clicked=self.hide)
        self.body.addLayout(row(self.kept, self.dropped, None))
        self.body.addWidget(self.preview)
        self.hide()

    def show_sheet(self, sheet: SheetInHand, pages: Sequence[QImage]) -> None:
        """Show it."""
        self._sheet = sheet
        self.preview.show_pages(pages)
        self.preview.setFixedHeight(self.preview.heightForWidth(_PREVIEW_WIDTH))
        self.show()
        self.kept.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  (Qt)
        """Forget what nobody said was copied, also when the window is covered."""
        super().hideEvent(event)
        sheet = self._forget()
        if sheet is not None:
            self._take_back(sheet)

    def _copied(self) -> None:
        sheet = self._forget()
        self.hide()
        if sheet is not None:
            self._keep(sheet)

    def _forget(self) -> SheetInHand | None:
        sheet, self._sheet = self._sheet, None
        self.preview.show_pages(())
        return sheet
