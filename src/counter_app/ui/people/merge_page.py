"""Two records side by side: what is the same, what differs, and which one is kept."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from counter_app.domain.person import Person, mask_personal_id
from counter_app.domain.same_person import doubts
from counter_app.i18n import _
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.people import words
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.labels import Chip
from counter_app.ui.widgets.layouts import Card, Scroll, action_bar, column, row
from counter_app.ui.widgets.text_field import TextField

_FIELDS = (
    *("full_name", "old_id", "birth_date", "sex", "address", "phone", "email", "ethnicity", "issued_on"),
)
_LABEL_WIDTH = 130


class MergePage(QWidget):
    """`done` gets (kept id, other id, reason)."""

    def __init__(self, *, done: Callable[[str, str, str], None], back: Callable[[], None]) -> None:
        super().__init__()
        self._done = done
        self._pair = (Person(full_name=""), Person(full_name=""))
        self.keep = (QRadioButton(), QRadioButton())
        self._group = QButtonGroup(self)
        for button in self.keep:
            self._group.addButton(button)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._doubts = WrapLabel(tone="warn")
        self.reason = TextField(
            _("Lý do gộp"), placeholder=_("Ví dụ: đã xem thẻ mới ghi số chứng minh cũ"), max_length=300
        )
        card = Card(_("Gộp hai bản ghi của một người"))
        told = _(
            "Chọn bản ghi để giữ. Bản ghi kia không mất: hồ sơ, người thân, giấy ủy quyền của cả hai "
            "hiện chung, và có thể hoàn tác bất cứ lúc nào."
        )
        card.body.addWidget(WrapLabel(told, tone="muted", type="small"))
        card.body.addLayout(self._grid)
        card.body.addWidget(self._doubts)
        why = WrapLabel(_("Lý do gộp"))
        why.setFixedWidth(_LABEL_WIDTH)
        card.body.addLayout(row(why, self.reason, spacing=14))
        self.button = primary_button(_("Gộp"), key="F9", clicked=self.finish)
        bar = action_bar(Button(_("Không gộp"), key="Esc", clicked=back), None, self.button)
        inner = QWidget()
        inner.setLayout(column(card, None, margins=(2, 0, 10, 0)))
        whole = column(Scroll(inner), bar, spacing=8)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def open_for(self, one: Person, other: Person) -> None:
        """Compare two records; the one with the twelve-digit number is proposed to be kept."""
        self._pair = (one, other)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None and widget not in self.keep:
                widget.hide()
                widget.deleteLater()
        for place, (button, person) in enumerate(zip(self.keep, self._pair, strict=True), start=1):
            button.setText(_("Giữ số {number}").format(number=mask_personal_id(person.personal_id)))
            button.setAccessibleName(button.text())
            self._grid.addWidget(button, 0, place)
        self.keep[1 if len(other.personal_id) > len(one.personal_id) else 0].setChecked(True)
        for line, name in enumerate(_FIELDS, start=1):
            self._add_line(line, name)
        against = [words.doubt_words(doubt) for doubt in doubts(one, other)]
        self._doubts.setText(
            " ".join([*against, _("Nếu vẫn là một người, hãy ghi lý do.")] if against else [])
        )
        self._doubts.setVisible(bool(against))
        self.reason.set_value("")
        self.reason.setFocus() if against else self.button.setFocus()

    def finish(self) -> None:
        """Merge as chosen."""
        one, other = (person.personal_id for person in self._pair)
        kept, shown = (one, other) if self.keep[0].isChecked() else (other, one)
        self._done(kept, shown, str(self.reason.value()))

    def _add_line(self, line: int, name: str) -> None:
        one, other = (words.value_words(name, getattr(person, name)) for person in self._pair)
        if not one and not other:
            return
        label = WrapLabel(words.field_words(name), tone="muted")
        label.setFixedWidth(_LABEL_WIDTH)
        self._grid.addWidget(label, line, 0)
        differs = bool(one and other) and one != other
        for place, value in enumerate((one, other), start=1):
            self._grid.addWidget(WrapLabel(value or "—", bold=differs, selectable=True), line, place)
        if differs:
            self._grid.addWidget(Chip(_("khác nhau"), "warn"), line, 3)
