"""What waits: requests to answer, dossiers whose time of keeping is over, and the notice to post."""

from datetime import date
from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.personal_data import PersonRequest
from counter_app.i18n import _
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.personal_data import words
from counter_app.ui.personal_data.citizen_cards import add_request
from counter_app.ui.personal_data.presenter import Overview
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, Line, clear, column, row

_MOST = 30


class OverviewActs(Protocol):
    """What the cards ask of the screen."""

    def answer(self, request: PersonRequest) -> None:
        """Answer a request."""
        ...

    def print_letter(self, request: PersonRequest) -> None:
        """Print the letter of an answered one again."""
        ...

    def choose_purge(self) -> None:
        """Show the dossiers whose time is over."""
        ...

    def scrub(self) -> None:
        """Wipe what an earlier purge could not."""
        ...

    def print_notice(self) -> None:
        """Print the privacy notice."""
        ...

    def look_for(self) -> None:
        """Go and look for a citizen."""
        ...


class OverviewCards(QWidget):
    """Rebuilt each time somebody looks."""

    def __init__(self, acts: OverviewActs) -> None:
        super().__init__()
        self._acts = acts
        self._columns = QHBoxLayout()
        self._columns.setSpacing(12)
        self.setLayout(column(self._columns, None, margins=(2, 0, 10, 10)))

    def show_overview(self, seen: Overview, today: date) -> None:
        """Show what waits."""
        clear(self._columns)
        right = [self._purge(seen), self._notice()]
        for cards in ([self._requests(seen, today)], right):
            box = QVBoxLayout()
            box.setSpacing(12)
            for card in cards:
                box.addWidget(card)
            box.addStretch(1)
            self._columns.addLayout(box, 1)

    def _requests(self, seen: Overview, today: date) -> Card:
        card = Card(_("Yêu cầu chờ trả lời"))
        card.heading.addWidget(PlainLabel(str(len(seen.waiting)), tone="muted"))
        if not seen.waiting:
            told = _("Không có yêu cầu nào chờ. Mở trang của công dân để ghi yêu cầu mới.")
            card.body.addWidget(WrapLabel(told, type="small", tone="muted"))
        for each in seen.waiting[:_MOST]:
            if card.body.count():
                card.body.addWidget(Line())
            name = each.person.full_name if each.person else ""
            add_request(
                card,
                each.request,
                today,
                answer=self._acts.answer,
                print_letter=self._acts.print_letter,
                name=name,
            )
        card.body.addLayout(row(Button(_("Tìm công dân…"), clicked=self._acts.look_for), None))
        return card

    def _purge(self, seen: Overview) -> Card:
        card, kept = Card(_("Hồ sơ hết thời hạn lưu")), seen.kept
        ready = sum(not each.hindrance for each in kept.due)
        if kept.due:
            told = _("{n} hồ sơ đã hết thời hạn, {ready} hồ sơ hủy được.").format(
                n=len(kept.due), ready=ready
            )
            card.body.addWidget(WrapLabel(told, bold=True))
            card.body.addLayout(row(Button(_("Xem và hủy…"), clicked=self._acts.choose_purge), None))
        else:
            card.body.addWidget(WrapLabel(_("Chưa có hồ sơ nào hết thời hạn lưu.")))
        card.body.addWidget(WrapLabel(words.kept_words(kept), type="small", tone="muted"))
        told = _("Hủy ở quầy chỉ xóa bản trên máy này. Bản trên máy chủ do lưu trữ của tỉnh quyết định.")
        card.body.addWidget(WrapLabel(told, type="small", tone="muted"))
        if seen.scrub_due:
            told = _("Lần hủy trước chưa xóa sạch phần trống của tệp dữ liệu.")
            card.body.addWidget(WrapLabel(told, tone="warn"))
            card.body.addLayout(row(Button(_("Xóa sạch phần trống"), clicked=self._acts.scrub), None))
        return card

    def _notice(self) -> Card:
        card = Card(_("Thông báo xử lý dữ liệu cá nhân"))
        told = _("Niêm yết tại quầy. Khi tiếp nhận, bấm Shift F11 để công dân xem trên màn hình của họ.")
        card.body.addWidget(WrapLabel(told, type="small", tone="muted"))
        card.body.addLayout(row(Button(_("In thông báo"), clicked=self._acts.print_notice), None))
        return card
