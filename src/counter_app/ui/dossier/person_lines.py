"""A person in a dossier: the number masked until somebody asks to see it."""

from PySide6.QtWidgets import QWidget

from counter_app.domain import field_values
from counter_app.domain.person import Person, Sex, mask_personal_id
from counter_app.i18n import _
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column, row


class PersonLines(QWidget):
    """Role, name, number with "Hiện", birth, address, phone."""

    def __init__(self, role: str, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._person = person
        self._shown = False
        self._number = PlainLabel()
        self._reveal = Button(_("Hiện"), variant="link", clicked=self._toggle)
        lines: list[QWidget] = [
            PlainLabel(role, type="caption", tone="muted"),
            PlainLabel(person.full_name, type="strong", wrap=True, selectable=True),
        ]
        box = column(*lines, spacing=2)
        if person.personal_id:
            box.addLayout(row(self._number, self._reveal, None, spacing=6))
        for text in (self._birth(), person.address, person.phone):
            if text:
                box.addWidget(PlainLabel(text, type="small", tone="muted", wrap=True, selectable=True))
        self.setLayout(box)
        self._say()

    def _birth(self) -> str:
        sex = {Sex.MALE: _("Nam"), Sex.FEMALE: _("Nữ"), None: ""}[self._person.sex]
        return " · ".join(part for part in (sex, field_values.printed_date(self._person.birth_date)) if part)

    def _toggle(self) -> None:
        self._shown = not self._shown
        self._say()

    def _say(self) -> None:
        number = self._person.personal_id
        self._number.setText(number if self._shown else mask_personal_id(number))
        words = _("Ẩn") if self._shown else _("Hiện")
        self._reveal.set_text(words)
        self._reveal.setAccessibleName(f"{words}: {_('số định danh')}")
