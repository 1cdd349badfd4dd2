"""A new PDF: fonts embedded, the same bytes for the same content, no personal data in its properties."""

from io import BytesIO
from typing import TYPE_CHECKING

from counter_app.printing.fonts import REGULAR

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def new_canvas(buffer: BytesIO, size: tuple[float, float], title: str) -> "Canvas":
    """Return an empty document with pages of `size` points.

    Naming the first font keeps reportlab from referring to a Helvetica that is not embedded.
    Nothing a paper says may make the program open an address, so no scheme is trusted.
    """
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.trustedSchemes = []
    rl_config.trustedHosts = []
    rl_config.useA85 = 0  # plain binary streams: smaller and quicker than their ASCII form
    canvas = Canvas(
        buffer,
        pagesize=size,
        invariant=1,
        pageCompression=1,
        initialFontName=REGULAR,  # type: ignore[arg-type]  # the stubs say float
        pdfVersion=(1, 7),
        lang="vi",
    )
    canvas.setTitle(title)
    canvas.setAuthor("Quầy Một Cửa")
    canvas.setCreator("Quầy Một Cửa")
    canvas.setSubject("")
    canvas.setViewerPreference("PrintScaling", "None")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas
