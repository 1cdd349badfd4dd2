"""Rows of the dossier list for the table; fetches the next page when the clerk scrolls there."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from counter_app.i18n import _, moment
from counter_app.services.ports import DossierRow
from counter_app.ui.dossier_list.state import ListState
from counter_app.ui.status_words import is_overdue, status_words

CODE, APPLICANT, PROCEDURE, STATUS, RECEIVED, DUE, UNSENT = range(7)
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
KIND_ROLE = int(Qt.ItemDataRole.UserRole) + 2
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)


class DossierListModel(QAbstractTableModel):
    """Read-only; `now` tells what is overdue, `fetch` loads more."""

    def __init__(self, now: Callable[[], datetime], fetch: Callable[[], None]) -> None:
        super().__init__()
        self._now = now
        self._moment = now()
        self._fetch = fetch
        self._state = ListState()

    def show(self, state: ListState) -> None:
        """Show a state; appending keeps selection and scroll position."""
        before, after = self._state.rows, state.rows
        if before is after:
            self._state = state
            return
        self._moment = self._now()
        if before and len(after) > len(before) and after[: len(before)] == before:
            self.beginInsertRows(QModelIndex(), len(before), len(after) - 1)
            self._state = state
            self.endInsertRows()
            return
        self.beginResetModel()
        self._state = state
        self.endResetModel()

    def row_at(self, index: Index) -> DossierRow | None:
        """Return the dossier of a line."""
        return self._state.rows[index.row()] if 0 <= index.row() < len(self._state.rows) else None

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  (Qt)
        """Return how many lines are loaded."""
        return 0 if parent.isValid() else len(self._state.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  (Qt)
        """Return the number of columns."""
        return 0 if parent.isValid() else 7

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802  (Qt)
        """Tell whether older dossiers wait in the database."""
        return not parent.isValid() and self._state.more and not self._state.loading

    def fetchMore(self, parent: Index) -> None:  # noqa: N802, ARG002  (Qt)
        """Load the next page."""
        self._fetch()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:  # noqa: N802
        """Return the heading of a column."""
        if role != DISPLAY or orientation != Qt.Orientation.Horizontal:
            return None
        return (
            _("Mã hồ sơ"),
            _("Người nộp"),
            _("Thủ tục"),
            _("Trạng thái"),
            _("Ngày nhận"),
            _("Hẹn trả"),
            _("Máy chủ"),
        )[section]

    def data(self, index: Index, role: int = DISPLAY) -> object:
        """Return the text of a cell, or what the status delegate needs."""
        if role not in (DISPLAY, ROW_ROLE, KIND_ROLE, _ACCESSIBLE):
            return None
        row = self._state.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == KIND_ROLE:
            return self._kind(row, index.column())
        return self._text(row, index.column())

    def _text(self, row: DossierRow, column: int) -> str:
        if column == CODE:
            return row.dossier_code
        if column == APPLICANT:
            return row.applicant or _("(đã hủy theo thời hạn lưu)")
        if column == PROCEDURE:
            return row.procedure
        if column == STATUS:
            overdue = is_overdue(row.status, row.due_at, self._moment)
            return _("Quá hạn") if overdue else status_words(row.status)[0]
        if column == UNSENT:
            return _("Chưa gửi") if row.unsent else _("Đã gửi")
        at = row.received_at if column == RECEIVED else row.due_at
        return moment(at) if at is not None else _("Không hẹn")

    def _kind(self, row: DossierRow, column: int) -> str:
        if column == UNSENT:
            return "warn" if row.unsent else ""
        return "bad" if is_overdue(row.status, row.due_at, self._moment) else status_words(row.status)[1]
