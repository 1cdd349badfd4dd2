"""Mẫu 02, Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ.

Fields after the form of Thông tư 01/2018/TT-VPCP as public systems reproduce it (third-party); to be
compared with Phụ lục I of Thông tư 03/2025/TT-VPCP. That everything missing is asked for at once:
Nghị định 61/2018/NĐ-CP Điều 17 (read 2026-11, to be compared with Nghị định 118/2025/NĐ-CP).
"""

from counter_app.domain.dossier_life import Supplement
from counter_app.domain.office import Office
from counter_app.domain.procedure import SupplementPolicy
from counter_app.services.notice_content import Items, Labelled, NoticeContent, Paragraph, Signature
from counter_app.services.paper_content import Marks
from counter_app.services.papers.subject import Subject, desk_line, place_and_day, whose

TITLE = "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"

_LIMIT = {
    SupplementPolicy.RESET: "Thời hạn giải quyết được tính lại từ đầu kể từ khi nhận đủ hồ sơ đã bổ sung.",
    SupplementPolicy.PAUSE: "Thời gian chờ bổ sung không tính vào thời hạn giải quyết; khi nhận đủ hồ sơ đã "
    "bổ sung, thời gian còn lại được tính tiếp.",
    SupplementPolicy.SHIFT: "Khi nhận đủ hồ sơ đã bổ sung, số ngày làm việc chờ bổ sung được cộng thêm vào "
    "ngày hẹn trả kết quả.",
}
_NOT_YET = "Hồ sơ chưa được tiếp nhận; thời hạn giải quyết được tính từ khi tiếp nhận hồ sơ đầy đủ."
_WHOLE = (
    "Trên đây là toàn bộ nội dung cần bổ sung, hoàn thiện. Khi bổ sung đúng và đủ, hồ sơ được tiếp tục "
    "giải quyết mà không phải nộp thêm giấy tờ nào khác."
)


def supplement_request(
    subject: Subject,
    request: Supplement,
    office: Office,
    *,
    number: str,
    marks: Marks | None = None,
    received: bool = True,
) -> NoticeContent:
    """Return the wording of a request for what is missing.

    `number` is the paper's number as printed. `received` False: the request is made before the dossier is
    received, so no time limit runs yet.
    """
    repeat = (
        (Paragraph(text=f"Lý do yêu cầu bổ sung thêm lần nữa: {request.repeat_reason}"),)
        if request.repeat_reason
        else ()
    )
    limit = _LIMIT[request.policy] if received else _NOT_YET
    return NoticeContent(
        office=office,
        title=TITLE,
        place_date=place_and_day(office, request.at),
        number=number,
        dossier_code=subject.dossier_code,
        qr_text=subject.qr_text,
        provisional=subject.provisional,
        blocks=(
            *whose(subject),
            Paragraph(text="Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:", strong=True),
            Items(texts=request.items),
            Labelled(label="Lý do: ", value=request.reason),
            *repeat,
            Paragraph(text=_WHOLE),
            Paragraph(text=limit),
            Paragraph(
                text="Trong quá trình hoàn thiện hồ sơ, nếu có vướng mắc, Ông/Bà liên hệ với "
                f"{desk_line(office, request.clerk)} để được hướng dẫn."
            ),
        ),
        signatures=(Signature(title="NGƯỜI HƯỚNG DẪN", name=request.clerk),),
        notes=("Khi nộp bổ sung xin mang theo phiếu này.",),
        marks=marks or Marks(),
    )
