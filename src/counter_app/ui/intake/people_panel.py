"""The people column: a card for everybody scanned, and who is awaited next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QWidget

from counter_app.i18n import _
from counter_app.ui.icons import icon
from counter_app.ui.intake.people_cards import PeopleColumn, PersonCard, RelativeOffer
from counter_app.ui.intake.state import APPLICANT
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import Chip, PlainLabel
from counter_app.ui.widgets.layouts import Card, clear, column, row

if TYPE_CHECKING:
    from counter_app.domain.person import Person
    from counter_app.ui.intake.people_notes import PeopleNote


class PeopleActs(Protocol):
    """What the column asks of the screen."""

    def type_person(self, role: str) -> None:
        """Open the page where a person is typed by hand."""
        ...

    def renew_address(self, role: str) -> None:
        """Use what the person's address is today."""
        ...

    def remove_person(self, role: str) -> None:
        """Take a person out."""
        ...

    def move_person(self, role: str, target: str) -> None:
        """Give a person another role."""
        ...

    def take_known(self, role: str, person: Person) -> None:
        """Put a citizen known from before into an empty role."""
        ...

    def open_note(self, note: PeopleNote) -> None:
        """Go where a note leads."""
        ...


class PeoplePanel(QWidget):
    """Shows a `PeopleColumn`; rebuilt only when it says something else."""

    def __init__(self, acts: PeopleActs, theme: Theme) -> None:
        super().__init__()
        self._acts = acts
        self._theme = theme
        self._shown: PeopleColumn | None = None
        self._box = column(spacing=10)
        self.setLayout(self._box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        theme.changed.connect(self._repaint)

    def show_people(self, people: PeopleColumn, labels: dict[str, str]) -> None:
        """Show the column; `labels` are the roles a person can be moved to."""
        if people == self._shown:
            return
        self._shown = people
        self._labels = labels
        clear(self._box)
        for note in people.notes:
            self._box.addWidget(self._note(note))
        first_new = next((card.role for card in people.cards if card.new_address), "")
        for card in people.cards:
            self._box.addWidget(self._card(card, keyed=card.role == first_new))
        if people.awaited or not people.cards:
            self._box.addWidget(self._awaited(people))
        for offer in people.offers:
            self._box.addWidget(self._offer(offer))

    def _repaint(self) -> None:
        shown, self._shown = self._shown, None
        if shown is not None:
            self.show_people(shown, self._labels)

    def _card(self, person: PersonCard, *, keyed: bool) -> QWidget:
        card = Card()
        role = WrapLabel(person.role_label, type="section")
        role.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head = row(spacing=6)
        head.addWidget(role, 1)
        if person.source:
            head.addWidget(Chip(person.source, "info" if person.from_card else "neutral"))
        name = WrapLabel(person.name, type="strong", selectable=True)
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        middle = row(spacing=2)
        middle.addWidget(name, 1)
        middle.addWidget(self._menu_button(person), 0, Qt.AlignmentFlag.AlignTop)
        card.body.setSpacing(2)
        card.body.addLayout(head)
        card.body.addLayout(middle)
        # The others' addresses stand in the form; the applicant's goes on the slip.
        address = person.address if person.role == APPLICANT else ""
        for words, tone in ((person.facts, "muted"), (address, "muted"), (person.visits, "")):
            if words:
                card.body.addWidget(WrapLabel(words, tone=tone, type="small"))
        if person.new_address:
            card.body.addWidget(self._new_address(person, "F5" if keyed else ""))
        for caution in person.cautions:
            card.body.addWidget(_advice(caution))
        return card

    def _note(self, note: PeopleNote) -> QWidget:
        frame = QFrame()
        frame.setProperty("frame", "warn")
        open_it = Button(note.label, clicked=lambda: self._acts.open_note(note))
        open_it.setAccessibleName(f"{note.label}: {note.text}")
        words = WrapLabel(note.text, type="small", tone="warn")
        frame.setLayout(column(words, row(None, open_it), margins=(9, 5, 9, 6), spacing=4))
        return frame

    def _offer(self, offer: RelativeOffer) -> QWidget:
        """Offer a relative known from an earlier dossier; one press takes them."""
        card = Card()
        use = Button(_("Dùng"), clicked=lambda: self._acts.take_known(offer.role, offer.person))
        use.setAccessibleName(f"{_('Dùng')} {offer.text}")
        said = column(
            WrapLabel(offer.text, bold=True), WrapLabel(offer.details, type="small", tone="muted"), spacing=1
        )
        whole = row(said, use)
        whole.setStretch(0, 1)
        card.body.addLayout(whole)
        return card

    def _new_address(self, person: PersonCard, key: str) -> QWidget:
        """Offer today's units of the address; the clerk confirms. F5 is the first person's."""
        frame = QFrame()
        frame.setProperty("frame", "warn")
        words = WrapLabel(person.new_address, type="small")
        label = _("Dùng") if person.new_address_certain else _("Chọn")
        use = Button(label, key=key, clicked=lambda: self._acts.renew_address(person.role))
        use.setAccessibleName(f"{label}: {person.new_address}")
        frame.setLayout(column(words, row(None, use), margins=(9, 5, 9, 6), spacing=4))
        return frame

    def _menu_button(self, person: PersonCard) -> Button:
        button = Button("···", variant="quiet")
        name = _("Sửa, đổi vai trò hoặc bỏ {name}").format(name=person.name)
        button.setAccessibleName(name)
        button.setToolTip(_("Sửa, đổi vai trò, bỏ"))
        button.setFixedWidth(36)
        button.setStyleSheet("QPushButton { padding: 0; }")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(button)
        self._add(menu, _("Sửa thông tin"), lambda: self._acts.type_person(person.role))
        for role, label in self._labels.items():
            if role != person.role:
                words = _("Đổi thành: {role}").format(role=label)
                self._add(menu, words, partial(self._acts.move_person, person.role, role))
        menu.addSeparator()
        self._add(menu, _("Bỏ khỏi hồ sơ"), lambda: self._acts.remove_person(person.role))
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        return button

    def _add(self, menu: QMenu, words: str, act: Callable[[], None]) -> None:
        menu.addAction(words.replace("&", "&&")).triggered.connect(lambda _checked=False: act())

    def _awaited(self, people: PeopleColumn) -> QWidget:
        box = QFrame()
        box.setProperty("frame", "drop")
        picture = PlainLabel()
        colour = self._theme.tokens.colours["text_muted"]
        picture.setPixmap(icon("scanner", colour, 22).pixmap(22, 22))
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        first = not people.cards
        words = _("Quét thẻ căn cước để bắt đầu") if first else _("Quét thẻ để thêm")
        text = WrapLabel(words, tone="muted")
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box_layout = column(picture, text, margins=(12, 12, 12, 10), spacing=3)
        if people.awaited and not first:
            who = WrapLabel(people.awaited, bold=True)
            who.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box_layout.addWidget(who)
        by_hand = Button(
            _("Nhập tay"),
            variant="link",
            clicked=lambda: self._acts.type_person("" if not first else APPLICANT),
        )
        box_layout.addLayout(row(None, by_hand, None))
        box.setLayout(box_layout)
        return box


def _advice(text: str) -> QWidget:
    frame = QFrame()
    frame.setProperty("frame", "warn")
    frame.setLayout(column(WrapLabel(text, type="small", tone="warn"), margins=(9, 5, 9, 6), spacing=0))
    return frame
