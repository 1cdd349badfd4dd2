"""Colours, text size, language, and when the screen locks itself."""

from dataclasses import replace

from counter_app.i18n import _
from counter_app.services.office_settings import IDLE_LOCK_MINUTES, OfficeSettings
from counter_app.ui.settings.form_page import FormPage
from counter_app.ui.widgets.choice_field import ComboField


class LookPage(FormPage):
    """Colours and size show at once when saved; the language after a restart."""

    def __init__(self) -> None:
        super().__init__()
        schemes = [
            ("system", _("Theo máy tính")),
            ("light", _("Sáng")),
            ("dark", _("Tối")),
            ("high_contrast", _("Tương phản cao")),
        ]
        sizes = [(str(size), f"{size} %") for size in (100, 115, 130, 150, 175, 200)]
        self.scheme = ComboField(_("Màu sắc"), schemes)
        self.text_size = ComboField(_("Cỡ chữ"), sizes)
        self.language = ComboField(_("Ngôn ngữ"), [("vi", "Tiếng Việt"), ("en", "English")])
        minutes = [(str(n), _("{n} phút").format(n=n)) for n in IDLE_LOCK_MINUTES]
        self.idle_lock = ComboField(_("Tự khóa màn hình sau"), minutes)
        self.add(_("Màu sắc"), self.scheme)
        self.add(_("Cỡ chữ"), self.text_size, _("Cũng đổi được bằng Ctrl + và Ctrl -."))
        self.add(
            _("Ngôn ngữ"),
            self.language,
            _("Có hiệu lực khi mở lại chương trình. Giấy in luôn là tiếng Việt."),
        )
        self.add(
            _("Tự khóa màn hình sau"),
            self.idle_lock,
            _("Khi không ai dùng máy. Việc đang làm dở được giữ nguyên; khóa ngay bằng Ctrl L."),
        )

    def show_settings(self, settings: OfficeSettings) -> None:
        """Show the look."""
        self.scheme.set_value(settings.theme)
        self.text_size.set_value(str(settings.text_scale))
        self.language.set_value(settings.language)
        self.idle_lock.set_value(str(settings.idle_lock_minutes))

    def read(self, settings: OfficeSettings) -> OfficeSettings:
        """Return the settings with this look."""
        return replace(
            settings,
            theme=str(self.scheme.value()),
            text_scale=int(str(self.text_size.value())),
            language=str(self.language.value()),
            idle_lock_minutes=int(str(self.idle_lock.value())),
        )
