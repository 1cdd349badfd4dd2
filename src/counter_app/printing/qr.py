"""The look-up QR: the dossier code and its secret or an address, nothing personal."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from counter_app.printing.pen import Pen

DOTS_PER_MODULE = 3
QUIET_MODULES = 4


@dataclass(frozen=True, slots=True)
class QrCode:
    """The dark modules as horizontal strips (x, y, length) in modules, quiet zone included."""

    strips: tuple[tuple[int, int, int], ...]
    modules: int

    @property
    def size_dots(self) -> int:
        """The side with quiet zones, in 203 dpi dots."""
        return self.modules * DOTS_PER_MODULE

    @property
    def quiet_dots(self) -> int:
        """The width of one quiet zone, in 203 dpi dots."""
        return QUIET_MODULES * DOTS_PER_MODULE

    def draw(self, pen: "Pen", x: float, top: float) -> None:
        """Draw the code as one path, the corner of its quiet zone at (`x`, `top`) points."""
        n = DOTS_PER_MODULE
        areas = [(at * n, row * n, length * n, n) for at, row, length in self.strips]
        pen.dots_area(x, top, areas, (self.size_dots, self.size_dots))


@lru_cache(maxsize=64)
def qr_code(text: str) -> QrCode:
    """Encode `text` with error correction M: it survives a stamp over 15 % of the code.

    Raises:
        BadInput: ``qr_text_too_long``.
    """
    import segno

    try:
        matrix = segno.make(text, error="m", micro=False, boost_error=False).matrix
    except segno.DataOverflowError as problem:
        raise BadInput("qr_text_too_long", length=len(text)) from problem
    strips: list[tuple[int, int, int]] = []
    for y, row in enumerate(matrix):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                strips.append((start + QUIET_MODULES, y + QUIET_MODULES, x - start))
                start = None
    return QrCode(tuple(strips), len(matrix) + 2 * QUIET_MODULES)
