"""The faces of papers: Tinos, whose widths are those of Times New Roman, embedded in every PDF.

Nghị định 30/2020/NĐ-CP, Phụ lục I asks for Times New Roman (recalled, not re-read); Tinos is its
metric twin under an open licence.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from counter_app.domain.errors import EnvironmentProblem

REGULAR = "Tinos"
BOLD = "Tinos-Bold"
ITALIC = "Tinos-Italic"
BOLD_ITALIC = "Tinos-BoldItalic"

_FILES = {
    REGULAR: "Tinos-Regular.ttf",
    BOLD: "Tinos-Bold.ttf",
    ITALIC: "Tinos-Italic.ttf",
    BOLD_ITALIC: "Tinos-BoldItalic.ttf",
}
FACES = tuple(_FILES)


class Face(NamedTuple):
    """A font at a size in points."""

    font: str
    size: float

    def bold(self) -> "Face":
        """Return the same size in bold."""
        return Face(BOLD_ITALIC if self.font in (ITALIC, BOLD_ITALIC) else BOLD, self.size)

    def italic(self) -> "Face":
        """Return the same size in italics."""
        return Face(BOLD_ITALIC if self.font in (BOLD, BOLD_ITALIC) else ITALIC, self.size)

    def at(self, size: float) -> "Face":
        """Return the same font at another size in points."""
        return Face(self.font, size)


def default_font_folder() -> Path:
    """Return resources/fonts of a source tree; an installed program passes its own folder."""
    return Path(__file__).resolve().parents[3] / "resources" / "fonts"


def register_fonts(folder: Path | None = None) -> None:
    """Make the four faces known to reportlab, once in the life of the program.

    Raises:
        EnvironmentProblem: ``font_missing`` with the name of the file.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    home = (folder or default_font_folder()) / "tinos"
    known = set(pdfmetrics.getRegisteredFontNames())
    for name, file in _FILES.items():
        if name in known:
            continue
        try:
            pdfmetrics.registerFont(TTFont(name, str(home / file)))
        except (OSError, TTFError) as problem:
            raise EnvironmentProblem("font_missing", file=file) from problem


@lru_cache(maxsize=8)
def _advances(font: str) -> tuple[dict[int, float], float]:
    """Return the advance of each character code in 1/1000 em, and the one of unknown characters."""
    from reportlab.pdfbase import pdfmetrics

    face: Any = cast("Any", pdfmetrics.getFont(font)).face  # a TTFont; the stubs know Type 1 only
    return face.charWidths, face.defaultWidth


def covered_codes(font: str) -> frozenset[int]:
    """Return the character codes a registered font has a shape for."""
    return frozenset(_advances(font)[0])


@lru_cache(maxsize=16384)
def _em_width(text: str, font: str) -> float:
    widths, default = _advances(font)
    return sum(widths.get(ord(letter), default) for letter in text) / 1000


def text_width(text: str, face: Face) -> float:
    """Return the width of `text` in points; words repeat a lot, so widths are remembered."""
    return _em_width(text, face.font) * face.size
