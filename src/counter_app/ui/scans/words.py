"""A scan in the clerk's words."""

from counter_app.domain.scan_file import WANTED_DPI, Resolution, judge
from counter_app.i18n import _
from counter_app.services.attachments_port import Attachment

_MEGABYTE = 1_000_000


def size_words(size: int) -> str:
    """Return e.g. "1,2 MB" or "340 kB"."""
    if size >= _MEGABYTE:
        return f"{size / _MEGABYTE:.1f} MB".replace(".", ",")
    return f"{max(1, round(size / 1000))} kB"


def facts(attachment: Attachment) -> str:
    """Return pages, resolution, size, and what was straightened."""
    said = [_("{count} trang").format(count=attachment.pages)]
    said.append(_("{dpi} dpi").format(dpi=attachment.dpi) if attachment.dpi else _("bản điện tử"))
    said.append(size_words(attachment.size))
    if attachment.skew:
        angle = f"{attachment.skew:.1f}".replace(".", ",")
        said.append(_("đã xoay thẳng {angle}°").format(angle=angle))
    if attachment.signed:
        said.append(_("có chữ ký số"))
    return " · ".join(said)


def caution(attachment: Attachment) -> str:
    """Return why the file is not as good as it should be, or ""."""
    if judge(attachment.dpi) is Resolution.GOOD:
        return ""
    return _("Dưới {wanted} dpi, cán bộ đã đồng ý giữ").format(wanted=WANTED_DPI)
