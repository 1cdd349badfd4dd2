"""The queue in words."""

from datetime import datetime, timedelta

from counter_app.domain.queue import Ticket
from counter_app.domain.ticket_group import PRIORITY_PEOPLE
from counter_app.domain.waiting_figures import QueueFigures
from counter_app.i18n import _


def minutes(wait: timedelta | None) -> str:
    """Return "12 phút", "1 giờ 05 phút", or a dash when nothing is known."""
    if wait is None:
        return "–"
    whole = round(wait.total_seconds() / 60)
    if whole < 60:
        return _("{n} phút").format(n=whole)
    return _("{h} giờ {m} phút").format(h=whole // 60, m=f"{whole % 60:02d}")


def waited(ticket: Ticket, now: datetime) -> str:
    """Return how long a ticket has waited."""
    return minutes(max(now - ticket.issued_at, timedelta()))


def figures_lines(figures: QueueFigures) -> tuple[tuple[str, str], ...]:
    """Return today's figures as (label, value)."""
    return (
        (_("Đã lấy số"), str(figures.issued)),
        (_("Đang chờ"), str(figures.waiting)),
        (_("Đã gọi, phục vụ"), str(figures.served)),
        (_("Vắng"), str(figures.absent)),
        (_("Thường chờ (trung vị)"), minutes(figures.median_wait)),
        (_("Chờ lâu nhất"), minutes(figures.longest_wait)),
        (_("Người đang chờ lâu nhất"), minutes(figures.longest_now)),
    )


def priority_words() -> str:
    """Return who may go first."""
    people = ", ".join(_(each) for each in PRIORITY_PEOPLE)
    return _("Ưu tiên: {people}").format(people=people)
