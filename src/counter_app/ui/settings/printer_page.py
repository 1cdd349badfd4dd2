"""Which printer and which sheet the slips are printed on, with a test page."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QSizePolicy

from counter_app.i18n import _
from counter_app.services.office_settings import OfficeSettings
from counter_app.services.paper_content import PaperSize
from counter_app.ui.settings.form_page import FormPage
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.choice_field import ComboField
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import row


class PrinterPage(FormPage):
    """`test` prints a sample slip with the printer and size on show."""

    def __init__(self, printers: list[str], *, test: Callable[[str, PaperSize], None]) -> None:
        super().__init__(_("Giấy hẹn và tờ khai in thẳng ra máy in này, không hỏi lại."))
        known = [("", _("Máy in mặc định của máy tính")), *((name, name) for name in printers)]
        self.printer = ComboField(_("Máy in"), known)
        sizes = [
            (PaperSize.A5.value, _("A5 – một tờ giấy hẹn")),
            (PaperSize.A4.value, _("A4 – hai liên trên một tờ")),
            (PaperSize.MM80.value, _("Cuộn 80 mm – máy in nhiệt")),
        ]
        self.sheet = ComboField(_("Khổ giấy hẹn"), sizes)
        self.add(_("Máy in"), self.printer)
        self.add(_("Khổ giấy hẹn"), self.sheet, _("Tờ khai luôn in khổ A4."))
        if not printers:
            words = _("Máy tính chưa cài máy in nào. Vẫn tiếp nhận được; giấy tờ lưu thành PDF để in sau.")
            self.below.addWidget(PlainLabel(words, tone="warn", wrap=True))
        button = Button(_("In trang thử"), clicked=lambda: test(*self.chosen()))
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.below.addLayout(row(button, None))

    def chosen(self) -> tuple[str, PaperSize]:
        """Return printer and size on show."""
        return str(self.printer.value()), PaperSize(str(self.sheet.value()))

    def show_settings(self, settings: OfficeSettings) -> None:
        """Show printer and size."""
        self.printer.set_value(settings.printer_name)
        self.sheet.set_value(settings.slip_size.value)

    def read(self, settings: OfficeSettings) -> OfficeSettings:
        """Return the settings with this printer and size."""
        name, size = self.chosen()
        return replace(settings, printer_name=name, slip_size=size)
