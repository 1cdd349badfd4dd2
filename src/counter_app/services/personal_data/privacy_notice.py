"""The privacy notice as a sheet to post and as lines for the citizen's screen."""

from typing import TYPE_CHECKING

from counter_app.domain.privacy_notice import Certainty, NoticeLine, PrivacyNotice
from counter_app.services.paper_content import Marks
from counter_app.services.paper_text import day_in_text
from counter_app.services.sheet_content import SheetContent, SheetSection

if TYPE_CHECKING:
    from counter_app.domain.office import Office
    from counter_app.services.desk import Desk

FILE_NAME = "thong-bao-xu-ly-du-lieu-ca-nhan.pdf"
_DOUBTS = {
    Certainty.SECONDARY: " (theo nguồn thứ cấp, chưa đối chiếu)",
    Certainty.RECALLED: " (chưa đối chiếu văn bản)",
}


def notice_lines(desk: "Desk") -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return title and (question, answer) of the notice in force; errors as `Catalogue.privacy_notice`."""
    today = desk.clock.now().date()
    notice, office = desk.catalogue.privacy_notice(today), desk.office(today)
    return notice.title, tuple(
        (section.heading, " ".join(_filled(line, office) for line in section.lines))
        for section in notice.sections
    )


def notice_paper(desk: "Desk") -> bytes:
    """Return the notice as PDF, A4, to be posted; errors as `Catalogue.privacy_notice`."""
    today = desk.clock.now().date()
    notice, office = desk.catalogue.privacy_notice(today), desk.office(today)
    content = notice_sheet(notice, office, day_in_text(today), training=desk.settings.counter.training)
    return desk.renderer.sheet(content)


def notice_sheet(
    notice: PrivacyNotice, office: "Office", day: str, *, training: bool = False
) -> SheetContent:
    """Return what the sheet says; a line that was not compared with the law says so."""
    return SheetContent(
        office=office,
        title=notice.title,
        place_date=f"{office.date_place}, {day}",
        sections=tuple(
            SheetSection(
                heading=section.heading, lines=tuple(_filled(line, office) for line in section.lines)
            )
            for section in notice.sections
        ),
        note=f"Nội dung có hiệu lực từ ngày {notice.valid_from:%d/%m/%Y}.",
        font_size=12.5,
        marks=Marks(training=training),
    )


def _filled(line: NoticeLine, office: "Office") -> str:
    values = {
        "{office}": office.name,
        "{address}": office.address or "tại nơi niêm yết",
        "{contact}": _contact(office),
    }
    text = line.text
    for mark, value in values.items():
        text = text.replace(mark, value)
    doubt = _DOUBTS.get(line.mark, "")
    return f"{text.removesuffix('.')}{doubt}." if doubt else text


def _contact(office: "Office") -> str:
    return f"điện thoại {office.phone}" if office.phone else "người phụ trách quầy"
