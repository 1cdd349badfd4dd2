"""The sync screen: how it stands, what is on its way, what was put aside, what the server asks to look at."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from counter_app.i18n import _
from counter_app.services.sync.items import ItemList, SyncItem
from counter_app.services.sync.standing import Standing
from counter_app.services.sync.waiting_packs import WaitingPack
from counter_app.ui.sync_status.carry_acts import CarryActs
from counter_app.ui.sync_status.detail import ItemActs
from counter_app.ui.sync_status.enrol_card import EnrolCard
from counter_app.ui.sync_status.head import SyncHead
from counter_app.ui.sync_status.lists import SyncLists
from counter_app.ui.sync_status.presenter import SyncPresenter
from counter_app.ui.sync_status.seal_page import SealPage
from counter_app.ui.sync_status.state import SyncScreenState
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.flow_row import FlowBox
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Scroll, action_bar, column, page, row
from counter_app.ui.workspace import KeyHelp, Screen, Workspace

_SUPPORT_FILE = "dong-bo-ho-tro-{day:%Y%m%d-%H%M}.json"
_ENROL_WIDTH = 640
_SECOND_MS, _LOOK_EVERY = 1_000, 30  # seconds between looks while nothing else says that something changed
_LISTS, _ENROL, _TRAINING = range(3)


class SyncScreen(Screen):
    """Opened with ``list``: an `ItemList` value, or ``review``."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = SyncPresenter(workspace, self._show)
        self.carry = CarryActs(workspace, self, self._scans_waiting)
        self.head = SyncHead(
            workspace.theme,
            send_now=self.presenter.send_now,
            pause=self.presenter.pause,
            open_pack=self._open_pack,
            connect_again=lambda: workspace.shell.open_screen("settings", page="sync"),
        )
        self.lists = SyncLists(
            workspace.theme,
            now=workspace.desk.clock.now,
            fetch=self.presenter.more,
            choose=self.presenter.choose,
            review=self.presenter.review,
            acts=ItemActs(
                open_dossier=self._open_dossier,
                send=self.presenter.send_item,
                correct=self._correct,
                export=self.carry.export,
                support=self._ask_where,
            ),
            settle=lambda notice_id, reason: self.presenter.settle(notice_id, reason, self.lists.focus_list),
        )
        self.enrol = EnrolCard(self.presenter.enrol)
        self.enrol.setMaximumWidth(_ENROL_WIDTH)
        self.seal = SealPage(workspace, self._back)
        self._body = QStackedWidget()
        self._body.addWidget(self.lists)
        beside = row(self.enrol, None)
        beside.setStretch(0, 20)
        self._body.addWidget(Scroll(page(beside, None, margins=(0, 0, 0, 0))))
        self._body.addWidget(
            EmptyState(
                "sync",
                _("Máy tập huấn không gửi gì lên máy chủ"),
                _("Để làm việc thật, hãy cài đặt một quầy không phải tập huấn."),
            )
        )
        self._take_in = Button(_("Nhận tệp USB…"), clicked=self.carry.take_in)
        self._carry_out = Button(_("Xuất ra USB…"), clicked=self.carry.export)
        self._support = Button(_("Gửi cho hỗ trợ…"), clicked=self._ask_where)
        self.show_seal = Button(_("Giấy xác nhận đã gửi"), key="Ctrl P", clicked=self._open_seal)
        bar = action_bar(FlowBox(self._take_in, self._carry_out, self._support, self.show_seal))
        inner = QWidget()  # scrolls where large text needs more room than the screen has
        inside = column(self.head, self._body, margins=(16, 0, 16, 10), spacing=12)
        inside.setStretch(1, 1)
        inner.setLayout(inside)
        title = row(PlainLabel(self.title(), type="title"), None, margins=(16, 14, 16, 8))
        main = QWidget()
        self._scroll = Scroll(inner)
        whole = column(title, self._scroll, bar, spacing=0)
        whole.setStretch(1, 1)
        main.setLayout(whole)
        self._pages = QStackedWidget()
        self._pages.addWidget(main)
        self._pages.addWidget(self.seal)
        self.setLayout(column(self._pages))
        self._second = QTimer(self, interval=_SECOND_MS)
        self._second.timeout.connect(self._tick)
        self._ticks = 0
        self._bind_keys()
        workspace.operations.data_changed.connect(self._data_changed)
        workspace.theme.changed.connect(self._themed)

    def _bind_keys(self) -> None:
        bindings: list[tuple[str, Callable[[], object]]] = [("F9", self.head.send.click)]
        bindings += [
            (f"Alt+{number}", partial(self._go_to, which)) for number, which in enumerate(ItemList, start=1)
        ]
        bindings.append((f"Alt+{len(ItemList) + 1}", self._go_to_review))
        for keys, act in bindings:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def title(self) -> str:
        """Return the screen's name."""
        return _("Đồng bộ")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (
            KeyHelp("F9", _("Gửi ngay")),
            KeyHelp("Alt 1 … 4", _("Sang danh sách khác")),
            KeyHelp("Enter", _("Sang các nút của việc đang chọn")),
            KeyHelp("Ctrl P", _("Giấy xác nhận đã gửi; ở trang đó: in")),
            KeyHelp("Esc", _("Quay lại")),
        )

    def opened(self, **request: object) -> None:
        """Show ``list`` when it is given, and look again."""
        self._back()
        asked = str(request.get("list", ""))
        if asked == "review":
            self._go_to_review()
        elif asked in set(ItemList):
            self._go_to(ItemList(asked))
        else:
            self.presenter.look()
        self._focus()
        # With large text the focus would scroll the big line away.
        QTimer.singleShot(0, self._scroll, lambda: self._scroll.verticalScrollBar().setValue(0))

    def escape(self) -> bool:
        """Leave the seal first."""
        if self._pages.currentIndex() == 0:
            return False
        self._back()
        self._focus()
        return True

    def reprint(self) -> bool:
        """Show the seal; there, print it."""
        if self._pages.currentIndex() == 1:
            self.seal.print_it()
        elif self.show_seal.isEnabled():
            self._open_seal()
        return True

    # What the clerk does

    def _go_to(self, which: ItemList) -> None:
        self.presenter.choose(which)
        self.lists.focus_list()

    def _go_to_review(self) -> None:
        self.presenter.review()
        self.presenter.look()
        self.lists.focus_list()

    def _scans_waiting(self) -> tuple[int, int]:
        seen = self.presenter.state.overview
        return (seen.state.scans_waiting, seen.state.scan_bytes_waiting) if seen else (0, 0)

    def _open_seal(self) -> None:
        self._pages.setCurrentIndex(1)
        self.seal.make()

    def _back(self) -> None:
        self._pages.setCurrentIndex(0)

    def _open_dossier(self, dossier_code: str) -> None:
        self.workspace.shell.open_screen("dossier", dossier_code=dossier_code)

    def _correct(self, item: SyncItem) -> None:
        self.workspace.shell.open_screen("intake", correct=item.dossier_code)

    def _open_pack(self, pack: WaitingPack) -> None:
        control = self.presenter.control
        if control is not None:
            self.workspace.shell.open_screen("data_packs", file=control.pack_file(pack.sha256))

    def _ask_where(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = _SUPPORT_FILE.format(day=self.workspace.desk.clock.now())
        chosen = QFileDialog.getSaveFileName(
            self, _("Lưu tệp cho bộ phận hỗ trợ"), str(Path(folder) / name), "JSON (*.json)"
        )[0]
        if chosen:
            self.presenter.save_support_file(Path(chosen))

    # What is shown

    def _show(self, state: SyncScreenState) -> None:
        self.lists.show_state(state)
        seen = state.overview
        if seen is None:
            return
        self.head.show_overview(seen, can_act=self.presenter.control is not None)
        self._count_down()
        connected = seen.standing not in (Standing.NOT_ENROLLED, Standing.TRAINING)
        at_enrolment = _TRAINING if seen.standing is Standing.TRAINING else _ENROL
        enrolled_now = connected and self._body.currentIndex() == _ENROL
        self._body.setCurrentIndex(_LISTS if connected else at_enrolment)
        for button in (self._take_in, self._carry_out):
            button.setEnabled(connected)
        if enrolled_now and self.isVisible():  # else the next Enter presses whatever button is near
            self.lists.focus_list()

    def _focus(self) -> None:
        if self._body.currentIndex() == _ENROL:
            self.enrol.address.setFocus()
        else:
            self.lists.focus_list()

    def _tick(self) -> None:
        self._ticks += 1
        if self._ticks % _LOOK_EVERY == 0:
            self.presenter.look()
        else:
            self._count_down()

    def _count_down(self) -> None:
        self.head.show_next_try(self.presenter.next_try_s(), trying=self.presenter.trying())

    def _themed(self) -> None:
        self.head.paint_icon()
        self.lists.fit()

    def _data_changed(self) -> None:
        if self.isVisible():
            self.presenter.look()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt)
        """Count down while the clerk looks."""
        super().showEvent(event)
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  (Qt)
        """Rest."""
        super().hideEvent(event)
        self._second.stop()
