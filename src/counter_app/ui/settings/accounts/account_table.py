"""The accounts as a table: who, under which name, what they may do, when they were last here."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from counter_app.domain.clerks import Account
from counter_app.domain.working_time import office_moment
from counter_app.i18n import _, moment
from counter_app.ui.session.words import role_words

NAME, USER, ROLE, STATE, LAST = range(5)
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)


def state_words(account: Account) -> str:
    """Return how an account stands, in a few words."""
    if account.closed:
        return _("Đã đóng")
    if account.locked:
        return _("Đang bị khóa")
    return _("Chờ đặt mật khẩu") if account.must_change else _("Đang dùng")


class AccountTableModel(QAbstractTableModel):
    """Read-only; the panel below changes the chosen account."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Account] = []

    def show(self, rows: Sequence[Account]) -> None:
        """Show other accounts: open ones first, then closed ones, each by name."""
        self.beginResetModel()
        self.rows = sorted(rows, key=lambda each: each.closed)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  (Qt)
        """Return how many accounts are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  (Qt)
        """Return the number of columns."""
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:  # noqa: N802
        """Return the heading of a column."""
        if orientation != Qt.Orientation.Horizontal or role != _DISPLAY:
            return None
        return (_("Họ tên"), _("Tên đăng nhập"), _("Vai trò"), _("Tình trạng"), _("Lần cuối vào"))[section]

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Return a cell; a screen reader hears the whole row."""
        account = self.rows[index.row()]
        last = account.last_in_at
        cells = (
            account.full_name,
            account.username,
            role_words(account.role),
            state_words(account),
            "–" if last is None else moment(office_moment(last)),
        )
        if role == _DISPLAY:
            return cells[index.column()]
        if role == _ACCESSIBLE:
            return ", ".join(cells)
        return None
