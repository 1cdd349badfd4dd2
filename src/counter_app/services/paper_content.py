"""What each paper says, in finished Vietnamese text; printing only lays it out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from counter_app.domain.form_template import FormTemplate
from counter_app.domain.office import Office


class PaperSize(StrEnum):
    """Sheets a paper can be printed on; forms are always A4."""

    A5 = "A5"
    A4 = "A4"  # of the slip two copies (liên) on one sheet
    MM80 = "80mm"  # a stub for thermal printers, an extra


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Marks across a paper: "In lại lần 2, 14 giờ 05, ngày 21/11/2026" and the training banner.

    ``corrected`` says that the intake was corrected and the paper replaces an earlier one.
    """

    reprint: str = ""
    training: bool = False
    corrected: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipPart:
    """A row of the slip's table of papers."""

    name: str
    kind: str  # Bản chính / Bản sao / Bản điện tử / Xuất trình
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipContent:
    """Mẫu 01 Thông tư 03/2025/TT-VPCP: Giấy tiếp nhận hồ sơ và hẹn trả kết quả.

    ``qr_text`` holds the code and the look-up secret, never anything personal. Empty ``phone`` and
    the like print as dotted leaders. ``due_text`` is the promise, or "Không có ngày hẹn trả cụ thể
    theo quy định". ``register_book`` and ``register_no`` name the line of the register (Mẫu 07).
    """

    office: Office
    dossier_code: str
    qr_text: str
    provisional: bool
    place_date: str  # "Trung Minh, ngày 21 tháng 11 năm 2026"
    applicant_name: str
    applicant_id: str  # masked
    address: str
    phone: str
    email: str
    request: str  # procedure and case
    parts: tuple[SlipPart, ...]
    copies: int
    time_text: str  # "05 ngày làm việc", "Trong ngày làm việc"
    received_text: str  # "10 giờ 45 phút, ngày 21 tháng 11 năm 2026"
    due_text: str
    return_text: str  # where the result is handed out, or by whom it is brought
    charges_text: str
    clerk_name: str
    secret: str
    by_post: bool = False
    office_name: str = ""  # as it stands in a sentence; the office's own when empty
    register_book: str = ""  # "1/2026"
    register_no: str = ""
    due_note: str = ""  # what moved the promise: "Hẹn lại; lần trước hẹn …"
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormContent:
    """A filled form ready to be laid out.

    ``values`` maps placeholder names (field keys, ``office.*``, ``today``) to printed text;
    ``tables`` maps table fields to rows of cells in column order; ``answers`` are the effective answers,
    for the conditions and tick boxes of the layout.
    """

    template: FormTemplate
    values: Mapping[str, str]
    tables: Mapping[str, tuple[tuple[str, ...], ...]]
    answers: Mapping[str, object]
    dossier_code: str = ""
    marks: Marks = field(default_factory=Marks)
