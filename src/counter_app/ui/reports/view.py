"""The screen of reports: day close, figures, the register, Biểu II.06, ratings."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QStackedWidget, QWidget

from counter_app.i18n import _
from counter_app.services.day_close import DayNow
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.reports.day_page import DayPage
from counter_app.ui.reports.figures_page import FiguresPage, RatingsPage
from counter_app.ui.reports.period_bar import PeriodBar
from counter_app.ui.reports.presenter import FILE_NAMES, ReportsPresenter
from counter_app.ui.reports.reading import FiguresRead, Job, ListRead, Page
from counter_app.ui.reports.tables import ReportTable
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.flow_row import FlowRow
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, action_bar, column, row
from counter_app.ui.widgets.options_field import OptionsField
from counter_app.ui.widgets.text_field import DateField, TextField
from counter_app.ui.workspace import KeyHelp, Screen, Workspace

_POLL_MS = 200


class ReportsScreen(Screen):
    """Opened with ``page`` (a `Page` value); otherwise the page that was there."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = ReportsPresenter(workspace, self)
        self.page = Page.DAY
        today = workspace.desk.clock.now().date()
        self.pages = OptionsField(
            _("Trang"),
            (
                (Page.DAY, _("Đóng ngày")),
                (Page.FIGURES, _("Số liệu")),
                (Page.REGISTER, _("Sổ theo dõi")),
                (Page.B06, _("Biểu II.06")),
                (Page.RATINGS, _("Đánh giá")),
            ),
        )
        self.period = PeriodBar(today)
        self.day = DateField(_("Ngày"), today=today)
        self.day_page = DayPage(workspace.theme, self._go, self._show_bar)
        self.figures = FiguresPage(workspace.theme)
        self.ratings = RatingsPage(workspace.theme)
        self.table = ReportTable(_("Báo cáo"))
        self._about = WrapLabel(type="small", tone="muted")
        self._empty = EmptyState("reports", "")
        self._stack = QStackedWidget()
        self._list_page = self._make_list_page()
        for each in (self.day_page, self.figures, self._list_page, self.ratings, self._empty):
            self._stack.addWidget(each)
        self._day_bar = self._make_day_bar()
        self.reopening = self._make_reopening()
        self._strip = self._make_strip()
        self._bar = self._make_bar()
        self._lay_out()
        self._connect()

    def title(self) -> str:
        """Return the screen's name."""
        return _("Báo cáo và đóng ngày")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (
            KeyHelp("Alt 1 … 5", _("Sang trang khác")),
            KeyHelp("F9", _("Đóng ngày và in biên bản; ở trang khác: in báo cáo")),
            KeyHelp("F8", _("Lưu Excel")),
            KeyHelp("Esc", _("Dừng việc đang làm")),
        )

    def opened(self, **request: object) -> None:
        """Show ``page`` when it is given, and read it anew."""
        asked = str(request.get("page", ""))
        self.choose(Page(asked) if asked in set(Page) else self.page)
        self.pages.setFocus()

    def choose(self, page: Page) -> None:
        """Go to a page."""
        self.page = page
        self.pages.set_value(page)
        self.reopening.hide()
        self._day_bar.setVisible(page is Page.DAY)
        self.period.setVisible(page is not Page.DAY)
        self.load()
        self._show_bar()

    def load(self) -> None:
        """Read the page anew."""
        typed = self.day.value()
        day = self.day_page.now.day if self.day_page.now and typed else None
        self.presenter.load(self.page, self.period.period, day)

    def escape(self) -> bool:
        """Stop the long work, or put the question away."""
        if self.presenter.job is not None:
            self.presenter.cancel()
        elif self.reopening.isVisible():
            self.reopening.hide()
            self._show_bar()
        else:
            return False
        return True

    def reprint(self) -> bool:
        """Print the sheet of a closed day, or the report."""
        return self._print()

    def catalogue_changed(self) -> None:
        """Begin another day."""
        self.period.new_day(self.workspace.desk.clock.now().date())
        self.day.clear()
        if self.isVisible():
            self.load()

    # Making the screen

    def _make_list_page(self) -> QWidget:
        card = Card()
        card.body.addWidget(self.table)
        inner = card.layout()
        if inner is not None:
            inner.setContentsMargins(1, 1, 1, 1)
        page = QWidget()
        page.setLayout(column(self._about, card, margins=(16, 4, 16, 12), spacing=6))
        return page

    def _make_day_bar(self) -> QWidget:
        bar = QWidget()
        self.day.setFixedWidth(self.day.fontMetrics().horizontalAdvance("00/00/0000") + 34)
        self.first_open = Button(_("Ngày chưa đóng đầu tiên"), variant="link", clicked=self._first_open)
        bar.setLayout(row(PlainLabel(_("Ngày"), tone="muted"), self.day, self.first_open, None))
        return bar

    def _make_reopening(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("frame", "warn")
        self.why = TextField(_("Lý do mở lại"), placeholder=_("Ví dụ: đếm thiếu tiền"), max_length=300)
        self.reopen_now = Button(_("Mở lại ngày"), clicked=self._reopen)
        text = WrapLabel(_("Mở lại thì biên bản đã ký không còn giá trị; phải đếm tiền và đóng lại."))
        inner = row(self.why, self.reopen_now, spacing=10)
        inner.setStretch(0, 1)
        frame.setLayout(column(text, inner, margins=(14, 10, 14, 10)))
        frame.hide()
        return frame

    def _make_strip(self) -> QFrame:
        strip = QFrame()
        strip.setProperty("frame", "info")
        self._how_far = PlainLabel()
        stop = Button(_("Dừng"), key="Esc", clicked=self.presenter.cancel)
        strip.setLayout(row(self._how_far, None, stop, margins=(14, 8, 14, 8)))
        strip.hide()
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self._show_how_far)
        return strip

    def _make_bar(self) -> QWidget:
        self.reopen = Button(_("Mở lại ngày…"), clicked=self._ask_reopen)
        self.print_report = Button(_("In biên bản"), clicked=self._print)
        self.pdf = Button(_("Lưu PDF"), clicked=partial(self._save, "pdf"))
        self.workbook = Button(_("Lưu Excel"), key="F8", clicked=partial(self._save, "xlsx"))
        self.main_act = primary_button(_("Đóng ngày"), key="F9", clicked=self._do_main)
        self._left = PlainLabel(tone="muted")
        return action_bar(
            self._left, None, self.reopen, self.pdf, self.workbook, self.print_report, self.main_act
        )

    def _lay_out(self) -> None:
        top, title = QWidget(), PlainLabel(self.title(), type="title")
        title.setMinimumHeight(self.pages.sizeHint().height())  # on one line with the pages
        top.setLayout(FlowRow(title, self.pages, gap=18, line_gap=6))
        foot = column(self.reopening, self._strip, margins=(16, 0, 16, 8), spacing=6)
        head = column(top, self._day_bar, self.period, margins=(16, 12, 16, 6), spacing=8)
        whole = column(head, self._stack, foot, self._bar, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        for number, page in enumerate(Page, start=1):
            self._shortcut(f"Alt+{number}", partial(self.choose, page))
        self._shortcut("F9", self._do_main)
        self._shortcut("F8", self._save_workbook)
        self.pages.edited.connect(lambda: self.choose(Page(str(self.pages.value()))))
        self.period.changed.connect(self.load)
        self.day.accepted.connect(self._other_day)
        self.day.left.connect(self._other_day)
        self.why.accepted.connect(self._reopen)
        self.workspace.operations.data_changed.connect(self._data_changed)

    def _shortcut(self, keys: str, act: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)

    # What the clerk does

    def _go(self, screen_id: str, which: str) -> None:
        request = {"list": which} if which else {}
        self.workspace.shell.open_screen(screen_id, **request)

    def _do_main(self) -> None:
        if not self.main_act.isVisible() or not self.main_act.isEnabled():
            return
        if self.page is not Page.DAY:
            self._print()
            return
        now = self.day_page.now
        unsettled = self.day_page.unsettled()
        if now is None or now.closed is not None:
            return
        if unsettled and not self._point_at(unsettled):
            return
        self.presenter.close_day(now.day, self.day_page.counted_vnd(), self.day_page.reasons)

    def _point_at(self, unsettled: tuple[object, ...]) -> bool:
        """Go to the first field that waits; True when none does and the rules may judge."""
        for card in self.day_page.cards:
            if card.kind in unsettled and card.reason is not None:
                card.reason.set_state("missing")
                card.reason.setFocus()
                self._left.setText(_("Ghi lý do cho việc chưa xong này."))
                return False
        return True

    def _print(self) -> bool:
        if self.page is not Page.DAY:
            self.presenter.print_report(self.page, self.period.period)
            return True
        closed = self.day_page.now.closed if self.day_page.now else None
        if closed is not None:
            self.presenter.print_sheet(closed.close_id)
        return closed is not None

    def _save_workbook(self) -> None:
        if self.workbook.isVisible() and self.workbook.isEnabled():
            self._save("xlsx")

    def _save(self, suffix: str) -> None:
        period, folder = self.period.period, QStandardPaths.StandardLocation.DocumentsLocation
        now = self.day_page.now
        first = now.day if self.page is Page.DAY and now is not None else period.first
        name = f"{FILE_NAMES[self.page]}-{first:%Y%m%d}.{suffix}"
        kind = "PDF (*.pdf)" if suffix == "pdf" else "Excel (*.xlsx)"
        start = str(Path(QStandardPaths.writableLocation(folder)) / name)
        chosen = QFileDialog.getSaveFileName(self, _("Lưu báo cáo"), start, kind)[0]
        if not chosen:
            return
        target = Path(chosen).with_suffix(f".{suffix}")
        if self.page is not Page.DAY:
            self.presenter.save_report(self.page, period, target)
        elif now is not None and now.closed is not None:
            self.presenter.save_sheet(now.closed.close_id, target)

    def _other_day(self) -> None:
        from datetime import date

        now, typed = self.day_page.now, self.day.value()
        try:
            day = date.fromisoformat(str(typed))
        except ValueError:
            return
        if now is None or now.day != day:
            self.presenter.load(Page.DAY, self.period.period, day)

    def _first_open(self) -> None:
        self.presenter.load(Page.DAY, self.period.period, None)

    def _ask_reopen(self) -> None:
        self.reopening.show()
        self.why.setFocus()

    def _reopen(self) -> None:
        now = self.day_page.now
        if now is not None and self.reopening.isVisible():
            if not self.why.value():
                self.why.set_state("missing")
                self.why.setFocus()
                return
            self.presenter.reopen_day(now.day, str(self.why.value()))
            self.reopening.hide()
            self.why.clear()

    # What is shown

    def show_day(self, now: DayNow) -> None:
        """Show a day as it stands."""
        self.day.set_value(now.day.isoformat())
        self.first_open.setVisible(now.first_open not in (None, now.day))
        self.day_page.show_day(now)
        self._show(Page.DAY, self.day_page)

    def show_figures(self, read: FiguresRead) -> None:
        """Show the figures of the period, or its ratings."""
        shown = self.ratings if self.page is Page.RATINGS else self.figures
        shown.show_figures(read)
        self._show(self.page, shown)

    def show_list(self, read: ListRead) -> None:
        """Show the register or Biểu II.06 of the period."""
        if not read.rows:
            self._empty.say(_("Không có hồ sơ nào trong thời gian này"), _("Hãy chọn thời gian khác."))
            self._show(self.page, self._empty)
            return
        self.table.show_report(read, self.workspace.theme.text_scale / 100)
        more = _("{shown} dòng đầu trong {total}; bản in và Excel có đủ.").format(
            shown=len(read.rows), total=read.total
        )
        self._about.setText(f"{read.table.subtitle}. {more if read.total > len(read.rows) else ''}".strip())
        self._show(self.page, self._list_page)

    def show_problem(self, text: str) -> None:
        """Say why a page cannot be shown."""
        self._empty.say(_("Chưa lập được báo cáo"), text)
        self._show(self.page, self._empty)

    def show_job(self, job: Job | None) -> None:
        """Show that something long is under way, or no more."""
        self._strip.setVisible(job is not None)
        if job is None:
            self._poll.stop()
        else:
            self._poll.start()
            self._show_how_far()
        self._show_bar()

    def _show_how_far(self) -> None:
        job = self.presenter.job
        if job is None:
            return
        words = _("Đang lập báo cáo…")
        if job.total:
            words = _("Đang lập báo cáo: {done}/{total} dòng").format(done=job.done, total=job.total)
        self._how_far.setText(words)

    def _show(self, page: Page, widget: QWidget) -> None:
        if page is self.page:
            self._stack.setCurrentWidget(widget)
            self._show_bar()

    def _show_bar(self) -> None:
        now, closing = self.day_page.now, self.page is Page.DAY
        closed = now.closed if now is not None and closing else None
        busy, empty = self.presenter.job is not None, self._stack.currentWidget() is self._empty
        for button in (self.reopen, self.print_report):
            button.setVisible(closed is not None)
        self.pdf.setVisible(closed is not None or not closing)
        self.workbook.setVisible(not closing)
        self.main_act.setVisible(closed is None)
        self.main_act.set_text(_("Đóng ngày và in biên bản") if closing else _("In báo cáo"))
        for button in (self.main_act, self.pdf, self.workbook):
            button.setEnabled(not busy and not empty)
        left = len(self.day_page.unsettled()) if closing and closed is None else 0
        self._left.setText(_("Còn {count} việc chưa có lý do").format(count=left) if left else "")

    def _data_changed(self) -> None:
        if self.isVisible():
            self.load()
