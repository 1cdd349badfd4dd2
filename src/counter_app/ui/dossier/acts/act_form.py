"""The base of every act's form: labelled fields one below another, Enter walks, a side for what changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from counter_app.domain.dossier_acts import ActRequest, Undo
from counter_app.i18n import _
from counter_app.services.acts.act_facts import ActFacts
from counter_app.services.receipts import Payment
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.layouts import Card, Item, column, row
from counter_app.ui.widgets.list_field import ListField
from counter_app.ui.widgets.options_field import OptionsField
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.widgets.tick_field import TickField

if TYPE_CHECKING:
    from counter_app.domain.errors import KnownError
    from counter_app.domain.person import Person
    from counter_app.ui.theme import Theme

Field = TextField | ListField | OptionsField | TickField


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidReceipt:
    """A receipt to be voided, and why."""

    receipt_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormContext:
    """What a form is made of; ``now`` is when it was opened."""

    facts: ActFacts
    now: datetime
    theme: "Theme"
    holders: tuple[str, ...] = ()


Asked = ActRequest | Undo | Payment | VoidReceipt


class ActForm(Card):
    """One act's form. Subclasses add fields and say what is asked; the rules judge it, not the form.

    Signals:
        edited: A field was changed by the clerk.
        finished: Enter in the last field: on to the confirming button.
    """

    edited = Signal()
    finished = Signal()
    final = ""  # said once before an act nobody takes back; "" for all others

    def __init__(self, title: str, context: FormContext, lead: str = "") -> None:
        super().__init__(title)
        self._first_values: dict[str, object] = {}
        self.context = context
        self.fields: dict[str, Field] = {}  # by the name the rules call it
        self._captions: dict[str, WrapLabel] = {}
        self._left = column(spacing=8)
        self._side = column(spacing=6)
        self._right = QWidget()
        self._right.setLayout(self._side)
        self._right.hide()
        both = row(spacing=22)
        both.addLayout(self._left, 3)
        both.addWidget(self._right, 2)
        self.body.addLayout(both)
        if lead:
            self.add(WrapLabel(lead, tone="muted"))

    def asked(self) -> Asked:
        """Return the act as the fields stand."""
        raise NotImplementedError

    def problem(self) -> "KnownError | None":
        """Return what the form itself wants, beyond the rules of the act."""
        return None

    def take_person(self, person: "Person") -> bool:  # noqa: ARG002  (forms that name somebody override it)
        """Use a scanned card; False when the form has no use for one."""
        return False

    def refresh(self) -> None:
        """Show what follows from the fields; called after every edit."""

    def add(self, item: Item) -> None:
        """Put something below what is there."""
        if isinstance(item, QWidget):
            self._left.addWidget(item)
        elif item is not None and not isinstance(item, int):
            self._left.addLayout(item)

    def add_field(self, name: str, label: str, field: Field) -> None:
        """Add a field under its label; `name` is what the rules call it."""
        caption = WrapLabel(label, type="small")
        self._left.addLayout(column(caption, field, spacing=2))
        self._captions[name] = caption
        self.watch(name, field)

    def watch(self, name: str, field: Field) -> None:
        """Let a field placed elsewhere take part in the walk."""
        self.fields[name] = field
        field.edited.connect(self._changed)
        field.accepted.connect(lambda: self.walk_on(name))

    def order_after(self, name: str) -> None:
        """Let the lines that were added to a list (``name+1`` …) follow it in the walk."""
        added = {key: field for key, field in self.fields.items() if key.startswith(f"{name}+")}
        rest = {key: field for key, field in self.fields.items() if key not in added}
        self.fields = {}
        for key, field in rest.items():
            self.fields[key] = field
            if key == name:
                self.fields |= added
        for before, after in pairwise(self.fields.values()):
            QWidget.setTabOrder(before, after)

    def show_field(self, name: str, shown: bool) -> None:
        """Show a field with its label, or neither."""
        self.fields[name].setVisible(shown)
        self._captions[name].setVisible(shown)

    def add_side(self, *widgets: QWidget) -> None:
        """Put what the act would change at the right."""
        for widget in widgets:
            self._side.addWidget(widget)
        self._right.setVisible(True)

    def close_side(self) -> None:
        """Keep the side's words at its top."""
        self._side.addStretch(1)

    def text(self, name: str) -> str:
        """Return what was typed or chosen in a field."""
        return str(self.fields[name].value() or "")

    def begin(self, unfinished: Mapping[str, object]) -> None:
        """Remember how the fields stood, then put back what was typed the last time."""
        self._first_values = {name: field.value() for name, field in self.fields.items()}
        for name, value in unfinished.items():
            field = self.fields.get(name)  # looked up one by one: a line typed in brings the next one
            if field is not None:
                if field.isHidden() and name in self._captions:
                    self.show_field(name, True)
                field.set_value(value)
                field.edited.emit()
        if unfinished:
            kept = _("Nội dung đang ghi dở đã giữ lại")
            self.body.insertWidget(1, WrapLabel(kept, tone="info", type="small"))

    def unfinished(self) -> dict[str, object]:
        """Return what the clerk typed or ticked, by field."""
        self.commit()
        values = {name: field.value() for name, field in self.fields.items()}
        return {name: value for name, value in values.items() if value != self._first_values.get(name, "")}

    def commit(self) -> None:
        """End what an input method still composes."""
        for field in self.fields.values():
            field.commit()

    def focus_first(self) -> None:
        """Go to the first field that is empty, or the first."""
        fields = [field for field in self.fields.values() if not field.isHidden()]
        empty = (field for field in fields if not isinstance(field, TickField) and not field.value())
        target = next(empty, fields[0] if fields else None)
        if target is not None:
            self._enter(target)

    def show_missing(self, name: str) -> None:
        """Mark the field a rule found wanting and go there."""
        self.show_marks(name)
        if name in self.fields:
            self._go_to(name)

    def show_marks(self, name: str) -> None:
        """Mark one field as wrong; "" none."""
        for known, field in self.fields.items():
            if not isinstance(field, TickField):
                field.set_state("error" if known == name else "")

    def walk_on(self, name: str) -> None:
        """Go to the next field that is shown; after the last one the act can be confirmed."""
        names = [each for each, field in self.fields.items() if each == name or not field.isHidden()]
        following = names[names.index(name) + 1 :]
        if following:
            self._go_to(following[0])
        else:
            self.finished.emit()

    def _go_to(self, name: str) -> None:
        field = self.fields[name]
        self._enter(field)
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(field, 0, 40)

    def _enter(self, field: Field) -> None:
        """Go to a field; what the program wrote there is selected, so that typing replaces it."""
        field.setFocus()
        name = next(each for each, known in self.fields.items() if known is field)
        if field.value() and field.value() == self._first_values.get(name):
            line = field.lineEdit() if isinstance(field, ListField) else field
            if isinstance(line, QLineEdit):
                line.selectAll()

    def _changed(self) -> None:
        self.refresh()
        self.edited.emit()


FormMaker = Callable[[FormContext], ActForm]
