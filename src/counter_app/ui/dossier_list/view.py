"""The list of dossiers with instant search."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from counter_app.i18n import _
from counter_app.ui.dossier_list import list_model
from counter_app.ui.dossier_list.chip_delegate import ChipDelegate
from counter_app.ui.dossier_list.list_model import DossierListModel
from counter_app.ui.dossier_list.presenter import MOST_HITS, ListPresenter
from counter_app.ui.dossier_list.state import ListState
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, column, row
from counter_app.ui.widgets.tables import ListTable
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.workspace import KeyHelp, Screen, Workspace

_DEBOUNCE_MS = 120
_NAME_WIDTH = 150


class DossiersScreen(Screen):
    """Type to search; Down goes into the list; Enter opens."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = ListPresenter(workspace, self._show)
        self.search = TextField(
            _("Tìm hồ sơ"),
            placeholder=_("Mã hồ sơ, họ tên không dấu, số định danh, điện thoại…"),
            max_length=120,
        )
        self.search.setMaximumWidth(560)
        self._count = PlainLabel(tone="muted", type="small")
        self.table = ListTable(_("Danh sách hồ sơ"))
        self.model = DossierListModel(workspace.desk.clock.now, self.presenter.more)
        self.table.setModel(self.model)
        self._chips = ChipDelegate(workspace.theme)
        for chip_column in (list_model.STATUS, list_model.UNSENT):
            self.table.setItemDelegateForColumn(chip_column, self._chips)
        self.table.opened.connect(self._open)
        self._empty = EmptyState(
            "dossiers",
            _("Chưa có hồ sơ nào"),
            _("Hồ sơ tiếp nhận ở quầy này sẽ hiện ở đây, kể cả khi chưa gửi lên máy chủ."),
            label=_("Tiếp nhận hồ sơ"),
            key="F2",
            clicked=lambda: workspace.shell.open_screen("intake", new="1"),
        )
        self._none = EmptyState("search", "")
        card = Card()
        card.body.addWidget(self.table)
        inner = card.layout()
        if inner is not None:
            inner.setContentsMargins(1, 1, 1, 1)
        self._stack = QStackedWidget()
        for page in (card, self._empty, self._none):
            self._stack.addWidget(page)
        head = row(PlainLabel(self.title(), type="title"), 16, self.search, None, self._count, spacing=8)
        head.setStretchFactor(self.search, 3)
        self.setLayout(column(head, self._stack, margins=(16, 14, 16, 14), spacing=12))
        self._timer = QTimer(self, interval=_DEBOUNCE_MS, singleShot=True)
        self._timer.timeout.connect(lambda: self.presenter.search(str(self.search.value())))
        self.search.edited.connect(self._timer.start)
        self.search.accepted.connect(self._enter)
        workspace.operations.data_changed.connect(self._data_changed)
        workspace.theme.changed.connect(self._fit)
        self._stale = True
        self._fit()

    def title(self) -> str:
        """Return the screen's name."""
        return _("Tra cứu hồ sơ")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (
            KeyHelp(_("Chữ, số"), _("Tìm ngay khi gõ, không cần dấu")),
            KeyHelp("Enter", _("Vào danh sách; mở hồ sơ đang chọn")),
            KeyHelp("↑ ↓", _("Chọn hồ sơ")),
        )

    def opened(self, **request: object) -> None:
        """Search for `text` when it is given; otherwise keep what was there."""
        text = request.get("text")
        if isinstance(text, str):
            self.search.setText(text)
        if isinstance(text, str) or self._stale:
            self.presenter.search(str(self.search.value()))
            self._stale = False
        self.search.setFocus()
        self.search.selectAll()

    def escape(self) -> bool:
        """Empty the search first."""
        if not self.search.text():
            return False
        self.search.clear()
        self.presenter.search("")
        self.search.setFocus()
        return True

    def _enter(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.presenter.search(str(self.search.value()))
        if self.model.rowCount() == 1:
            self._open(0)
        elif self.model.rowCount():
            self.table.setFocus()
            self.table.selectRow(0)

    def _open(self, line: int) -> None:
        found = self.model.row_at(self.model.index(line, 0))
        if found is not None:
            self.workspace.shell.open_screen("dossier", dossier_code=found.dossier_code)

    def _show(self, state: ListState) -> None:
        self.model.show(state)
        self._count.setText(_count_words(state))
        if state.error:
            self._none.say(_("Chưa tìm được"), state.error)
        elif state.nothing_found:
            hint = _("Thử mã hồ sơ, họ tên không dấu, số định danh hoặc số điện thoại.")
            self._none.say(_("Không có hồ sơ nào khớp “{text}”").format(text=state.text), hint)
        bad = bool(state.error) or state.nothing_found
        self._stack.setCurrentIndex(2 if bad else 1 if state.nothing_yet else 0)

    def _data_changed(self) -> None:
        if self.isVisible():
            self.presenter.refresh()
        else:
            self._stale = True

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt)
        """Give names room on small screens and with large text."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        scale = self.workspace.theme.text_scale / 100
        self.table.fit_rows(round(36 * scale))
        widths = {
            list_model.CODE: 174,
            list_model.STATUS: 132,
            list_model.RECEIVED: 152,
            list_model.DUE: 152,
            list_model.UNSENT: 92,
        }
        fixed = {column_: round(width * scale) for column_, width in widths.items()}
        room = self.width() - sum(fixed.values()) - 48
        crowded = room < 2 * _NAME_WIDTH * scale
        self.table.setColumnHidden(list_model.RECEIVED, crowded)  # the day stands in the code as well
        self.table.set_widths(fixed, stretch=(list_model.APPLICANT, list_model.PROCEDURE))


def _count_words(state: ListState) -> str:
    if state.loading and not state.rows:
        return _("Đang tìm…")
    if not state.text:
        return _("{count} hồ sơ").format(count=f"{state.total:,}".replace(",", "."))
    shown = len(state.rows)
    if shown >= MOST_HITS:
        return _("{count} kết quả mới nhất").format(count=shown)
    return _("{count} kết quả").format(count=shown)
