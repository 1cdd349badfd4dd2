"""Mẫu 04, Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết.

Fields after a public system's reproduction of the 2018 form (third-party); to be compared with Phụ lục I of
Thông tư 03/2025/TT-VPCP. Signed by the head of the agency that resolves the dossier (recalled).
"""

from counter_app.domain.dossier import Dossier, ReturnBy
from counter_app.domain.dossier_life import Extension
from counter_app.domain.office import Office
from counter_app.services.notice_content import NoticeContent, Paragraph, Signature
from counter_app.services.office_in_text import office_in_text
from counter_app.services.paper_content import Marks
from counter_app.services.paper_text import moment_in_text
from counter_app.services.papers.subject import desk_line, place_and_day, request_of, subject_of

# The words that belong together are held together where the title takes two lines.
TITLE = "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA\u00a0HẠN THỜI GIAN GIẢI QUYẾT"


def apology(
    dossier: Dossier, extension: Extension, office: Office, *, number: str, marks: Marks | None = None
) -> NoticeContent:
    """Return the wording of the apology with the new promise."""
    subject, desk = subject_of(dossier), office_in_text(office)
    return NoticeContent(
        office=office,
        title=TITLE,
        place_date=place_and_day(office, extension.at),
        number=number,
        about="V/v xin lỗi và hẹn lại thời gian trả kết quả",
        addressee=subject.applicant_name,
        dossier_code=subject.dossier_code,
        qr_text=subject.qr_text,
        provisional=subject.provisional,
        blocks=(
            Paragraph(
                text=f"{_when(dossier)}, {desk} đã tiếp nhận hồ sơ của Ông/Bà đề nghị giải quyết thủ tục: "
                f"{request_of(dossier)}; mã hồ sơ: {dossier.dossier_code}; thời gian hẹn trả kết quả: "
                f"{moment_in_text(extension.due_before)}."
            ),
            Paragraph(
                text="Đến nay hồ sơ chưa thể giải quyết xong theo thời gian đã hẹn. Nguyên nhân: "
                f"{_sentence(extension.reason)}"
            ),
            Paragraph(
                text=f"{desk} xin lỗi Ông/Bà vì sự chậm trễ này và xin hẹn lại thời gian trả kết quả "
                f"{_where(dossier, office)}:"
            ),
            Paragraph(text=f"{moment_in_text(extension.due_after)}.", strong=True, centred=True),
            Paragraph(text=f"Mọi thắc mắc xin liên hệ {desk_line(office)}."),
            Paragraph(text="Mong nhận được sự thông cảm của Ông/Bà."),
        ),
        signatures=(Signature(title="THỦ TRƯỞNG CƠ QUAN", how="(Ký, ghi rõ họ tên và đóng dấu)"),),
        recipients=("Như trên;", f"{desk} (để thông báo);", "Lưu: VT, hồ sơ."),
        marks=marks or Marks(),
    )


def _when(dossier: Dossier) -> str:
    return f"Hồi {moment_in_text(dossier.received_at)}"


def _where(dossier: Dossier, office: Office) -> str:
    if dossier.return_by is ReturnBy.POSTAL:
        return "qua dịch vụ bưu chính công ích"
    return f"tại {office_in_text(office)}" + (f", {office.address}" if office.address else "")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
