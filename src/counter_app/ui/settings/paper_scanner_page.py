"""Where scans of papers come from: the folder of the scanner's own software, or a scanner of the system."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from counter_app.devices.scan_device import ScanDevice, can_scan, scan_devices
from counter_app.i18n import _
from counter_app.services.office_settings import OfficeSettings
from counter_app.ui.settings.form_page import FormPage
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.combo_field import ComboField
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import row
from counter_app.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from counter_app.ui.workspace import Workspace

_COLOUR = "colour"


class PaperScannerPage(FormPage):
    """The folder, the device, how fine and in which colours."""

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__(
            _(
                "Bản quét giấy tờ được mã hóa trong máy này. Tệp trong thư mục nhận không bị xóa: "
                "lấy xong thì chuyển vào thư mục con da-nhan."
            )
        )
        self._slow = workspace.operations.beside()
        self.folder = TextField(_("Thư mục nhận tệp quét"), placeholder=_("Chưa chọn"))
        choose = Button(_("Chọn…"), clicked=self._choose)
        holder = QWidget()
        holder.setLayout(row(self.folder, choose, spacing=8))
        self.add(
            _("Thư mục nhận tệp quét"),
            holder,
            _("Đặt phần mềm của máy quét lưu vào đây, PDF hoặc ảnh, 300 dpi."),
        )
        self.folder.edited.connect(self.edited)
        self.device = ComboField(_("Máy quét giấy tờ"), [("", _("Không quét thẳng từ chương trình"))])
        self._found = PlainLabel(type="caption", tone="muted", wrap=True)
        self.add(_("Máy quét giấy tờ"), self.device)
        self.dpi = ComboField(
            _("Độ phân giải"),
            [("200", "200 dpi"), ("300", _("300 dpi – nên dùng")), ("400", "400 dpi")],
        )
        self.add(_("Độ phân giải"), self.dpi)
        self.colour = ComboField(
            _("Màu"), [("", _("Xám – tệp nhỏ, đủ cho giấy tờ")), (_COLOUR, _("Màu – thấy rõ dấu đỏ"))]
        )
        self.add(_("Màu"), self.colour)
        find = Button(_("Tìm máy quét"), clicked=self.find_devices)
        find.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        find.setEnabled(can_scan())
        self.below.addLayout(row(find, self._found, None, spacing=10))
        if not can_scan():
            self._found.setText(
                _("Máy tính này không quét thẳng được từ chương trình; hãy dùng thư mục nhận tệp quét.")
            )

    def find_devices(self) -> None:
        """Ask the system for its scanners; takes some seconds."""
        self._found.setText(_("Đang tìm…"))
        self._slow.run_query(scan_devices, done=self._show_devices)

    def show_settings(self, settings: OfficeSettings) -> None:
        """Show what is set."""
        self.folder.set_value(settings.scan_folder)
        self.device.set_value(settings.scan_device)
        self.dpi.set_value(str(settings.scan_dpi))
        self.colour.set_value(_COLOUR if settings.scan_colour else "")

    def read(self, settings: OfficeSettings) -> OfficeSettings:
        """Return the settings with these."""
        return replace(
            settings,
            scan_folder=str(self.folder.value()),
            scan_device=str(self.device.value()),
            scan_dpi=int(str(self.dpi.value())),
            scan_colour=self.colour.value() == _COLOUR,
        )

    def _show_devices(self, devices: Sequence[ScanDevice]) -> None:
        for device in devices:
            index = self.device.findData(device.name)
            if index < 0:
                self.device.addItem(device.label, device.name)
            else:
                self.device.setItemText(index, device.label)
        self._found.setText(
            _("Tìm thấy {count} máy quét.").format(count=len(devices))
            if devices
            else _("Không thấy máy quét nào. Kiểm tra dây nối và nguồn điện.")
        )

    def _choose(self) -> None:
        start = str(self.folder.value()) or str(Path.home())
        chosen = QFileDialog.getExistingDirectory(self, _("Thư mục nhận tệp quét"), start)
        if chosen:
            self.folder.set_value(chosen)
            self.edited.emit()
