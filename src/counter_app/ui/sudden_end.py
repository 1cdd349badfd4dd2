"""What the clerk reads after the program ended without a word: a power cut, a crash, a killed process."""

from typing import TYPE_CHECKING

from counter_app.i18n import _
from counter_app.ui.workspace import Notice

if TYPE_CHECKING:
    from counter_app.ui.main_window import MainWindow


def sudden_end_notice(window: "MainWindow", drafts: int) -> Notice:
    """Return what to say; with drafts, how to get to them."""
    words = _("Lần trước chương trình dừng đột ngột. Mọi hồ sơ đã tiếp nhận vẫn còn nguyên.")
    if not drafts:
        return Notice(text=words, tone="info")
    left = _("Có {n} bản nháp đang chờ làm tiếp.").format(n=drafts)
    return Notice(
        text=f"{words} {left}",
        tone="info",
        label=_("Mở bản nháp"),
        action=lambda: window.open_screen("drafts"),
    )
