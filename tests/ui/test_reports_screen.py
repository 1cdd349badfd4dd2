"""The screen of reports in the real window: closing a day, figures, charts, papers and workbooks."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import CLERK, PaperTray
from tests.helpers.visits import CERTIFIED_COPY
from tests.printing.paper_reading import all_text, squeezed

from counter_app.domain.day_close import DayClose, FindingKind
from counter_app.domain.dossier import Dossier
from counter_app.domain.rating import Score
from counter_app.services.desk import Desk
from counter_app.services.rate_service import enter_paper_ratings
from counter_app.services.receipts import Payment, collect
from counter_app.services.receive_dossier import receive
from counter_app.ui.main_window import MainWindow
from counter_app.ui.reports.periods import PeriodPick, gathered, picked
from counter_app.ui.reports.reading import Job, Page, report_pdf
from counter_app.ui.reports.view import ReportsScreen
from counter_app.ui.theme import SCHEMES

EVENING = MORNING.replace(hour=17, minute=2)


@pytest.fixture
def busy(desk: Desk) -> Dossier:
    """One copy certified and paid for, 4.000 đ in cash; it is evening."""
    dossier = receive(desk, CERTIFIED_COPY, clerk=CLERK)
    collect(desk, dossier.dossier_id, Payment(amount_vnd=4000))
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = EVENING
    return dossier


def reports(window: MainWindow, page: Page = Page.DAY) -> ReportsScreen:
    window.open_screen("reports", page=page.value)
    screen = window.current_screen()
    assert isinstance(screen, ReportsScreen)
    return screen


def tray(desk: Desk) -> PaperTray:
    assert isinstance(desk.printer, PaperTray)
    return desk.printer


def last(desk: Desk) -> DayClose | None:
    with desk.store.reading() as queries:
        return queries.last_day_close()


def give_reasons(screen: ReportsScreen, qtbot: QtBot) -> None:
    for card in screen.day_page.cards:
        if card.reason is not None:
            card.reason.setFocus()
            qtbot.keyClicks(card.reason, "Mat dien")


def kinds(screen: ReportsScreen) -> list[FindingKind]:
    return [card.kind for card in screen.day_page.cards if card.reason is not None]


def test_a_day_is_counted_reasoned_closed_and_printed(
    desk: Desk, busy: Dossier, window: MainWindow, qtbot: QtBot
) -> None:
    screen = reports(window)
    assert kinds(screen)[0] is FindingKind.CASH_NOT_COUNTED
    qtbot.keyClicks(screen.day_page.counted, "3000")
    assert kinds(screen)[0] is FindingKind.CASH_DIFFERS
    assert screen.day_page._difference.text() == "thiếu 1.000 đ"
    screen.day_page.counted.clear()
    qtbot.keyClicks(screen.day_page.counted, "4000")
    assert kinds(screen) == [FindingKind.RESULTS_MISSING, FindingKind.NOT_HANDED_OVER]
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    assert last(desk) is None, "nothing closes without a reason"
    first = screen.day_page.cards[0].reason
    assert first is not None
    assert first.hasFocus()
    give_reasons(screen, qtbot)
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    close = last(desk)
    assert close is not None
    assert (close.day, close.counted_cash_vnd, close.difference_vnd) == (EVENING.date(), 4000, 0)
    assert (
        squeezed("Biên bản đóng ngày").casefold() in squeezed(all_text(tray(desk).printed[-1][1])).casefold()
    )
    assert not screen.main_act.isVisible()
    assert screen.print_report.isVisible()
    assert screen.reprint()
    assert len(tray(desk).printed) == 2


def test_a_printer_that_fails_leaves_the_day_closed_and_offers_again(
    desk: Desk, busy: Dossier, window: MainWindow, qtbot: QtBot
) -> None:
    screen = reports(window)
    tray(desk).failing = True
    give_reasons(screen, qtbot)
    screen.main_act.click()
    assert last(desk) is not None
    assert tray(desk).printed == []
    tray(desk).failing = False
    assert window.live is not None
    window.live.messages.act()
    assert len(tray(desk).printed) == 1
    assert squeezed("In lại lần") not in squeezed(all_text(tray(desk).printed[0][1]))


def test_a_clock_set_back_is_asked_about(desk: Desk, window: MainWindow) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = EVENING
    enter_paper_ratings(desk, {Score.SATISFIED.value: 1})
    desk.clock.moment = MORNING
    screen = reports(window)
    screen.main_act.click()
    assert last(desk) is None
    assert window.live is not None
    window.live.messages.act()
    close = last(desk)
    assert close is not None
    assert close.closed_at == MORNING.replace(microsecond=0)


def test_reopening_asks_for_a_reason(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    screen = reports(window)
    screen.main_act.click()
    assert last(desk) is not None
    screen.reopen.click()
    screen.reopen_now.click()
    assert last(desk) is not None, "no reason, no opening"
    assert screen.escape()
    assert not screen.reopening.isVisible()
    screen.reopen.click()
    qtbot.keyClicks(screen.why, "Dem thieu")
    qtbot.keyClick(screen.why, Qt.Key.Key_Return)
    assert last(desk) is None
    assert screen.main_act.isVisible()


def test_the_first_open_day_comes_first(desk: Desk, busy: Dossier, window: MainWindow, qtbot: QtBot) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.clock.moment = EVENING.replace(day=EVENING.day + 2)
    screen = reports(window)
    assert screen.day_page.now is not None
    assert screen.day_page.now.day == EVENING.date()
    screen.day.setFocus()
    screen.day.selectAll()
    qtbot.keyClicks(screen.day, f"{desk.clock.moment:%d%m%Y}")
    qtbot.keyClick(screen.day, Qt.Key.Key_Return)
    assert screen.day_page.now.day == desk.clock.moment.date()
    assert f"{EVENING:%d/%m/%Y} chưa đóng" in screen.day_page._told.text()
    screen.first_open.click()
    assert screen.day_page.now.day == EVENING.date()


def test_charts_say_in_words_what_they_show(desk: Desk, busy: Dossier, window: MainWindow) -> None:
    enter_paper_ratings(desk, {Score.SATISFIED.value: 3, Score.UNSATISFIED.value: 1})
    screen = reports(window, Page.FIGURES)
    assert f"{EVENING:%d/%m}: Tiếp nhận 1" in screen.figures.by_day.accessibleName()
    assert f"{EVENING:%d/%m}: Đến hẹn 1" in screen.figures.due_load.accessibleName()
    screen.choose(Page.RATINGS)
    assert "3 (75 %)" in screen.ratings.shares.accessibleName()
    assert screen.ratings.shares.focusPolicy() is Qt.FocusPolicy.StrongFocus


@pytest.mark.parametrize("scheme", [each for each in SCHEMES if each != "system"])
def test_every_page_draws_in_every_scheme_without_being_cut(
    desk: Desk, busy: Dossier, window: MainWindow, scheme: str
) -> None:
    window.resize(1366, 768)
    window.theme.apply(scheme, 200)
    for page in Page:
        screen = reports(window, page)
        assert not screen.grab().isNull()
        assert screen.width() <= 1366
    screen.figures.by_day.setFocus()
    assert not screen.figures.by_day.grab().isNull()


@pytest.mark.parametrize("page", [Page.FIGURES, Page.REGISTER, Page.B06])
def test_reports_are_printed_and_saved(
    desk: Desk,
    busy: Dossier,
    window: MainWindow,
    page: Page,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = reports(window, page)
    qtbot.keyClick(screen, Qt.Key.Key_F9)
    assert tray(desk).printed[-1][1].startswith(b"%PDF")
    target = tmp_path / "report.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(target), ""))
    qtbot.keyClick(screen, Qt.Key.Key_F8)
    assert load_workbook(target).worksheets[0].max_row >= 2
    screen.pdf.click()
    assert target.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


def test_a_cancelled_report_writes_nothing(desk: Desk, busy: Dossier) -> None:
    job = Job(cancelled=True)
    with pytest.raises(Exception, match="report_cancelled"):
        report_pdf(desk, Page.REGISTER, picked(PeriodPick.MONTH, EVENING.date()), job)
    assert (job.done, job.total) == (0, 1)


def test_a_period_without_anything_says_so(window: MainWindow) -> None:
    screen = reports(window, Page.REGISTER)
    assert screen._stack.currentWidget() is screen._empty
    assert not screen.main_act.isEnabled()


def test_periods_are_those_of_the_calendar() -> None:
    day = date(2026, 11, 26)
    spans = {pick: picked(pick, day) for pick in PeriodPick}
    ends = {pick: (f"{each.first:%d/%m}", f"{each.last:%d/%m}") for pick, each in spans.items()}
    assert ends[PeriodPick.TODAY] == ("26/11", "26/11")
    assert ends[PeriodPick.WEEK] == ("23/11", "29/11")
    assert ends[PeriodPick.MONTH] == ("01/11", "30/11")
    assert ends[PeriodPick.QUARTER] == ("01/10", "31/12")
    assert ends[PeriodPick.YEAR] == ("01/01", "31/12")
    assert len(gathered((), spans[PeriodPick.MONTH], day)) == 19, "working days up to today"
    assert len(gathered((), spans[PeriodPick.YEAR], day)) == 11
