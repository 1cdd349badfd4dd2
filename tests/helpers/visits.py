"""Invented visits: a birth registration by the grandmother, a certified copy, a marriage status."""

from dataclasses import replace
from datetime import date

from counter_app.domain.dossier import SubmittedPart
from counter_app.domain.person import Person, Sex
from counter_app.services.visit import Visit

GRANDMOTHER = Person(
    full_name="Đinh Thị Sen",
    personal_id="017159004321",
    birth_date="1959-04-02",
    sex=Sex.FEMALE,
    address="Xóm Chiềng, xã Trung Minh, tỉnh Phú Thọ",
    issued_on=date(2022, 8, 2),
)
MOTHER = replace(
    GRANDMOTHER,
    full_name="Bùi Thị Hồng Nhung",
    personal_id="017194001245",
    birth_date="1994-03-12",
    issued_on=date(2024, 8, 2),
)
FATHER = replace(
    GRANDMOTHER,
    full_name="Nguyễn Văn Thắng",
    personal_id="017091005618",
    birth_date="1991-09-05",
    sex=Sex.MALE,
    issued_on=date(2023, 1, 9),
)
CHILD_ANSWERS: dict[str, object] = {
    "nyc_quan_he": "Bà",
    "ks_ho_ten": "Nguyễn Bùi Minh Khôi",
    "ks_ngay_sinh": "2026-11-15",
    "ks_gioi_tinh": "Nam",
    "ks_dan_toc": "Mường",
    "ks_noi_sinh": "Trung tâm Y tế Hòa Bình, phường Hòa Bình, tỉnh Phú Thọ",
    "ks_que_quan": {"detail": "", "commune": "xã Trung Minh", "province": "Phú Thọ", "legacy_text": ""},
}
BIRTH = Visit(
    procedure_id="dang-ky-khai-sinh",
    case_id="thong-thuong",
    applicant=GRANDMOTHER,
    people={"me": MOTHER, "cha": FATHER},
    fields={"ht-khai-sinh": CHILD_ANSWERS},
    parts=(SubmittedPart(part_id="giay_chung_sinh", name="Giấy chứng sinh", original=1),),
)
CERTIFIED_COPY = Visit(
    procedure_id="chung-thuc-ban-sao-tu-ban-chinh",
    applicant=GRANDMOTHER,
    facts={"pages": 3, "copies_certified": 2},
)


def card_text(person: Person) -> str:
    """Return what the QR code of the person's card says."""
    sex = "Nam" if person.sex is Sex.MALE else "Nữ"
    year, month, day = person.birth_date.split("-")
    issued = f"{person.issued_on:%d%m%Y}" if person.issued_on else ""
    fields = (
        person.personal_id,
        person.old_id,
        person.full_name,
        day + month + year,
        sex,
        person.address,
        issued,
    )
    return "|".join(fields)


def birth_words(answers: object, *more: str) -> tuple[str, ...]:
    """Return the command line that receives the birth registration with an answers file."""
    what = ("--procedure", BIRTH.procedure_id, "--case", BIRTH.case_id)
    return ("receive", *what, "--answers", str(answers), *more)
