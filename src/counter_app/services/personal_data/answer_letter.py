"""The letter that answers a citizen's request, granted or refused with its reason."""

from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput
from counter_app.domain.person import Person, mask_personal_id
from counter_app.domain.personal_data import Outcome, PersonRequest
from counter_app.services.paper_content import Marks
from counter_app.services.paper_text import day_in_text
from counter_app.services.personal_data.words import KINDS, OUTCOMES
from counter_app.services.sheet_content import SheetContent, SheetSection

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

FILE_NAME = "tra-loi-yeu-cau-du-lieu.pdf"
_RIGHTS = (
    "Không đồng ý với trả lời này, Ông/Bà có quyền khiếu nại, tố cáo, khởi kiện theo quy định của pháp luật "
    "(Điều 4 Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15)."
)


def answer_letter(desk: "Desk", request: PersonRequest) -> bytes:
    """Return the letter as PDF.

    Raises:
        BadInput: ``person_request_unknown`` before it was answered.
    """
    if request.outcome is None or request.answered_at is None:
        raise BadInput("person_request_unknown")
    with desk.store.reading() as queries:
        personal_id = queries.person_id_of(request.person_number)
        known = queries.person(personal_id) if personal_id else None
    return desk.renderer.sheet(_letter(desk, request, known.person if known else None))


def _letter(desk: "Desk", request: PersonRequest, person: Person | None) -> SheetContent:
    answered = request.answered_at or request.asked_at
    office = desk.office(answered.date())
    name = person.full_name if person else "Ông/Bà"
    number = f" (số định danh {mask_personal_id(person.personal_id)})" if person else ""
    refused = request.outcome is Outcome.REFUSED
    told = request.answer or "Yêu cầu đã được đáp ứng; kết quả gửi kèm theo thư này."
    return SheetContent(
        office=office,
        title="Trả lời yêu cầu về dữ liệu cá nhân",
        subtitle=KINDS[request.kind],
        place_date=f"{office.date_place}, {day_in_text(answered.date())}",
        sections=(
            SheetSection(lines=(f"Kính gửi: {name}{number}",), labelled=True),
            SheetSection(
                lines=(
                    f"Yêu cầu: {KINDS[request.kind]}",
                    f"Nhận ngày: {request.asked_at:%d/%m/%Y}, hạn trả lời {request.answer_by:%d/%m/%Y}",
                    f"Kết quả: {OUTCOMES[request.outcome] if request.outcome else ''}",
                    f"{'Lý do' if refused else 'Nội dung'}: {told}",
                ),
                labelled=True,
            ),
            SheetSection(lines=(_RIGHTS,) if refused else ()),
        ),
        signatures=(f"NGƯỜI TRẢ LỜI\n(Ký, ghi rõ họ tên)\n{request.answered_by}",),
        note="Hạn hai ngày làm việc theo Nghị định 356/2025/NĐ-CP (theo nguồn thứ cấp, chưa đối chiếu).",
        marks=Marks(training=desk.settings.counter.training),
    )
