"""The look-up QR: the dossier code and its secret or an address, nothing personal."""

from dataclasses import dataclass
from functools import lru_cache

from counter_app.domain.errors import BadInput
from counter_app.printing.pen import Pen, dot_areas

DOTS_PER_MODULE = 3
QUIET_MODULES = 4


@dataclass(frozen=True, slots=True)
class QrCode:
    """The dark modules as one path of horizontal strips, in dots, quiet zone included."""

    path: str
    modules: int
    dots: int = DOTS_PER_MODULE

    @property
    def size_dots(self) -> int:
        """The side with quiet zones, in 203 dpi dots."""
        return self.modules * self.dots

    @property
    def quiet_dots(self) -> int:
        """The width of one quiet zone, in 203 dpi dots."""
        return QUIET_MODULES * self.dots

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the code as one path, the corner of its quiet zone at (`x`, `top`) points."""
        pen.fill_dots(x, top, self.path, (self.size_dots, self.size_dots))


@lru_cache(maxsize=64)
def qr_code(text: str, dots: int = DOTS_PER_MODULE) -> QrCode:
    """Encode `text` with error correction M: it survives a stamp over 15 % of the code.

    `dots` of a 203 dpi printer make a module.

    Raises:
        BadInput: ``qr_text_too_long``.
    """
    import segno

    try:
        matrix = segno.make(text, error="m", micro=False, boost_error=False).matrix
    except segno.DataOverflowError as problem:
        raise BadInput("qr_text_too_long", length=len(text)) from problem
    n = dots
    strips: list[tuple[int, int, int, int]] = []
    for y, row in enumerate(matrix):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                strips.append(((start + QUIET_MODULES) * n, (y + QUIET_MODULES) * n, (x - start) * n, n))
                start = None
    return QrCode(dot_areas(strips), len(matrix) + 2 * QUIET_MODULES, dots)
