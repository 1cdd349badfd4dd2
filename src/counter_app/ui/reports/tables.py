"""Reports as tables on the screen: a scrolling list for many rows, a plain grid for a few figures."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QWidget

from counter_app.services.list_export import ColumnKind, ListColumn, ListTable, cell_text
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.reports.reading import ListRead
from counter_app.ui.widgets import tables
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card
from counter_app.ui.widgets.tooltips import tooltip_text

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_DISPLAY = Qt.ItemDataRole.DisplayRole
_NUMBERS = (ColumnKind.NUMBER, ColumnKind.MONEY)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WRAP = Qt.TextFlag.TextWordWrap
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ReportModel(QAbstractTableModel):
    """The rows of a report, as papers write them."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: tuple[ListColumn, ...] = ()
        self._rows: tuple[tuple[object, ...], ...] = ()

    def show(self, read: ListRead) -> None:
        """Show another report."""
        self.beginResetModel()
        self._columns, self._rows = read.table.columns, read.rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  (Qt)
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  (Qt)
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:  # noqa: N802
        """Return the heading of a column."""
        across = orientation == Qt.Orientation.Horizontal and section < len(self._columns)
        if across and role == _DISPLAY:
            return self._columns[section].label
        if across and role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_text(self._columns[section].label)
        if across and role == Qt.ItemDataRole.TextAlignmentRole:
            return int(self._alignment(section)) | int(_WRAP)  # heads are long, figures short
        return None

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Return the text of a cell or where it stands."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role != _DISPLAY:
            return None
        return cell_text(self._rows[index.row()][index.column()], self._columns[index.column()].kind)

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        return _RIGHT if self._columns[column].kind in _NUMBERS else _LEFT


class ReportTable(tables.ListTable):
    """A report that scrolls both ways; columns are as wide as their figures say."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.report = ReportModel()
        self.setModel(self.report)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_report(self, read: ListRead, scale: float) -> None:
        """Show a report at a text scale of 1 to 2."""
        self.report.show(read)
        self.fit_rows(round(34 * scale))
        letter = QFontMetrics(self.font()).averageCharWidth()
        heads = self.horizontalHeader()
        bold = QFont(heads.font())
        bold.setBold(True)
        metrics, lines = QFontMetrics(bold), 1
        # In letters. With large text a head of five lines would leave no room for rows: wider, scrolled.
        figures, texts, wider = (9, 60, 1.0) if scale < 1.5 else (22, 22, 1.35)
        for place, column in enumerate(read.table.columns):
            number = column.kind in _NUMBERS
            letters = min(max(column.width, 6), figures if number else texts)
            width = round(letter * letters * (wider if number else 1)) + 22
            heads.resizeSection(place, width)
            room = QRect(0, 0, width - 18, 1000)
            height = metrics.boundingRect(room, int(_WRAP), column.label).height()
            lines = max(lines, -(-height // metrics.height()))
        heads.setFixedHeight(lines * metrics.height() + 14)


def figure_card(table: ListTable) -> Card:
    """Return a few figures as a card: words left, numbers right."""
    card = Card(table.title)
    inner = QWidget()
    grid = QGridLayout(inner)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(0, 1)
    headed = any(column.label for column in table.columns)
    for place, column in enumerate(table.columns if headed else ()):
        grid.addWidget(_cell(column.label, column.kind, head=True), 0, place)
    for line, row in enumerate(table.rows, start=1):
        for place, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            grid.addWidget(_cell(cell_text(value, column.kind), column.kind), line, place)
    card.body.addWidget(inner)
    card.body.addStretch(1)  # beside a taller card
    return card


def _cell(text: str, kind: ColumnKind, *, head: bool = False) -> PlainLabel:
    label: PlainLabel
    if kind in _NUMBERS:
        label = PlainLabel(text, type="small" if head else "", tone="muted" if head else "")
        label.setAlignment(_RIGHT)
    elif head:
        label = PlainLabel(text, type="small", tone="muted")
    else:
        label = WrapLabel(text)
    return label
