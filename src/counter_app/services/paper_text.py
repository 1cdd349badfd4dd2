"""Turns a dossier into the finished wording of its papers; no layout here.

Times are printed as the official forms do: "10 giờ 45 phút, ngày 21 tháng 11 năm 2026".
"""

from datetime import date, datetime

from counter_app.domain.dossier import Dossier, FilledForm, ReturnBy
from counter_app.domain.dossier_code import qr_payload
from counter_app.domain.due_date import Promise
from counter_app.domain.fee import Charge, FeeBasis, format_vnd
from counter_app.domain.form_filling import effective_answers
from counter_app.domain.form_printing import printed_form
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.office import Office
from counter_app.domain.person import mask_personal_id
from counter_app.domain.processing_time import ProcessingTime, TimeUnit
from counter_app.services.office_in_text import office_in_text
from counter_app.services.paper_content import FormContent, Marks, SlipContent, SlipPart
from counter_app.services.slip_notes import due_note, register_line

NO_DATE = "Không có ngày hẹn trả cụ thể theo quy định"

_UNITS = {
    TimeUnit.WORKING_DAY: "ngày làm việc",
    TimeUnit.WORKING_HOUR: "giờ làm việc",
    TimeUnit.CALENDAR_DAY: "ngày",
}


def day_in_text(day: date) -> str:
    """Return "ngày 21 tháng 11 năm 2026", with the two digits the forms print below 10."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def moment_in_text(moment: datetime) -> str:
    """Return "10 giờ 45 phút, ngày 21 tháng 11 năm 2026"."""
    return f"{moment.hour:02d} giờ {moment.minute:02d} phút, {day_in_text(moment.date())}"


def time_in_text(promise: Promise) -> str:
    """Return the limit as the slip names it: "05 ngày làm việc", "Trong ngày làm việc"."""
    if promise.by_same_day_rule:
        return "Trong ngày làm việc" if promise.same_day else "Trong ngày làm việc tiếp theo"
    if not promise.time:
        return "Trong ngày làm việc" if promise.decided else "Không quy định"
    return limit_in_text(ProcessingTime.parse(promise.time))


def limit_in_text(limit: ProcessingTime) -> str:
    """Return "05 ngày làm việc"."""
    return f"{limit.amount:02d} {_UNITS[limit.unit]}"


def charges_in_text(charges: tuple[Charge, ...]) -> str:
    """Return "Lệ phí …: 8.000 đ; …", "Không" when nothing is due."""
    if not charges:
        return "Không"
    return "; ".join(_charge_in_text(charge) for charge in charges)


def _charge_in_text(charge: Charge) -> str:
    amount = "chưa xác định" if charge.amount_vnd is None else format_vnd(charge.amount_vnd)
    if charge.exemption_id:
        amount = "miễn"
    noun = "người" if charge.counted is FeeBasis.PERSON else "bản"
    times = f" ({charge.quantity} {noun})" if charge.quantity > 1 else ""
    return f"{charge.name}{times}: {amount}"


def reprint_mark(copy_no: int, at: datetime) -> str:
    """Return "In lại lần 1, 14 giờ 05, ngày 21/11/2026" from the second copy on, "" for the first."""
    if copy_no <= 1:
        return ""
    return f"In lại lần {copy_no - 1}, {at.hour:02d} giờ {at.minute:02d}, ngày {at:%d/%m/%Y}"


def slip_content(dossier: Dossier, office: Office, marks: Marks) -> SlipContent:
    """Return the wording of Mẫu 01 (Thông tư 03/2025/TT-VPCP) for the dossier."""
    person = dossier.applicant
    by_post = dossier.return_by is ReturnBy.POSTAL
    procedure = dossier.procedure
    book, line = register_line(dossier)
    return SlipContent(
        office=office,
        dossier_code=dossier.dossier_code,
        qr_text=qr_payload(dossier.dossier_code, dossier.lookup_secret, office.lookup_url),
        provisional=dossier.provisional_code,
        place_date=f"{office.date_place}, {day_in_text(dossier.received_at.date())}",
        applicant_name=person.full_name,
        applicant_id=mask_personal_id(person.personal_id),
        address=person.address,
        phone=person.phone,
        email=person.email,
        request=f"{procedure.name} ({procedure.case_name})" if procedure.case_name else procedure.name,
        parts=tuple(_slip_parts(dossier)),
        copies=dossier.copies,
        time_text=time_in_text(dossier.promise),
        received_text=moment_in_text(dossier.received_at),
        due_text=moment_in_text(dossier.due_at) if dossier.due_at else NO_DATE,
        return_text="Qua dịch vụ bưu chính công ích" if by_post else office_in_text(office),
        charges_text=charges_in_text(dossier.charges),
        clerk_name=dossier.clerk,
        secret=dossier.lookup_secret,
        by_post=by_post,
        office_name=office_in_text(office),
        register_book=book,
        register_no=line,
        due_note=due_note(dossier),
        marks=marks,
    )


def form_content(
    dossier: Dossier, form: FilledForm, template: FormTemplate, office: Office, marks: Marks
) -> FormContent:
    """Return the wording of a filled form as it was received, in the version it was received under."""
    facts = _facts_of(dossier)
    today = dossier.received_at.date()
    printed = printed_form(template, form.answers, office=office, today=today, facts=facts)
    return FormContent(
        template=template,
        values=printed.values,
        tables=printed.tables,
        answers=effective_answers(template, form.answers, facts),
        dossier_code=dossier.dossier_code,
        marks=marks,
    )


def _facts_of(dossier: Dossier) -> dict[str, object]:
    return {
        **dossier.facts,
        "channel": dossier.channel.value,
        "assisted": dossier.assisted,
        "copies": dossier.copies,
    }


def _slip_parts(dossier: Dossier) -> list[SlipPart]:
    rows: list[SlipPart] = []
    for part in dossier.parts:
        counts = (("Bản chính", part.original), ("Bản sao", part.copy), ("Bản điện tử", part.electronic))
        rows += [SlipPart(name=part.name, kind=kind, count=count) for kind, count in counts if count]
    return rows
