"""An authorisation letter as the clerk reads it off the paper."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from counter_app.domain.authorisation import Scope
from counter_app.domain.person import Person
from counter_app.i18n import _
from counter_app.services.people.authorisations import LetterDraft
from counter_app.ui.people.typed_page import TypedPage
from counter_app.ui.people.words import scope_words
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.combo_field import ComboField
from counter_app.ui.widgets.text_field import DateField, TextField


class LetterPage(TypedPage):
    """A letter as the clerk reads it; a scanned card or a known number fills in the delegate."""

    def __init__(
        self,
        *,
        today: date,
        procedures: Sequence[tuple[str, str]],
        done: Callable[[LetterDraft], None],
        printed: Callable[[Person | None, str], None],
        known: Callable[[str, Callable[[Person], None]], None],
        back: Callable[[], None],
    ) -> None:
        super().__init__(_("Ghi giấy ủy quyền"), lambda: done(self.draft()), back)
        self._known = known
        self._giver = Person(full_name="")
        self._delegate = Person(full_name="")
        self._procedures = procedures
        self.delegate_id = TextField(_("Số định danh người được ủy quyền"), max_length=12)
        self.delegate_name = TextField(_("Họ tên người được ủy quyền"), max_length=200)
        self.scope = ComboField(_("Phạm vi"), [(scope.value, scope_words(scope)) for scope in Scope])
        self.subject = ComboField(_("Thủ tục hoặc hồ sơ"), [("", "—")])
        self.number = TextField(_("Số giấy"), max_length=60)
        self.signed_on = DateField(_("Ngày ký"), today=today)
        self.certified_by = TextField(
            _("Nơi chứng thực"), placeholder=_("Để trống nếu không chứng thực"), max_length=200
        )
        self.valid_until = DateField(_("Có hiệu lực đến hết ngày"), today=today)
        self.remark = TextField(_("Ghi chú"), max_length=300)
        for field in (
            *(self.delegate_id, self.delegate_name, self.scope, self.subject, self.number),
            *(self.signed_on, self.certified_by, self.valid_until, self.remark),
        ):
            self.add(field)
        self.end_walk()
        self.beside.addWidget(
            Button(_("In giấy để ký"), clicked=lambda: printed(self.delegate(), self._purpose()))
        )
        self.scope.edited.connect(self._offer_subjects)
        self.delegate_id.edited.connect(self._look_up)

    def open_for(self, giver: Person, dossiers: Sequence[tuple[str, str]]) -> None:
        """Ask for a letter of a citizen whose dossiers are given as (code, words)."""
        self._giver = giver
        self._dossiers = dossiers
        self._delegate = Person(full_name="")
        self.title.setText(_("{name} ủy quyền cho người khác").format(name=giver.full_name))
        self.note.setText(_("Quét thẻ của người được ủy quyền, hoặc gõ số định danh."))
        for field in (self.delegate_id, self.delegate_name, self.number, self.signed_on):
            field.set_value("")
        for field in (self.certified_by, self.valid_until, self.remark):
            field.set_value("")
        self.scope.set_value(Scope.EVERYTHING.value)
        self._offer_subjects()
        self.begin()

    def take_delegate(self, person: Person) -> None:
        """Fill in a citizen who is known or whose card was scanned."""
        self._delegate = person
        self.delegate_id.set_value(person.personal_id)
        self.delegate_name.set_value(person.full_name)

    def delegate(self) -> Person | None:
        """Return the delegate as far as typed; None when nothing is."""
        number, name = str(self.delegate_id.value()), str(self.delegate_name.value())
        if not number and not name:
            return None
        known = self._delegate if self._delegate.personal_id == number else Person(full_name=name)
        return replace(known, full_name=name, personal_id=number)

    def draft(self) -> LetterDraft:
        """Return the letter; days that cannot be read are left out only when empty."""
        return LetterDraft(
            giver_id=self._giver.personal_id,
            delegate=self.delegate() or Person(full_name=""),
            scope=Scope(str(self.scope.value())),
            subject=str(self.subject.value() or ""),
            paper_number=str(self.number.value()),
            signed_on=_day(self.signed_on),
            certified_by=str(self.certified_by.value()),
            valid_until=_day(self.valid_until),
            note=str(self.remark.value()),
        )

    def unread_day(self) -> str:
        """Return the label of a day that cannot be read, "" when all can."""
        for field in (self.signed_on, self.valid_until):
            typed = str(field.value())
            wrong = bool(typed) and _day(field) is None
            field.set_state("error" if wrong else "")
            if wrong:
                return field.accessibleName()
        return ""

    def _offer_subjects(self) -> None:
        scope = Scope(str(self.scope.value()))
        offered = {Scope.PROCEDURE: self._procedures, Scope.DOSSIER: self._dossiers}.get(scope, ())
        self.subject.clear()
        for value, label in offered or (("", "—"),):
            self.subject.addItem(label, value)
        self.subject.setEnabled(bool(offered))

    def _look_up(self) -> None:
        number = str(self.delegate_id.value())
        if len(number) in (9, 12):
            self._known(number, self._found)

    def _found(self, person: Person) -> None:
        if str(self.delegate_id.value()) == person.personal_id:
            self.take_delegate(person)

    def _purpose(self) -> str:
        scope = Scope(str(self.scope.value()))
        return scope_words(scope, self.subject.currentText()) if scope is not Scope.EVERYTHING else ""


def _day(field: DateField) -> date | None:
    try:
        return date.fromisoformat(str(field.value()))
    except ValueError:
        return None
