"""An answer of several line fields: one mapping, walked with Enter."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.condition import is_filled
from counter_app.ui.widgets.text_field import TextField


class PartsField(QWidget):
    """Several line fields that make one mapping answer; Enter walks them, the last accepts."""

    edited = Signal()
    accepted = Signal()
    left = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.parts: dict[str, TextField] = {}

    def add_part(self, key: str, field: TextField) -> TextField:
        """Make `field` the part `key`, after those already there."""
        before = next(reversed(self.parts.values()), None)
        self.parts[key] = field
        if before is not None:
            before.accepted.disconnect(self.accepted)
            before.accepted.connect(field.setFocus)
        else:
            self.setFocusProxy(field)
        field.accepted.connect(self.accepted)
        field.edited.connect(self.edited)
        field.left.connect(self.left)
        return field

    def value(self) -> object:
        """Return {part: text} of all parts."""
        return {key: field.value() for key, field in self.parts.items()}

    def set_value(self, value: object) -> None:
        """Show a mapping; a bare text goes into the first part."""
        if isinstance(value, Mapping):
            for key, field in self.parts.items():
                field.set_value(value.get(key, ""))
        else:
            for index, field in enumerate(self.parts.values()):
                field.set_value(value if index == 0 and value else "")

    def set_state(self, state: str) -> None:
        """Colour the parts; "missing" colours only the empty ones."""
        for field in self.parts.values():
            field.set_state(state if state != "missing" or not is_filled(field.value()) else "")

    def commit(self) -> None:
        """End a pre-edit in whichever part has the focus."""
        for field in self.parts.values():
            field.commit()
