"""Whom and what a notice is about, taken from a dossier, or from a visit nothing was received of."""

from dataclasses import dataclass
from datetime import datetime

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_code import qr_payload
from counter_app.domain.office import Office
from counter_app.services.notice_content import Block, Labelled
from counter_app.services.office_in_text import office_in_text
from counter_app.services.paper_text import day_in_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The citizen and the request. Before anything is received there is no code and no QR."""

    applicant_name: str
    address: str
    phone: str
    email: str
    request: str  # procedure and case
    dossier_code: str = ""
    qr_text: str = ""
    provisional: bool = False


def subject_of(dossier: Dossier) -> Subject:
    """Return what the notices of a dossier say of it."""
    person = dossier.applicant
    return Subject(
        applicant_name=person.full_name,
        address=person.address,
        phone=person.phone,
        email=person.email,
        request=request_of(dossier),
        dossier_code=dossier.dossier_code,
        qr_text=qr_payload(dossier.dossier_code, dossier.lookup_secret),
        provisional=dossier.provisional_code,
    )


def request_of(dossier: Dossier) -> str:
    """Return the procedure with its case in brackets."""
    procedure = dossier.procedure
    return f"{procedure.name} ({procedure.case_name})" if procedure.case_name else procedure.name


def whose(subject: Subject, first: str = "Hồ sơ của: ") -> tuple[Block, ...]:
    """Return the lines of the forms that name citizen and request; what is unknown prints as dots."""
    return (
        Labelled(label=first, value=subject.applicant_name, strong=True),
        Labelled(label="Nội dung yêu cầu giải quyết: ", value=subject.request),
        Labelled(label="Địa chỉ: ", value=subject.address),
        Labelled(label="Số điện thoại: ", value=subject.phone, more=(("Email: ", subject.email),)),
    )


def place_and_day(office: Office, at: datetime) -> str:
    """Return "Trung Minh, ngày 21 tháng 11 năm 2026"."""
    return f"{office.date_place}, {day_in_text(at.date())}"


def desk_line(office: Office, person: str = "") -> str:
    """Return who answers questions, and on which phone; dots for the phone the office has not entered."""
    whom = ", ".join(part for part in (person, office_in_text(office)) if part)
    return f"{whom}, điện thoại: {office.phone or '…………………'}"
