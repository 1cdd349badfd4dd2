"""Mẫu 03, Phiếu từ chối tiếp nhận, giải quyết hồ sơ.

Fields after the form of Thông tư 01/2018/TT-VPCP as public systems reproduce it (third-party); to be
compared with Phụ lục I of Thông tư 03/2025/TT-VPCP.
"""

from counter_app.domain.dossier_life import Ending
from counter_app.domain.office import Office
from counter_app.services.notice_content import Items, NoticeContent, Paragraph, Signature
from counter_app.services.office_in_text import office_in_text
from counter_app.services.paper_content import Marks
from counter_app.services.papers.subject import Subject, desk_line, place_and_day, whose

TITLE = "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ"


def refusal(
    subject: Subject, ending: Ending, office: Office, *, number: str, marks: Marks | None = None
) -> NoticeContent:
    """Return the wording of a refusal, before or after the dossier was received."""
    desk = office_in_text(office)
    return NoticeContent(
        office=office,
        title=TITLE,
        place_date=place_and_day(office, ending.at),
        number=number,
        dossier_code=subject.dossier_code,
        qr_text=subject.qr_text,
        provisional=subject.provisional,
        blocks=(
            *whose(subject, f"{desk} tiếp nhận hồ sơ của: "),
            Paragraph(
                text=f"Qua xem xét, {desk} thông báo không tiếp nhận, giải quyết hồ sơ này với lý do "
                "cụ thể như sau:"
            ),
            Items(texts=ending.reasons, numbered=len(ending.reasons) > 1),
            *((Paragraph(text=f"Giấy tờ bản chính đã nộp: {ending.originals}"),) if ending.originals else ()),
            *((Paragraph(text=f"Phí, lệ phí đã nộp: {ending.fees}"),) if ending.fees else ()),
            Paragraph(text="Xin thông báo cho Ông/Bà được biết và thực hiện."),
        ),
        signatures=(
            Signature(title="NGƯỜI NỘP HỒ SƠ"),
            Signature(title="NGƯỜI TIẾP NHẬN HỒ SƠ", name=ending.clerk),
        ),
        notes=(f"Nếu cần hướng dẫn thêm, xin liên hệ {desk_line(office)}.",),
        marks=marks or Marks(),
    )
