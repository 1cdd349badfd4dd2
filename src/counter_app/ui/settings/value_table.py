"""The values of a page as a table: what, how much, since when, who uses it."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from counter_app.i18n import _
from counter_app.ui.settings.values_presenter import ValueRow

NAME, SHOWN, SINCE, USED_BY = range(4)
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)


class ValueTableModel(QAbstractTableModel):
    """Read-only; the editor below changes the chosen row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[ValueRow] = []

    def show(self, rows: Sequence[ValueRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  (Qt)
        """Return how many values are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  (Qt)
        """Return the number of columns."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:  # noqa: N802
        """Return the heading of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ALIGN and section == SHOWN:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role != _DISPLAY:
            return None
        return (_("Tên"), _("Hiện nay"), _("Từ ngày"), _("Dùng cho"))[section]

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Return a cell; a screen reader hears the whole row."""
        row = self.rows[index.row()]
        cells = (row.name, row.shown, row.since, row.used_by)
        if role == _DISPLAY:
            return cells[index.column()]
        if role == _ACCESSIBLE:
            return ", ".join(cell for cell in cells if cell)
        if role == _ALIGN and index.column() == SHOWN:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None
