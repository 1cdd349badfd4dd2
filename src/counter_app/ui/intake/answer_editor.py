"""The fitting editor for each kind of answer."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QEvent, QObject, Qt, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from counter_app.domain.condition import is_filled
from counter_app.domain.form_template import FieldType, FormField
from counter_app.i18n import _
from counter_app.ui.intake.answer_words import in_words
from counter_app.ui.widgets.address_field import AddressField
from counter_app.ui.widgets.choice_field import ListField, choice_field
from counter_app.ui.widgets.compound_fields import IdDocumentField, TableField
from counter_app.ui.widgets.parts_field import PartsField
from counter_app.ui.widgets.text_field import DateField, NumberField, TextField
from counter_app.ui.widgets.tick_field import TickField

if TYPE_CHECKING:
    from counter_app.services.places import Places


class Editor(Protocol):
    """What all fields of `ui.widgets` have in common."""

    edited: SignalInstance
    accepted: SignalInstance
    left: SignalInstance

    def value(self) -> object:
        """Return the answer."""
        ...

    def set_value(self, value: object) -> None:
        """Show an answer."""
        ...

    def set_state(self, state: str) -> None:
        """Colour the field: missing, suggested, error, or ""."""
        ...

    def commit(self) -> None:
        """End a pre-edit of the input method."""
        ...

    def setFocus(self) -> None:  # noqa: N802  (Qt)
        """Take the focus."""
        ...


_NARROW = {FieldType.NUMBER: 120, FieldType.MONEY: 180}


def make_editor(field: FormField, name: str, *, today: date, places: "Places | None" = None) -> QWidget:
    """Return the editor of a field; `name` is what a screen reader calls it."""
    match field.type:
        case FieldType.DATE:
            editor: QWidget = DateField(name, today=today)
        case FieldType.CHOICE:
            editor = choice_field(name, field.choices, free=field.free_choice)
        case FieldType.ADDRESS:
            editor = AddressField(name, places=places)
        case FieldType.ID_DOCUMENT:
            editor = IdDocumentField(name, today=today)
        case FieldType.TABLE:
            columns = [(column.key, _(column.label)) for column in field.columns]
            editor = TableField(name, columns, max_rows=field.max_rows)
        case FieldType.TICK:
            editor = TickField(name)
            editor.setFixedWidth(27)
        case FieldType.NUMBER | FieldType.MONEY:
            editor = NumberField(name, money=field.type is FieldType.MONEY)
        case _:
            editor = TextField(name)
    if (width := _NARROW.get(field.type)) is not None:
        editor.setMaximumWidth(width)
    return editor


def as_editor(widget: QWidget) -> Editor:
    """Return the widget as what it is."""
    return cast("Editor", widget)


def offer(editor: QWidget, field: FormField, proposal: object, note: str) -> None:
    """Show a suggestion that Enter accepts; None takes it back."""
    if isinstance(editor, TextField | ListField):
        words = in_words(field, proposal) if field.type is FieldType.DATE else str(proposal or "")
        editor.set_suggestion(words, note if proposal else "")
    elif isinstance(editor, PartsField):
        mapping = proposal if isinstance(proposal, Mapping) else {}
        first = next((key for key in editor.parts if mapping.get(key)), "")
        for key, part in editor.parts.items():
            text = str(mapping.get(key) or "")
            part.set_suggestion(text, note if text and key == first else "")


class AcceptsWhole(QObject):
    """Lets one Enter accept the suggestion of an answer made of several parts."""

    def __init__(self, editor: PartsField, proposal: Callable[[], object]) -> None:
        super().__init__(editor)
        self._editor = editor
        self._proposal = proposal
        for part in editor.parts.values():
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, ARG002  (Qt)
        """Take the whole proposal on Enter while every part is empty."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        proposal = self._proposal()
        if not is_filled(proposal) or is_filled(self._editor.value()):
            return False
        self._editor.set_value(proposal)
        self._editor.edited.emit()
        self._editor.accepted.emit()
        return True
