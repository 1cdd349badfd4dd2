"""Slip and form as PDF; the slip against a bare page that holds the same words in the same fonts."""

import statistics
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from tests.bench.form_rows import form_rows
from tests.bench.row import Row, elapsed_ms, in_turns, row
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.visits import BIRTH

from counter_app.domain.dossier import Dossier
from counter_app.printing.fonts import REGULAR, Face
from counter_app.printing.pen import Pen
from counter_app.services.desk import Desk
from counter_app.services.paper_content import PaperSize
from counter_app.services.print_papers import render
from counter_app.services.receive_dossier import receive

ROUNDS = 60
_A5 = (148 / 25.4 * 72, 210 / 25.4 * 72)
Words = list[tuple[float, float, str, Face]]


def paper_rows(folder: Path) -> list[Row]:
    """Measure the A5 slip and the birth registration form, each time for another dossier; then every form."""
    desk = make_desk(folder / "papers", MORNING)
    visit = replace(BIRTH, slip_asked=True)
    dossiers = [receive(desk, visit, clerk="Mai") for _ in range(ROUNDS + 4)]
    first_ms = elapsed_ms(lambda: _slip(desk, dossiers[0]))
    pages = [_words_of(desk, dossier) for dossier in dossiers]
    slips, bare_pages, forms = iter(dossiers), iter(pages), iter(dossiers)
    slip, bare, form = in_turns(
        (
            lambda: _slip(desk, next(slips)),
            lambda: _bare_pdf(next(bare_pages)),
            lambda: render(desk, next(forms), "form:ht-khai-sinh", copy_no=1, size=PaperSize.A4),
        ),
        rounds=ROUNDS,
        warm_up=4,
    )
    desk.store.close()
    note = f"the first in a fresh process, with its imports: {first_ms:.0f} ms; p99 {max(slip):.1f} ms"
    return [
        row(
            "slip PDF (A5, two copies)",
            statistics.median(slip),
            "ms",
            floor=statistics.median(bare),
            at_most_ratio=1.5,
            below=100,
            note=note,
        ),
        row(
            "form PDF (birth registration)",
            statistics.median(form),
            "ms",
            below=200,
            note=f"slowest {max(form):.1f} ms",
        ),
        *form_rows(),
    ]


def _slip(desk: Desk, dossier: Dossier) -> bytes:
    return render(desk, dossier, "slip", copy_no=1, size=PaperSize.A5).pdf


class _RecordingPen(Pen):
    """Remembers what is written where; one list a page."""

    pages: list[Words] = []  # noqa: RUF012 - filled while one slip is drawn

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.words: Words = []
        self.pages.append(self.words)

    def write(self, x: float, baseline: float, text: str, face: Face) -> None:
        self.words.append((x, baseline, text, face))
        super().write(x, baseline, text, face)


def _words_of(desk: Desk, dossier: Dossier) -> list[Words]:
    """Return the words of the slip with place and face, page by page."""
    from counter_app.printing import slip

    _RecordingPen.pages = []
    slip.Pen = _RecordingPen  # type: ignore[misc]
    try:
        _slip(desk, dossier)
    finally:
        slip.Pen = Pen  # type: ignore[misc]
    return [words for words in _RecordingPen.pages if words]


def _bare_pdf(pages: list[Words]) -> bytes:
    """Write the words with nothing but reportlab: no layout, no codes, no lines."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=_A5, pageCompression=1, initialFontName=REGULAR)  # type: ignore[arg-type]
    for words in pages:
        for x, baseline, text, face in words:
            canvas.setFont(face.font, face.size)
            canvas.drawString(x, _A5[1] - baseline, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
