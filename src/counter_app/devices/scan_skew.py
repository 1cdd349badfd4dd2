"""How far a scanned page lies askew: the angle at which its lines of text stand out best.

A page turned right has dark rows where the text is and light rows between; the sharper that pattern, the
better the angle. Only small angles are looked for: a page on its side is turned by the clerk.
"""

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_WIDTH = 900  # pixels: fine enough for a tenth of a degree, coarse enough to be quick
_COARSE = tuple(step / 2 for step in range(-10, 11))  # ±5 degrees
_FINE = tuple(step / 10 for step in range(-5, 6))
_LEAST = 0.3  # below it nobody sees the difference, and turning only blurs
_CLEARER = 1.4  # how much sharper the pattern must become
_LINES = 12.0  # and how sharp a row it must be: a photo has no lines of text


def skew_of(page: "Image") -> float:
    """Return the degrees to turn `page` counter-clockwise by to set it straight; 0.0 when it is."""
    sample = _sample(page)
    if sample is None:
        return 0.0
    straight = _sharpness(sample, 0.0)
    coarse = max(_COARSE, key=lambda angle: _sharpness(sample, angle))
    best = max((coarse + step for step in _FINE), key=lambda angle: _sharpness(sample, angle))
    if abs(best) < _LEAST or _sharpness(sample, best) < max(straight * _CLEARER, _LINES):
        return 0.0
    return round(best, 1)


def _sample(page: "Image") -> "Image | None":
    """Return the page small, ink bright on black, so that corners turned in from outside are no ink."""
    from PIL import ImageOps

    grey = page.convert("L")
    width = min(_WIDTH, grey.width)
    small = grey.resize((width, max(1, round(grey.height * width / grey.width))), reducing_gap=2.0)
    darkest, lightest = small.getextrema()
    if not isinstance(darkest, int | float) or not isinstance(lightest, int | float):
        return None
    if lightest - darkest < 40:  # an empty page
        return None
    return ImageOps.invert(ImageOps.autocontrast(small, cutoff=1))


def _sharpness(sample: "Image", angle: float) -> float:
    from PIL import Image

    turned = sample.rotate(angle, resample=Image.Resampling.BILINEAR) if angle else sample
    # The middle only: what turning cuts off at the edges must not count.
    margin_x, margin_y = sample.width // 12, sample.height // 12
    middle = turned.crop((margin_x, margin_y, sample.width - margin_x, sample.height - margin_y))
    if min(middle.size) < 2:
        return 0.0
    rows = middle.resize((1, middle.height), resample=Image.Resampling.BOX).tobytes()
    steps = sum((below - above) ** 2 for above, below in pairwise(rows))
    return steps / len(rows)
