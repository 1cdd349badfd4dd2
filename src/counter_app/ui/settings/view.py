"""The settings: pages in tabs, one button that saves them all."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar

from counter_app.domain.errors import KnownError
from counter_app.i18n import _
from counter_app.services.places import Places
from counter_app.ui.settings.contact_page import ContactPage
from counter_app.ui.settings.counter_page import CounterPage
from counter_app.ui.settings.fees_page import FeesPage
from counter_app.ui.settings.form_page import FormPage
from counter_app.ui.settings.look_page import LookPage
from counter_app.ui.settings.office_page import OfficePage
from counter_app.ui.settings.paper_scanner_page import PaperScannerPage
from counter_app.ui.settings.presenter import SettingsPresenter
from counter_app.ui.settings.printer_page import PrinterPage
from counter_app.ui.settings.queue_page import QueuePage
from counter_app.ui.settings.scanner_page import ScannerPage
from counter_app.ui.settings.sessions_page import SessionsPage
from counter_app.ui.settings.times_page import TimesPage
from counter_app.ui.settings.values_page import EditsValues, ValuesPage
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, Scroll, action_bar, column, row
from counter_app.ui.widgets.text_field import commit_composition
from counter_app.ui.workspace import KeyHelp, Screen, Workspace

_PAGES = (
    "office",
    "counter",
    "printer",
    "scanner",
    "paper_scanner",
    "look",
    "fees",
    "times",
    "sessions",
    "contact",
    "queue",
)


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
            "counter": CounterPage(clerks=desk.settings.clerks),
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
        }
        self._tabs = QTabBar()
        self._tabs.setAccessibleName(_("Nhóm cài đặt"))
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(True)
        names = (
            _("Đơn vị"),
            _("Quầy và cán bộ"),
            _("Máy in"),
            _("Máy quét mã"),
            _("Máy quét giấy tờ"),
            _("Hiển thị"),
            _("Mức thu của tỉnh"),
            _("Thời hạn tự đặt"),
            _("Giờ làm việc"),
            _("Người ký, điện thoại"),
            _("Hàng chờ"),
        )
        self._stack = QStackedWidget()
        for name, page_id in zip(names, _PAGES, strict=True):
            self._tabs.addTab(name)
            card = Card()
            card.body.addWidget(self.pages[page_id])
            card.body.setContentsMargins(6, 6, 6, 6)
            card.setMaximumWidth(1120 if isinstance(self.pages[page_id], ValuesPage) else 860)
            self.pages[page_id].edited.connect(self._edited)
            self._stack.addWidget(Scroll(card))
        self._tabs.currentChanged.connect(self._turn)
        self._state = PlainLabel(tone="muted")
        self._undo = Button(_("Bỏ thay đổi"), clicked=self._show)
        self._save = primary_button(_("Lưu cài đặt"), key="Ctrl S", clicked=self.save)
        head = row(PlainLabel(self.title(), type="title"), None, margins=(16, 14, 16, 2))
        body = column(self._tabs, self._stack, margins=(16, 0, 16, 12), spacing=12)
        self._bar = action_bar(self._state, None, self._undo, self._save)
        whole = column(head, body, self._bar, spacing=0)
        whole.setStretchFactor(body, 1)
        self.setLayout(whole)
        save_key = QShortcut(QKeySequence("Ctrl+S"), self)
        save_key.activated.connect(self.save)
        self._dirty = False
        self._show()

    def title(self) -> str:
        """Return the screen's name."""
        return _("Cài đặt")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (KeyHelp("Ctrl S", _("Lưu cài đặt")), KeyHelp("← →", _("Chuyển nhóm khi đang ở hàng tab")))

    def opened(self, **request: object) -> None:
        """Show ``page`` when it is given; what was typed and not saved stays."""
        page = request.get("page")
        if page in _PAGES:
            self._tabs.setCurrentIndex(_PAGES.index(str(page)))
        if not self._dirty:
            self._show()
        self._tabs.setFocus()

    def take_raw_scan(self, data: str | bytes) -> bool:
        """Show scans on the scanner page; elsewhere they work as always."""
        if self._tabs.currentIndex() != _PAGES.index("scanner"):
            return False
        self.scanner.show_scan(data)
        return True

    def save(self) -> None:
        """Save every page at once; a page of dated values enters the one on show."""
        commit_composition()
        shown = self.pages[_PAGES[self._tabs.currentIndex()]]
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
        self._state.setText("")
        self._undo.setEnabled(False)
