"""The posting sheet before it is printed, and what must be taken off the board."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from counter_app.i18n import _
from counter_app.messages import warning_text
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.procedures import words
from counter_app.ui.procedures.paper_acts import PaperActs
from counter_app.ui.procedures.posting_presenter import SHOWN_PAGES, PostingPresenter, PostingPreview
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.choice_field import ComboField
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, Scroll, action_bar, clear, column, row
from counter_app.ui.widgets.pdf_preview import PdfPreview
from counter_app.ui.workspace import KeyHelp, Screen, Workspace

_FILE_NAME = "niem-yet-thu-tuc.pdf"
_SIDE_WIDTH = 340


class PostingScreen(Screen):
    """Opened with ``sector``; without one it shows all of them."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = PostingPresenter(workspace, show=self._show, failed=self._fail)
        self._papers = PaperActs(workspace)
        self.sector = ComboField(_("Lĩnh vực"), ())
        self.sector.edited.connect(self._choose)
        self.count = PlainLabel(tone="muted", wrap=True)
        self.gaps = WrapLabel(tone="warn")
        self.gaps.hide()
        self._more = PlainLabel(tone="muted", type="small", wrap=True)
        self.taken_down = QVBoxLayout()
        self.taken_down.setSpacing(6)
        down = Card(_("Phải gỡ khỏi bảng niêm yết"))
        down.body.addLayout(self.taken_down)
        side = QWidget()
        side.setLayout(
            column(
                PlainLabel(_("Lĩnh vực"), tone="muted"),
                self.sector,
                self.count,
                self.gaps,
                self._more,
                down,
                None,
                spacing=8,
            )
        )
        left = Scroll(side)
        left.setFixedWidth(_SIDE_WIDTH)
        self.preview = PdfPreview()
        body = row(left, Scroll(self.preview), margins=(16, 0, 12, 8), spacing=14)
        back = Button(_("Quay lại"), key="Esc", clicked=workspace.shell.go_back)
        self.save = Button(_("Lưu PDF…"), clicked=self._ask_where)
        self.print = primary_button(_("In niêm yết"), key="Ctrl P", clicked=self.reprint)
        bar = action_bar(back, None, self.save, self.print)
        head = row(PlainLabel(self.title(), type="title"), None, margins=(16, 14, 16, 10))
        whole = column(head, body, bar, spacing=0)
        whole.setStretchFactor(body, 1)
        self.setLayout(whole)

    def title(self) -> str:
        """Return the screen's name."""
        return _("Niêm yết thủ tục")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (KeyHelp("Ctrl P", _("In niêm yết")), KeyHelp("Esc", _("Quay lại")))

    def opened(self, **request: object) -> None:
        """Draw the sheet anew: the day, a fee or a pack may be another."""
        self._fill_sectors(str(request.get("sector") or self.presenter.sector))
        self._choose()
        self.sector.setFocus()

    def reprint(self) -> bool:
        """Print the sheet."""
        self._papers.print_sheet(self.presenter.sheet(), _FILE_NAME, _("Đã in niêm yết."))
        return True

    def catalogue_changed(self) -> None:
        """Draw anew when somebody looks."""
        if self.isVisible():
            self.opened()

    def _fill_sectors(self, chosen: str) -> None:
        sectors = self.presenter.sectors()
        self.sector.blockSignals(True)
        self.sector.clear()
        self.sector.addItem(_("Mọi lĩnh vực ({count})").format(count=sum(sectors.values())), "")
        for name, count in sectors.items():
            self.sector.addItem(f"{name} ({count})", name)
        self.sector.setCurrentIndex(max(self.sector.findData(chosen), 0))
        self.sector.blockSignals(False)

    def _choose(self) -> None:
        self.count.setText(_("Đang vẽ…"))
        self.presenter.load(str(self.sector.value() or ""))

    def _show(self, shown: PostingPreview) -> None:
        self.preview.show_pages(shown.pages)
        self._more.setText(_("Chỉ hiện {count} trang đầu; bản in có đủ.").format(count=SHOWN_PAGES))
        self._more.setVisible(shown.more)
        self.count.setText(_("{count} thủ tục đang áp dụng hôm nay").format(count=shown.posted))
        gaps = shown.gaps
        missing = {"unknown_fees": gaps.unknown_fees, "without_limit": gaps.without_limit}
        self.gaps.setText(warning_text("posting_incomplete", missing) if gaps else "")
        self.gaps.setVisible(bool(gaps))
        clear(self.taken_down)
        for procedure in shown.taken_down:
            end = words.day(procedure.valid_to) if procedure.valid_to else ""
            name = f"{procedure.national_code} {procedure.name}".strip()
            self.taken_down.addWidget(
                WrapLabel(_("{name} (hết hiệu lực {day})").format(name=name, day=end), selectable=True)
            )
        if not shown.taken_down:
            self.taken_down.addWidget(WrapLabel(_("Không có thủ tục nào phải gỡ"), tone="muted"))

    def _fail(self, text: str) -> None:
        self.gaps.hide()
        self.preview.show_pages(())
        self.count.setText(text)

    def _ask_where(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        target = str(Path(folder) / _FILE_NAME)
        chosen = QFileDialog.getSaveFileName(self, _("Lưu PDF"), target, "PDF (*.pdf)")[0]
        if chosen:
            self._papers.save_sheet(self.presenter.sheet(), Path(chosen))
