"""What a notice of a dossier's life says, in finished Vietnamese text; printing only lays it out.

One shape for Mẫu 02 to 06 of Thông tư 03/2025/TT-VPCP and the fee receipt: a head, blocks in reading
order, places to sign. In texts of blocks and cells ☐ and ☒ print as boxes to tick and ticked ones, `DOTS`
as a row of dots to write on.
"""

from dataclasses import dataclass, field

from counter_app.domain.office import Office
from counter_app.services.paper_content import Marks
from counter_app.services.sheet_content import SheetColumn

DOTS = "\ue000"  # of the private characters: nobody types it


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A label and its answer, on one line where there is room; an empty answer prints as dots.

    ``more`` are further pairs of the same line ("Số điện thoại", "Email").
    """

    label: str
    value: str
    strong: bool = False
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text, its first line drawn in; or ``centred``."""

    text: str
    strong: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A numbered list, or one with dashes; with no text at all one row of dots."""

    texts: tuple[str, ...]
    numbered: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A row of a table. Line breaks in a cell part its lines; ``room_mm`` is left empty below, to sign."""

    cells: tuple[str, ...]
    room_mm: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTable:
    """A ruled table whose head comes back on every page; ``smaller`` points for one with much in it."""

    columns: tuple[SheetColumn, ...]
    rows: tuple[NoticeRow, ...]
    smaller: float = 0.0


Block = Labelled | Paragraph | Items | NoticeTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A place to sign: ``title`` in capitals, how to sign, and the name where it is known."""

    title: str
    how: str = "(Ký và ghi rõ họ tên)"
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeContent:
    """A whole notice.

    ``number`` is the paper's number ("12-Q1/HDHS", "" for none), ``about`` the V/v line below it.
    ``subtitle`` stands below the title. An empty ``dossier_code`` prints no codes, an empty ``qr_text``
    no QR. ``recipients`` are the lines of Nơi nhận, ``notes`` small print.
    """

    office: Office
    title: str
    place_date: str
    blocks: tuple[Block, ...]
    number: str = ""
    about: str = ""
    subtitle: str = ""
    addressee: str = ""
    dossier_code: str = ""
    qr_text: str = ""
    provisional: bool = False
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    marks: Marks = field(default_factory=Marks)
