"""What was entered, for reading back: large lines, as many pages as they need."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.i18n import _
from counter_app.ui.citizen_screen.big import BigButton, BigLabel, big_font, scale_all, unit_of
from counter_app.ui.citizen_screen.stage_port import ReadingLine
from counter_app.ui.widgets.layouts import Card, clear, column, row

_LABEL, _VALUE = 30, 36  # pixels at 1366×768
_LABEL_SHARE = 0.38
_GAP = 12


class ReadingPage(QWidget):
    """Pages of lines; the citizen says whether they are right.

    Args:
        answered: Gets True for "right", False for "something is wrong".
    """

    def __init__(self, answered: Callable[[bool], None]) -> None:
        super().__init__()
        self._lines: tuple[ReadingLine, ...] = ()
        self._pages: list[list[ReadingLine]] = [[]]
        self._page = 0
        self._unit = 1.0
        self._ask = BigLabel(_("Ông/bà kiểm tra giúp: đúng chưa?"), pixels=38, strong=True)
        self._title = BigLabel(tone="muted", pixels=_LABEL)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(_GAP)
        self._grid.setHorizontalSpacing(24)
        self._grid.setColumnStretch(0, round(_LABEL_SHARE * 100))
        self._grid.setColumnStretch(1, 100 - round(_LABEL_SHARE * 100))
        self._card = Card()
        self._card.body.addLayout(self._grid)
        self._card.body.addStretch(1)
        self._where = BigLabel(tone="muted", pixels=_LABEL)
        self.more = BigButton(_("Trang sau"), self.next_page)
        self.wrong = BigButton(_("Có chỗ cần sửa"), lambda: answered(False))
        self.right = BigButton(_("Đúng rồi"), lambda: answered(True), variant="primary")
        foot = row(self._where, self.more, self.wrong, self.right, spacing=16)
        whole = column(self._ask, self._title, self._card, foot, margins=(36, 24, 36, 16), spacing=12)
        whole.setStretchFactor(self._card, 1)
        self.setLayout(whole)

    def show_lines(self, title: str, lines: Sequence[ReadingLine]) -> None:
        """Show these lines from the first page; the same visit's corrected lines stay on their page."""
        same = [line.label for line in lines] == [line.label for line in self._lines]
        self._lines = tuple(lines)
        self._title.setText(title)
        self._page = self._page if same else 0
        self._lay_out()

    def wipe(self) -> None:
        """Forget everything: texts too, not only their sight."""
        self.show_lines("", ())

    def next_page(self) -> None:
        """Turn to the next page, after the last to the first."""
        self._page = (self._page + 1) % len(self._pages)
        self._show_page()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt)
        """Take the size of the screen."""
        super().resizeEvent(event)
        self._unit = unit_of(self.window().size())
        self._lay_out()

    def _lay_out(self) -> None:
        """Divide the lines into pages that fit."""
        width = max(self.width() - 36 * 2 - 28 - 24, 300)
        reserved = (38 * 1.5 + _LABEL * 1.5 * 2 + 2.5 * 30) * self._unit + 24 + 16 + 12 * 3 + 26
        room = max(self.height() - reserved, 120)
        pages: list[list[ReadingLine]] = [[]]
        used = 0.0
        for line in self._lines:
            tall = self._height(line, width) + _GAP
            if pages[-1] and used + tall > room:
                pages.append([])
                used = 0.0
            pages[-1].append(line)
            used += tall
        self._pages = pages
        self._page = min(self._page, len(pages) - 1)
        self._show_page()

    def _height(self, line: ReadingLine, width: float) -> float:
        tall = 0.0
        for text, pixels, share, strong in (
            (line.label, _LABEL, _LABEL_SHARE, False),
            (line.value, _VALUE, 1 - _LABEL_SHARE, True),
        ):
            metrics = QFontMetrics(big_font(self.font(), pixels * self._unit, strong=strong))
            box = QRect(0, 0, round(width * share), 10_000)
            tall = max(tall, metrics.boundingRect(box, int(Qt.TextFlag.TextWordWrap), text).height())
        return tall

    def _show_page(self) -> None:
        clear(self._grid)
        for number, line in enumerate(self._pages[self._page]):
            label = BigLabel(line.label, pixels=_LABEL, tone="muted")
            value = BigLabel(line.value, pixels=_VALUE, strong=True)
            for column_number, each in enumerate((label, value)):
                each.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(each, number, column_number)
        several = len(self._pages) > 1
        words = _("Trang {page}/{count}").format(page=self._page + 1, count=len(self._pages))
        self._where.setText(words)
        self._where.setVisible(several)
        self.more.setVisible(several)
        scale_all(self, self._unit)
