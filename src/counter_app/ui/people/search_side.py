"""The left of the citizens' screen: what is typed, and whom it finds."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QWidget

from counter_app.domain.person import Person
from counter_app.i18n import _
from counter_app.ui.people.people_list import people_view
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, column, row
from counter_app.ui.widgets.text_field import TextField

_DEBOUNCE_MS = 120
_WIDTH = 330


class SearchSide(QWidget):
    """Asks `search` for what was typed and gives `opened` the personal id that was chosen."""

    def __init__(
        self, title: str, theme: Theme, *, search: Callable[[str], None], opened: Callable[[str], None]
    ) -> None:
        super().__init__()
        self._search = search
        self._opened = opened
        self.field = TextField(
            _("Tìm công dân"), placeholder=_("Họ tên không dấu, số định danh, điện thoại…"), max_length=120
        )
        self.list, self.model = people_view(_("Công dân tìm thấy"), theme)
        self._count = PlainLabel(tone="muted", type="small")
        card = Card()
        card.body.addWidget(self.field)
        card.body.addWidget(self.list, 1)
        head = row(PlainLabel(title, type="title"), None, self._count)
        self.setLayout(column(head, card, margins=(0, 0, 0, 14), spacing=10))
        self.setFixedWidth(_WIDTH)
        self._timer = QTimer(self, interval=_DEBOUNCE_MS, singleShot=True)
        self._timer.timeout.connect(self.search_now)
        self.field.edited.connect(self._timer.start)
        self.field.accepted.connect(self._enter)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)

    def search_for(self, text: str) -> None:
        """Look for a text as if it had been typed."""
        self.field.setText(text)
        self.search_now()

    def search_now(self) -> None:
        """Look for what is typed."""
        self._timer.stop()
        self._search(str(self.field.value()))

    def clear(self) -> bool:
        """Empty the search; False when it is empty already."""
        if not self.field.text():
            return False
        self.search_for("")
        self.field.setFocus()
        return True

    def show_people(self, people: Sequence[Person], personal_id: str) -> None:
        """Show whom the search found, and mark the citizen on show."""
        self.model.show_rows(people)
        asked = bool(self.field.text().strip())
        self._count.setText(_("{count} người").format(count=len(people)) if asked else "")
        self.mark(personal_id)

    def mark(self, personal_id: str) -> None:
        """Mark the line of a citizen, or none."""
        line = self.model.line_of(personal_id)
        self.list.setCurrentIndex(self.model.index(line, 0) if line >= 0 else QModelIndex())

    def _enter(self) -> None:
        if self._timer.isActive():
            self.search_now()
        if len(self.model.rows) == 1:
            self._opened(self.model.rows[0].personal_id)
        elif self.model.rows:
            self.list.setFocus()
            self.list.setCurrentIndex(self.model.index(0, 0))

    def _choose(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.model.rows):
            self._opened(self.model.rows[index.row()].personal_id)
