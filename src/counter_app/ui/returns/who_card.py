"""Who takes the result: the owner, somebody in their place, or the post."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from counter_app.domain.dossier import ReturnBy
from counter_app.domain.dossier_life import ReturnTo
from counter_app.domain.person import mask_personal_id
from counter_app.i18n import _
from counter_app.services.people.authorisations import letter_in_words
from counter_app.ui.dossier.acts.item_picks import tick_row
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.returns.recipient import CARD, SEEN, CardSays, Recipient
from counter_app.ui.widgets.labels import Chip
from counter_app.ui.widgets.layouts import Card, column, row
from counter_app.ui.widgets.list_field import ListField
from counter_app.ui.widgets.options_field import OptionsField
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.widgets.tick_field import TickField

if TYPE_CHECKING:
    from counter_app.domain.person import Person
    from counter_app.services.returns import ReturnFile

Field = TextField | ListField | OptionsField | TickField


class WhoCard(Card):
    """Fields for the three ways; a scanned card fills them and speaks up when it is the wrong one."""

    edited = Signal()
    finished = Signal()

    def __init__(self, file: "ReturnFile") -> None:
        super().__init__(_("Người nhận"))
        dossier = file.facts.dossier
        self._applicant = dossier.applicant
        letters = dict.fromkeys(letter_in_words(letter) for _delegate, letter in file.delegates)
        self.to = OptionsField(
            _("Trả cho"),
            [
                (ReturnTo.OWNER.value, _("Chính chủ")),
                (ReturnTo.DELEGATE.value, _("Người nhận thay")),
                (ReturnTo.POST.value, _("Bưu chính")),
            ],
        )
        self._owner = WrapLabel(_who(self._applicant), bold=True)
        self._checked = {ReturnTo.OWNER: Chip(), ReturnTo.DELEGATE: Chip()}
        self._said = ("", "")
        self._warning = WrapLabel(tone="bad", bold=True)
        self.name = TextField(_("Họ tên người nhận"), max_length=200)
        self.number = TextField(_("Số định danh người nhận"), max_length=20)
        self.letter = ListField(_("Giấy ủy quyền"), tuple(letters), free=True)
        self.postal = TextField(_("Mã bưu gửi"), max_length=60)
        seen = _("Đã xem giấy tờ tùy thân của người nhận")
        self.seen = TickField(seen)
        self._seen_row = QWidget()
        self._seen_row.setLayout(tick_row(self.seen, seen))
        self._boxes = {
            field: _labelled(words, field)
            for field, words in (
                (self.name, _("Họ tên người nhận")),
                (self.number, _("Số định danh (quét thẻ để điền)")),
                (self.letter, _("Giấy ủy quyền (số, ngày, nơi chứng thực)")),
                (self.postal, _("Mã bưu gửi (quét mã vạch trên bưu gửi)")),
            )
        }
        self.body.addWidget(self.to)
        self.body.addLayout(row(self._owner, self._checked[ReturnTo.OWNER]))
        self.body.addWidget(self._warning)
        self.body.addLayout(row(self._checked[ReturnTo.DELEGATE], None))  # above the name the card gave
        for each in (*self._boxes.values(), self._seen_row):
            self.body.addWidget(each)
        self._card_id = ""
        by_post = dossier.return_by is ReturnBy.POSTAL
        self.to.set_value((ReturnTo.POST if by_post else ReturnTo.OWNER).value)
        self._wire()
        self._say("", "", "")
        self._arrange()

    def _wire(self) -> None:
        walk: tuple[Field, ...] = (self.to, self.name, self.number, self.letter, self.postal, self.seen)
        for place, field in enumerate(walk):
            field.edited.connect(self._changed)
            rest = walk[place + 1 :]
            field.accepted.connect(lambda rest=rest: self._walk(rest))

    def take_card(self, card: Recipient) -> None:
        """Fill in what a card says."""
        self.to.set_value(card.to.value)
        self._card_id = card.person.personal_id
        if card.to is ReturnTo.DELEGATE:
            self.name.set_value(card.person.full_name)
            self.number.set_value(card.person.personal_id)
            self.letter.set_value(card.authorisation)
        good = card.says in (CardSays.OWNER, CardSays.DELEGATE)
        self._say(
            _("Đã đối chiếu thẻ") if good else _("Không phải chính chủ"),
            "ok" if good else "bad",
            card.warning,
        )
        self._arrange()

    @property
    def way(self) -> ReturnTo:
        """To whom the result goes."""
        return ReturnTo(str(self.to.value() or ReturnTo.OWNER.value))

    @property
    def full_name(self) -> str:
        """Who takes it; the applicant where the fields name nobody else."""
        return str(self.name.value()) if self.way is ReturnTo.DELEGATE else self._applicant.full_name

    @property
    def personal_id(self) -> str:
        """The number of who takes it."""
        return str(self.number.value()) if self.way is ReturnTo.DELEGATE else self._applicant.personal_id

    @property
    def identity(self) -> str:
        """How the clerk knows: by the card, by a look at a paper, or "" not at all."""
        if self._card_id and self._card_id in (self.personal_id, self._applicant.old_id):
            return CARD
        return SEEN if self.seen.isChecked() else ""

    def focus_first(self) -> None:
        """Be where the next key is wanted."""
        if self.way is ReturnTo.DELEGATE and not (self.name.value() and self.letter.value()):
            (self.letter if self.name.value() else self.name).setFocus()
        elif self.identity:
            self.finished.emit()
        elif self.way is ReturnTo.POST:
            self.postal.setFocus()
        else:
            self.to.setFocus()

    def show_missing(self, field: str) -> None:
        """Go to what a rule found wanting."""
        named: dict[str, Field] = {
            "full_name": self.name,
            "postal_code": self.postal,
            "authorisation": self.letter,
            "identity": self.seen,
        }
        if field in named:
            named[field].setFocus()

    def _say(self, chip: str, kind: str, warning: str) -> None:
        self._said = (chip, kind)
        self._warning.setText(warning)
        self._warning.setVisible(bool(warning))

    def _changed(self) -> None:
        if self.way is ReturnTo.OWNER and not self.identity:
            self._say("", "", "")
        self._arrange()
        self.edited.emit()

    def _arrange(self) -> None:
        delegate, post = self.way is ReturnTo.DELEGATE, self.way is ReturnTo.POST
        for field in (self.name, self.number, self.letter):
            self._boxes[field].setVisible(delegate)
        self._boxes[self.postal].setVisible(post)
        for way, chip in self._checked.items():
            chip.show_as(*self._said)
            chip.setVisible(bool(self._said[0]) and way is self.way)
        self._seen_row.setVisible(not post and self.identity != CARD)

    def _walk(self, rest: tuple[Field, ...]) -> None:
        following = next((field for field in rest if field.isVisible()), None)
        if following is None or (self.identity == CARD and following is self.seen):
            self.finished.emit()
        else:
            following.setFocus()


def _who(person: "Person") -> str:
    number = mask_personal_id(person.personal_id) if person.personal_id else ""
    return f"{person.full_name} · {number}" if number else person.full_name


def _labelled(words: str, field: QWidget) -> QWidget:
    box = QWidget()
    box.setLayout(column(WrapLabel(words, type="small"), field, spacing=2))
    return box
