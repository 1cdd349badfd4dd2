"""The floor of every speed ratio of papers: the same text in the same faces, laid out by nobody."""

from io import BytesIO

from paper_reading import page_texts
from reportlab.pdfgen.canvas import Canvas

from counter_app.printing.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR

_FACES = (REGULAR, BOLD, ITALIC, BOLD_ITALIC)


def lines_of(pdf: bytes) -> list[list[str]]:
    """The text of a paper, line by line, for `draw_bare`."""
    return [text.splitlines() for text in page_texts(pdf)]


def draw_bare(pages: list[list[str]], size: tuple[float, float]) -> bytes:
    """Draw the lines one below the other; the fonts must be registered."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, initialFontName=REGULAR)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.setFont(_FACES[number % 8] if number % 8 < len(_FACES) else REGULAR, 10)
            canvas.drawString(40, size[1] - 40 - number * 11, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
