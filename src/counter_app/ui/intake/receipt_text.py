"""The dossier just received, in the words of the screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.dossier import Dossier
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services import print_papers
from counter_app.ui.intake.state import Received

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One paper and what became of it; ``tone`` is ok, bad or muted."""

    name: str
    outcome: str
    tone: str


def weekday(moment: datetime) -> str:
    """Return "Thứ Tư" for the day of a moment."""
    return _(_WEEKDAYS[moment.weekday()])


def due_text(due_at: datetime | None, *, same_day: bool) -> str:
    """Return "Trong ngày · 17:00" or "Thứ Tư 25/11/2026 · 10:45"."""
    if due_at is None:
        return _("Không có ngày hẹn trả cụ thể theo quy định")
    if same_day:
        return _("Trong ngày · {time}").format(time=f"{due_at:%H:%M}")
    return f"{weekday(due_at)} {due_at:%d/%m/%Y} · {due_at:%H:%M}"


def notice(dossier: Dossier) -> str:
    """Return the message bar's line after a receipt."""
    promised = due_text(dossier.due_at, same_day=dossier.promise.same_day)
    return _("Đã tiếp nhận {code} · hẹn trả: {due}").format(code=dossier.dossier_code, due=promised)


def paper_name(paper: str) -> str:
    """Return "Giấy tiếp nhận và hẹn trả" or "Tờ khai"."""
    return _("Giấy tiếp nhận và hẹn trả") if paper == print_papers.SLIP else _("Tờ khai")


def paper_lines(received: Received) -> Sequence[PaperLine]:
    """Return what became of each paper, failures with their cause."""
    lines = [PaperLine(name=paper_name(p), outcome=_("đã in"), tone="ok") for p in received.printed]
    lines += [PaperLine(name=paper_name(p), outcome=_("đã lưu PDF"), tone="ok") for p in received.saved]
    lines += [PaperLine(name=paper_name(p), outcome=_("đang in…"), tone="muted") for p in received.waiting]
    lines += [
        PaperLine(name=paper_name(f.paper), outcome=text_of(f.error), tone="bad") for f in received.failures
    ]
    return lines
