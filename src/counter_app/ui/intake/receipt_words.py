"""The dossier just received, in the words of the screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from counter_app.domain.dossier import Dossier
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services import print_papers
from counter_app.ui.intake.state import Received
from counter_app.ui.widgets.promise_words import headline


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One paper and what became of it; ``tone`` is ok, bad or muted."""

    name: str
    outcome: str
    tone: str


def due_text(dossier: Dossier) -> str:
    """Return when the result is promised: "Trong ngày · 17:00", "T4 25/11/2026 · 10:45"."""
    return headline(dossier.promise, dossier.received_at.date())


def notice(dossier: Dossier) -> str:
    """Return the message bar's line after a receipt."""
    return _("Đã tiếp nhận {code} · hẹn trả: {due}").format(code=dossier.dossier_code, due=due_text(dossier))


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
