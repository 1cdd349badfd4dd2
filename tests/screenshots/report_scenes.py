"""The scenes of day close and reports."""

from collections.abc import Iterator
from datetime import timedelta

from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.visits import CERTIFIED_COPY

from counter_app.domain.day_close import FindingKind
from counter_app.services.day_close import close_day, day_now
from counter_app.services.desk import Desk
from counter_app.services.receipts import Payment, collect
from counter_app.services.receive_dossier import receive
from counter_app.ui.main_window import MainWindow
from counter_app.ui.reports.reading import Page
from counter_app.ui.reports.view import ReportsScreen

_DAY_ENDS = MORNING.replace(hour=17, minute=5)


def report_scenes(window: MainWindow) -> Iterator[str]:
    """Show every page of the reports at the end of a day whose earlier days are closed."""
    assert window.workspace is not None
    assert window.live is not None
    desk = window.workspace.desk
    desk.clock = FixedClock(MORNING + timedelta(minutes=20))
    paid = receive(desk, CERTIFIED_COPY, clerk=desk.settings.clerk)
    collect(desk, paid.dossier_id, Payment(amount_vnd=10_000))
    _close_earlier_days(desk)
    desk.clock = FixedClock(_DAY_ENDS)
    for page in Page:
        window.open_screen("reports", page=page.value)
        window.live.messages.hide()
        screen = window.current_screen()
        assert isinstance(screen, ReportsScreen)
        if page is Page.DAY:
            screen.day_page.counted.set_value(10_000)
            screen.day_page.counted.edited.emit()
        yield f"reports-{page.value}"
    desk.clock = FixedClock(MORNING)


def _close_earlier_days(desk: Desk) -> None:
    today = desk.clock.now().date()
    reasons = dict.fromkeys(FindingKind, "Mất điện từ 14 giờ")
    while (now := day_now(desk)).day < today:
        carried = {each.kind: reasons[each.kind] for each in now.findings if each.blocks}
        close_day(desk, now.day, now.expected_cash_vnd, carried)
