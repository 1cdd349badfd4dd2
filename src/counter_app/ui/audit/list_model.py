"""Entries of the audit log for the table; fetches the next page when the reader scrolls there."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from counter_app.audit_words import audit_act_words
from counter_app.i18n import _, moment
from counter_app.services.audit_port import NumberedEntry
from counter_app.ui.audit.state import AuditState

SEQ, AT, CLERK, ACT, SUBJECT = range(5)
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)


class AuditListModel(QAbstractTableModel):
    """Read-only; `fetch` loads more."""

    def __init__(self, fetch: Callable[[], None]) -> None:
        super().__init__()
        self._fetch = fetch
        self._state = AuditState()

    def show(self, state: AuditState) -> None:
        """Show a state; appending keeps selection and scroll position."""
        before, after = self._state.rows, state.rows
        if before and len(after) > len(before) and after[: len(before)] == before:
            self.beginInsertRows(QModelIndex(), len(before), len(after) - 1)
            self._state = state
            self.endInsertRows()
        elif before is after:
            self._state = state
        else:
            self.beginResetModel()
            self._state = state
            self.endResetModel()

    def entry_at(self, line: int) -> NumberedEntry | None:
        """Return the entry of a line."""
        return self._state.rows[line] if 0 <= line < len(self._state.rows) else None

    def code_at(self, line: int) -> str:
        """Return the code of the dossier a line is about, "" for none."""
        found = self.entry_at(line)
        return self._state.codes.get(found.entry.subject_id, "") if found is not None else ""

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  (Qt)
        """Return how many lines are loaded."""
        return 0 if parent.isValid() else len(self._state.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  (Qt)
        """Return the number of columns."""
        return 0 if parent.isValid() else 5

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802  (Qt)
        """Tell whether older entries wait in the database."""
        return not parent.isValid() and self._state.more and not self._state.loading

    def fetchMore(self, parent: Index) -> None:  # noqa: N802, ARG002  (Qt)
        """Load the next page."""
        self._fetch()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:  # noqa: N802
        """Return the heading of a column."""
        if role != _DISPLAY or orientation != Qt.Orientation.Horizontal:
            return None
        return (_("Mục"), _("Thời điểm"), _("Cán bộ"), _("Việc"), _("Hồ sơ, tài khoản"))[section]

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Return the text of a cell."""
        if role not in (_DISPLAY, _ACCESSIBLE):
            return None
        line, found = index.row(), self._state.rows[index.row()]
        match index.column():
            case 0:
                return str(found.seq)
            case 1:
                return moment(found.entry.at) if found.readable else _("Không đọc được")
            case 2:
                return found.entry.clerk or "–"
            case 3:
                return audit_act_words(found.entry.act)
            case _:
                return self.code_at(line)
