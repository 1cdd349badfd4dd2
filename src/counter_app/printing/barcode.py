"""Code 128 of a dossier code in whole printer dots.

Two dots a module at 203 dpi are 0.2502 mm, above the 0.25 mm we ask for hand-held lasers; the quiet
zone is 10 modules on either side, as ISO/IEC 15417 asks (recalled).
"""

from dataclasses import dataclass
from functools import lru_cache

from counter_app.domain.errors import BadInput
from counter_app.printing.pen import Pen, dot_areas

DOTS_PER_MODULE = 2
QUIET_MODULES = 10


@dataclass(frozen=True, slots=True)
class Barcode:
    """The bars as (offset, width) in modules from the left end of the quiet zone."""

    bars: tuple[tuple[int, int], ...]
    modules: int  # with both quiet zones

    @property
    def width_dots(self) -> int:
        """The width with quiet zones, in 203 dpi dots."""
        return self.modules * DOTS_PER_MODULE

    @property
    def quiet_dots(self) -> int:
        """The width of one quiet zone, in 203 dpi dots."""
        return QUIET_MODULES * DOTS_PER_MODULE

    def draw(self, pen: Pen, x: float, top: float, height_dots: int) -> None:
        """Draw the bars side by side, the quiet zone starting at `x` points."""
        areas = [(at * DOTS_PER_MODULE, 0, wide * DOTS_PER_MODULE, height_dots) for at, wide in self.bars]
        pen.fill_dots(x, top, dot_areas(areas), (self.width_dots, height_dots))

    def draw_upright(self, pen: Pen, x: float, top: float, width_dots: int) -> None:
        """Draw the bars one above the other: a long code still fits a narrow roll."""
        areas = [(0, at * DOTS_PER_MODULE, width_dots, wide * DOTS_PER_MODULE) for at, wide in self.bars]
        pen.fill_dots(x, top, dot_areas(areas), (width_dots, self.width_dots))


@lru_cache(maxsize=64)
def code128(code: str) -> Barcode:
    """Encode a dossier code.

    Raises:
        BadInput: ``code_not_printable`` when a character is not in Code 128.
    """
    from barcode.codex import Code128
    from barcode.errors import BarcodeError
    from barcode.writer import BaseWriter

    class ModuleWriter(BaseWriter):  # type: ignore[misc]  # the library has no types for it
        """Collects bars in modules instead of drawing them in millimetres."""

        def __init__(self) -> None:
            super().__init__(None, self._bar, None, self._done)
            self.module_width, self.quiet_zone = 1, QUIET_MODULES
            self.bars: list[tuple[int, int]] = []
            self.end = QUIET_MODULES

        def _bar(self, x: float, _y: float, width: float, colour: str) -> None:
            if colour == self.foreground:
                self.bars.append((round(x), round(width)))
            self.end = round(x + width)

        def _done(self) -> Barcode:
            return Barcode(tuple(self.bars), self.end + QUIET_MODULES)

    writer = ModuleWriter()
    writer.foreground, writer.background = "black", "white"
    try:
        symbol = Code128(code, writer=writer).build()
    except BarcodeError as problem:
        raise BadInput("code_not_printable", dossier_code=code) from problem
    drawn: Barcode = writer.render(symbol)
    return drawn
