"""The screen of today's work: the lists with their counts at the left, one of them at the right."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QStackedWidget, QWidget

from counter_app.domain.work_lists import WorkList
from counter_app.i18n import _
from counter_app.ui.dossier.notice_strips import TwiceStrip
from counter_app.ui.dossier_list.chip_delegate import ChipDelegate
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, action_bar, column, row
from counter_app.ui.work import list_model, words
from counter_app.ui.work.acts import ExtensionWish, Outcome, WorkActs
from counter_app.ui.work.cards import ConfirmCard, OutcomeCard
from counter_app.ui.work.filters import Filters
from counter_app.ui.work.list_model import WorkListModel
from counter_app.ui.work.many import ManyAct, acts_of, name_of
from counter_app.ui.work.presenter import LIST_NAME, WorkPresenter
from counter_app.ui.work.state import WorkState
from counter_app.ui.work.table import WorkTable
from counter_app.ui.work.tiles import Tiles
from counter_app.ui.workspace import KeyHelp, Screen, Workspace

_MINUTE_MS = 60_000
_NAMES_WIDTH = 250  # for applicant and procedure together
_LIST_OF_KEY = {key: which for which, key in words.KEYS.items()}


class WorkScreen(Screen):
    """Opened with ``list`` (a `WorkList` value); otherwise the list that was there."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = WorkPresenter(workspace, self._show)
        self.acts = WorkActs(workspace, told=self._tell, look=self.presenter.look)
        self.tiles = Tiles(workspace.theme, self.choose, lambda: workspace.shell.open_screen("drafts"))
        self.filters = Filters()
        self.model = WorkListModel(self.presenter.more)
        self.table = WorkTable(_("Danh sách việc"), self.model)
        self._name = PlainLabel(type="title")
        self._meaning = WrapLabel(tone="muted", type="small")
        self._count = PlainLabel(tone="muted", type="small")
        self._unsure = WrapLabel(
            _("Chưa có lịch nghỉ của những ngày tới: ngày mai được tính theo thứ Hai đến thứ Sáu."),
            tone="warn",
            type="small",
        )
        self._unsure.hide()
        self.twice = TwiceStrip(workspace)
        self._chips = ChipDelegate(workspace.theme)
        self.table.setItemDelegateForColumn(list_model.STATE, self._chips)
        self._empty = EmptyState("check", "")
        self._stack = self._pages()
        self.confirm = ConfirmCard(self._confirmed, self._put_away)
        self.outcome = OutcomeCard(self._put_away)
        self.lists = Button(
            _("Danh sách giao nhận"), variant="link", clicked=lambda: workspace.shell.open_screen("lists")
        )
        self._bar = self._make_bar()
        self._lay_out()
        self._bind_keys()
        self._connect()
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self.presenter.look)
        self._fit()

    def title(self) -> str:
        """Return the screen's name."""
        return _("Việc hôm nay")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (
            KeyHelp("1 … 9, 0, B", _("Sang danh sách khác (khi đang gõ: giữ thêm Alt)")),
            KeyHelp(_("Dấu cách"), _("Chọn, bỏ chọn hồ sơ")),
            KeyHelp("Shift ↑ ↓", _("Chọn nhiều hồ sơ liền nhau")),
            KeyHelp("Ctrl A", _("Chọn cả danh sách")),
            KeyHelp("F9", _("Việc chính của danh sách, cho các hồ sơ đã chọn")),
            KeyHelp("F8", _("Việc khác cho các hồ sơ đã chọn")),
            KeyHelp("F3", _("Lọc danh sách")),
            KeyHelp("Enter", _("Mở hồ sơ")),
        )

    def opened(self, **request: object) -> None:
        """Show ``list`` when it is given, and look again."""
        asked = str(request.get("list", ""))
        if asked in set(WorkList):
            self.choose(WorkList(asked))
        else:
            self.presenter.look()
        self.table.setFocus()

    def choose(self, which: WorkList) -> None:
        """Go to a list."""
        if which is not self.presenter.state.which:
            self.filters.settle()
            self.filters.clear()
            self._put_away()
        self.presenter.choose(which)
        self.table.setFocus()

    def escape(self) -> bool:
        """Put a card away, then the ticks, then the filter."""
        if self.confirm.isVisible() or self.outcome.isVisible():
            self._put_away()
        elif self.presenter.state.ticked:
            self.presenter.tick(self.presenter.state.ticked, False)
        elif self.presenter.state.narrowed or self.filters.search.text():
            self._clear_filters()
        else:
            return False
        self.table.setFocus()
        return True

    # Making the screen

    def _pages(self) -> QStackedWidget:
        card = Card()
        card.body.addWidget(self.table)
        inner = card.layout()
        if inner is not None:
            inner.setContentsMargins(1, 1, 1, 1)
        stack = QStackedWidget()
        stack.addWidget(card)
        stack.addWidget(self._empty)
        return stack

    def _make_bar(self) -> QWidget:
        self._chosen = PlainLabel(tone="muted")
        self.main_act = primary_button("", key="F9", clicked=self._do_main)
        self.more_acts = Button(_("Việc khác"), key="F8", clicked=self._open_menu)
        self.print_list = Button(_("In danh sách"), clicked=self.presenter.print_list)
        self.workbook = Button(_("Excel"), clicked=self._ask_where)
        return action_bar(
            self._chosen, None, self.print_list, self.workbook, 8, self.more_acts, self.main_act
        )

    def _lay_out(self) -> None:
        head = row(self._name, 10, self._count, None, self.lists)
        right = column(self.twice, head, self._meaning, self._unsure, self.filters, self._stack, spacing=6)
        right.setStretchFactor(self._stack, 1)
        right.addWidget(self.confirm)
        right.addWidget(self.outcome)
        body = row(self.tiles, right, margins=(16, 14, 16, 12), spacing=14)
        body.setStretch(1, 1)
        whole = column(body, self._bar, spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _bind_keys(self) -> None:
        bindings: list[tuple[str, Callable[[], object]]] = [
            ("F9", self._do_main),
            ("F8", self._open_menu),
            ("F3", self._focus_filter),
        ]
        bindings += [(f"Alt+{key}", partial(self._go_to, key)) for key in (*_LIST_OF_KEY, words.DRAFTS_KEY)]
        for keys, act in bindings:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def _connect(self) -> None:
        self.table.opened.connect(self._open)
        self.table.tick_asked.connect(self._tick)
        self.table.all_asked.connect(self.presenter.tick_all)
        self.table.list_asked.connect(self._go_to)
        self.filters.edited.connect(lambda: self.presenter.narrow(self.filters.narrowing()))
        self.filters.search.accepted.connect(self._enter_list)
        self.workspace.operations.data_changed.connect(self._data_changed)
        self.workspace.theme.changed.connect(self._fit)

    # What the clerk does

    def _go_to(self, key: str) -> None:
        if key == words.DRAFTS_KEY:
            self.workspace.shell.open_screen("drafts")
        else:
            self.choose(_LIST_OF_KEY[key])

    def _open(self, line: int) -> None:
        found = self.model.row_at(line)
        if found is not None:
            self.workspace.shell.open_screen("dossier", dossier_code=found.dossier_code)

    def _tick(self, line: int, ticked: bool) -> None:
        found = self.model.row_at(line)
        if found is not None:
            self.presenter.tick((found.dossier_id,), ticked)

    def _enter_list(self) -> None:
        if self.filters.settle():
            self.presenter.narrow(self.filters.narrowing())
        if self.model.rowCount():
            self.table.setFocus()
            self.table.selectRow(0)

    def _focus_filter(self) -> None:
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def _clear_filters(self) -> None:
        self.filters.settle()
        self.filters.clear()
        self.presenter.narrow(self.filters.narrowing())

    def _do_main(self) -> None:
        if self.main_act.isEnabled() and not self.confirm.isVisible():
            self.ask(acts_of(self.presenter.state.which)[0])

    def _open_menu(self) -> None:
        if not self.more_acts.isEnabled():
            return
        menu = QMenu(self)
        for act in acts_of(self.presenter.state.which)[1:]:
            menu.addAction(name_of(act)).triggered.connect(partial(self.ask, act))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more_acts.mapToGlobal(self.more_acts.rect().topLeft()))

    def ask(self, act: ManyAct, _checked: bool = False) -> None:
        """Ask before an act on the ticked dossiers; lists are confirmed on their own screen."""
        rows = self.presenter.state.chosen
        if self.acts.opens_screen(act):
            self.acts.open_screen(act, [each.dossier_id for each in rows])
        else:
            self.outcome.hide()
            self.confirm.ask(act, rows)
            self._show_bar()

    def _confirmed(self, act: ManyAct, wish: ExtensionWish | None) -> None:
        ids = [each.dossier_id for each in self.presenter.state.chosen]
        self._put_away()
        self.acts.do(act, ids, wish)

    def _tell(self, outcome: Outcome) -> None:
        self.confirm.hide()
        self.outcome.tell(outcome)

    def _put_away(self) -> None:
        self.confirm.hide()
        self.outcome.hide()
        self._show_bar()
        self.table.setFocus()

    def _ask_where(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        day = self.workspace.desk.clock.now()
        name = f"{LIST_NAME.format(which=self.presenter.state.which.value)}-{day:%Y%m%d}.xlsx"
        chosen = QFileDialog.getSaveFileName(
            self, _("Lưu danh sách"), str(Path(folder) / name), "Excel (*.xlsx)"
        )[0]
        if chosen:
            self.presenter.save_workbook(Path(chosen))

    # What is shown

    def _show(self, state: WorkState) -> None:
        current = self.model.row_at(self.table.currentIndex().row())
        self.model.show(state)
        self._keep_line(current.dossier_id if current is not None else "")
        self.tiles.select(state.which)
        if state.counts is not None:
            self.tiles.show_counts(state.counts)
            self._unsure.setVisible(not state.counts.day.certain)
        text = words.words_of(state.which)
        self._name.setText(text.name)
        self._meaning.setText(text.meaning)
        if state.page is not None:
            self.filters.show_choices(state.page.choices)
            self._count.setText(words.total_words(len(state.rows), state.page.total))
        self._say_nothing_there(state, text.nothing)
        self._show_bar()

    def _keep_line(self, dossier_id: str) -> None:
        """Stay on the dossier the clerk was on, or begin at the top: keys need a current row."""
        if self.table.currentIndex().isValid() or not self.model.rowCount():
            return
        self.table.selectRow(max(self.model.line_of(dossier_id), 0))

    def _say_nothing_there(self, state: WorkState, nothing: str) -> None:
        empty = state.page is not None and not state.rows
        if state.error:
            self._empty.say(_("Chưa tải được danh sách"), state.error)
        elif empty and state.narrowed:
            self._empty.say(_("Không có hồ sơ nào khớp"), _("Bấm Esc để bỏ lọc."))
        elif empty:
            self._empty.say(nothing)
        self._stack.setCurrentIndex(1 if state.error or empty else 0)

    def _show_bar(self) -> None:
        state = self.presenter.state
        count = len(state.chosen)
        first, *others = acts_of(state.which)
        asking = self.confirm.isVisible()
        # While something is asked the room belongs to the question, with large text all of it.
        self._meaning.setVisible(not asking)
        anything = bool(state.rows) or state.narrowed or bool(self.filters.search.text())
        self.filters.setVisible(anything and not asking)
        self.main_act.set_text(f"{name_of(first)} ({count})" if count else name_of(first))
        self.main_act.setEnabled(count > 0)
        self.more_acts.setEnabled(count > 0 and bool(others))
        for button in (self.print_list, self.workbook):
            button.setEnabled(bool(state.rows))
        chosen = _("Đã chọn {count} hồ sơ").format(count=count)
        self._chosen.setText(chosen if count else _("Dấu cách để chọn hồ sơ"))
        self._bar.setVisible(not asking)

    def _data_changed(self) -> None:
        if self.isVisible():
            self.presenter.look()
            self.twice.look()

    def catalogue_changed(self) -> None:
        """Count again: another day, another calendar."""
        if self.isVisible():
            self.presenter.look()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt)
        """Look again every minute while the clerk looks."""
        super().showEvent(event)
        self.twice.look()
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  (Qt)
        """Rest."""
        super().hideEvent(event)
        self._minute.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt)
        """Give names room on small screens and with large text."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        scale = self.workspace.theme.text_scale / 100
        self.table.fit_rows(round(36 * scale))
        widths = {
            list_model.TICK: 40,
            list_model.CODE: 174,
            list_model.STATE: 124,
            list_model.WHEN: 158,
            list_model.HOLDER: 130,
        }
        fixed = {column_: round(width * scale) for column_, width in widths.items()}
        room = self.width() - self.tiles.width() - 62 - sum(fixed.values())
        # What is left out first can be read in the dossier; the name and what is wrong always stay.
        for column_ in (list_model.HOLDER, list_model.CODE, list_model.PROCEDURE):
            crowded = room < _NAMES_WIDTH * scale
            self.table.setColumnHidden(column_, crowded)
            room += fixed.get(column_, 0) if crowded else 0
        self.table.set_widths(fixed, stretch=(list_model.APPLICANT, list_model.PROCEDURE))
