"""Those who may sign in, one below the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from counter_app.domain.clerks import Account, Role
from counter_app.i18n import _
from counter_app.ui.session.words import role_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHere:
    """Somebody with an open account."""

    account_id: str
    username: str
    full_name: str
    role: Role
    locked: bool = False


def people_here(accounts: Sequence[Account]) -> tuple[tuple[PersonHere, ...], str]:
    """Return those with an open account by name, and the id of whoever signed in last ("" nobody)."""
    open_ones = [each for each in accounts if not each.closed]
    seen = [each for each in open_ones if each.last_in_at is not None]
    last = max(seen, key=lambda each: each.last_in_at or each.created_at, default=None)
    people = tuple(
        PersonHere(
            account_id=each.account_id,
            username=each.username,
            full_name=each.full_name,
            role=each.role,
            locked=each.locked,
        )
        for each in open_ones
    )
    return people, "" if last is None else last.account_id


class PeopleList(QListWidget):
    """One click or an arrow key chooses; the password is typed beside it."""

    def __init__(self, chosen: Callable[[PersonHere], None]) -> None:
        super().__init__()
        self.setAccessibleName(_("Người đăng nhập"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._people: tuple[PersonHere, ...] = ()
        self._chosen = chosen
        self.currentRowChanged.connect(lambda _row: self._tell())

    @property
    def person(self) -> PersonHere | None:
        """Who is chosen."""
        row = self.currentRow()
        return self._people[row] if 0 <= row < len(self._people) else None

    def show_people(self, people: Sequence[PersonHere], account_id: str) -> None:
        """Show who there is; `account_id` is chosen, else the first."""
        self.blockSignals(True)
        self.clear()
        self._people = tuple(people)
        for person in people:
            item = QListWidgetItem(f"{person.full_name}\n{role_words(person.role)}")
            self.addItem(item)
        ids = [person.account_id for person in people]
        self.setCurrentRow(ids.index(account_id) if account_id in ids else 0)
        self.blockSignals(False)
        self._fit()
        self._tell()

    def choose_other_than(self, account_id: str) -> None:
        """Choose the first who is somebody else and can sign in."""
        others = [n for n, each in enumerate(self._people) if each.account_id != account_id]
        free = [n for n in others if not self._people[n].locked]
        self.setCurrentRow((*free, *others, 0)[0])

    def step(self, by: int) -> None:
        """Choose the next one (1) or the one before (-1)."""
        if self._people:
            self.setCurrentRow(min(max(self.currentRow() + by, 0), len(self._people) - 1))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt)
        """Fit another size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        self.ensurePolished()
        height = 2 * QFontMetrics(self.font()).lineSpacing() + 16
        for row in range(self.count()):
            self.item(row).setSizeHint(QSize(0, height))

    def _tell(self) -> None:
        person = self.person
        if person is not None:
            self.scrollToItem(self.currentItem())
            self._chosen(person)
