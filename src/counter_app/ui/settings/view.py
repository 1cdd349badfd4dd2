"""The settings: a list of pages at the left, one button that saves them all."""

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QStackedWidget

from counter_app.domain.clerks import Permission
from counter_app.domain.errors import KnownError
from counter_app.i18n import _
from counter_app.services.places import Places
from counter_app.ui.session.allowed import why_not
from counter_app.ui.settings.accounts_page import AccountsPage
from counter_app.ui.settings.backup_page import BackupPage
from counter_app.ui.settings.contact_page import ContactPage
from counter_app.ui.settings.counter_page import CounterPage
from counter_app.ui.settings.fees_page import FeesPage
from counter_app.ui.settings.form_page import FormPage
from counter_app.ui.settings.keys.keys_page import KeysPage
from counter_app.ui.settings.look_page import LookPage
from counter_app.ui.settings.office_page import OfficePage
from counter_app.ui.settings.page_list import PageList
from counter_app.ui.settings.paper_scanner_page import PaperScannerPage
from counter_app.ui.settings.presenter import SettingsPresenter
from counter_app.ui.settings.printer_page import PrinterPage
from counter_app.ui.settings.queue_page import QueuePage
from counter_app.ui.settings.scanner_page import ScannerPage
from counter_app.ui.settings.sessions_page import SessionsPage
from counter_app.ui.settings.support_page import SupportPage
from counter_app.ui.settings.sync_page import SyncPage
from counter_app.ui.settings.times_page import TimesPage
from counter_app.ui.settings.values_page import EditsValues, ValuesPage
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, Scroll, action_bar, column, row
from counter_app.ui.widgets.text_field import commit_composition
from counter_app.ui.widgets.tooltips import set_tooltip
from counter_app.ui.workspace import KeyHelp, Screen, Workspace

_PAGES = (
    "office",
    "counter",
    "accounts",
    "keys",
    "backup",
    "printer",
    "scanner",
    "paper_scanner",
    "look",
    "fees",
    "times",
    "sessions",
    "contact",
    "queue",
    "sync",
    "support",
)


_BESIDE_FROM = 1000  # pixels at 100 %


class SettingsScreen(Screen):
    """Opened with ``page``, one of `_PAGES`."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        from counter_app.devices.platform.qt_printer import available_printers
        from counter_app.devices.serial_scanner import serial_ports

        self.presenter = SettingsPresenter(workspace)
        desk = workspace.desk
        today = desk.clock.now().date()
        self.scanner = ScannerPage(serial_ports(), today=today, unit_code=desk.settings.office.unit_code)
        self.pages: dict[str, FormPage] = {
            "office": OfficePage(places=Places(desk)),
            "counter": CounterPage(
                clerks=desk.settings.clerks, signed_in=lambda: desk.session.present is not None
            ),
            "accounts": AccountsPage(workspace),
            "keys": KeysPage(workspace),
            "backup": BackupPage(workspace),
            "printer": PrinterPage(
                available_printers(),
                test=lambda name, size: self.presenter.test_print(desk.settings, name, size),
            ),
            "scanner": self.scanner,
            "paper_scanner": PaperScannerPage(workspace),
            "look": LookPage(),
            "fees": FeesPage(workspace),
            "times": TimesPage(workspace),
            "sessions": SessionsPage(workspace),
            "contact": ContactPage(workspace),
            "queue": QueuePage(workspace),
            "sync": SyncPage(workspace),
            "support": SupportPage(workspace, workspace.incidents),
        }
        names = (
            _("Đơn vị"),
            _("Quầy và cán bộ"),
            _("Tài khoản"),
            _("Khóa dữ liệu"),
            _("Sao lưu"),
            _("Máy in"),
            _("Máy quét mã"),
            _("Máy quét giấy tờ"),
            _("Hiển thị"),
            _("Mức thu của tỉnh"),
            _("Thời hạn tự đặt"),
            _("Giờ làm việc"),
            _("Người ký, điện thoại"),
            _("Hàng chờ"),
            _("Đồng bộ"),
            _("Hỗ trợ"),
        )
        self._list = PageList(_("Nhóm cài đặt"), names)
        self._stack = QStackedWidget()
        self._cards: list[tuple[Card, int]] = []  # with the most width of each at 100 %
        for page_id in _PAGES:
            card = Card()
            card.body.addWidget(self.pages[page_id])
            card.body.setContentsMargins(6, 6, 6, 6)
            self._cards.append((card, 1120 if isinstance(self.pages[page_id], ValuesPage) else 860))
            self.pages[page_id].edited.connect(self._edited)
            self._stack.addWidget(Scroll(card))
        self._list.currentRowChanged.connect(self._turn)
        self._state = PlainLabel(tone="muted")
        self._undo = Button(_("Bỏ thay đổi"), clicked=self._show)
        self._save = primary_button(_("Lưu cài đặt"), key="Ctrl S", clicked=self.save)
        self._why_not = why_not(workspace, Permission.SET_UP)
        self._save.setEnabled(not self._why_not)
        set_tooltip(self._save, self._why_not)
        audit = Button(_("Nhật ký"), clicked=lambda: workspace.shell.open_screen("audit"))
        head = row(PlainLabel(self.title(), type="title"), None, audit, margins=(16, 14, 16, 2))
        body = row(self._list, self._stack, margins=(16, 6, 16, 12), spacing=12)
        body.setStretch(1, 1)
        self._body = body
        self._bar = action_bar(self._state, None, self._undo, self._save)
        whole = column(head, body, self._bar, spacing=0)
        whole.setStretchFactor(body, 1)
        self.setLayout(whole)
        save_key = QShortcut(QKeySequence("Ctrl+S"), self)
        save_key.activated.connect(self.save)
        self._dirty = False
        workspace.theme.changed.connect(self._fit)
        self._show()

    def title(self) -> str:
        """Return the screen's name."""
        return _("Cài đặt")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (
            KeyHelp("Ctrl S", _("Lưu cài đặt")),
            KeyHelp("↑ ↓", _("Chuyển nhóm khi đang ở danh sách nhóm")),
        )

    def opened(self, **request: object) -> None:
        """Show ``page`` when it is given; what was typed and not saved stays."""
        page = request.get("page")
        if page in _PAGES:
            self._list.setCurrentRow(_PAGES.index(str(page)))
        if not self._dirty:
            self._show()
        self._list.setFocus()

    def take_raw_scan(self, data: str | bytes) -> bool:
        """Show scans on the scanner page; elsewhere they work as always."""
        if self._list.currentRow() != _PAGES.index("scanner"):
            return False
        self.scanner.show_scan(data)
        return True

    def save(self) -> None:
        """Save every page at once; a page of dated values enters the one on show."""
        commit_composition()
        if self._why_not:
            return
        shown = self.pages[_PAGES[self._list.currentRow()]]
        if isinstance(shown, EditsValues):
            shown.enter()
            return
        settings = self.workspace.desk.settings
        try:
            for page in self.pages.values():
                settings = page.read(settings)
        except KnownError as error:
            self.workspace.shell.show_error(error)
            return
        self.presenter.save(settings, self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt)
        """Put the names of the pages above where text is large: the pages need the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        scale = self.workspace.theme.text_scale / 100
        for card, widest in self._cards:
            card.setMaximumWidth(round(widest * scale))
        beside = self.width() >= _BESIDE_FROM * scale
        side, above = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._body.setDirection(side if beside else above)
        self._list.lay(beside=beside)

    def _turn(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self._bar.setVisible(not isinstance(self.pages[_PAGES[index]], EditsValues))

    def _edited(self) -> None:
        self._dirty = True
        self._state.setText(_("Có thay đổi chưa lưu"))
        self._undo.setEnabled(True)

    def _show(self) -> None:
        for page in self.pages.values():
            page.show_settings(self.workspace.desk.settings)
        self._dirty = False
        self._state.setText(self._why_not)
        self._undo.setEnabled(False)
