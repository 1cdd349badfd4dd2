"""Who waits, first in line on top, as a table."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from counter_app.domain.queue import Ticket
from counter_app.i18n import _
from counter_app.ui.queue.words import waited

NUMBER, GROUP, WAITED = range(3)
_Index = QModelIndex | QPersistentModelIndex


class WaitingModel(QAbstractTableModel):
    """Rows of tickets; a priority ticket says so in words."""

    def __init__(self) -> None:
        super().__init__()
        self.tickets: Sequence[Ticket] = ()
        self._now: datetime | None = None

    def show(self, tickets: Sequence[Ticket], now: datetime) -> None:
        """Show these tickets as they wait at a moment."""
        self.beginResetModel()
        self.tickets, self._now = tickets, now
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802, ARG002  (Qt)
        """Return how many wait."""
        return len(self.tickets)

    def columnCount(self, parent: _Index | None = None) -> int:  # noqa: N802, ARG002  (Qt)
        """Return the number of columns."""
        return 3

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        ticket = self.tickets[index.row()]
        if index.column() == NUMBER:
            return ticket.label
        if index.column() == GROUP:
            return (
                _("Ưu tiên · {group}").format(group=ticket.group_name)
                if ticket.priority
                else ticket.group_name
            )
        return waited(ticket, self._now) if self._now is not None else ""

    def headerData(  # noqa: N802  (Qt)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the head of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Số"), _("Nhóm"), _("Đã chờ"))[section]
        return None
