"""The page of one citizen: data, visits, relatives, letters, namesakes, merges."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.person import Person, mask_personal_id
from counter_app.domain.same_person import Likeness, likeness
from counter_app.i18n import _, moment
from counter_app.services.kinship_port import Merge, Relative
from counter_app.services.people.person_file import Letter, PersonFile
from counter_app.services.ports import DossierRow
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.kin_words import kin_words
from counter_app.ui.people import words
from counter_app.ui.status_words import status_words
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import Chip, PlainLabel, fact_row
from counter_app.ui.widgets.layouts import Card, Line, clear, column, row

_MOST = 12  # lines a card shows; more are found by searching
_LABEL = 122
_WAITING = (DossierStatus.AWAITING_SUPPLEMENT, DossierStatus.AWAITING_PAYMENT, DossierStatus.RESOLVED)


class PersonActs(Protocol):
    """What the page asks of the screen."""

    def open_person(self, personal_id: str) -> None:
        """Show another citizen."""
        ...

    def open_dossier(self, dossier_code: str) -> None:
        """Open a dossier."""
        ...

    def reveal(self) -> None:
        """Show the whole numbers, on record."""
        ...

    def compare(self, other: Person) -> None:
        """Show two records side by side, to merge them."""
        ...

    def undo_merge(self, merge_id: str) -> None:
        """Show two records apart again."""
        ...

    def remove_link(self, relative: Relative) -> None:
        """Offer a relative no more."""
        ...

    def end_letter(self, letter: Letter) -> None:
        """Ask why a letter ends."""
        ...


class PersonCards(QWidget):
    """Rebuilt for each file; `show_file` keeps nothing of the one before."""

    def __init__(self, acts: PersonActs) -> None:
        super().__init__()
        self._acts = acts
        self._columns = QHBoxLayout()
        self._columns.setSpacing(12)
        self.setLayout(column(self._columns, None, margins=(2, 0, 10, 10)))

    def show_file(self, file: PersonFile, *, revealed: bool, today: date) -> None:
        """Show a citizen; whole numbers only when `revealed`."""
        clear(self._columns)
        left = [self._facts(file, revealed=revealed), self._relatives(file), self._earlier(file)]
        right = [self._alike(file), self._visits(file), self._letters(file, today), self._merges(file)]
        for cards in (left, right):
            box = QVBoxLayout()
            box.setSpacing(12)
            for card in cards:
                if card is not None:
                    box.addWidget(card)
            box.addStretch(1)
            self._columns.addLayout(box, 1)

    def _facts(self, file: PersonFile, *, revealed: bool) -> Card:
        card, person = Card(_("Thông tin")), file.person
        for name in ("personal_id", "old_id"):
            number = str(getattr(person, name))
            if number:
                shown = number if revealed else mask_personal_id(number)
                card.body.addWidget(fact_row(words.field_words(name), shown, label_width=_LABEL))
        if not revealed:
            show = Button(_("Hiện số đầy đủ"), variant="link", clicked=self._acts.reveal)
            show.setToolTip(_("Lần xem này được ghi vào nhật ký"))
            card.heading.addWidget(show)
        for label, value in words.facts(person):
            card.body.addWidget(fact_row(label, value, label_width=_LABEL))
        card.body.addWidget(WrapLabel(_("Nguồn"), type="caption", tone="muted"))
        for record in file.records:
            card.body.addWidget(WrapLabel(words.record_words(record), type="small", tone="muted"))
        return card

    def _relatives(self, file: PersonFile) -> Card:
        card = Card(_("Người thân"))
        if not file.relatives:
            told = _("Chưa biết. Quan hệ được ghi nhận từ tờ khai của các hồ sơ đã tiếp nhận.")
            card.body.addWidget(WrapLabel(told, type="small", tone="muted"))
        for relative in file.relatives[:_MOST]:
            person = relative.person
            kin = kin_words(relative.kin, person.sex)
            learned = _("theo hồ sơ ngày {day}").format(day=f"{relative.learned_at:%d/%m/%Y}")
            below = " · ".join(part for part in (kin, words.line_below(person), learned) if part)
            see = self._button(
                _("Xem"), person.full_name, partial(self._acts.open_person, person.personal_id)
            )
            drop = self._button(_("Bỏ"), person.full_name, partial(self._acts.remove_link, relative))
            self._line(card, person.full_name, below, see, drop)
        return card

    def _earlier(self, file: PersonFile) -> Card | None:
        if not file.earlier:
            return None
        card = Card(_("Thông tin trước đây"))
        for each in file.earlier[:_MOST]:
            value = words.value_words(each.field, each.value)
            self._line(card, f"{words.field_words(each.field)}: {value}", words.earlier_words(each))
        return card

    def _alike(self, file: PersonFile) -> Card | None:
        if not file.alike:
            return None
        card = Card(_("Có thể là cùng một người"))
        for other in file.alike[:_MOST]:
            whys = {likeness(record.person, other) for record in file.records}
            why = _("số chứng minh cũ trùng") if Likeness.OLD_ID in whys else _("cùng họ tên và ngày sinh")
            compare = self._button(
                _("So sánh, gộp"), words.line_below(other), partial(self._acts.compare, other)
            )
            self._line(card, other.full_name, f"{words.line_below(other)} · {why}", compare)
        return card

    def _visits(self, file: PersonFile) -> Card:
        card = Card(_("Hồ sơ đã nộp"))
        card.heading.addWidget(PlainLabel(str(len(file.visits)), tone="muted"))
        if not file.visits:
            card.body.addWidget(PlainLabel(_("Chưa nộp hồ sơ nào ở quầy này"), type="small", tone="muted"))
        waiting_first = sorted(file.visits, key=lambda each: each.status not in _WAITING)
        for visit in waiting_first[:_MOST]:
            self._visit(card, visit)
        return card

    def _visit(self, card: Card, visit: DossierRow) -> None:
        below = f"{visit.dossier_code} · {_('nhận')} {moment(visit.received_at)}"
        text, kind = status_words(visit.status)
        see = self._button(_("Mở"), visit.dossier_code, partial(self._acts.open_dossier, visit.dossier_code))
        self._line(card, visit.procedure, below, see, chip=Chip(text, kind))

    def _letters(self, file: PersonFile, today: date) -> Card:
        card = Card(_("Giấy ủy quyền"))
        if not file.letters:
            card.body.addWidget(PlainLabel(_("Chưa có giấy nào"), type="small", tone="muted"))
        for letter in file.letters[:_MOST]:
            title = words.letter_title(letter)
            chip = Chip(*words.letter_state(letter.authorisation, today))
            buttons = []
            if letter.authorisation.ended_at is None:
                buttons.append(self._button(_("Chấm dứt"), title, partial(self._acts.end_letter, letter)))
            below = words.letter_details(letter)
            ended = letter.authorisation.end_reason
            self._line(
                card, title, f"{below} · {_('lý do')}: {ended}" if ended else below, *buttons, chip=chip
            )
        return card

    def _merges(self, file: PersonFile) -> Card | None:
        if not file.merges:
            return None
        card = Card(_("Đã gộp"))
        for made in file.merges:
            card.body.addLayout(self._merge(made))
        return card

    def _merge(self, made: Merge) -> QHBoxLayout:
        text = _("Số {other} hiện chung với {kept}, gộp {moment}, {clerk}").format(
            other=mask_personal_id(made.other_id),
            kept=mask_personal_id(made.keep_id),
            moment=moment(made.merged_at),
            clerk=made.clerk,
        )
        told = WrapLabel(f"{text}. {made.reason}" if made.reason else text, type="small")
        undo = self._button(_("Hoàn tác gộp"), text, partial(self._acts.undo_merge, made.merge_id))
        whole = row(told, undo)
        whole.setStretch(0, 1)
        return whole

    def _line(self, card: Card, title: str, below: str, *buttons: Button, chip: Chip | None = None) -> None:
        """Add "title   chip / below   buttons"; a line parts it from the one before."""
        if card.body.count():
            card.body.addWidget(Line())
        head = row(WrapLabel(title, bold=True), *((chip,) if chip is not None else ()), spacing=8)
        foot = row(WrapLabel(below, type="small", tone="muted"), *buttons, spacing=8)
        for line in (head, foot):
            line.setStretch(0, 1)
        card.body.addLayout(column(head, foot, spacing=1))

    def _button(self, text: str, about: str, clicked: Callable[[], None]) -> Button:
        button = Button(text, clicked=clicked)
        button.setAccessibleName(f"{text}: {about}")
        return button
