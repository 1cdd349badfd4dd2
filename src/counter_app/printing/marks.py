"""Marks that keep a paper honest: reprints say so, training papers cannot be taken for real ones."""

from math import atan2, degrees, hypot

from counter_app.printing.fonts import BOLD, Face, text_width
from counter_app.printing.pen import Pen

TRAINING = "BẢN TẬP HUẤN – KHÔNG CÓ GIÁ TRỊ"
_GREY = 0.82  # pale enough to read through, dark enough to survive a photocopy


def training_watermark(pen: Pen, width: float, height: float) -> None:
    """Write the training banner along the diagonal of a page of that size in points."""
    room = hypot(width, height) * 0.72
    size = room / text_width(TRAINING, Face(BOLD, 1.0))
    pen.slanted(width / 2, height / 2, TRAINING, Face(BOLD, size), degrees(atan2(height, width)), _GREY)
