"""The words about who is at the desk."""

from datetime import datetime, timedelta

from counter_app.domain.clerks import Role
from counter_app.i18n import _, later, moment

_ROLES = {
    Role.VIEWER: later("Người xem"),
    Role.CLERK: later("Cán bộ tiếp nhận"),
    Role.HEAD: later("Phụ trách bộ phận"),
    Role.ADMINISTRATOR: later("Quản trị"),
}


def role_words(role: Role) -> str:
    """Return what a role is called."""
    return _(_ROLES[role])


def wait_words(left: timedelta) -> str:
    """Return how long the next try waits; whole seconds, never "0"."""
    seconds = max(-(-left // timedelta(seconds=1)), 1)
    if seconds < 60:
        return _("Vừa gõ sai mật khẩu. Hãy chờ {n} giây rồi thử lại.").format(n=seconds)
    clock = f"{seconds // 60}:{seconds % 60:02}"
    return _("Đã gõ sai mật khẩu nhiều lần. Hãy chờ {time} rồi thử lại.").format(time=clock)


def welcome_words(full_name: str, last_in_at: datetime | None, failures: int) -> str:
    """Return what is said after signing in: when they were here last, and who tried since."""
    hello = _("{name} đã đăng nhập.").format(name=full_name)
    if last_in_at is not None:
        hello += " " + _("Lần trước: {time}.").format(time=moment(last_in_at))
    if failures:
        hello += " " + _(
            "Từ đó có {n} lần gõ sai mật khẩu; nếu không phải anh/chị gõ, hãy đổi mật khẩu và báo phụ trách."
        ).format(n=failures)
    return hello
