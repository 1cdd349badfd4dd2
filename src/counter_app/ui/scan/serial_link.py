"""Brings a serial scanner's thread to the UI thread."""

from PySide6.QtCore import QObject, Signal

from counter_app.devices.serial_scanner import ScannerState, SerialScanner
from counter_app.i18n import _


class SerialLink(QObject):
    """Holds the scanner of the configured port; changing the port restarts it."""

    scanned = Signal(bytes)
    state_changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scanner: SerialScanner | None = None
        self._port = ""

    def use(self, port: str) -> None:
        """Read from `port`; "" reads from none."""
        if port == self._port:
            return
        self.stop()
        self._port = port
        if port:
            self._scanner = SerialScanner(
                port,
                scanned=self.scanned.emit,
                state_changed=lambda state: self.state_changed.emit(state.value),
            )
            self._scanner.start()

    def stop(self) -> None:
        """Stop reading."""
        if self._scanner is not None:
            self._scanner.stop()
            self._scanner = None
        self._port = ""


def state_words(state: str, port: str) -> tuple[str, str]:
    """Return the words and the tone for a state of the port."""
    if state == ScannerState.CONNECTED:
        return _("Máy quét {port}").format(port=port), "ok"
    if state == ScannerState.WAITING:
        return _("Chưa thấy máy quét {port}").format(port=port), "warn"
    # Nobody can tell whether a scanner that types is plugged in; the first scan will say so.
    return _("Chờ quét thẻ"), ""
