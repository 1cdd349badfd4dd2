"""The chosen item: what it is, what became of it so far, why, and what the clerk can do."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout

from counter_app.domain.working_time import office_moment
from counter_app.i18n import _, moment
from counter_app.services.sync.items import ItemAct, SyncItem
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.scans.words import size_words
from counter_app.ui.sync_status import words
from counter_app.ui.sync_status.kind_words import kind_words
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.flow_row import FlowBox
from counter_app.ui.widgets.labels import Chip, fact_row
from counter_app.ui.widgets.layouts import Card, clear, row


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemActs:
    """What the buttons do."""

    open_dossier: Callable[[str], None]
    send: Callable[[SyncItem], None]
    correct: Callable[[SyncItem], None]
    export: Callable[[], None]
    support: Callable[[], None]


class ItemDetail(Card):
    """Shows one item, or what to do to see one."""

    def __init__(self, acts: ItemActs, theme: Theme) -> None:
        super().__init__()
        self._acts, self._theme = acts, theme
        self.shown: SyncItem | None = None
        self._name = WrapLabel(type="strong")
        self._chip = Chip()
        head = row(self._name, self._chip, spacing=8)
        head.setStretch(0, 1)
        self.body.addLayout(head)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(4)
        self.body.addLayout(self._facts)
        self.cause = WrapLabel()
        self.hint = WrapLabel(type="small", tone="muted")
        self.buttons = FlowBox()
        for each in (self.cause, self.hint, self.buttons):
            self.body.addWidget(each)
        self.body.addStretch(1)
        self.show_item(None)

    def show_item(self, item: SyncItem | None) -> None:
        """Show an item."""
        self.shown = item
        clear(self._facts)
        self._chip.setVisible(item is not None)
        if item is None:
            self._name.setText(_("Chọn một việc để xem vì sao chưa gửi"))
            self.cause.setText("")
            self.hint.setText("")
            self.buttons.show_only(())
            return
        self._name.setText(kind_words(item.kind))
        self._chip.show_as(*words.item_state(item))
        for label, value in _facts_of(item):
            self._facts.addWidget(
                fact_row(label, value, label_width=round(96 * self._theme.text_scale / 100))
            )
        self.cause.setText(words.item_cause(item))
        hint = words.correct_words(item)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.buttons.show_only(self._buttons(item))

    def focus_first(self) -> None:
        """Go to the first button, on Enter in the list."""
        first = self.buttons.findChild(Button)
        if first is not None:
            first.setFocus()

    def _buttons(self, item: SyncItem) -> list[Button]:
        acts, made = self._acts, []
        if item.dossier_code:
            made.append(Button(_("Mở hồ sơ"), clicked=lambda: acts.open_dossier(item.dossier_code)))
        if ItemAct.CORRECT in item.acts:
            made.append(Button(_("Sửa và gửi lại"), clicked=lambda: acts.correct(item)))
        if ItemAct.SEND_NOW in item.acts:
            label = _("Thử nhận lại") if item.incoming else _("Gửi việc này ngay")
            made.append(Button(label, clicked=lambda: acts.send(item)))
        if ItemAct.EXPORT in item.acts:
            made.append(Button(_("Xuất ra USB…"), clicked=acts.export))
        if ItemAct.SUPPORT in item.acts:
            made.append(Button(_("Gửi cho hỗ trợ…"), clicked=acts.support))
        return made


def _facts_of(item: SyncItem) -> list[tuple[str, str]]:
    next_try = item.next_attempt_at
    lines = [
        (_("Mã hồ sơ"), item.dossier_code),
        (_("Ghi lúc"), moment(office_moment(item.at))),
        (_("Cỡ"), size_words(item.size)),
        (_("Đã thử"), _("{count} lần").format(count=item.attempts) if item.attempts else ""),
        (_("Thử lại lúc"), moment(office_moment(next_try)) if next_try else ""),
        (_("Số ở máy chủ"), str(item.office_seq) if item.office_seq else ""),
    ]
    return [(label, value) for label, value in lines if value]
