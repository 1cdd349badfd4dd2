"""Pages as a scanner gives them: lines of text, askew, with or without a resolution."""

import io
import random
import zlib
from typing import Any

from PIL import Image, ImageDraw


def text_page(width: int = 1654, height: int = 2339, *, skew: float = 0.0, mode: str = "L") -> Image.Image:
    """Return a page of made-up lines of words, turned clockwise by `skew` degrees."""
    page = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(page)
    chance = random.Random(7)
    line = height // 45
    for top in range(line * 4, height - line * 4, line):
        x = width // 9
        while x < width * 8 // 9:
            word = chance.randint(line, line * 4)
            pen.rectangle((x, top, min(x + word, width * 8 // 9), top + line * 2 // 5), fill=40)
            x += word + line // 2
    turned = page.rotate(-skew, resample=Image.Resampling.BICUBIC, fillcolor=255) if skew else page
    return turned.convert(mode)


def picture_bytes(page: Image.Image, kind: str = "PNG", dpi: int = 0, **options: Any) -> bytes:
    """Return the page as a file, with its resolution when `dpi` is given."""
    buffer = io.BytesIO()
    if dpi:
        options["dpi"] = (dpi, dpi)
    page.save(buffer, kind, **options)
    return buffer.getvalue()


def scanned_pdf(dpi: int = 300, pages: int = 1) -> bytes:
    """Return a PDF of scanned A4 pages."""
    size = (round(dpi * 8.27), round(dpi * 11.69))
    sheets = [text_page(*size) for _ in range(pages)]
    buffer = io.BytesIO()
    sheets[0].save(buffer, "PDF", resolution=dpi, save_all=True, append_images=sheets[1:])
    return buffer.getvalue()


def drawn_pdf(words: str = "Giay chung sinh") -> bytes:
    """Return a PDF with text, not scanned."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(100, 700, words)
    canvas.save()
    return buffer.getvalue()


def huge_png(width: int = 40_000, height: int = 40_000) -> bytes:
    """Return a small file that says it is a picture of 1.6 thousand million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 0, 0, 0, 0))
    packer = zlib.compressobj(9)
    row = bytes(width + 1)
    body = b"".join(packer.compress(row) for _ in range(400)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def pdf_of_objects(*objects: bytes, root: bytes = b"<< /Type /Catalog /Pages 2 0 R >>") -> bytes:
    """Return a PDF made by hand of a catalogue, one empty page and `objects` from number 4 on."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    bodies = [root, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, *objects]
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, table))
    return out.getvalue()


def stream(data: bytes, filters: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), filters, data)


def inflating_pdf(megabytes: int = 400, layers: int = 1) -> bytes:
    """Return a small PDF whose page becomes `megabytes` when it is read."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    return pdf_of_objects(stream(data, b"/Filter [" + b"/FlateDecode " * layers + b"]"))
