"""Draws an office sheet: letterhead, title, sections with ruled tables, signatures, on A4.

Margins after Nghị định 30/2020/NĐ-CP, Phụ lục I (recalled, not re-read).
"""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from counter_app.printing.document import new_canvas
from counter_app.printing.flow import Page, Slice, draw_page, paginate, space, text_slices, tied, together
from counter_app.printing.fonts import BOLD, REGULAR, Face, text_width
from counter_app.printing.letterhead import letterhead
from counter_app.printing.marks import training_watermark
from counter_app.printing.pen import MM, Pen
from counter_app.printing.runs import Align, Line, Run
from counter_app.printing.table import PAD, TableShape, line_slices, row_slices, shares
from counter_app.printing.text import wrap
from counter_app.services.sheet_content import CellAlign, SheetContent, SheetSection, SheetTable

_SHORT_EDGE, _LONG_EDGE = 210 * MM, 297 * MM
_LEFT, _RIGHT, _TOP, _BOTTOM = 20 * MM, 15 * MM, 15 * MM, 16 * MM
_FOOT = 9.0  # points
_TALL_ROW = 180.0  # points; a taller row may go over a page, else its heading and head would stay behind
_GO_ALONG = 4  # slices before the signatures that go to the next page with them
_SIGNATURE_ROOM = 55.0  # points for the hand-written signature
_ALIGNS = {CellAlign.LEFT: Align.LEFT, CellAlign.CENTRE: Align.CENTRE, CellAlign.RIGHT: Align.RIGHT}


def sheet_pdf(content: SheetContent) -> bytes:
    """Draw the sheet; fonts must be registered. No line is ever cut, a long table goes on."""
    width, height = (_LONG_EDGE, _SHORT_EDGE) if content.landscape else (_SHORT_EDGE, _LONG_EDGE)
    room = height - _TOP - _BOTTOM
    pages = paginate(list(_slices(content, width - _LEFT - _RIGHT)), room, room)
    buffer = BytesIO()
    canvas = new_canvas(buffer, (width, height), content.title)
    for number, page in enumerate(pages, start=1):
        pen = Pen(canvas, height)
        if content.marks.training:
            training_watermark(pen, width, height)
        draw_page(pen, page, _LEFT, _TOP)
        _foot(pen, content, page, (width, height), (number, len(pages)))
        pen.finish()
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _slices(content: SheetContent, width: float) -> Iterator[Slice]:
    face = Face(REGULAR, content.font_size)
    head = letterhead(content.office, content.place_date, width, min(11.5, content.font_size))
    yield replace(head, keep=True)
    yield space(14, keep=True)
    title = [Run(content.title.upper(), Face(BOLD, content.font_size + 2.5))]
    yield from text_slices(wrap(title, width, align=Align.CENTRE), keep=True)
    if content.subtitle:
        subtitle = [Run(content.subtitle, face.italic())]
        yield from text_slices(wrap(subtitle, width, align=Align.CENTRE), keep=True)
    yield space(8)
    body = [one for section in content.sections for one in _section(section, width, face)]
    body += _note(content, width, face)
    signatures = list(_signatures(content, width, face))
    # Signatures never stand alone on a page: the last lines or the last row go with them.
    tied_from = len(body) - _GO_ALONG if signatures else len(body)
    yield from (replace(one, keep=one.keep or n >= tied_from) for n, one in enumerate(body))
    yield from signatures


def _section(section: SheetSection, width: float, face: Face) -> Iterator[Slice]:
    if section.heading:
        yield space(6)
        yield from text_slices(wrap([Run(section.heading, face.bold())], width), keep=True)
        yield space(2, keep=True)
    for line in section.lines:
        yield from together(text_slices(wrap(_line_runs(line, section, face), width)))
        yield space(2)
    if section.table is not None:
        yield from _table(section.table, width, face)
        yield space(6)


def _line_runs(line: str, section: SheetSection, face: Face) -> list[Run]:
    label, colon, rest = line.partition(":")
    if section.labelled and colon:
        return [Run(label + colon, face.bold()), Run(rest, face)]
    return [Run(line, face)]


def _table(table: SheetTable, width: float, face: Face) -> Iterator[Slice]:
    aligns = tuple(_ALIGNS[column.align] for column in table.columns)
    shape = TableShape(shares(width, [column.width for column in table.columns]), aligns)
    centred = replace(shape, aligns=(Align.CENTRE,) * len(aligns))
    labels = [[Run(column.label, face.bold())] for column in table.columns]
    head = row_slices(centred, labels)
    again = Slice(sum(one.height for one in head), lambda pen, x, top: _draw_all(head, pen, x, top))
    yield replace(again, keep=True)
    for row in table.rows:
        for one in _breakable(_row(shape, row, face)):
            yield replace(one, again=again)


def _breakable(row: list[Slice]) -> list[Slice]:
    """Return a row that may be parted between lines when it is tall, two lines staying at either end."""
    if sum(one.height for one in row) <= _TALL_ROW:
        return row
    return together([replace(one, keep=False) for one in row])


def _row(shape: TableShape, cells: tuple[str, ...], face: Face) -> list[Slice]:
    """Return one ruled row; line breaks in a cell part its lines."""
    broken = [cell.split("\n") for cell in cells]
    if all(len(lines) == 1 for lines in broken):
        return row_slices(shape, [[Run(cell, face)] for cell in cells])
    wrapped = [
        [line for text in lines for line in wrap([Run(text, face)], width - 2 * PAD, align=align)]
        for lines, width, align in zip(broken, shape.widths, shape.aligns, strict=True)
    ]
    return line_slices(shape, wrapped)


def _draw_all(slices: list[Slice], pen: Pen, x: float, top: float) -> None:
    for one in slices:
        one.draw(pen, x, top)
        top += one.height


def _note(content: SheetContent, width: float, face: Face) -> Iterator[Slice]:
    if content.note:
        small = face.italic().at(face.size - 2)
        yield space(4)
        yield from together(text_slices(wrap([Run(content.note, small)], width, align=Align.JUSTIFY)))


def _signatures(content: SheetContent, width: float, face: Face) -> Iterator[Slice]:
    if content.signatures:
        share = width / len(content.signatures)
        places = [_signature(place, share, face) for place in content.signatures]
        tallest = max(sum(line.height for line in place[0]) for place in places)
        names = max(sum(line.height for line in place[1]) for place in places)

        def draw(pen: Pen, x: float, top: float) -> None:
            for number, (title, name) in enumerate(places):
                left = x + number * share
                _draw_lines(pen, left, top, title)
                _draw_lines(pen, left, top + tallest + _SIGNATURE_ROOM, name)

        yield from tied([space(10), Slice(tallest + _SIGNATURE_ROOM + names, draw)])


def _signature(place: str, width: float, face: Face) -> tuple[list[Line], list[Line]]:
    """Return the words above and below the room to sign: title, small print; the name of who signs."""
    title, _, rest = place.partition("\n")
    small, _, name = rest.partition("\n")
    above = wrap([Run(title, face.bold())], width, align=Align.CENTRE)
    if small:
        above += wrap([Run(small, face.italic().at(face.size - 1))], width, align=Align.CENTRE)
    return above, wrap([Run(name, face.bold())], width, align=Align.CENTRE) if name else []


def _draw_lines(pen: Pen, x: float, top: float, lines: list[Line]) -> None:
    for line in lines:
        pen.write_line(x, top, line)
        top += line.height


def _foot(
    pen: Pen, content: SheetContent, page: Page, size: tuple[float, float], place: tuple[int, int]
) -> None:
    """Write the page, and from the second on whose sheet of which day it is: pages come apart on a board."""
    if not page:
        return
    width, height = size
    small, base = Face(REGULAR, _FOOT), height - 8 * MM
    (number, count) = place
    page_words = f"Trang {number}/{count}" if count > 1 else ""
    if page_words:
        pen.write(width - _RIGHT - text_width(page_words, small), base, page_words, small)
    numbered = content.subtitle if content.subtitle.startswith("Số") else ""
    whose = (content.office.name, numbered, content.place_date) if number > 1 else ()
    text = " · ".join(part for part in (content.marks.reprint, *whose) if part)
    if text:
        room = width - _LEFT - _RIGHT - text_width(page_words, small) - 4 * MM
        face = small.italic()
        pen.write(_LEFT, base, text, face.at(_FOOT * min(1.0, room / text_width(text, face))))
