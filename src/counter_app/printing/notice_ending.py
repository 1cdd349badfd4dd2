"""The end of a notice: places to sign, Nơi nhận, small print; never alone on a page."""

from dataclasses import dataclass

from counter_app.printing.flow import Slice, space, text_slices, tied
from counter_app.printing.fonts import Face
from counter_app.printing.notice_blocks import Column
from counter_app.printing.pen import MM, Pen
from counter_app.printing.runs import Align, Line, Run
from counter_app.printing.text import height_of, wrap
from counter_app.services.notice_content import NoticeContent, Signature

_ROOM = {True: 11 * MM, False: 17 * MM}  # to sign by hand; the first on a narrow column
_NARROW = 130 * MM
_SIDES = 2  # one who signs alone stands on the right, Nơi nhận on the left
_PROVISIONAL = "Mã hồ sơ này là mã tạm. Khi có mã chính thức, mã tạm vẫn dùng để tra cứu và nhận kết quả."


@dataclass(frozen=True, slots=True)
class _Place:
    """A block of lines, and lines below the room to sign."""

    above: list[Line]
    below: list[Line]


def ending_slices(content: NoticeContent, column: Column) -> list[Slice]:
    """Return signatures and Nơi nhận side by side, then the notes; tied where they belong together."""
    slices = _signed(content, column)
    small = column.face.at(max(8.0, column.face.size - 1.8))
    notes = (*content.notes, _PROVISIONAL) if content.provisional else content.notes
    if notes:
        slices += [
            space(3, keep=True),
            *text_slices(wrap([Run("Ghi chú:", small.bold().italic())], column.width)),
        ]
        for note in notes:
            lines = wrap([Run(f"- {note}", small)], column.width, align=Align.JUSTIFY, leading=1.15)
            slices += text_slices(lines)
    return tied(slices) if slices else []


def _signed(content: NoticeContent, column: Column) -> list[Slice]:
    if not content.signatures:
        return []
    share = column.width / max(_SIDES, len(content.signatures))
    places = [_place(each, share, column.face) for each in content.signatures]
    names_at = max(height_of(place.above) for place in places) + _ROOM[column.width < _NARROW]
    if len(places) == 1:
        places.insert(0, _Place(_recipients(content, share, column.face), []))
    tallest = max(height_of(place.above) for place in places)
    tall = max(tallest, names_at + max(height_of(place.below) for place in places))

    def draw(pen: Pen, x: float, top: float) -> None:
        for number, place in enumerate(places):
            _stack(pen, x + number * share, top, place.above)
            _stack(pen, x + number * share, top + names_at, place.below)

    return [space(6, keep=True), Slice(tall, draw)]


def _place(signature: Signature, width: float, face: Face) -> _Place:
    above = wrap([Run(signature.title, face.bold())], width, align=Align.CENTRE)
    above += wrap([Run(signature.how, face.italic().at(face.size - 1))], width, align=Align.CENTRE)
    name = signature.name
    below = wrap([Run(name, face.bold())], width, align=Align.CENTRE) if name else []
    return _Place(above, below)


def _recipients(content: NoticeContent, width: float, face: Face) -> list[Line]:
    if not content.recipients:
        return []
    small = face.at(max(8.0, face.size - 2))
    lines = wrap([Run("Nơi nhận:", small.bold().italic())], width)
    for recipient in content.recipients:
        lines += wrap([Run(f"- {recipient}", small)], width - 6)
    return lines


def _stack(pen: Pen, x: float, top: float, lines: list[Line]) -> None:
    for line in lines:
        pen.write_line(x, top, line)
        top += line.height
