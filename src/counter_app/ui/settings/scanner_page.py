"""Choosing the scanner's port and trying it out on a code on the screen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from counter_app.i18n import _
from counter_app.services.office_settings import OfficeSettings
from counter_app.ui.settings.form_page import FormPage
from counter_app.ui.settings.scan_report import TEST_CARD, ScanReport, report
from counter_app.ui.widgets.choice_field import ComboField
from counter_app.ui.widgets.labels import PlainLabel, fact_row
from counter_app.ui.widgets.layouts import clear, column, row
from counter_app.ui.widgets.properties import restyle


class QrView(QWidget):
    """A QR code, black on white in every theme, whole pixels a module."""

    def __init__(self, text: str) -> None:
        super().__init__()
        from counter_app.devices.image_code import qr_picture

        self._picture = qr_picture(text)
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(_("Mã QR thử máy quét"))

    def sizeHint(self) -> QSize:  # noqa: N802  (Qt)
        """Four pixels a module with a margin."""
        return QSize(self._picture.width * 4 + 24, self._picture.height * 4 + 24)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, ARG002  (Qt)
        """Draw the modules."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        picture = self._picture
        for index, pixel in enumerate(picture.pixels):
            if pixel < 128:
                line, column_ = divmod(index, picture.width)
                painter.fillRect(QRect(12 + column_ * 4, 12 + line * 4, 4, 4), QColor(Qt.GlobalColor.black))


class ScannerPage(FormPage):
    """Give it scans with `show_scan`; it shows what really came."""

    def __init__(self, ports: Sequence[str], *, today: date, unit_code: str = "") -> None:
        super().__init__(_("Máy quét gõ như bàn phím không cần cài gì. Máy quét cổng COM đọc chắc chữ hơn."))
        self._today = today
        self._unit_code = unit_code
        known = [("", _("Máy quét gõ như bàn phím")), *((port, port) for port in ports)]
        self.port = ComboField(_("Cách nối máy quét"), known)
        self.add(_("Cách nối máy quét"), self.port)
        self._headline = PlainLabel(_("Quét mã bên trái để thử"), type="strong", wrap=True)
        self._advice = PlainLabel(wrap=True)
        self._facts = column(spacing=4)
        self._raw = QPlainTextEdit()
        self._raw.setReadOnly(True)
        self._raw.setAccessibleName(_("Dữ liệu máy quét gửi"))
        self._raw.setMaximumHeight(96)
        self._raw.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._frame = QFrame()
        self._frame.setProperty("frame", "soft")
        inner = column(self._headline, self._advice, self._facts, margins=(12, 10, 12, 10), spacing=6)
        self._frame.setLayout(inner)
        note = PlainLabel(_("Công dân bịa ra"), type="caption", tone="muted")
        code = column(row(QrView(TEST_CARD), None), note, None, spacing=4)
        raw_title = PlainLabel(_("Dữ liệu máy quét gửi"), type="caption", tone="muted")
        result = column(self._frame, raw_title, self._raw, None, spacing=8)
        test = row(code, result, spacing=16)
        test.setStretch(1, 1)
        self.below.addLayout(test)
        self._advice.hide()

    def show_scan(self, data: str | bytes) -> None:
        """Show what a scan was."""
        self.show_report(report(data, self._today, self._unit_code))

    def show_report(self, found: ScanReport) -> None:
        """Show a judged scan."""
        restyle(self._frame, "frame", found.tone)
        self._headline.setText(found.headline)
        self._advice.setText(found.advice)
        self._advice.setVisible(bool(found.advice))
        clear(self._facts)
        for label, value in found.facts:
            if value:
                self._facts.addWidget(fact_row(label, value, label_width=92))
        self._raw.setPlainText(f"{found.raw}\n\n{found.codes}")

    def show_settings(self, settings: OfficeSettings) -> None:
        """Show the port."""
        self.port.set_value(settings.serial_port)

    def read(self, settings: OfficeSettings) -> OfficeSettings:
        """Return the settings with this port."""
        return replace(settings, serial_port=str(self.port.value()))
