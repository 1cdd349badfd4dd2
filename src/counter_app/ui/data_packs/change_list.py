"""What a pack changes, in the order it would be read: first in sum, then one by one."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.domain.data_pack import PackPreview
from counter_app.i18n import _
from counter_app.ui.data_packs.words import ChangeLine, change_lines, info_lines, summary_lines
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.labels import PlainLabel, fact_row
from counter_app.ui.widgets.layouts import Card, Line, clear, column, row

_MOST = 80  # more are on the printed list


class ChangeList(QWidget):
    """Shows a preview; the details are capped so that a whole new law is on the screen at once."""

    def __init__(self) -> None:
        super().__init__()
        self._pack, self._details = QVBoxLayout(), QVBoxLayout()
        both = row(column(self._pack, None), column(self._details, None), spacing=12)
        both.setStretch(0, 2)
        both.setStretch(1, 3)
        self.setLayout(both)

    def show_preview(self, preview: PackPreview, *, taking_back: bool) -> None:
        """Show what installing the pack, or taking it back, would change."""
        clear(self._pack)
        clear(self._details)
        summary = Card(_("Quay lại sẽ đổi") if taking_back else _("Gói này đổi"))
        for line in summary_lines(preview):
            summary.body.addWidget(WrapLabel(line, type="strong", selectable=True))
        pack = Card(_("Gói đang dùng, sẽ bỏ") if taking_back else _("Gói"))
        for label, value in info_lines(preview.info):
            pack.body.addWidget(fact_row(label, value, label_width=116))
        self._pack.addWidget(summary)
        self._pack.addSpacing(12)
        self._pack.addWidget(pack)
        self._details.addWidget(_details_card(change_lines(preview)))


def _details_card(lines: list[ChangeLine]) -> Card:
    card = Card(_("Chi tiết (cũ → mới)"))
    if not lines:
        card.body.addWidget(PlainLabel(_("Không có gì thay đổi"), tone="muted"))
    for number, line in enumerate(lines[:_MOST]):
        if number:
            card.body.addWidget(Line())
        card.body.addLayout(_change(line))
    if len(lines) > _MOST:
        more = _("Còn {count} thay đổi nữa: xem trong danh mục in.").format(count=len(lines) - _MOST)
        card.body.addWidget(WrapLabel(more, tone="muted"))
    return card


def _change(line: ChangeLine) -> QVBoxLayout:
    head = row(WrapLabel(line.title, bold=True, selectable=True), spacing=10)
    head.setStretch(0, 1)
    if line.since:
        head.addWidget(PlainLabel(line.since, type="small", tone="muted"))
    box = column(head, spacing=2)
    for detail in line.details:
        box.addWidget(WrapLabel(detail, selectable=True))
    return box
