"""Everything that scans, wired together: keys, the serial port, dropped pictures."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from counter_app.i18n import _
from counter_app.ui.scan.scan_filter import ScanFilter
from counter_app.ui.scan.scan_router import ScanRouter
from counter_app.ui.scan.serial_link import SerialLink, state_words
from counter_app.ui.workspace import Notice, Screen, Workspace


class Scanning(QObject):
    """Listens from `listen` on as long as the window lives; `say` shows the scanner's state (words, tone)."""

    used = Signal()  # a scan came, wherever it goes

    def __init__(
        self,
        workspace: Workspace,
        *,
        current: Callable[[], Screen | None],
        say: Callable[[str, str], None],
        new_citizen: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._say = say
        self._port = ""
        self._diverted: Callable[[str | bytes], None] | None = None
        self.router = ScanRouter(workspace, current, new_citizen)
        self.filter = ScanFilter(parent=self)
        self.filter.scanned.connect(self._scanned)
        self._serial = SerialLink(self)
        self._serial.scanned.connect(self._scanned)
        self._serial.state_changed.connect(self._state_changed)

    def listen(self) -> None:
        """Watch every key from now on; before, only the window itself was being made."""
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self.filter)

    def divert(self, elsewhere: Callable[[str | bytes], None] | None) -> None:
        """Give scans to nobody but `elsewhere` while the window is covered; None ends that."""
        self._diverted = elsewhere

    def use_port(self, port: str) -> None:
        """Also read from a serial port; "" from none."""
        self._port = port
        self._serial.use(port)
        if not port:
            self._say(*state_words("", ""))

    def read_picture(self, path: Path) -> None:
        """Route the first code found in a picture file, off the UI thread."""

        def read() -> list[bytes]:
            from counter_app.devices.image_code import codes_in
            from counter_app.devices.platform.picture_file import load_picture

            return codes_in(load_picture(path))

        def use(codes: list[bytes]) -> None:
            if codes:
                self._route(codes[0])
            else:
                text = _("Không thấy mã nào đọc được trong ảnh. Hãy chụp lại gần hơn, đủ sáng, cả mã QR.")
                self._workspace.shell.notify(Notice(text=text, tone="warn"))

        self._workspace.operations.run_query(read, done=use)

    def _scanned(self, data: str | bytes) -> None:
        self.used.emit()
        now = self._workspace.desk.clock.now()
        self._say(_("Máy quét tốt · {time}").format(time=f"{now:%H:%M}"), "ok")
        self._route(data)

    def _route(self, data: str | bytes) -> None:
        if self._diverted is not None:
            self._diverted(data)
        else:
            self.router.route(data)

    def stop(self) -> None:
        """Stop listening."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self.filter)
        self._serial.stop()

    def _state_changed(self, state: str) -> None:
        self._say(*state_words(state, self._port))
