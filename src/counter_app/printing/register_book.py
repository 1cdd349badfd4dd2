"""Draws the register (sổ theo dõi hồ sơ) as a book to be bound: cover, ruled pages, closing page.

A4 landscape after Mẫu 07 Thông tư 03/2025/TT-VPCP (columns as third-party systems have them). Each page is
drawn as soon as it is full; how many pages there are is filled in at the end.
"""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from counter_app.printing.book_pages import BOTTOM, LEFT, SIZE, TOP, WIDTH, BookPages
from counter_app.printing.document import new_canvas
from counter_app.printing.flow import Slice, height, space, text_slices
from counter_app.printing.fonts import BOLD, REGULAR, Face
from counter_app.printing.pen import MM, Pen
from counter_app.printing.ruled_head import ruled_head
from counter_app.printing.runs import Align, Line, Run
from counter_app.printing.table import PAD, TableShape, line_slices, shares
from counter_app.printing.text import wrap
from counter_app.services.ruled_content import (
    PAGE_COUNT,
    BookPart,
    BookRow,
    BookSum,
    ClosingPage,
    RegisterBook,
    StruckRow,
)
from counter_app.services.sheet_content import CellAlign

if TYPE_CHECKING:
    from counter_app.domain.office import Office

_FACE = Face(REGULAR, 7.5)
_SMALL = Face(REGULAR, 8.5)
_SUM_LINE = 11.0  # points
_LEAST_STRUCK = 24.0  # points; what is less has no room for a line of writing
_ALIGNS = {CellAlign.LEFT: Align.LEFT, CellAlign.CENTRE: Align.CENTRE, CellAlign.RIGHT: Align.RIGHT}


def register_book_pdf(content: RegisterBook) -> bytes:
    """Draw the book; fonts must be registered. No line is cut, no number left out."""
    buffer = BytesIO()
    canvas = new_canvas(buffer, SIZE, content.parts[0].title if content.parts else "")
    for number, part in enumerate(content.parts):
        pages = BookPages(canvas, content.office.name, content.marks, f"pages_of_{number}")
        _draw_part(pages, content, part)
        pages.count_pages()
    canvas.save()
    return buffer.getvalue()


def _draw_part(pages: BookPages, content: RegisterBook, part: BookPart) -> None:
    if part.cover:
        pages.start()
        _draw_all(pages.pen, _cover(content.office, part.cover))
        pages.end()
    _RuledPages(pages, content, part).draw()
    if part.closing is not None:
        pages.start()
        _draw_all(pages.pen, _closing(part.closing, pages.number))
        pages.end()


class _RuledPages:
    """The lines of one part, a page at a time."""

    def __init__(self, pages: BookPages, content: RegisterBook, part: BookPart) -> None:
        widths = shares(WIDTH, [column.width for column in content.columns])
        self._shape = TableShape(widths, tuple(_ALIGNS[column.align] for column in content.columns))
        self._head = ruled_head(content.columns, widths, _FACE)
        self._pages, self._content, self._part = pages, content, part
        self._so_far, self._on_page = BookSum(), BookSum()
        # Offices, procedures and days come again and again; what is remembered ends with the book.
        self._wrap = lru_cache(maxsize=4096)(_wrapped)
        self._y = TOP
        self._first, self._fresh = True, True

    def draw(self) -> None:
        """Draw every line and the sums under each page."""
        self._turn()
        for row in self._part.rows:
            self._place(self._slices(row))
            if isinstance(row, BookRow):
                self._on_page += row
        if self._part.closing is not None:
            self._strike_blank()
        self._finish_page()

    def _slices(self, row: BookRow | StruckRow) -> list[Slice]:
        if isinstance(row, StruckRow):
            return [_struck(row.text)]
        wrapped = [
            [line for text in cell.split("\n") for line in self._wrap(text, width - 2 * PAD, align)]
            for cell, width, align in zip(row.cells, self._shape.widths, self._shape.aligns, strict=True)
        ]
        return line_slices(self._shape, wrapped)

    def _place(self, slices: list[Slice]) -> None:
        """Keep a line whole; only one higher than a page goes over to the next."""
        if height(slices) > self._room and not self._fresh:
            self._finish_page()
            self._turn()
        for one in slices:
            if one.height > self._room:
                self._finish_page()
                self._turn()
            one.draw(self._pages.pen, LEFT, self._y)
            self._y += one.height
            self._fresh = False

    @property
    def _room(self) -> float:
        return BOTTOM - _SUM_LINE - 3 - self._y

    def _turn(self) -> None:
        pen, self._y = self._pages.start(), TOP
        if self._first:
            for one in _heading(self._part):
                one.draw(pen, LEFT, self._y)
                self._y += one.height
        elif self._so_far.rows:
            self._write(self._content.carried(self._so_far))
        self._head.draw(pen, LEFT, self._y)
        self._y += self._head.height
        self._first, self._fresh = False, True

    def _finish_page(self) -> None:
        self._so_far, page = self._so_far + self._on_page, self._on_page
        self._on_page = BookSum()
        self._y += 3
        self._write(self._content.page_sum(page, self._so_far))
        self._pages.end()

    def _strike_blank(self) -> None:
        """Strike out what stays empty of a closed book's last page, above the sum."""
        top, bottom = self._y + 6, BOTTOM - _SUM_LINE - 9
        if bottom - top > _LEAST_STRUCK:
            self._pages.pen.rule(LEFT, bottom, LEFT + WIDTH, top)
            self._y = bottom + 3

    def _write(self, text: str) -> None:
        self._pages.pen.write(LEFT, self._y + 8, text, _SMALL.italic())
        self._y += _SUM_LINE


def _wrapped(text: str, width: float, align: Align) -> list[Line]:
    return wrap([Run(text, _FACE)], width, align=align, leading=1.14)


def _struck(text: str) -> Slice:
    """Return a line over all columns with a stroke through what stays empty."""
    words = wrap([Run(text, _FACE.italic())], WIDTH - 2 * PAD)[0]
    high = words.height + 4

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.box(x, top, WIDTH, high)
        pen.write_line(x + PAD, top + 2, words)
        pen.rule(x + PAD + words.width + 6, top + high / 2, x + WIDTH - PAD, top + high / 2)

    return Slice(high, draw)


def _heading(part: BookPart) -> Iterator[Slice]:
    title = [Run(part.title.upper(), Face(BOLD, 12.5))]
    yield from text_slices(wrap(title, WIDTH, align=Align.CENTRE))
    subtitle = [Run(part.subtitle, Face(REGULAR, 10).italic())]
    yield from text_slices(wrap(subtitle, WIDTH, align=Align.CENTRE))
    yield space(5)


def _cover(office: "Office", lines: tuple[str, ...]) -> Iterator[Slice]:
    """Return the cover: the offices, the title, then what the book holds."""
    yield space(26)
    if office.parent_name:
        yield from _centred(office.parent_name.upper(), Face(REGULAR, 15))
    yield from _centred(office.name.upper(), Face(BOLD, 15))
    yield space(105)
    title, *rest = lines
    yield from _centred(title.upper(), Face(BOLD, 34))
    yield space(28)
    for line in rest:
        yield from _centred(line, Face(REGULAR, 15))
        yield space(5)


def _closing(page: ClosingPage, pages: int) -> Iterator[Slice]:
    yield space(16)
    yield from _centred(page.title.upper(), Face(BOLD, 15))
    yield space(16)
    face = Face(REGULAR, 13)
    for paragraph in page.paragraphs:
        words = [Run(paragraph.replace(PAGE_COUNT, str(pages)), face)]
        yield from text_slices(wrap(words, WIDTH, align=Align.JUSTIFY, indent=10 * MM))
        yield space(5)
    yield space(14)
    yield from text_slices(wrap([Run(page.place_date, face.italic())], WIDTH, align=Align.RIGHT))
    yield space(8)
    yield _signatures(page.signatures)


def _signatures(titles: tuple[str, ...]) -> Slice:
    share = WIDTH / len(titles)
    lines = [_signature(title, share) for title in titles]

    def draw(pen: Pen, x: float, top: float) -> None:
        for number, title in enumerate(lines):
            y = top
            for line in title:
                pen.write_line(x + number * share, y, line)
                y += line.height

    return Slice(max(sum(line.height for line in title) for title in lines), draw)


def _signature(title: str, width: float) -> list[Line]:
    """Return who signs, and under it how."""
    who, _parted, how = title.partition("\n")
    faces = ((who, Face(BOLD, 13)), (how, Face(REGULAR, 12).italic()))
    return [
        line for text, face in faces if text for line in wrap([Run(text, face)], width, align=Align.CENTRE)
    ]


def _centred(text: str, face: Face) -> list[Slice]:
    return text_slices(wrap([Run(text, face)], WIDTH, align=Align.CENTRE))


def _draw_all(pen: Pen, slices: Iterator[Slice]) -> None:
    y = TOP
    for one in slices:
        one.draw(pen, LEFT, y)
        y += one.height
