"""The screen of data packs: overview, then a pack before it is installed or taken back."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QProgressBar, QSizePolicy, QStackedWidget

from counter_app.i18n import _
from counter_app.ui.data_packs.change_list import ChangeList
from counter_app.ui.data_packs.overview import Overview
from counter_app.ui.data_packs.presenter import DataPacksPresenter
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.procedures.paper_acts import PaperActs
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Scroll, action_bar, column, page, row
from counter_app.ui.workspace import KeyHelp, Screen, Workspace

_CHANGE_SHEET = "danh-muc-thay-doi.pdf"
_WIDTH = 1000


class DataPacksScreen(Screen):
    """Opened with ``file`` (a Path) to look into that pack; nothing is installed without a confirmation."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = DataPacksPresenter(workspace, self._show)
        self._papers = PaperActs(workspace)
        self.overview = Overview(
            choose_file=self._choose_file,
            look_back=self.presenter.look_back,
            keep_max_age=self.presenter.keep_max_age,
        )
        self.overview.setMaximumWidth(_WIDTH)
        self.changes = ChangeList()
        self._stack = QStackedWidget()
        self._stack.addWidget(Scroll(page(row(self.overview, None), None, margins=(16, 0, 12, 12))))
        self._stack.addWidget(Scroll(page(self.changes, None, margins=(16, 0, 12, 12))))
        self._make_strip()
        self._make_bars()
        head = row(PlainLabel(self.title(), type="title"), None, margins=(16, 14, 16, 10))
        strip = column(self.strip, margins=(16, 0, 16, 10))
        whole = column(head, strip, self._stack, self._bars, spacing=0)
        whole.setStretchFactor(self._stack, 1)
        self.setLayout(whole)
        self.setAcceptDrops(True)
        workspace.operations.data_changed.connect(self._data_changed)

    def _make_strip(self) -> None:
        """The words of what is under way, or of why a pack was refused."""
        self.strip = QFrame()
        self.words = WrapLabel(selectable=True)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(_("Đang làm"))
        self.strip.setLayout(column(self.words, self.busy, margins=(12, 8, 12, 8), spacing=6))
        self.strip.hide()

    def _make_bars(self) -> None:
        back = Button(_("Quay lại"), key="Esc", clicked=self.workspace.shell.go_back)
        self.give_up = Button(_("Thôi, không cài"), key="Esc", clicked=self._give_up)
        self.print_changes = Button(_("In danh mục thay đổi"), key="Ctrl P", clicked=self.reprint)
        self.save_changes = Button(_("Lưu PDF…"), clicked=self._ask_where)
        self.confirm = primary_button(_("Cài gói này"), clicked=self.presenter.confirm)
        self._bars = QStackedWidget()
        self._bars.addWidget(action_bar(back, None))
        self._bars.addWidget(
            action_bar(self.give_up, None, self.save_changes, self.print_changes, self.confirm)
        )
        self._bars.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def title(self) -> str:
        """Return the screen's name."""
        return _("Dữ liệu thủ tục")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (KeyHelp("Ctrl P", _("In danh mục thay đổi")), KeyHelp("Esc", _("Thôi, hoặc quay lại")))

    def opened(self, **request: object) -> None:
        """Show which data counts; look into ``file`` when one is given."""
        self.presenter.load()
        file = request.get("file")
        if isinstance(file, Path):
            self.presenter.look_into(file)
        elif self.presenter.state.preview is None:
            self.overview.install.setFocus()

    def escape(self) -> bool:
        """Leave the preview first."""
        state = self.presenter.state
        if state.preview is None and not state.waiting and not state.problem:
            return False
        self._give_up()
        return True

    def reprint(self) -> bool:
        """Print the list of changes on show."""
        if self.presenter.state.preview is None:
            return False
        words = _("Đã in danh mục thay đổi.")
        self._papers.print_sheet(self.presenter.change_sheet(), _CHANGE_SHEET, words)
        return True

    def catalogue_changed(self) -> None:
        """Look again which data counts."""
        self.presenter.load()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  (Qt)
        """Accept any one file; what is no pack is refused in words."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  (Qt)
        """Look into the dropped pack."""
        event.acceptProposedAction()
        self.presenter.look_into(Path(event.mimeData().urls()[0].toLocalFile()))

    def _show(self) -> None:
        state = self.presenter.state
        self.overview.show_state(state, self.presenter.today)
        self.strip.setVisible(bool(state.waiting or state.problem))
        self.strip.setProperty("frame", "bad" if state.problem else "info")
        self.strip.style().unpolish(self.strip)
        self.strip.style().polish(self.strip)
        self.words.setText(state.problem or state.waiting)
        self.busy.setVisible(bool(state.waiting))
        asked = state.preview is not None
        before = self._stack.currentIndex()
        self._stack.setCurrentIndex(1 if asked else 0)
        self._bars.setCurrentIndex(1 if asked else 0)
        if state.preview is not None:
            self.changes.show_preview(state.preview, taking_back=state.taking_back)
            self.confirm.set_text(_("Quay lại dữ liệu trước") if state.taking_back else _("Cài gói này"))
            self.give_up.set_text(_("Thôi, giữ nguyên") if state.taking_back else _("Thôi, không cài"))
            self.confirm.setEnabled(not state.waiting)
            if before == 0:
                self.give_up.setFocus()  # the safe answer
        elif before == 1:
            self.overview.install.setFocus()

    def _give_up(self) -> None:
        self.presenter.give_up()
        self.overview.install.setFocus()

    def _choose_file(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        kinds = _("Gói dữ liệu (*.qmcpack);;Mọi tệp (*)")
        chosen = QFileDialog.getOpenFileName(self, _("Chọn gói dữ liệu"), folder, kinds)[0]
        if chosen:
            self.presenter.look_into(Path(chosen))

    def _ask_where(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        target = str(Path(folder) / _CHANGE_SHEET)
        chosen = QFileDialog.getSaveFileName(self, _("Lưu PDF"), target, "PDF (*.pdf)")[0]
        if chosen:
            self._papers.save_sheet(self.presenter.change_sheet(), Path(chosen))

    def _data_changed(self) -> None:
        if self.isVisible() and self.presenter.state.preview is None:
            self.presenter.load()
