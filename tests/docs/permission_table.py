"""Writes the table of who may do what into docs/security.md, from the rules the program asks.

python -m tests.docs.permission_table
"""

from collections.abc import Iterator
from pathlib import Path

from counter_app.audit_words import _ACTS
from counter_app.domain.act_permissions import needed_for
from counter_app.domain.clerks import PERMISSIONS, Permission
from counter_app.ui.session.words import _ROLES

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
BEGIN = "<!-- permissions: python -m tests.docs.permission_table -->\n"
END = "<!-- end of permissions -->\n"
ROLES = {role: f"{role.value} · {words}" for role, words in _ROLES.items()}
PURPOSES = {
    Permission.VIEW: ("look at dossiers, citizens, lists", "xem hồ sơ, công dân, danh sách"),
    Permission.RECEIVE: ("the counter's day", "tiếp nhận, trả kết quả, thu tiền, đóng ngày"),
    Permission.DECIDE: ("take back what was done", "hoàn tác, gộp người, đổi ngày hẹn"),
    Permission.EXPORT: ("files leave the program", "xuất danh sách, báo cáo ra tệp"),
    Permission.PERSONAL_DATA: ("citizens' requests, destroying", "yêu cầu về dữ liệu cá nhân, tiêu hủy"),
    Permission.ACCOUNTS: ("accounts of people", "quản lý tài khoản"),
    Permission.UNLOCK: ("one of the two who unlock", "một trong hai người mở khóa tài khoản"),
    Permission.AUDIT: ("read and check the audit log", "xem, kiểm tra nhật ký"),
    Permission.SET_UP: ("settings, office values, packs, server", "cài đặt, mức thu, gói dữ liệu, máy chủ"),
    Permission.SAFEKEEP: ("backups, keys, recovery sheet", "sao lưu, khóa, giấy khôi phục"),
}


def table() -> str:
    """Return the tables between the marks."""
    return "".join((*_roles(), *_acts()))


def between_the_marks(text: str) -> str:
    """Return what the page has there; ValueError where a mark is missing."""
    return _parts(text)[1]


def _parts(text: str) -> tuple[str, str, str]:
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    return text[:begin], text[begin:end], text[end:]


def _roles() -> Iterator[str]:
    yield "\n| permission | for | dùng để | " + " | ".join(ROLES.values()) + " |\n"
    yield "|---|---|---|" + ":-:|" * len(ROLES) + "\n"
    for permission in Permission:
        marks = " | ".join("x" if permission in PERMISSIONS[role] else "" for role in ROLES)
        yield f"| `{permission.value}` | {' | '.join(PURPOSES[permission])} | {marks} |\n"


def _acts() -> Iterator[str]:
    yield "\n| permission | acts that need it, as the audit log names them · việc cần quyền |\n|---|---|\n"
    for permission in (*Permission, None):
        acts = [act for act in sorted(_ACTS) if needed_for(act) is permission]
        words = "; ".join(f"`{act}` {_ACTS[act]}" for act in acts)
        name = "none: the program's own" if permission is None else f"`{permission.value}`"
        yield f"| {name} | {words or '(asked when reading: `desk.require`)'} |\n"


if __name__ == "__main__":
    before, _, after = _parts(PAGE.read_text("utf-8"))
    PAGE.write_text(before + table() + after, encoding="utf-8")
