"""The list of results that wait, or what to do when none does."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex
from PySide6.QtWidgets import QStackedWidget, QWidget

from counter_app.i18n import _
from counter_app.ui.returns.waiting_model import WaitingModel, WaitingRow
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.labels import ElidedLabel
from counter_app.ui.widgets.layouts import column
from counter_app.ui.widgets.tables import ListTable


class WaitingList(QWidget):
    """Enter or a click opens a row."""

    def __init__(self, open_code: Callable[[str], None]) -> None:
        super().__init__()
        self._open_code = open_code
        self._title = ElidedLabel(type="section")
        self.model = WaitingModel()
        self.table = ListTable(_("Kết quả đang chờ trả"))
        self.table.setModel(self.model)
        self.table.opened.connect(self._opened)
        self._none = EmptyState(
            "returns",
            _("Không có kết quả nào chờ trả"),
            _("Quét giấy hẹn để xem hồ sơ đang ở đâu và hẹn trả khi nào."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._none)
        self.setLayout(column(self._title, self._stack, margins=(16, 4, 16, 14), spacing=6))
        self._fit()

    def show_rows(self, title: str, rows: Sequence[WaitingRow]) -> None:
        """Show rows under a title."""
        self._title.setText(title)
        self.model.show(rows)
        self._stack.setCurrentIndex(0 if rows else 1)

    def focus_list(self) -> None:
        """Go to the first row."""
        if self.model.rows:
            self.table.setCurrentIndex(self.model.index(0, 0, QModelIndex()))
            self.table.setFocus()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  (Qt)
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        wide = {0: "H29.12-261121-1001", 2: "012345678901", 4: "23/11/2026 08:30", 5: _("Bưu chính")}
        self.table.fit_rows(metrics.height() + 14)
        widths = {column: metrics.horizontalAdvance(text) + 30 for column, text in wide.items()}
        self.table.set_widths(widths, stretch=(1, 3))

    def _opened(self, row: int) -> None:
        if 0 <= row < len(self.model.rows):
            self._open_code(self.model.rows[row].dossier_code)
