"""Saving settings, testing the printer; plain Python."""

from collections.abc import Callable
from dataclasses import replace

from counter_app.i18n import _
from counter_app.services.office_settings import OfficeSettings
from counter_app.services.paper_content import PaperSize
from counter_app.ui.settings.test_slip import sample_slip
from counter_app.ui.workspace import Notice, Workspace


class SettingsPresenter:
    """Everything the settings screen does."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def save(self, settings: OfficeSettings, saved: Callable[[], None]) -> None:
        """Store the settings and let the window show them; errors go to the message bar."""
        desk, shell, theme = self._workspace.desk, self._workspace.shell, self._workspace.theme
        before = desk.settings

        def done(_result: None) -> None:
            if (settings.theme, settings.text_scale) != (theme.scheme, theme.text_scale):
                theme.apply(settings.theme, settings.text_scale)
            shell.keep_appearance(settings.language)
            shell.settings_changed()
            words = _("Đã lưu cài đặt.")
            if settings.language != before.language:
                words += " " + _("Ngôn ngữ mới có hiệu lực khi mở lại chương trình.")
            shell.notify(Notice(text=words, tone="ok"))
            saved()

        self._workspace.operations.run_command(lambda: desk.save_settings(settings), done=done)

    def test_print(self, settings: OfficeSettings, printer_name: str, size: PaperSize) -> None:
        """Print a sample slip as these settings would."""
        desk, shell = self._workspace.desk, self._workspace.shell
        chosen = replace(settings, printer_name=printer_name, slip_size=size)

        def work() -> None:
            content = sample_slip(chosen.office, chosen.clerk, desk.clock.now())
            pdf = desk.renderer.slip(content, size)
            desk.printer.print_pdf(pdf, printer_name=printer_name, size=size, title=_("Trang in thử"))

        def done(_result: None) -> None:
            words = _("Đã gửi trang thử. Hãy quét mã trên giấy: đọc được là in tốt.")
            shell.notify(Notice(text=words, tone="ok"))

        self._workspace.operations.run_command(work, done=done, changes=False)
