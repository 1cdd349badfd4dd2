"""The queue screen: hand out, call, see who waits; every act one key."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from counter_app.i18n import _
from counter_app.ui.queue.issue_panel import IssuePanel
from counter_app.ui.queue.paper_ratings import PaperRatings
from counter_app.ui.queue.presenter import QueuePresenter, QueueState
from counter_app.ui.queue.serving_panel import ServingPanel
from counter_app.ui.queue.waiting_model import GROUP, NUMBER, WAITED, WaitingModel
from counter_app.ui.queue.words import figures_lines
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.combo_field import ComboField
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, Scroll, action_bar, clear, column, row
from counter_app.ui.widgets.tables import ListTable
from counter_app.ui.workspace import KeyHelp, Screen, Workspace

_LOOK_AGAIN_MS = 20_000  # waiting times grow by themselves
_THREE_COLUMNS = 960  # pixels at 100 % text


class QueueScreen(Screen):
    """Tickets of this computer; several computers of an office do not share a queue yet."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = QueuePresenter(workspace, show=self._show, failed=self._fail)
        self.issue = IssuePanel(lambda place, priority: self.presenter.issue(place, priority=priority))
        self.serving = ServingPanel(
            recall=self.presenter.recall,
            absent=self.presenter.absent,
            served=self.presenter.served,
            call_again=self.presenter.call_again,
        )
        self.ratings = PaperRatings(workspace)
        self.model = WaitingModel()
        self._lay_out()
        self._bind_keys()
        workspace.operations.data_changed.connect(self._data_changed)
        workspace.theme.changed.connect(self._fit)
        self._tick = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._tick.timeout.connect(self._data_changed)
        self._tick.start()

    def _lay_out(self) -> None:
        self.table = ListTable(_("Những số đang chờ"))
        self.table.setModel(self.model)
        self.table.installEventFilter(self)
        self._nobody = EmptyState(
            "queue", _("Không có ai chờ"), _("Bấm phím số của nhóm để lấy số cho công dân.")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nobody)
        waiting = Card(_("Đang chờ"))
        waiting.body.addWidget(self._stack, 1)
        self._figures = QGridLayout()
        self._figures.setHorizontalSpacing(12)
        self._figures.setColumnStretch(0, 1)
        figures = Card(_("Hôm nay"))
        figures.body.addLayout(self._figures)
        self._side, self._last = column(self.issue, spacing=12), column(figures, self.ratings, spacing=12)
        self._moving = (figures, self.ratings)
        middle = column(self.serving, waiting, spacing=12)
        middle.setStretch(1, 1)
        self._columns = [
            _scrolling(column(self._side, None)),
            _scrolling(middle),
            _scrolling(column(self._last, None)),
        ]
        columns = row(*self._columns, margins=(16, 0, 8, 12), spacing=8)
        for place, share in enumerate((30, 40, 30)):
            columns.setStretch(place, share)
        self.groups = ComboField(_("Quầy này gọi"), [("", _("Tất cả các nhóm"))])
        self.groups.edited.connect(self._group_chosen)
        head = row(
            PlainLabel(self.title(), type="title"),
            None,
            PlainLabel(_("Quầy này gọi"), tone="muted"),
            self.groups,
            margins=(16, 14, 16, 8),
        )
        self.citizen = Button(_("Màn hình công dân"), key="F11", clicked=self.workspace.stage.toggle)
        self.settings = Button(_("Nhóm lấy số, giọng đọc"), variant="link", clicked=self._open_settings)
        self.call = primary_button(_("Gọi người tiếp theo"), key="F9", clicked=self.presenter.call_next)
        bar = action_bar(self.citizen, self.settings, None, self.call)
        whole = column(head, columns, bar, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._fit()

    def _bind_keys(self) -> None:
        bindings: tuple[tuple[str, Callable[[], object]], ...] = (
            ("F4", self.presenter.recall),
            ("F7", self.presenter.absent),
            ("F8", self.presenter.served),
            ("F9", self.presenter.call_next),
        )
        for keys, act in bindings:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def title(self) -> str:
        """Return the screen's name."""
        return _("Hàng chờ")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (
            KeyHelp("1 … 9", _("Lấy số của nhóm")),
            KeyHelp("0", _("Ưu tiên cho số sắp lấy")),
            KeyHelp("F9", _("Gọi người tiếp theo")),
            KeyHelp("F4", _("Gọi lại số đang ở quầy")),
            KeyHelp("F7", _("Người được gọi không có mặt")),
            KeyHelp("F8", _("Phục vụ xong")),
        )

    def opened(self, **request: object) -> None:  # noqa: ARG002
        """Look at the queue; number keys work at once."""
        self.presenter.load()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Take the number keys that no field wanted."""
        if not self._take_digit(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, ARG002  (Qt)
        """Keep digits from searching the table."""
        return (
            isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self._take_digit(event)
        )

    def _take_digit(self, event: QKeyEvent) -> bool:
        text = event.text()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not (plain and len(text) == 1 and text in "0123456789") or event.isAutoRepeat():
            return False
        if text == "0":
            self.issue.priority.toggle()
        else:
            self.issue.press(int(text) - 1)
        return True

    def _group_chosen(self) -> None:
        self.presenter.only_group = str(self.groups.value() or "")

    def _open_settings(self) -> None:
        self.workspace.shell.open_screen("settings", page="queue")

    def _data_changed(self) -> None:
        if self.isVisible():
            self.presenter.load()

    def _fit(self) -> None:
        scale = self.workspace.theme.text_scale / 100
        self.table.fit_rows(round(34 * scale))
        self.table.set_widths({NUMBER: round(76 * scale), WAITED: round(130 * scale)}, stretch=(GROUP,))
        self.table.setMinimumHeight(round(34 * scale) * 4)
        self._reflow()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt)
        """Use two columns where three have no room."""
        super().resizeEvent(event)
        self._reflow()

    def _reflow(self) -> None:
        three = self.width() >= _THREE_COLUMNS * self.workspace.theme.text_scale / 100
        target = self._last if three else self._side
        if target.indexOf(self.ratings) < 0:
            for card in self._moving:
                target.addWidget(card)
        self._columns[2].setVisible(three)

    def _show(self, state: QueueState) -> None:
        self.issue.show_state(state)
        self.serving.show_state(state)
        self.model.show(state.now.waiting, self.workspace.desk.clock.now())
        self._stack.setCurrentIndex(0 if state.now.waiting else 1)
        self._nobody.say(_("Không có ai chờ"), _("Bấm phím số của nhóm để lấy số cho công dân."))
        self._show_figures(state)
        self._show_groups(state)

    def _show_figures(self, state: QueueState) -> None:
        clear(self._figures)
        for line, (label, value) in enumerate(figures_lines(state.now.figures)):
            number = PlainLabel(value, bold=True)
            number.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._figures.addWidget(PlainLabel(label, tone="muted", wrap=True), line, 0)
            self._figures.addWidget(number, line, 1)

    def _show_groups(self, state: QueueState) -> None:
        wanted = ["", *(group.group_id for group in state.settings.groups)]
        if wanted == [self.groups.itemData(n) for n in range(self.groups.count())]:
            return
        self.groups.clear()
        self.groups.addItem(_("Tất cả các nhóm"), "")
        for group in state.settings.groups:
            self.groups.addItem(group.name, group.group_id)
        self.groups.setCurrentIndex(max(self.groups.findData(self.presenter.only_group), 0))
        self._group_chosen()

    def _fail(self, text: str) -> None:
        self._nobody.say(_("Chưa đọc được hàng chờ"), text)
        self._stack.setCurrentIndex(1)


def _scrolling(content: QVBoxLayout) -> Scroll:
    """Return a column of cards that scrolls when they need more height than there is."""
    holder = QWidget()
    whole = column(content, margins=(0, 0, 8, 0))
    whole.setStretch(0, 1)
    holder.setLayout(whole)
    return Scroll(holder)
