"""The strip under the head of a paper: the code in words and bars on the left, the QR on the right."""

from counter_app.printing.barcode import code128
from counter_app.printing.flow import Slice
from counter_app.printing.fonts import BOLD, REGULAR, Face, text_width
from counter_app.printing.pen import DOT, MM, Pen
from counter_app.printing.qr import QrCode, qr_code

BARS = round(9.5 * MM / DOT)  # height of the bars, dots
_LABEL = "Mã hồ sơ: "
_PROVISIONAL = " (mã tạm)"


def code_strip(
    dossier_code: str, qr_text: str, width: float, *, size: float = 10.5, provisional: bool = False
) -> Slice:
    """Return the strip for a column `width` points wide; without `qr_text` only the bars."""
    bars = code128(dossier_code)
    square = qr_code(qr_text) if qr_text else None
    label, strong = Face(REGULAR, size), Face(BOLD, size)
    code_at = text_width(_LABEL, label)
    bars_top = size + 3.5
    tall = max(bars_top + BARS * DOT, _side(square))

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.write(x, top + size - 0.5, _LABEL, label)
        pen.write(x + code_at, top + size - 0.5, dossier_code, strong)
        if provisional:
            after = x + code_at + text_width(dossier_code, strong)
            pen.write(after, top + size - 0.5, _PROVISIONAL, label.italic())
        # The quiet zones lie in the margins, so that the codes stand flush with the text.
        bars.draw(pen, x - bars.quiet_dots * DOT, top + bars_top, BARS)
        if square is not None:
            square.draw(pen, x + width - (square.size_dots - square.quiet_dots) * DOT, top)

    return Slice(tall, draw)


def _side(square: QrCode | None) -> float:
    return 0.0 if square is None else square.size_dots * DOT
