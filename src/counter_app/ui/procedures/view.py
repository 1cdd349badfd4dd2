"""The catalogue: procedures in force on the left, one of them on the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from counter_app.domain.procedure import Procedure
from counter_app.i18n import _
from counter_app.ui.procedures.presenter import ProceduresPresenter
from counter_app.ui.procedures.procedure_page import ProcedurePage
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, Scroll, column, row
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.workspace import KeyHelp, Screen, Workspace


class ProceduresScreen(Screen):
    """Search, list, page, and what is wrong in the data."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = ProceduresPresenter(workspace)
        self._shown: list[Procedure] = []
        self.search = TextField(_("Tìm thủ tục"), placeholder=_("ksi, khai sinh, 1.001193…"), max_length=120)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Thủ tục đang áp dụng"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._choose)
        self._count = PlainLabel(type="small", tone="muted")
        self.page = ProcedurePage(workspace, self.presenter)
        none = EmptyState(
            "procedures", _("Không có thủ tục nào khớp"), _("Chỉ thủ tục đang có hiệu lực mới hiện ở đây.")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(Scroll(self.page))
        self._stack.addWidget(none)
        self._problems = QFrame()
        self._problems.setProperty("frame", "warn")
        self._problem_text = PlainLabel(type="small", wrap=True, selectable=True)
        self._problems.setLayout(column(self._problem_text, margins=(10, 8, 10, 8)))
        left = Card()
        head = row(PlainLabel(self.title(), type="title"), None, self._count)
        for item in (self.search, self.list, self._problems):
            left.body.addWidget(item)
        side = QWidget()
        side.setLayout(column(head, left, spacing=10))
        side.setFixedWidth(340)
        self.setLayout(row(side, self._stack, margins=(16, 14, 12, 14), spacing=12))
        self._timer = QTimer(self, interval=80, singleShot=True)
        self._timer.timeout.connect(self._search)
        self.search.edited.connect(self._timer.start)
        self.search.accepted.connect(self.list.setFocus)

    def title(self) -> str:
        """Return the screen's name."""
        return _("Thủ tục")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (
            KeyHelp(_("Chữ"), _("Tìm theo tên, chữ đầu hoặc mã quốc gia")),
            KeyHelp("Enter", _("Vào danh sách")),
            KeyHelp("↑ ↓", _("Chọn thủ tục")),
        )

    def opened(self, **request: object) -> None:
        """Show the list, and ``procedure_id`` when it is given."""
        wanted = request.get("procedure_id")
        if wanted:
            self.search.clear()
        self._search()
        for line, procedure in enumerate(self._shown):
            if procedure.procedure_id == wanted:
                self.list.setCurrentRow(line)
        self.search.setFocus()

    def escape(self) -> bool:
        """Empty the search first."""
        if not self.search.text():
            return False
        self.search.clear()
        self._search()
        return True

    def _search(self) -> None:
        current = (
            self._shown[self.list.currentRow()] if 0 <= self.list.currentRow() < len(self._shown) else None
        )
        self._fill(self.presenter.find(str(self.search.value())))
        again = self._shown.index(current) if current in self._shown else 0
        self.list.setCurrentRow(again if self._shown else -1)
        self._stack.setCurrentIndex(0 if self._shown else 1)
        self._count.setText(_("{count} đang áp dụng").format(count=len(self._shown)))
        problems = self.presenter.problems()
        self._problems.setVisible(bool(problems))
        self._problem_text.setText(_("Dữ liệu có lỗi:") + "\n" + "\n".join(problems))

    def _fill(self, found: Sequence[Procedure]) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        self._shown = list(found)
        for procedure in self._shown:
            item = QListWidgetItem(procedure.name, self.list)
            spoken = f"{procedure.name}, {procedure.sector}, {procedure.national_code}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        self.list.blockSignals(False)

    def _choose(self, line: int) -> None:
        if 0 <= line < len(self._shown):
            self.page.show_procedure(self._shown[line])
