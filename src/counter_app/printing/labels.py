"""Address labels: eight to an A4 sheet (2 × 4, each 105 × 74 mm), or one to a piece of the 80 mm roll."""

from collections.abc import Sequence
from io import BytesIO

from counter_app.printing.barcode import code128
from counter_app.printing.document import new_canvas
from counter_app.printing.flow import Slice, draw_page, height, space, text_slices
from counter_app.printing.fonts import REGULAR, Face
from counter_app.printing.marks import TRAINING
from counter_app.printing.pen import DOT, MM, Pen
from counter_app.printing.roll import COLUMN, bars_slice, centred, roll_pdf
from counter_app.printing.runs import Run
from counter_app.printing.text import wrap
from counter_app.services.paper_content import PaperSize
from counter_app.services.papers.address_label import AddressLabel, LabelSheet

PLACES = 8
_WIDE, _TALL = 210 * MM, 297 * MM
_ACROSS, _DOWN = 2, 4
_LABEL_WIDTH, _LABEL_HEIGHT = _WIDE / _ACROSS, _TALL / _DOWN
_PAD_X, _PAD_Y = 9 * MM, 7 * MM
_BARS = round(9 * MM / DOT)
_SIZES = (12.0, 11.0, 10.0, 9.0, 8.0, 7.0)  # letters tried until a long address fits its label
_LEAST_DOTS = 60.0
_SAFE = 3 * MM


def labels_pdf(content: LabelSheet, size: PaperSize) -> bytes:
    """Draw the labels; fonts must be registered.

    Raises:
        BadInput: ``code_not_printable``.
    """
    title = "Nhãn địa chỉ"
    if size is PaperSize.MM80:
        slices = [one for label in content.labels for one in _piece(label, content.marks.training)]
        return roll_pdf(slices, title)
    places: list[AddressLabel | None] = [None] * (content.skip % PLACES) + list(content.labels)
    buffer = BytesIO()
    canvas = new_canvas(buffer, (_WIDE, _TALL), title)
    for start in range(0, max(1, len(places)), PLACES):
        pen = Pen(canvas, _TALL)
        for place, label in enumerate(places[start : start + PLACES]):
            if label is not None:
                x, y = place % _ACROSS * _LABEL_WIDTH, place // _ACROSS * _LABEL_HEIGHT
                _draw(pen, label, x + _PAD_X, y + _PAD_Y, training=content.marks.training)
        pen.finish()
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(pen: Pen, label: AddressLabel, x: float, top: float, *, training: bool) -> None:
    width = _LABEL_WIDTH - 2 * _PAD_X
    foot = top + _LABEL_HEIGHT - 2 * _PAD_Y
    bars = code128(label.dossier_code)
    small = Face(REGULAR, 9)
    bars_top = foot - _BARS * DOT - 10
    wide = bars.width_dots * DOT
    # A long code may use the margins of its label; one too long for that is left to its letters, since half
    # a barcode reads as nothing or wrong.
    if wide <= _LABEL_WIDTH - _SAFE:
        middle = x - _PAD_X + (_LABEL_WIDTH - wide) / 2
        bars.draw(pen, min(x - bars.quiet_dots * DOT, middle), bars_top, _BARS)
    pen.write(x, foot - 1, f"Mã hồ sơ: {label.dossier_code}", small)
    room = bars_top - top - 4
    slices = next(
        (
            slices
            for size in _SIZES
            if height(slices := _words(label, width, size, training=training)) <= room
        ),
        _words(label, width, _SIZES[-1], training=training),
    )
    draw_page(pen, _stacked(slices), x, top)


def _stacked(slices: Sequence[Slice]) -> list[tuple[float, Slice]]:
    page, used = [], 0.0
    for one in slices:
        page.append((used, one))
        used += one.height
    return page


def _words(label: AddressLabel, width: float, size: float, *, training: bool) -> list[Slice]:
    face, small = Face(REGULAR, size), Face(REGULAR, max(7.0, size - 3))
    sender = ", ".join(part for part in (label.sender, label.sender_address) if part)
    phone = f", ĐT: {label.sender_phone}" if label.sender_phone else ""
    slices = text_slices(wrap([Run(TRAINING, small.bold())], width)) if training else []
    slices += [*text_slices(wrap([Run(f"Người gửi: {sender}{phone}", small)], width)), space(size * 0.4)]
    for name, value, strong in (
        ("Người nhận: ", label.recipient, True),
        ("Địa chỉ: ", label.address, False),
        ("Điện thoại: ", label.phone, False),
    ):
        answer = Run(value, face.bold() if strong else face) if value.strip() else Run("", face, _LEAST_DOTS)
        slices += text_slices(wrap([Run(name, face), answer], width))
    return slices


def _piece(label: AddressLabel, training: bool) -> list[Slice]:
    """Return one label of the roll, with air to tear it off."""
    words = _words(label, COLUMN, 11.0, training=training)
    code = centred(label.dossier_code, Face(REGULAR, 9))
    return [*words, space(5), bars_slice(label.dossier_code), *code, space(6 * MM)]
