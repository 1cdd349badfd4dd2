"""The list of citizens found: the name, and birth date with the masked number below."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QListView

from counter_app.domain.person import Person
from counter_app.ui.people.words import line_below
from counter_app.ui.procedures.procedure_list import ProcedureLines
from counter_app.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex


class PeopleListModel(QAbstractListModel):
    """The citizens found, best first."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Person, ...] = ()

    def show_rows(self, rows: Sequence[Person]) -> None:
        """Show these."""
        if tuple(rows) != self.rows:
            self.beginResetModel()
            self.rows = tuple(rows)
            self.endResetModel()

    def line_of(self, personal_id: str) -> int:
        """Return the line of a citizen, or -1."""
        ids = [each.personal_id for each in self.rows]
        return ids.index(personal_id) if personal_id in ids else -1

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008  (Qt)
        """Return how many were found."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return the name, the line below it, or both for a screen reader."""
        if not 0 <= index.row() < len(self.rows):
            return None
        person = self.rows[index.row()]
        if role == int(Qt.ItemDataRole.DisplayRole):
            return person.full_name
        if role == int(Qt.ItemDataRole.UserRole):
            return line_below(person)
        if role == int(Qt.ItemDataRole.AccessibleTextRole):
            return f"{person.full_name}. {line_below(person)}"
        return None


def people_view(name: str, theme: Theme) -> tuple[QListView, PeopleListModel]:
    """Return the list view over an empty model."""
    model, view = PeopleListModel(), QListView()
    view.setModel(model)
    view.setItemDelegate(ProcedureLines(theme, view))
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setAccessibleName(name)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view, model
