"""Reads the pages of reports, closes and opens days, prints and saves; plain Python over the operations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from counter_app.domain.day_close import DayClose, FindingKind
from counter_app.domain.errors import EnvironmentProblem, KnownError
from counter_app.domain.period import Period
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services.audit.noted import note
from counter_app.services.paper_content import PaperSize
from counter_app.services.reports.write_report import period_detail
from counter_app.ui.operations import Ticket
from counter_app.ui.reports import reading
from counter_app.ui.reports.reading import FiguresRead, Job, ListRead, Page
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from counter_app.services.day_close import DayNow

FILE_NAMES = {
    Page.DAY: "bien-ban-dong-ngay",
    Page.FIGURES: "so-lieu",
    Page.REGISTER: "so-theo-doi",
    Page.B06: "bieu-II06",
    Page.RATINGS: "so-lieu",
}


class ReportsView(Protocol):
    """What the presenter says to the screen."""

    def show_day(self, now: "DayNow") -> None:
        """Show a day as it stands."""
        ...

    def show_figures(self, read: FiguresRead) -> None:
        """Show the figures of the period."""
        ...

    def show_list(self, read: ListRead) -> None:
        """Show the register or Biểu II.06 of the period."""
        ...

    def show_problem(self, text: str) -> None:
        """Say why a page cannot be shown."""
        ...

    def show_job(self, job: Job | None) -> None:
        """Show that something long is under way, or no more."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Closed:
    close: DayClose
    problem: KnownError | None = None


class ReportsPresenter:
    """Keeps the newest question only. ``job`` is the long work under way."""

    def __init__(self, workspace: Workspace, view: ReportsView) -> None:
        self._workspace, self._view = workspace, view
        self._slow = workspace.operations.beside()
        self._ticket: Ticket | None = None
        self._making: Ticket | None = None
        self.job: Job | None = None
        self._slow.closing.connect(self.cancel)

    def load(self, page: Page, period: Period, day: date | None) -> None:
        """Read a page anew."""
        if self._ticket is not None:
            self._ticket.cancel()
        desk, operations = self._workspace.desk, self._workspace.operations
        match page:
            case Page.DAY:
                self._ticket = operations.run_query(
                    lambda: _day_now(self._workspace, day), done=self._view.show_day, failed=self._fail
                )
            case Page.REGISTER | Page.B06:
                read = reading.read_register if page is Page.REGISTER else reading.read_b06
                self._ticket = operations.run_query(
                    lambda: read(desk, period), done=self._view.show_list, failed=self._fail
                )
            case _:
                self._ticket = operations.run_query(
                    lambda: reading.read_figures(desk, period),
                    done=self._view.show_figures,
                    failed=self._fail,
                )

    def close_day(
        self,
        day: date,
        counted_vnd: int | None,
        reasons: Mapping[FindingKind, str],
        *,
        clock_confirmed: bool = False,
    ) -> None:
        """Close a day, then print its sheet; a printer that fails leaves the day closed.

        A clock that seems set back is asked about once: the clerk may say that it is right.
        """
        desk, reasons = self._workspace.desk, dict(reasons)

        def work() -> _Closed:
            from counter_app.services.day_close import close_day
            from counter_app.services.print_day_close import print_day_close

            close = close_day(desk, day, counted_vnd, reasons, clock_confirmed=clock_confirmed)
            try:
                print_day_close(desk, close.close_id)
            except EnvironmentProblem as problem:
                return _Closed(close=close, problem=problem)
            return _Closed(close=close)

        def failed(error: KnownError) -> None:
            if error.code != "clock_set_back":
                self._refused(error)
                return
            again = partial(self.close_day, day, counted_vnd, reasons, clock_confirmed=True)
            asking = Notice(text=text_of(error), tone="bad", label=_("Đồng hồ đúng, đóng ngày"), action=again)
            self._workspace.shell.notify(asking)

        self._workspace.operations.run_command(work, done=self._tell_closed, failed=failed)

    def reopen_day(self, day: date, reason: str) -> None:
        """Open the last closed day again."""
        desk = self._workspace.desk

        def work() -> DayClose:
            from counter_app.services.day_close import reopen_day

            return reopen_day(desk, day, reason)

        words = _("Đã mở lại ngày {day}. Hãy đóng lại khi xong.").format(day=f"{day:%d/%m/%Y}")
        self._workspace.operations.run_command(
            work, done=lambda _close: self._notify(words, "ok"), failed=self._refused
        )

    def print_sheet(self, close_id: str) -> None:
        """Print the sheet of a closed day once more."""
        desk = self._workspace.desk

        def work() -> int:
            from counter_app.services.print_day_close import print_day_close

            return print_day_close(desk, close_id)

        self._workspace.operations.run_command(
            work, done=lambda _copy: self._notify(_("Đã in biên bản đóng ngày."), "ok"), failed=self._refused
        )

    def save_sheet(self, close_id: str, target: Path) -> None:
        """Write the sheet of a closed day to a PDF file."""
        desk = self._workspace.desk

        def work() -> int:
            from counter_app.services.print_day_close import save_day_close

            return save_day_close(desk, close_id, target)

        self._workspace.operations.run_command(
            work, done=lambda _copy: self._saved(target), failed=self._refused
        )

    def print_report(self, page: Page, period: Period) -> None:
        """Make a report and print it."""
        desk = self._workspace.desk
        title = f"{FILE_NAMES[page]}.pdf"

        def printed(pdf: bytes) -> None:
            note(desk, "report_printed", page.value, **period_detail(period))
            desk.printer.print_pdf(
                pdf, printer_name=desk.settings.printer_name, size=PaperSize.A4, title=title
            )

        def send(pdf: bytes) -> None:
            self._workspace.operations.run_command(
                lambda: printed(pdf),
                done=lambda _none: self._notify(_("Đã in báo cáo."), "ok"),
                failed=self._refused,
                changes=False,
            )

        self._make(lambda job: reading.report_pdf(desk, page, period, job), send)

    def save_report(self, page: Page, period: Period, target: Path) -> None:
        """Make a report and write it; the ending of the name tells PDF or Excel."""
        desk = self._workspace.desk
        make = reading.report_workbook if target.suffix.lower() == ".xlsx" else reading.report_pdf

        def saved(content: bytes) -> None:
            from counter_app.services.whole_file import write_whole

            form = target.suffix[1:].lower()
            note(desk, "report_saved", page.value, **period_detail(period), form=form)
            write_whole(target, content)

        def write(content: bytes) -> None:
            self._workspace.operations.run_command(
                lambda: saved(content),
                done=lambda _none: self._saved(target),
                failed=self._refused,
                changes=False,
            )

        self._make(lambda job: make(desk, page, period, job), write)

    def cancel(self) -> None:
        """Give the long work up: nothing is written or printed."""
        if self.job is not None:
            self.job.cancelled = True
        if self._making is not None:
            self._making.cancel()
        if self.job is not None:
            self.job = None
            self._view.show_job(None)

    def _make(self, work: Callable[[Job], bytes], use: Callable[[bytes], None]) -> None:
        if self.job is not None:
            return  # one at a time; the strip says what is under way
        job = self.job = Job()
        self._view.show_job(job)

        def over() -> None:
            self.job = None
            self._view.show_job(None)

        def done(content: bytes) -> None:
            over()
            use(content)

        def failed(error: KnownError) -> None:
            over()
            self._refused(error)

        self._making = self._slow.run_query(lambda: work(job), done=done, failed=failed)

    def _tell_closed(self, closed: _Closed) -> None:
        words = _("Đã đóng ngày {day}.").format(day=f"{closed.close.day:%d/%m/%Y}")
        if closed.problem is None:
            self._notify(words, "ok")
            return
        close_id = closed.close.close_id
        text = f"{words} {_('Chưa in được biên bản:')} {text_of(closed.problem)}"
        again = Notice(text=text, tone="bad", label=_("In lại"), action=lambda: self.print_sheet(close_id))
        self._workspace.shell.notify(again)

    def _saved(self, target: Path) -> None:
        self._notify(_("Đã lưu {name}").format(name=target.name), "ok")

    def _notify(self, text: str, tone: str) -> None:
        self._workspace.shell.notify(Notice(text=text, tone=tone))

    def _refused(self, error: KnownError) -> None:
        self._notify(text_of(error), "bad")

    def _fail(self, error: KnownError) -> None:
        self._view.show_problem(text_of(error))


def _day_now(workspace: Workspace, day: date | None) -> "DayNow":
    """Return the day asked for; without one, the first open day, or today when it is closed already."""
    from counter_app.services.day_close import day_now

    return day_now(workspace.desk, day)
