"""Answers of several parts: an identity paper, a table of rows."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from counter_app.domain.condition import is_filled
from counter_app.i18n import _
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import clear, column, row
from counter_app.ui.widgets.parts_field import PartsField
from counter_app.ui.widgets.text_field import DateField, TextField


class IdDocumentField(PartsField):
    """An identity paper: kind, number, date and place of issue."""

    def __init__(self, name: str, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        kind = TextField(f"{name}: {_('loại giấy tờ')}", placeholder=_("Loại giấy tờ"))
        number = TextField(f"{name}: {_('số')}", placeholder=_("Số"))
        issued_on = DateField(f"{name}: {_('ngày cấp')}", today=today)
        issued_on.setPlaceholderText(_("Ngày cấp"))
        issued_by = TextField(f"{name}: {_('nơi cấp')}", placeholder=_("Nơi cấp"))
        for key, field in (
            ("kind", kind),
            ("number", number),
            ("issued_on", issued_on),
            ("issued_by", issued_by),
        ):
            self.add_part(key, field)
        upper = row(kind, number, spacing=6)
        lower = row(issued_on, spacing=6)
        lower.addWidget(issued_by, 2)
        self.setLayout(column(upper, lower, spacing=5))


class TableField(QWidget):
    """Rows of text cells; Enter in the last cell starts a new row.

    Args:
        name: The accessible name; cells are named "name, row n, column".
        columns: (key, heading) of each column.
        max_rows: How many rows there may be.
    """

    edited = Signal()
    accepted = Signal()
    left = Signal()

    def __init__(
        self,
        name: str,
        columns: Sequence[tuple[str, str]],
        *,
        max_rows: int = 20,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._name = name
        self._columns = tuple(columns)
        self._max_rows = max_rows
        self._cells: list[dict[str, TextField]] = []
        self._state = ""
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(5)
        self._add = Button(_("Thêm dòng"), variant="link", clicked=self.add_row)
        self._add.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setLayout(column(self._grid, self._add, spacing=4))
        self._show([{}])

    def value(self) -> object:
        """Return the rows that say something, as [{column key: text}]."""
        rows = [{key: cell.value() for key, cell in cells.items()} for cells in self._cells]
        return [cells for cells in rows if is_filled(cells)]

    def set_value(self, value: object) -> None:
        """Show rows; ignored when they say the same as the table."""
        rows = (
            [dict(cells) for cells in value if isinstance(cells, Mapping)] if isinstance(value, list) else []
        )
        if rows != self.value():
            self._show(rows or [{}])

    def set_state(self, state: str) -> None:
        """Colour the first row of an empty table, or every cell for "error"."""
        self._state = state
        for index, cells in enumerate(self._cells):
            for cell in cells.values():
                cell.set_state(state if state == "error" or index == 0 else "")

    def commit(self) -> None:
        """End a pre-edit in whichever cell has the focus."""
        for cells in self._cells:
            for cell in cells.values():
                cell.commit()

    def add_row(self) -> None:
        """Add an empty row and go to its first cell."""
        if len(self._cells) < self._max_rows:
            self._append({})
            next(iter(self._cells[-1].values())).setFocus()

    def remove_row(self, cells: dict[str, TextField]) -> None:
        """Take a row away."""
        rows = [
            {key: cell.value() for key, cell in row_.items()} for row_ in self._cells if row_ is not cells
        ]
        self._show(rows or [{}])
        self.edited.emit()

    def _show(self, rows: Sequence[Mapping[str, object]]) -> None:
        clear(self._grid)
        self._cells = []
        for position, (_key, heading) in enumerate(self._columns):
            self._grid.addWidget(PlainLabel(heading, type="caption", tone="muted"), 0, position)
            self._grid.setColumnStretch(position, 1)
        for values in rows:
            self._append(values)
        self.setFocusProxy(next(iter(self._cells[0].values())))
        self.set_state(self._state)

    def _append(self, values: Mapping[str, object]) -> None:
        number = len(self._cells) + 1
        cells: dict[str, TextField] = {}
        for position, (key, heading) in enumerate(self._columns):
            cell = TextField(f"{self._name}, {_('dòng')} {number}, {heading}")
            cell.set_value(values.get(key, ""))
            cell.edited.connect(self.edited)
            cell.left.connect(self.left)
            cell.accepted.connect(lambda cells=cells, position=position: self._walk(cells, position))
            cells[key] = cell
            self._grid.addWidget(cell, number, position)
            if self.isVisible():
                cell.show()  # at once, or it could not take the focus yet
        remove = Button("×", variant="quiet", clicked=lambda: self.remove_row(cells))
        remove.setAccessibleName(_("Xóa dòng {number}").format(number=number))
        remove.setFixedWidth(34)
        self._grid.addWidget(remove, number, len(self._columns))
        self._cells.append(cells)
        self._add.setEnabled(len(self._cells) < self._max_rows)

    def _walk(self, cells: dict[str, TextField], position: int) -> None:
        row_cells = list(cells.values())
        if position + 1 < len(row_cells):
            row_cells[position + 1].setFocus()
        elif not is_filled([cell.value() for cell in row_cells]):
            self.accepted.emit()
        elif cells is self._cells[-1]:
            self.add_row()
        else:
            next(iter(self._cells[self._cells.index(cells) + 1].values())).setFocus()
