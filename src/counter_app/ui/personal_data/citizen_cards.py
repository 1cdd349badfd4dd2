"""One citizen: what is kept and where, what they asked, who looked."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.personal_data import PersonRequest, RequestKind
from counter_app.i18n import _, moment
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.personal_data import words
from counter_app.ui.personal_data.presenter import AboutCitizen
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.combo_field import ComboField
from counter_app.ui.widgets.labels import Chip, PlainLabel, fact_row
from counter_app.ui.widgets.layouts import Card, Line, clear, column, row
from counter_app.ui.widgets.text_field import TextField

_MOST = 14
_LABEL = 230


class CitizenActs(Protocol):
    """What the cards ask of the screen."""

    def open_dossier(self, dossier_code: str) -> None:
        """Open a dossier."""
        ...

    def register(self, kind: RequestKind, note: str) -> None:
        """Write a request down."""
        ...

    def answer(self, request: PersonRequest) -> None:
        """Answer a request."""
        ...

    def print_letter(self, request: PersonRequest) -> None:
        """Print the letter of an answered one again."""
        ...

    def correct(self) -> None:
        """Go where the citizen's data is put right."""
        ...


class CitizenCards(QWidget):
    """Rebuilt for each citizen; the fields of a new request are kept."""

    def __init__(self, acts: CitizenActs) -> None:
        super().__init__()
        self._acts = acts
        self.kind = ComboField(
            _("Công dân yêu cầu"), [(each.value, words.kind_words(each)) for each in RequestKind]
        )
        self.note = TextField(_("Ghi chú"), placeholder=_("Ghi chú, nếu có"), max_length=300)
        self.kind.setMinimumContentsLength(30)
        add = Button(_("Ghi yêu cầu"), clicked=self._register)
        self._new = QWidget()
        fields = row(self.kind, self.note, add, spacing=8)
        fields.setStretch(1, 1)
        self._new.setLayout(fields)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(12)
        asking = Card(_("Ghi yêu cầu mới"))
        asking.body.addWidget(self._new)
        told = _(
            "Hạn trả lời 02 ngày làm việc: Nghị định 356/2025/NĐ-CP, theo nguồn thứ cấp, chưa đối chiếu."
        )
        asking.body.addWidget(WrapLabel(told, type="small", tone="muted"))
        self.setLayout(column(asking, self._columns, None, margins=(2, 0, 10, 10), spacing=12))

    def show_citizen(self, about: AboutCitizen, today: date) -> None:
        """Show what was found."""
        clear(self._columns)
        for cards in (
            (self._places(about), self._dossiers(about)),
            (self._requests(about, today), self._looks(about)),
        ):
            box = QVBoxLayout()
            box.setSpacing(12)
            for card in cards:
                box.addWidget(card)
            box.addStretch(1)
            self._columns.addLayout(box, 1)

    def _places(self, about: AboutCitizen) -> Card:
        card = Card(_("Dữ liệu đang lưu"))
        for place, (certain, by_name) in about.inventory.by_place.items():
            found = words.found_words(certain, by_name)
            card.body.addWidget(fact_row(words.place_words(place), found, label_width=_LABEL))
        correct = Button(_("Sửa thông tin"), variant="link", clicked=self._acts.correct)
        card.heading.addWidget(correct)
        if any(not trace.certain for trace in about.inventory.traces):
            told = _("Chỗ chỉ trùng họ tên có thể là người khác: xem từng chỗ trước khi trả lời.")
            card.body.addWidget(WrapLabel(told, type="small", tone="muted"))
        return card

    def _dossiers(self, about: AboutCitizen) -> Card:
        card = Card(_("Hồ sơ có người này"))
        found = about.inventory
        if not found.dossiers:
            card.body.addWidget(PlainLabel(_("Không có hồ sơ nào"), type="small", tone="muted"))
        for dossier_id in found.dossiers[:_MOST]:
            code = found.codes.get(dossier_id, "")
            see = _button(_("Mở"), code, partial(self._acts.open_dossier, code))
            line = row(PlainLabel(code, selectable=True), None, see)
            card.body.addLayout(line)
        more = len(found.dossiers) - _MOST
        if more > 0:
            told = _("và {n} hồ sơ nữa, có đủ trong bản sao dữ liệu").format(n=more)
            card.body.addWidget(PlainLabel(told, type="small", tone="muted"))
        return card

    def _requests(self, about: AboutCitizen, today: date) -> Card:
        card = Card(_("Yêu cầu về dữ liệu"))
        if not about.requests:
            card.body.addWidget(PlainLabel(_("Chưa có yêu cầu nào"), type="small", tone="muted"))
        for request in about.requests[:_MOST]:
            if card.body.count():
                card.body.addWidget(Line())
            add_request(card, request, today, answer=self._acts.answer, print_letter=self._acts.print_letter)
        return card

    def _looks(self, about: AboutCitizen) -> Card:
        card = Card(_("Ai đã xem, in, xuất, sửa"))
        card.heading.addWidget(PlainLabel(str(len(about.accesses)), tone="muted"))
        for each in about.accesses[:_MOST]:
            where = each.about or _("thông tin công dân")
            text = f"{words.access_words(each.kind)} · {where}"
            below = PlainLabel(f"{moment(each.at)} · {each.clerk}", type="small", tone="muted")
            line = row(WrapLabel(text), below)
            line.setStretch(0, 1)
            card.body.addLayout(line)
        return card

    def _register(self) -> None:
        kind, note = RequestKind(str(self.kind.value())), str(self.note.value() or "")
        self.note.set_value("")
        self._acts.register(kind, note)


def add_request(
    card: Card,
    request: PersonRequest,
    today: date,
    *,
    answer: Callable[[PersonRequest], None],
    print_letter: Callable[[PersonRequest], None],
    name: str = "",
) -> None:
    """Add a request to a card, with what can be done about it."""
    title = f"{name} · {words.kind_words(request.kind)}" if name else words.kind_words(request.kind)
    head = row(WrapLabel(title, bold=True), Chip(*words.request_state(request, today)), spacing=8)
    if request.outcome is None:
        act = _button(_("Trả lời"), title, lambda: answer(request))
    else:
        act = _button(_("In thư"), title, lambda: print_letter(request))
    foot = row(WrapLabel(words.request_details(request), type="small", tone="muted"), act, spacing=8)
    for line in (head, foot):
        line.setStretch(0, 1)
    card.body.addLayout(column(head, foot, spacing=1))


def _button(text: str, about: str, clicked: Callable[[], None]) -> Button:
    button = Button(text, clicked=clicked)
    button.setAccessibleName(f"{text}: {about}")
    return button
