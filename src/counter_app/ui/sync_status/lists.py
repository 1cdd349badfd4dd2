"""The lists below the head: a button each with its count, the table beside the chosen item, the notices."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QStackedWidget, QWidget

from counter_app.i18n import _
from counter_app.services.sync.items import ItemList
from counter_app.ui.dossier_list.chip_delegate import ChipDelegate
from counter_app.ui.sync_status import list_model, words
from counter_app.ui.sync_status.detail import ItemActs, ItemDetail
from counter_app.ui.sync_status.list_model import SyncListModel
from counter_app.ui.sync_status.notice_cards import NoticeCards, Settle
from counter_app.ui.sync_status.state import SyncScreenState
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.buttons import OptionButton
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.flow_row import FlowBox
from counter_app.ui.widgets.layouts import Card, Scroll, column, page, row
from counter_app.ui.widgets.tables import ListTable

# Pixels at 100 %
_DETAIL_WIDTH, _TABLE_HEIGHT = 350, 190
_BESIDE_FROM, _ALL_COLUMNS_FROM, _ALL_COLUMNS_BELOW = 860, 1080, 760
_ENDLESS = 16_777_215
_ITEMS, _NOTHING, _REVIEW, _NOTHING_TO_REVIEW = range(4)


class SyncLists(QWidget):
    """What waits, what is held, what was sent, what is to be looked at.

    Args:
        theme: The window's.
        now: How old an item is.
        fetch: Loads more items.
        choose: Shows another list.
        review: Shows the notices.
        acts: What the buttons of an item do.
        settle: Notes that a notice was dealt with.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        now: Callable[[], datetime],
        fetch: Callable[[], None],
        choose: Callable[[ItemList], None],
        review: Callable[[], None],
        acts: ItemActs,
        settle: Settle,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._group = QButtonGroup(self)
        self.tabs: dict[ItemList, OptionButton] = {}
        for which in ItemList:
            self.tabs[which] = self._tab(partial(choose, which))
        self.review_tab = self._tab(review)
        self.model = SyncListModel(fetch, now)
        self.table = ListTable(_("Việc trên đường lên máy chủ"))
        self.table.setModel(self.model)
        self._chips = ChipDelegate(theme)
        self.table.setItemDelegateForColumn(list_model.STATE, self._chips)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_current())
        self.detail = ItemDetail(acts, theme)
        self.table.opened.connect(lambda _line: self.detail.focus_first())
        self._detail_area = Scroll(self.detail)
        self.notices = NoticeCards(open_dossier=acts.open_dossier, settle=settle)
        self._empty = EmptyState("check", "")
        framed = Card()
        framed.body.addWidget(self.table)
        inner = framed.layout()
        if inner is not None:
            inner.setContentsMargins(1, 1, 1, 1)
        both = QWidget()
        self._framed = framed
        self._beside = row(framed, self._detail_area, spacing=12)
        self._beside.setStretch(0, 1)
        both.setLayout(self._beside)
        self._stack = QStackedWidget()
        self._stack.addWidget(both)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(Scroll(page(self.notices, margins=(0, 0, 4, 4))))
        self._stack.addWidget(
            EmptyState(
                "check",
                _("Không có gì cần xem lại"),
                _("Khi máy chủ thấy hai việc mâu thuẫn nhau hoặc giao việc cho đơn vị, việc đó hiện ở đây."),
            )
        )
        tabs = FlowBox(*self.tabs.values(), self.review_tab, gap=6)
        whole = column(tabs, self._stack, spacing=8)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.fit()

    def show_state(self, state: SyncScreenState) -> None:
        """Show the list of a state, staying on the item the clerk was on."""
        current = self.model.item_at(self.table.currentIndex().row())
        self.model.show(state)
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            line = self.model.line_of(current.event_id) if current else 0
            self.table.selectRow(max(line, 0))
        self._show_current()
        self._name_tabs(state)
        if state.reviewing:
            self.notices.show_notices(state.notices)
            self._stack.setCurrentIndex(_REVIEW if state.notices else _NOTHING_TO_REVIEW)
        elif state.error:
            self._empty.say(_("Chưa đọc được tình hình gửi"), state.error)
            self._stack.setCurrentIndex(_NOTHING)
        else:
            self._empty.say(*words.nothing_words(state.which))
            self._stack.setCurrentIndex(_ITEMS if state.items or state.loading else _NOTHING)

    def focus_list(self) -> None:
        """Go to the list, or to the first card."""
        if self._stack.currentIndex() == _REVIEW and self.notices.cards:
            self.notices.cards[0].settle.setFocus()
        elif self._stack.currentIndex() == _ITEMS:
            self.table.setFocus()
        else:
            checked = self._group.checkedButton()
            if checked is not None:
                checked.setFocus()

    def fit(self) -> None:
        """Give names room on small screens and with large text."""
        scale = self._theme.text_scale / 100
        self.table.fit_rows(round(34 * scale))
        beside = self.width() >= _BESIDE_FROM * scale
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._beside.setDirection(across if beside else down)
        self._detail_area.setMinimumWidth(round(_DETAIL_WIDTH * scale) if beside else 0)
        self._detail_area.setMaximumWidth(round(_DETAIL_WIDTH * scale) if beside else _ENDLESS)
        self._framed.setMinimumHeight(round(_TABLE_HEIGHT * scale))
        self._detail_area.setMinimumHeight(0 if beside else round(_TABLE_HEIGHT * scale))
        crowded = self.width() < (_ALL_COLUMNS_FROM if beside else _ALL_COLUMNS_BELOW) * scale
        for each in (list_model.SIZE, list_model.AT):
            self.table.setColumnHidden(each, crowded)
        widths = {
            list_model.CODE: 176,
            list_model.STATE: 122,
            list_model.AT: 158,
            list_model.AGE: 78,
            list_model.SIZE: 72,
        }
        fixed = {each: round(width * scale) for each, width in widths.items()}
        self.table.set_widths(fixed, stretch=(list_model.WHAT,))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt)
        """Give names room on small screens and with large text."""
        super().resizeEvent(event)
        self.fit()

    def _tab(self, chosen: Callable[[], None]) -> OptionButton:
        button = OptionButton(0, "")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda _checked=False: chosen())
        self._group.addButton(button)
        return button

    def _name_tabs(self, state: SyncScreenState) -> None:
        seen = state.overview
        counts = {
            ItemList.UNSENT: seen.state.waiting + seen.state.quarantined if seen else 0,
            ItemList.HELD: seen.state.quarantined + seen.state.parked if seen else 0,
            ItemList.SENT_TODAY: 0,
        }
        for number, (which, button) in enumerate(self.tabs.items(), start=1):
            count = f" ({counts[which]})" if counts[which] else ""
            button.set_text(f"{number}  {words.list_name(which)}{count}")
            button.setChecked(not state.reviewing and which is state.which)
        count = f" ({len(state.notices)})" if state.notices else ""
        self.review_tab.set_text(f"{len(self.tabs) + 1}  {_('Cần xem lại')}{count}")
        self.review_tab.setChecked(state.reviewing)

    def _show_current(self) -> None:
        item = self.model.item_at(self.table.currentIndex().row())
        if item != self.detail.shown:
            self.detail.show_item(item)
