"""A person typed by hand, or corrected; every keystroke goes to the visit at once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.domain.address_value import address_answer
from counter_app.domain.field_values import part_of, printed_address, printed_date
from counter_app.domain.person import Person, Sex
from counter_app.i18n import _
from counter_app.ui.intake.answer_editor import as_editor
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.address_field import AddressField
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.choice_field import OptionsField
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, column, row
from counter_app.ui.widgets.text_field import DateField, TextField

if TYPE_CHECKING:
    from counter_app.services.places import Places


class PersonPage(QWidget):
    """Fields of one person.

    Args:
        edited: Called with (role, person) at every change.
        closed: Called when the clerk is done.
        places: Finds communes.
    """

    def __init__(
        self,
        *,
        today: date,
        edited: Callable[[str, Person], None],
        closed: Callable[[], None],
        places: "Places | None" = None,
    ) -> None:
        super().__init__()
        self._edited = edited
        self._closed = closed
        self._role = ""
        self._person = Person(full_name="")
        self._filling = False
        self._title = WrapLabel(type="title")
        self.name = TextField(_("Họ, chữ đệm, tên"), max_length=200)
        self.personal_id = TextField(_("Số định danh cá nhân"), max_length=12)
        self.birth_date = DateField(_("Ngày sinh, hoặc chỉ năm sinh"), today=today)
        self.sex = OptionsField(_("Giới tính"), [(Sex.MALE.value, _("Nam")), (Sex.FEMALE.value, _("Nữ"))])
        self.address = AddressField(_("Nơi cư trú"), places=places)
        self._places = places
        self.phone = TextField(_("Số điện thoại"), max_length=20)
        self.email = TextField(_("Thư điện tử"), max_length=120)
        self._fields = (
            self.name, self.personal_id, self.birth_date, self.sex, self.address, self.phone, self.email
        )  # fmt: skip
        self.setLayout(column(self._card(), margins=(0, 0, 0, 0)))
        self._walk()

    def _card(self) -> Card:
        card = Card()
        card.body.setSpacing(10)
        card.body.addWidget(self._title)
        card.body.addWidget(
            PlainLabel(_("Mỗi chữ gõ vào được giữ ngay. Enter sang ô sau."), tone="muted", type="small")
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for number, field in enumerate(self._fields):
            label = WrapLabel(field.accessibleName())
            label.setFixedWidth(170)
            top = Qt.AlignmentFlag.AlignTop if field is self.address else Qt.AlignmentFlag(0)
            grid.addWidget(label, number, 0, top)
            grid.addWidget(field, number, 1)
        card.body.addLayout(grid)
        done = Button(_("Xong"), key="Esc", clicked=self._closed)
        card.body.addLayout(row(None, done))
        card.body.addStretch(1)
        return card

    def _walk(self) -> None:
        for number, field in enumerate(self._fields):
            as_editor(field).edited.connect(self._tell)
            following = self._fields[number + 1] if number + 1 < len(self._fields) else None
            as_editor(field).accepted.connect(following.setFocus if following is not None else self._closed)

    def open_for(self, role: str, label: str, person: Person | None) -> None:
        """Show the person of a role, or empty fields."""
        self._role = role
        self._person = person or Person(full_name="")
        self._title.setText(_("Thông tin: {role}").format(role=label))
        self._filling = True
        self.name.set_value(self._person.full_name)
        self.personal_id.set_value(self._person.personal_id)
        self.birth_date.set_value(self._person.birth_date)
        self.sex.set_value(self._person.sex.value if self._person.sex else "")
        self.address.set_value(self._address_answer())
        self.phone.set_value(self._person.phone)
        self.email.set_value(self._person.email)
        self._filling = False
        self.name.setFocus()

    def _address_answer(self) -> Mapping[str, str]:
        """Return the address in parts; words only a card writes are kept apart, with what they are today."""
        answer = address_answer(self._person.address, self._person.legacy_address)
        of_a_card = self._places is not None and self._places.renewed(self._person.address) is not None
        if answer["detail"] or answer["commune"] or of_a_card:
            return answer
        return {**answer, "detail": self._person.address, "legacy_text": ""}

    def _typed_address(self) -> tuple[str, str]:
        answer = self.address.value()
        legacy = part_of(answer, "legacy_text")
        # Half an address replaces nothing: the card's words stay until the commune is there.
        address = printed_address(answer) if part_of(answer, "commune") or not legacy else legacy
        return address, legacy if legacy != address else ""

    def commit(self) -> None:
        """End a pre-edit of the input method."""
        for field in self._fields:
            field.commit()

    def _tell(self) -> None:
        if self._filling:
            return
        sex = str(self.sex.value())
        address, legacy = self._typed_address()
        self._person = replace(
            self._person,
            full_name=str(self.name.value()),
            personal_id=str(self.personal_id.value()),
            birth_date=str(self.birth_date.value()),
            sex=Sex(sex) if sex else None,
            address=address,
            legacy_address=legacy,
            phone=str(self.phone.value()),
            email=str(self.email.value()),
        )
        readable = printed_date(self._person.birth_date) or not self._person.birth_date
        self.birth_date.set_state("" if readable else "error")
        self._edited(self._role, self._person)
