"""What is told to a citizen whose dossier is not received now: what is missing, why not, or how online."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from counter_app.domain.intake_notice import NoticeKind
from counter_app.i18n import _, later, moment
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, Scroll, action_bar, clear, column, row
from counter_app.ui.widgets.list_field import ListField
from counter_app.ui.widgets.options_field import OptionsField
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.widgets.tick_field import TickField

if TYPE_CHECKING:
    from counter_app.domain.intake_notice import IntakeNotice

_KINDS = (
    (NoticeKind.SUPPLEMENT.value, later("Yêu cầu bổ sung")),
    (NoticeKind.REFUSAL.value, later("Từ chối tiếp nhận")),
    (NoticeKind.ONLINE_GUIDANCE.value, later("Hướng dẫn nộp trực tuyến")),
)
_WHY_MISSING = (
    later("Thiếu thành phần hồ sơ theo quy định"),
    later("Giấy tờ chưa hợp lệ, phải thay"),
    later("Thông tin trên giấy tờ không khớp nhau"),
)
_WHY_REFUSED = (
    later("Không thuộc thẩm quyền giải quyết của cấp xã"),
    later("Người nộp không phải người có quyền yêu cầu"),
    later("Không đủ điều kiện theo quy định của thủ tục"),
    later("Việc này đã được giải quyết"),
)
_ABOUT = {
    NoticeKind.SUPPLEMENT: later(
        "Ghi một lần, đầy đủ mọi thứ còn thiếu. Lượt này được giữ trong Bản nháp để làm tiếp khi công dân "
        "quay lại."
    ),
    NoticeKind.REFUSAL: later("Đánh dấu mọi lý do; phiếu từ chối có số và được lưu."),
    NoticeKind.ONLINE_GUIDANCE: later("Ghi nhận đã hướng dẫn; không lưu tên ai, không in giấy."),
}
_ITEM_LETTERS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the clerk decided to tell."""

    kind: NoticeKind
    items: tuple[str, ...] = ()
    reason: str = ""
    repeat_reason: str = ""


class NoticePage(QWidget):
    """One page for the three ways a visit ends without a dossier.

    Args:
        give: Called with what is to be told, once it is complete.
        closed: Called when the clerk thinks better of it.
    """

    def __init__(self, *, give: Callable[[Told], None], closed: Callable[[], None]) -> None:
        super().__init__()
        self._give = give
        self._missing: tuple[str, ...] = ()
        self._before: IntakeNotice | None = None
        self._kinds = [(value, _(label)) for value, label in _KINDS]
        self.kind = OptionsField(_("Báo cho công dân"), self._kinds)
        self.kind.edited.connect(self._kind_chosen)
        self._about = WrapLabel(tone="muted", type="small")
        self._earlier = WrapLabel(tone="warn")
        self._list = column(spacing=6)
        self._ticks: list[tuple[TickField, str]] = []
        self.more = TextField(
            _("Thêm mục"),
            placeholder=_("Thêm mục khác, Enter để đưa vào danh sách"),
            max_length=_ITEM_LETTERS,
        )
        self.more.accepted.connect(self._add)
        self.reason = ListField(
            _("Lý do yêu cầu bổ sung"), [(_(each), _(each)) for each in _WHY_MISSING], free=True
        )
        self.reason.edited.connect(self._say)
        self.reason.accepted.connect(self._after_reason)
        self.repeat = TextField(_("Vì sao phải yêu cầu thêm lần nữa"), max_length=_ITEM_LETTERS)
        self.repeat.edited.connect(self._say)
        self.repeat.accepted.connect(self.confirm)
        self._why = row(PlainLabel(_("Lý do")), self.reason, spacing=10)
        self._why.setStretch(1, 1)
        self._lacking = PlainLabel(tone="warn")
        self.save = primary_button(_("Lưu và in phiếu"), key="F9", clicked=self.confirm)
        cancel = Button(_("Thôi"), key="Esc", clicked=closed)
        card = Card()
        card.body.setSpacing(9)
        reasons = QWidget()
        reasons.setLayout(self._why)
        self._reason_line = reasons
        above: tuple[QWidget, ...] = (self.kind, self._about, self._earlier)
        below: tuple[QWidget, ...] = (self.more, reasons, self.repeat)
        for part in above:
            card.body.addWidget(part)
        card.body.addLayout(self._list)
        for part in below:
            card.body.addWidget(part)
        card.body.addStretch(1)
        self.title = WrapLabel(type="title")
        body = QWidget()
        body.setLayout(column(self.title, card, margins=(16, 12, 16, 12), spacing=10))
        foot = action_bar(cancel, None, self._lacking, self.save)
        self.setLayout(column(Scroll(body), foot, spacing=0))
        self.repeat.setPlaceholderText(_("Vì sao phải yêu cầu thêm lần nữa"))
        for number in range(1, len(_KINDS) + 1):
            keys = QShortcut(QKeySequence(f"Alt+{number}"), self)
            keys.activated.connect(lambda number=number: self._choose(_KINDS[number - 1][0]))

    @property
    def told(self) -> Told:
        """What would be told now."""
        kind = NoticeKind(str(self.kind.value()))
        items = tuple(text for tick, text in self._ticks if tick.isChecked())
        if kind is NoticeKind.ONLINE_GUIDANCE:
            return Told(kind=kind)
        if kind is NoticeKind.REFUSAL:
            return Told(kind=kind, items=items)
        return Told(
            kind=kind,
            items=items,
            reason=str(self.reason.value() or ""),
            repeat_reason=str(self.repeat.value()) if self._before else "",
        )

    def open_for(self, kind: NoticeKind, missing: Sequence[str], about: str) -> None:
        """Start with the papers the checklist misses, all ticked; `about` names citizen and request."""
        self.title.setText(about)
        self._missing = tuple(missing)
        self._before = None
        for field in (self.more, self.repeat):
            field.clear()
        self.reason.set_value(_(_WHY_MISSING[0]) if missing else "")
        self._choose(kind.value)

    def say_earlier(self, notice: IntakeNotice | None) -> None:
        """Warn that this visit was asked before: the law allows it once."""
        self._before = notice
        self._show_earlier()
        self._say()

    def confirm(self) -> None:
        """F9: tell it, or go to what is still lacking."""
        self.more.commit()
        self._add()
        target = self._first_lacking()
        if target is None:
            self._give(self.told)
        else:
            self._say()
            target.setFocus()

    def _choose(self, kind: str) -> None:
        self.kind.set_value(kind)
        self._kind_chosen()

    def _kind_chosen(self) -> None:
        kind = NoticeKind(str(self.kind.value()))
        online, refusal = kind is NoticeKind.ONLINE_GUIDANCE, kind is NoticeKind.REFUSAL
        self._about.setText(_(_ABOUT[kind]))
        clear(self._list)
        self._ticks = []
        for text in () if online else tuple(map(_, _WHY_REFUSED)) if refusal else self._missing:
            self._put(text, ticked=not refusal)
        self.more.setVisible(not online)
        self.more.setPlaceholderText(
            _("Lý do khác, Enter để đưa vào danh sách")
            if refusal
            else _("Thêm mục khác, Enter để đưa vào danh sách")
        )
        self._reason_line.setVisible(kind is NoticeKind.SUPPLEMENT)
        self.save.set_text(_("Ghi nhận") if online else _("Lưu và in phiếu"))
        self._show_earlier()
        self._say()
        first = self._ticks[0][0] if refusal else self.more
        (self.save if online else first).setFocus()

    def _show_earlier(self) -> None:
        asked = self._before is not None and self.kind.value() == NoticeKind.SUPPLEMENT.value
        self._earlier.setVisible(asked)
        self.repeat.setVisible(asked)
        if self._before is not None:
            text = _(
                "Lượt này đã được yêu cầu bổ sung lúc {at}. Luật chỉ cho yêu cầu một lần: ghi vì sao thêm."
            )
            self._earlier.setText(text.format(at=moment(self._before.at)))

    def _add(self) -> None:
        text = str(self.more.value())
        if text:
            self._put(text, ticked=True)
            self.more.clear()
            self.more.setFocus()
            self._say()
        elif self.more.hasFocus() and self._reason_line.isVisible():
            self.reason.setFocus()

    def _put(self, text: str, *, ticked: bool) -> None:
        tick = TickField(text)
        tick.setFixedWidth(27)
        tick.setChecked(ticked)
        words = WrapLabel(text)
        words.clicked.connect(tick.click)
        tick.edited.connect(self._say)
        tick.accepted.connect(self.more.setFocus)
        self._ticks.append((tick, text))
        line = QWidget()
        box = row(tick, words, spacing=6)
        box.setStretch(1, 1)
        line.setLayout(box)
        self._list.addWidget(line)

    def _after_reason(self) -> None:
        self._say()
        target = self._first_lacking()
        (target or self.save).setFocus()

    def _first_lacking(self) -> QWidget | None:
        told = self.told
        if told.kind is NoticeKind.ONLINE_GUIDANCE:
            return None
        if not told.items:
            return self.more
        if told.kind is NoticeKind.SUPPLEMENT and not told.reason.strip():
            return self.reason
        if self._before is not None and told.kind is NoticeKind.SUPPLEMENT and not told.repeat_reason.strip():
            return self.repeat
        return None

    def _say(self) -> None:
        lacking = self._first_lacking()
        words = {
            id(None): "",
            id(self.more): _("Chưa ghi mục nào"),
            id(self.reason): _("Chưa ghi lý do"),
            id(self.repeat): _("Chưa ghi vì sao yêu cầu lại"),
        }
        self._lacking.setText(words[id(lacking)])
