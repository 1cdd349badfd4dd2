"""The head of an official paper: issuing office on the left, quốc hiệu and tiêu ngữ on the right.

Layout after Nghị định 30/2020/NĐ-CP, Phụ lục I (recalled, not re-read).
"""

from functools import lru_cache

from counter_app.domain.office import Office
from counter_app.printing.flow import Slice, text_slices
from counter_app.printing.fonts import BOLD, REGULAR, Face, text_width
from counter_app.printing.pen import Pen
from counter_app.printing.runs import Align, Line, Run
from counter_app.printing.text import height_of, wrap

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_TIGHT = 1.16
_RULE_GAP = 3.5


def nation_slices(width: float, size: float) -> list[Slice]:
    """Return quốc hiệu and the underlined tiêu ngữ centred over the whole width (forms)."""
    lines = wrap([Run(NATION, Face(BOLD, size))], width, align=Align.CENTRE, leading=_TIGHT)
    motto = Face(BOLD, size + 1)

    def draw(pen: Pen, x: float, top: float) -> None:
        _motto(pen, x + width / 2, top, motto)

    head = text_slices(lines, keep=True)
    return [*head, Slice(motto.size * _TIGHT + _RULE_GAP, draw, keep=True)]


@lru_cache(maxsize=4)
def letterhead(
    office: Office, place_date: str, width: float, size: float, below: tuple[str, ...] = ()
) -> Slice:
    """Return both blocks side by side; long office names wrap in the left one. Same all day long.

    `below` stands under the office: the paper's number, and what it is about.
    """
    right = text_width(NATION, Face(BOLD, size)) + 2
    left = width - right - 8
    names: list[Line] = []
    if office.parent_name:
        names += balanced(office.parent_name.upper(), Face(REGULAR, size), left)
    names += balanced(office.name.upper(), Face(BOLD, size), left)
    motto = Face(BOLD, size + 0.5)
    date_lines = wrap(
        [Run(place_date, Face(REGULAR, size + 0.5).italic())], right, align=Align.CENTRE, leading=_TIGHT
    )
    date_top = size * _TIGHT + motto.size * _TIGHT + _RULE_GAP + 3
    plain = Face(REGULAR, size + 0.5)
    under = [line for text in below for line in balanced(text, plain, left)]
    # The number stands on the line of place and date where the office's name is short enough.
    under_top = max(height_of(names) + _RULE_GAP + 3, date_top if under else 0.0)
    height = max(under_top - 1 + height_of(under), date_top + height_of(date_lines))

    def draw(pen: Pen, x: float, top: float) -> None:
        y = _stack(pen, x, top, names) + _RULE_GAP
        pen.rule(x + left * 0.36, y, x + left * 0.64, y)
        middle = x + width - right / 2
        pen.write_centred(middle, top + size * 0.95, NATION, Face(BOLD, size))
        _motto(pen, middle, top + size * _TIGHT, motto)
        _stack(pen, x + width - right, top + date_top, date_lines)
        _stack(pen, x, top + under_top, under)

    return Slice(height, draw)


@lru_cache(maxsize=16)
def balanced(text: str, face: Face, width: float) -> tuple[Line, ...]:
    """Wrap centred text into lines of like length, so that no single word is left on the last one."""
    count = len(wrap([Run(text, face)], width))
    for share in (0.55, 0.65, 0.75, 0.85):
        aside = width * (1 - share) / 2
        lines = wrap([Run(text, face)], width * share, align=Align.CENTRE, leading=_TIGHT)
        if len(lines) == count:
            return tuple(
                Line(
                    tuple(piece._replace(x=piece.x + aside) for piece in line.pieces), line.height, line.rise
                )
                for line in lines
            )
    return tuple(wrap([Run(text, face)], width, align=Align.CENTRE, leading=_TIGHT))


def _motto(pen: Pen, middle: float, top: float, face: Face) -> None:
    pen.write_centred(middle, top + face.size * 0.95, MOTTO, face)
    half = text_width(MOTTO, face) / 2
    line = top + face.size * _TIGHT + _RULE_GAP - 1.5
    pen.rule(middle - half, line, middle + half, line)


def _stack(pen: Pen, x: float, top: float, lines: list[Line]) -> float:
    for line in lines:
        pen.write_line(x, top, line)
        top += line.height
    return top
