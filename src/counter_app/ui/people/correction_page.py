"""What is kept of a citizen, put right by the clerk, with the reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from counter_app.domain.person import Person, Sex
from counter_app.i18n import _
from counter_app.ui.intake.answer_editor import as_editor
from counter_app.ui.people.typed_page import TypedPage
from counter_app.ui.people.words import field_words
from counter_app.ui.widgets.choice_field import OptionsField
from counter_app.ui.widgets.text_field import DateField, TextField


class CorrectionPage(TypedPage):
    """What is kept of a citizen, to be put right, and why."""

    def __init__(self, *, today: date, done: Callable[[Person, str], None], back: Callable[[], None]) -> None:
        super().__init__(_("Ghi sửa"), lambda: done(self.person(), str(self.reason.value())), back)
        self._person = Person(full_name="")
        self.name = TextField(field_words("full_name"), max_length=200)
        self.birth_date = DateField(field_words("birth_date"), today=today)
        self.sex = OptionsField(field_words("sex"), [(Sex.MALE.value, _("Nam")), (Sex.FEMALE.value, _("Nữ"))])
        self.old_id = TextField(field_words("old_id"), max_length=12)
        self.address = TextField(field_words("address"), max_length=300)
        self.phone = TextField(field_words("phone"), max_length=20)
        self.email = TextField(field_words("email"), max_length=120)
        self.ethnicity = TextField(field_words("ethnicity"), max_length=40)
        self.reason = TextField(_("Lý do sửa"), max_length=300)
        for field in (
            *(self.name, self.birth_date, self.sex, self.old_id, self.address, self.phone, self.email),
            *(self.ethnicity, self.reason),
        ):
            self.add(field)
        self.end_walk()

    def open_for(self, person: Person) -> None:
        """Show what is kept now."""
        self._person = person
        self.title.setText(_("Sửa thông tin: {name}").format(name=person.full_name))
        self.note.setText(
            _(
                "Giá trị cũ được giữ lại; hồ sơ đã tiếp nhận vẫn ghi như lúc nhận. "
                "Số định danh sai thì gộp bản ghi, không sửa ở đây."
            )
        )
        for name in ("birth_date", "old_id", "address", "phone", "email", "ethnicity"):
            as_editor(getattr(self, name)).set_value(getattr(person, name))
        self.name.set_value(person.full_name)
        self.sex.set_value(person.sex.value if person.sex else "")
        self.reason.set_value("")
        self.begin()

    def person(self) -> Person:
        """Return what the clerk typed."""
        sex = str(self.sex.value())
        return replace(
            self._person,
            full_name=str(self.name.value()),
            birth_date=str(self.birth_date.value()),
            sex=Sex(sex) if sex else None,
            old_id=str(self.old_id.value()),
            address=str(self.address.value()),
            phone=str(self.phone.value()),
            email=str(self.email.value()),
            ethnicity=str(self.ethnicity.value()),
        )
