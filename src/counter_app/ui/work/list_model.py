"""Rows of a list of work for the table, each with a tick; fetches more when the clerk scrolls there."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from counter_app.i18n import _
from counter_app.services.worklists_port import WorkRow
from counter_app.ui.dossier_list.list_model import KIND_ROLE
from counter_app.ui.work import words
from counter_app.ui.work.state import WorkState

TICK, CODE, APPLICANT, PROCEDURE, STATE, WHEN, HOLDER = range(7)
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_CHECK = int(Qt.ItemDataRole.CheckStateRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable


class WorkListModel(QAbstractTableModel):
    """Read-only but for the ticks, which the presenter keeps; `fetch` loads more."""

    def __init__(self, fetch: Callable[[], None]) -> None:
        super().__init__()
        self._fetch = fetch
        self._state = WorkState()

    def show(self, state: WorkState) -> None:
        """Show a state; the same list keeps selection and scroll position."""
        old, self._state = self._state, state
        before, after = old.rows, state.rows
        if before is after:
            if old.ticked != state.ticked and after:
                self.dataChanged.emit(self.index(0, TICK), self.index(len(after) - 1, TICK))
            return
        self._state = old
        if before and len(after) > len(before) and after[: len(before)] == before:
            self.beginInsertRows(QModelIndex(), len(before), len(after) - 1)
            self._state = state
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._state = state
            self.endResetModel()

    def row_at(self, line: int) -> WorkRow | None:
        """Return the dossier of a line."""
        return self._state.rows[line] if 0 <= line < len(self._state.rows) else None

    def line_of(self, dossier_id: str) -> int:
        """Return the line of a dossier, or -1."""
        return next((n for n, row in enumerate(self._state.rows) if row.dossier_id == dossier_id), -1)

    def is_ticked(self, line: int) -> bool:
        """Tell whether the dossier of a line is ticked."""
        row = self.row_at(line)
        return row is not None and row.dossier_id in self._state.ticked

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  (Qt)
        """Return how many lines are loaded."""
        return 0 if parent.isValid() else len(self._state.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  (Qt)
        """Return the number of columns."""
        return 0 if parent.isValid() else 7

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802  (Qt)
        """Tell whether more dossiers wait in the database."""
        return not parent.isValid() and self._state.more and not self._state.loading

    def fetchMore(self, parent: Index) -> None:  # noqa: N802, ARG002  (Qt)
        """Load the next page."""
        self._fetch()

    def flags(self, index: Index) -> Qt.ItemFlag:  # noqa: ARG002
        """Every row can be ticked."""
        return _FLAGS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:  # noqa: N802
        """Return the heading of a column."""
        if role != _DISPLAY or orientation != Qt.Orientation.Horizontal:
            return None
        when = words.when_heading(self._state.which)
        heads = ("", _("Mã hồ sơ"), _("Người nộp"), _("Thủ tục"), _("Tình trạng"), when, _("Nơi đang giữ"))
        return heads[section]

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Return the text of a cell, its tick, or the tone of its chip."""
        row = self.row_at(index.row())
        if row is None or role not in (_DISPLAY, KIND_ROLE, _CHECK, _ACCESSIBLE):
            return None
        if index.column() == TICK:
            return self._tick(row, role)
        if role == _CHECK:
            return None
        return self._state_of(row)[1] if role == KIND_ROLE else self._text(row, index.column())

    def _tick(self, row: WorkRow, role: int) -> object:
        ticked = row.dossier_id in self._state.ticked
        if role == _CHECK:
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return (_("Đã chọn") if ticked else _("Chưa chọn")) if role == _ACCESSIBLE else None

    def _text(self, row: WorkRow, column: int) -> str:
        if column == CODE:
            return row.dossier_code
        if column == APPLICANT:
            return row.applicant
        if column == PROCEDURE:
            return row.procedure
        if column == STATE:
            return self._state_of(row)[0]
        if column == WHEN:
            return words.when_of(self._state.which, row)
        return row.holder or _("Tại quầy")

    def _state_of(self, row: WorkRow) -> tuple[str, str]:
        page = self._state.page
        return ("", "") if page is None else words.state_of(self._state.which, row, page.day)
