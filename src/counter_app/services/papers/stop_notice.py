"""Mẫu 05, Thông báo dừng giải quyết hồ sơ: a form new in Thông tư 03/2025/TT-VPCP.

Its fields are recalled from notes on the circular (reason, who decided, what becomes of fees and papers);
to be compared with Phụ lục I.
"""

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_life import Ending
from counter_app.domain.office import Office
from counter_app.services.notice_content import Items, Labelled, NoticeContent, Paragraph, Signature
from counter_app.services.office_in_text import office_in_text
from counter_app.services.paper_content import Marks
from counter_app.services.paper_text import moment_in_text
from counter_app.services.papers.subject import desk_line, place_and_day, subject_of, whose

TITLE = "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ"


def stop_notice(
    dossier: Dossier, ending: Ending, office: Office, *, number: str, marks: Marks | None = None
) -> NoticeContent:
    """Return the wording of the notice that the dossier is worked on no more."""
    subject, desk = subject_of(dossier), office_in_text(office)
    asked = "theo đề nghị của người nộp hồ sơ" if ending.on_request else "vì có căn cứ phải dừng"
    return NoticeContent(
        office=office,
        title=TITLE,
        place_date=place_and_day(office, ending.at),
        number=number,
        addressee=subject.applicant_name,
        dossier_code=subject.dossier_code,
        qr_text=subject.qr_text,
        provisional=subject.provisional,
        blocks=(
            *whose(subject),
            Labelled(label="Thời gian tiếp nhận hồ sơ: ", value=moment_in_text(dossier.received_at)),
            Paragraph(text=f"{desk} thông báo dừng giải quyết hồ sơ nêu trên {asked}. Lý do, căn cứ cụ thể:"),
            Items(texts=ending.reasons, numbered=len(ending.reasons) > 1),
            Labelled(label="Người quyết định dừng giải quyết: ", value=ending.decided_by),
            Labelled(label="Xử lý phí, lệ phí đã nộp: ", value=ending.fees),
            Labelled(label="Xử lý giấy tờ, bản chính đã nộp: ", value=ending.originals),
            Paragraph(text=f"Mọi thắc mắc xin liên hệ {desk_line(office)}."),
        ),
        signatures=(Signature(title="THỦ TRƯỞNG CƠ QUAN", how="(Ký, ghi rõ họ tên và đóng dấu)"),),
        recipients=("Như trên;", f"{desk};", "Lưu: VT, hồ sơ."),
        marks=marks or Marks(),
    )
