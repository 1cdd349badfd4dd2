"""The items of a list for the table; fetches more when the clerk scrolls there."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from counter_app.domain.working_time import office_moment
from counter_app.i18n import _, moment
from counter_app.services.sync.items import SyncItem
from counter_app.ui.dossier_list.list_model import KIND_ROLE
from counter_app.ui.scans.words import size_words
from counter_app.ui.sync_status import words
from counter_app.ui.sync_status.kind_words import kind_words
from counter_app.ui.sync_status.state import SyncScreenState

WHAT, CODE, STATE, AT, AGE, SIZE = range(6)
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class SyncListModel(QAbstractTableModel):
    """Read-only; `fetch` loads more, `now` says how old an item is."""

    def __init__(self, fetch: Callable[[], None], now: Callable[[], datetime]) -> None:
        super().__init__()
        self._fetch = fetch
        self._now = now
        self._items: tuple[SyncItem, ...] = ()
        self._more = False

    def show(self, state: SyncScreenState) -> None:
        """Show the items of a state; what is only longer or only changed keeps the scroll position."""
        before, after = self._items, state.items
        self._more = state.after is not None
        if before == after:
            return
        if before and len(after) > len(before) and after[: len(before)] == before:
            self.beginInsertRows(QModelIndex(), len(before), len(after) - 1)
            self._items = after
            self.endInsertRows()
        elif [each.event_id for each in before] == [each.event_id for each in after]:
            self._items = after
            self.dataChanged.emit(self.index(0, 0), self.index(len(after) - 1, SIZE))
        else:
            self.beginResetModel()
            self._items = after
            self.endResetModel()

    def item_at(self, line: int) -> SyncItem | None:
        """Return the item of a line."""
        return self._items[line] if 0 <= line < len(self._items) else None

    def line_of(self, event_id: str) -> int:
        """Return the line of an item, or -1."""
        return next((n for n, item in enumerate(self._items) if item.event_id == event_id), -1)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  (Qt)
        """Return how many lines are loaded."""
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  (Qt)
        """Return the number of columns."""
        return 0 if parent.isValid() else 6

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802  (Qt)
        """Tell whether more items wait in the database."""
        return not parent.isValid() and self._more

    def fetchMore(self, parent: Index) -> None:  # noqa: N802, ARG002  (Qt)
        """Load the next page."""
        self._fetch()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:  # noqa: N802
        """Return the heading of a column."""
        if role == _ALIGN and section in (AGE, SIZE):
            return _RIGHT
        if role != _DISPLAY or orientation != Qt.Orientation.Horizontal:
            return None
        heads = (_("Việc"), _("Mã hồ sơ"), _("Tình trạng"), _("Lúc"), _("Đã chờ"), _("Cỡ"))
        return heads[section]

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Return the text of a cell, or the tone of its chip."""
        item = self.item_at(index.row())
        if item is None:
            return None
        if role == KIND_ROLE:
            return words.item_state(item)[1]
        if role == _ALIGN:
            return _RIGHT if index.column() in (AGE, SIZE) else None
        return self._text(item, index.column()) if role == _DISPLAY else None

    def _text(self, item: SyncItem, column: int) -> str:
        if column == WHAT:
            return kind_words(item.kind)
        if column == CODE:
            return item.dossier_code or "–"
        if column == STATE:
            return words.item_state(item)[0]
        if column == AT:
            return moment(office_moment(item.at))
        if column == AGE:
            waiting = item.office_seq is None
            return words.age_words(self._now() - item.at) if waiting else ""
        return size_words(item.size)
