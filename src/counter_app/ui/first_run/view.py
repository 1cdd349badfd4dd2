"""The first start in a few steps anybody can answer."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from counter_app.domain.dossier_code import blocks_of
from counter_app.domain.errors import KnownError
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services.office_settings import OfficeSettings
from counter_app.services.paper_content import PaperSize
from counter_app.services.places import Places
from counter_app.ui.first_run.administrator_page import AdministratorPage
from counter_app.ui.first_run.presenter import FirstRunPresenter, blank_settings
from counter_app.ui.first_run.sheet_page import SheetPage
from counter_app.ui.operations import Ticket
from counter_app.ui.scan.scan_filter import ScanFilter
from counter_app.ui.session.strength_line import Judged
from counter_app.ui.settings.counter_page import CounterPage
from counter_app.ui.settings.form_page import FormPage
from counter_app.ui.settings.office_page import OfficePage
from counter_app.ui.settings.printer_page import PrinterPage
from counter_app.ui.settings.scanner_page import ScannerPage
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, Scroll, action_bar, column, row
from counter_app.ui.widgets.properties import restyle
from counter_app.ui.widgets.text_field import commit_composition
from counter_app.ui.workspace import Workspace

_OFFICE, _COUNTER, _PASSWORD, _PRINTER, _SCANNER, _FINISH, _SHEET = range(7)


class FirstRunView(QWidget):
    """Calls `finished` once the counter is set up."""

    def __init__(self, workspace: Workspace, *, finished: Callable[[], None], training: bool = False) -> None:
        super().__init__()
        from counter_app.devices.platform.qt_printer import available_printers
        from counter_app.devices.serial_scanner import serial_ports

        self._finished, self._workspace = finished, workspace
        self.presenter = FirstRunPresenter(workspace)
        self.settings = blank_settings(training=training)
        self.scanner = ScannerPage(serial_ports(), today=workspace.desk.clock.now().date())
        self.administrator = AdministratorPage(self._judge, lambda: self._read().clerk)
        self.sheet = SheetPage(self._print_sheet)
        self.pages: tuple[FormPage, ...] = (
            OfficePage(first_run=True, places=Places(workspace.desk)),
            CounterPage(first_run=True),
            self.administrator,
            PrinterPage(available_printers(), test=self._test_print),
            self.scanner,
            FormPage(),
            self.sheet,
        )
        self._names = (
            _("Đơn vị"),
            _("Quầy và cán bộ"),
            _("Người quản trị"),
            _("Máy in"),
            _("Máy quét"),
            _("Hoàn tất"),
            _("Giấy khôi phục"),
        )
        self._steps = [PlainLabel(name) for name in self._names]
        self._title = PlainLabel(type="title")
        self._summary = PlainLabel(wrap=True)
        self.pages[_FINISH].below.addWidget(self._summary)
        self._stack = QStackedWidget()
        for page in self.pages:
            page.show_settings(self.settings)
            self._stack.addWidget(Scroll(page))
        self._message = PlainLabel(wrap=True)
        self._message_frame = QFrame()
        self._message_frame.setLayout(column(self._message, margins=(12, 8, 12, 8)))
        self._message_frame.hide()
        self._back = Button(_("Quay lại"), clicked=lambda: self._go(self._before(self._step)))
        self._next = primary_button("", key="Enter", clicked=self.go_on)
        self._step = 0
        self._lay_out()
        self._scans = ScanFilter(parent=self)
        self._scans.scanned.connect(self._scanned)
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self._scans)
        self._walk_with_enter()
        self._go(0)

    def _scanned(self, data: str) -> None:
        """Show the scan on the scanner's page; the guided restore asks for the recovery sheet's code."""
        from counter_app.ui.restore.view import RestoreView

        stack = self.parentWidget()
        front = stack.currentWidget() if isinstance(stack, QStackedWidget) else None
        if isinstance(front, RestoreView):
            front.take_scan(data)
        else:
            self.scanner.show_scan(data)

    def go_on(self) -> None:
        """Check this step and go to the next, or finish."""
        commit_composition()
        self.settings = self._read()
        problem = None
        if self._step in (_OFFICE, _COUNTER):
            problem = self.presenter.problem_of(self.settings, clerk_asked=self._step > _OFFICE)
        if problem is not None:
            self._say(text_of(problem), "bad")
        elif self._step == _PASSWORD:
            self._check_password()
        elif self._step == _FINISH:
            self._finish()
        elif self._step == _SHEET:
            self._over()
        else:
            self._go(self._next_of(self._step))

    @property
    def _trains(self) -> bool:
        return self._read().counter.training

    def _next_of(self, step: int) -> int:
        """Return the step after; nobody signs in on a machine that only trains."""
        return _PRINTER if step == _COUNTER and self._trains else step + 1

    def _before(self, step: int) -> int:
        return _COUNTER if step == _PRINTER and self._trains else step - 1

    def _check_password(self) -> None:
        page = self.administrator
        if not page.agree:
            self._say(_("Hai ô mật khẩu chưa giống nhau. Hãy gõ lại."), "bad")
            page.again.retype()
            return

        def checked(error: KnownError | None, _strength: int) -> None:
            if error is not None:
                self._say(text_of(error), "bad")
                page.password.retype()
            elif self._step == _PASSWORD:
                self._go(_PRINTER)

        self._judge(page.password.value(), checked)

    def _judge(self, password: str, told: Judged) -> Ticket:
        settings = self._read()
        names = (str(self.administrator.username.value()), settings.clerk)
        return self.presenter.judge(settings.office, password, names, told)

    def _finish(self) -> None:
        for button in (self._back, self._next):
            button.setEnabled(False)
        page, trains = self.administrator, self._trains

        def done() -> None:
            page.forget()
            self._let_go_on()
            if trains:
                self._over()
            else:
                self._go(_SHEET)

        self.presenter.finish(
            self.settings,
            username="" if trains else str(page.username.value()),
            password="" if trains else page.password.value(),
            done=done,
            failed=self._failed,
        )

    def _print_sheet(self) -> None:
        self.sheet.print_it.setEnabled(False)

        def done() -> None:
            self.sheet.print_it.setEnabled(True)
            self.sheet.say_printed()
            self._say(_("Đã gửi giấy khôi phục ra máy in. Hãy niêm phong và cất trong két."), "ok")
            self._name_next()
            self._next.setFocus()

        def failed(error: KnownError) -> None:
            self.sheet.print_it.setEnabled(True)
            self._failed(error)
            self.sheet.say_later()
            self._next.setFocus()

        self.presenter.print_sheet(done=done, failed=failed)

    def _read(self) -> OfficeSettings:
        settings = self.settings
        for page in self.pages:
            settings = page.read(settings)
        return settings

    def _go(self, step: int) -> None:
        self._step = min(max(step, 0), _SHEET)
        self._message_frame.hide()
        self._stack.setCurrentIndex(self._step)
        self._title.setText(self._names[self._step])
        self.restore.setVisible(self._step == _OFFICE)
        self._back.setVisible(_OFFICE < self._step < _SHEET)
        self._name_next()
        if self._step == _PASSWORD:
            self.administrator.begin()
        for step in (_PASSWORD, _SHEET):
            self._steps[step].setVisible(not self._trains)
        for number, label in enumerate(self._steps):
            label.set_tone("" if number == self._step else "muted")
            restyle(label, "weight", "bold" if number == self._step else "")
        if self._step == _FINISH:
            self._summary.setText(self._in_words(self._read()))
        self._focus_first()

    def _name_next(self) -> None:
        words = _("Tiếp tục")
        if self._step == _FINISH:
            words = _("Bắt đầu làm việc") if self._trains else _("Thiết lập quầy")
        elif self._step == _SHEET:
            words = _("Bắt đầu làm việc") if self.sheet.printed else _("Để in sau")
        self._next.set_text(words)

    def _focus_first(self) -> None:
        if self._step == _SHEET:
            self.sheet.print_it.setFocus()
            return
        if self._step == _PASSWORD:
            self.administrator.first_to_fill.setFocus()
            return
        (self._fields() or [self._next])[0].setFocus()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt)
        """Take the keyboard: a field can have it only once it is on the screen."""
        super().showEvent(event)
        self._focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Enter presses the button the keyboard is at, and goes on from anywhere else."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif isinstance(button := self.focusWidget(), Button):
            button.click()
        else:
            self.go_on()

    def _in_words(self, settings: OfficeSettings) -> str:
        block = blocks_of(settings.counter.number)[0]
        lines = [
            f"{settings.office.name}\n{settings.office.commune_name}, {settings.office.province}",
            _("Quầy {n}, cán bộ {clerk}").format(n=settings.counter.number, clerk=settings.clerk),
            _("Số hồ sơ mỗi ngày từ {first} đến {last}; dùng hết vẫn tiếp nhận được bằng số tạm.").format(
                first=block.first, last=block.last
            ),
            _("Mọi điều đã khai, trừ mã đơn vị và số quầy, đổi được sau trong Cài đặt."),
        ]
        if settings.counter.training:
            lines.append(_("Máy này ở CHẾ ĐỘ TẬP HUẤN: giấy in ra không có giá trị."))
        return "\n\n".join(lines)

    def _test_print(self, printer_name: str, size: PaperSize) -> None:
        self.presenter.test_print(
            self._read(),
            printer_name,
            size,
            done=lambda: self._say(_("Đã gửi trang thử ra máy in."), "ok"),
            failed=self._failed,
        )

    def _let_go_on(self) -> None:
        for button in (self._back, self._next):
            button.setEnabled(True)

    def _failed(self, error: KnownError) -> None:
        self._let_go_on()
        self._say(text_of(error), "bad")

    def _say(self, text: str, tone: str) -> None:
        restyle(self._message_frame, "frame", tone)
        self._message.setText(text)
        self._message_frame.show()

    def _over(self) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self._scans)
        self._finished()

    def _walk_with_enter(self) -> None:
        for page in self.pages:
            for field in page.fields:
                accepted = getattr(field, "accepted", None)
                if accepted is not None:
                    accepted.connect(self._enter)

    def _enter(self) -> None:
        fields = self._fields()
        sender = self.focusWidget()
        later = fields[fields.index(sender) + 1 :] if sender in fields else []
        if later:
            later[0].setFocus()
        else:
            self.go_on()

    def _fields(self) -> list[QWidget]:
        return [field for field in self.pages[self._step].fields if field.isEnabled()]

    def _lay_out(self) -> None:
        intro = PlainLabel(_("Thiết lập lần đầu"), type="display")
        words = PlainLabel(
            _("Khoảng hai phút. Chỉ hỏi một lần; chương trình chạy được ngay cả khi không có mạng."),
            tone="muted",
            wrap=True,
        )
        steps = column(intro, words, 12, *self._steps, None, spacing=10)
        side = QWidget()
        side.setLayout(steps)
        side.setFixedWidth(250)
        card = Card()
        self.restore = Button(
            _("Khôi phục từ bản sao lưu…"), variant="link", clicked=self._workspace.shell.open_restore
        )
        card.body.addLayout(row(self._title, None, self.restore))
        card.body.addWidget(self._stack)
        card.body.addWidget(self._message_frame)
        card.setMaximumWidth(860)
        middle = row(side, card, spacing=24, margins=(32, 32, 32, 20))
        middle.setStretch(1, 1)
        middle.addStretch(0)
        whole = column(middle, action_bar(None, self._back, self._next), spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
