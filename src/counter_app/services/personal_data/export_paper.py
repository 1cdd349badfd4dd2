"""A citizen's data as a paper anybody can read."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from counter_app.domain.field_values import printed_date
from counter_app.domain.person import Person
from counter_app.domain.personal_data import Place, RequestKind
from counter_app.domain.working_calendar import OFFICE_ZONE
from counter_app.services.paper_content import Marks
from counter_app.services.paper_text import day_in_text
from counter_app.services.personal_data.access_report import KIND_WORDS, AccessKind
from counter_app.services.personal_data.words import KINDS, PLACES
from counter_app.services.sheet_content import CellAlign, SheetColumn, SheetContent, SheetSection, SheetTable

if TYPE_CHECKING:
    from counter_app.domain.office import Office

_FIELDS: dict[str, str] = {
    "full_name": "Họ và tên",
    "personal_id": "Số định danh",
    "old_id": "Số chứng minh cũ",
    "birth_date": "Ngày sinh",
    "sex": "Giới tính",
    "address": "Nơi cư trú",
    "legacy_address": "Địa chỉ trên giấy cũ",
    "issued_on": "Ngày cấp thẻ",
    "phone": "Điện thoại",
    "email": "Thư điện tử",
    "ethnicity": "Dân tộc",
}
_SEXES = {"male": "Nam", "female": "Nữ"}
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# The parts of an address and of a card as they are read.
_ORDER = ("detail", "commune", "province", "legacy_text", "kind", "number", "issued_on", "issued_by")
_MOST_ACCESSES = 200  # on paper; the JSON holds all


def export_sheet(
    data: Mapping[str, Any], office: "Office", on: date, *, training: bool = False
) -> SheetContent:
    """Return what the paper says of collected data."""
    return SheetContent(
        office=office,
        title="Dữ liệu cá nhân đang lưu tại quầy",
        subtitle=f"Của {data['person']['full_name']}",
        place_date=f"{office.date_place}, {day_in_text(on)}",
        sections=tuple(_sections(data)),
        note="Tên và số của người khác được che. Tệp kèm theo (JSON) chứa cùng dữ liệu để máy khác đọc được. "
        "Máy chủ và quầy khác có thể lưu thêm; hỏi cơ quan theo địa chỉ ở đầu giấy.",
        font_size=11.0,
        marks=Marks(training=training),
    )


def _sections(data: Mapping[str, Any]) -> Iterator[SheetSection]:
    yield SheetSection(heading="1. Thông tin công dân", lines=tuple(_person(data["person"])), labelled=True)
    if data["earlier_values"]:
        yield SheetSection(heading="Thông tin trước đây", lines=tuple(_earlier(data)), labelled=True)
    yield SheetSection(
        heading="2. Hồ sơ",
        lines=() if data["dossiers"] else ("Không có hồ sơ nào.",),
        table=_dossiers(data["dossiers"]) if data["dossiers"] else None,
    )
    for each in data["dossiers"]:
        lines = tuple(_answers(each))
        if lines:
            heading = f"Nội dung tờ khai, hồ sơ {each['dossier_code']}"
            yield SheetSection(heading=heading, lines=lines, labelled=True)
    yield SheetSection(heading="3. Nơi khác trong chương trình", lines=tuple(_elsewhere(data)), labelled=True)
    if data["requests"]:
        lines = tuple(
            f"{_day(each['asked_at'])}: {KINDS[RequestKind(each['kind'])]}" for each in data["requests"]
        )
        yield SheetSection(heading="4. Yêu cầu đã gửi", lines=lines, labelled=True)
    yield SheetSection(
        heading="5. Ai đã xem, in, xuất, sửa",
        lines=() if data["accesses"] else ("Chưa có lần nào.",),
        table=_accesses(data["accesses"]) if data["accesses"] else None,
    )


def _person(person: Mapping[str, str]) -> Iterator[str]:
    for field in Person.__dataclass_fields__:
        value = person.get(field, "")
        if value:
            yield f"{_FIELDS[field]}: {_SEXES.get(value, value) if field == 'sex' else _shown(value)}"


def _earlier(data: Mapping[str, Any]) -> Iterator[str]:
    for each in data["earlier_values"]:
        label = _FIELDS.get(each["field"], each["field"])
        yield f"{label}: {_shown(each['value'])} (thay ngày {_day(each['replaced_at'])})"


def _dossiers(dossiers: "list[dict[str, Any]]") -> SheetTable:
    return SheetTable(
        columns=(
            SheetColumn(label="Mã hồ sơ", width=4),
            SheetColumn(label="Thủ tục", width=6),
            SheetColumn(label="Nhận", width=2.2, align=CellAlign.CENTRE),
            SheetColumn(label="Vai trò", width=2.6),
        ),
        rows=tuple(
            (
                each["dossier_code"],
                each["procedure"],
                _day(each["received_at"]),
                "Người nộp" if "applicant" in each["roles"] else "Có tên trong hồ sơ",
            )
            for each in dossiers
        ),
    )


def _answers(dossier: Mapping[str, Any]) -> Iterator[str]:
    for form in dossier["forms"]:
        for answer in form["answers"]:
            text = _plain(answer["value"])
            if text:
                yield f"{answer['label'] or answer['key']}: {text}"


def _shown(text: str) -> str:
    """Return a day as papers write it, any other text as it is."""
    return printed_date(text) if _ISO_DAY.fullmatch(text) else text


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        ordered = sorted(value, key=lambda key: _ORDER.index(key) if key in _ORDER else len(_ORDER))
        return ", ".join(part for part in (_plain(value[key]) for key in ordered) if part)
    if isinstance(value, list):
        return "; ".join(part for part in map(_plain, value) if part)
    if isinstance(value, bool):
        return "có" if value else ""
    return "" if value is None else _shown(str(value))


def _elsewhere(data: Mapping[str, Any]) -> Iterator[str]:
    for place, found in data["where_else"].items():
        by_name = f", và {found['by_name']} chỗ chỉ trùng họ tên" if found["by_name"] else ""
        yield f"{PLACES[Place(place)]}: {found['certain']} chỗ{by_name}"


def _accesses(accesses: "list[dict[str, Any]]") -> SheetTable:
    return SheetTable(
        columns=(
            SheetColumn(label="Lúc", width=3, align=CellAlign.CENTRE),
            SheetColumn(label="Cán bộ", width=4),
            SheetColumn(label="Việc", width=2),
            SheetColumn(label="Hồ sơ", width=4),
        ),
        rows=tuple(
            (
                f"{_moment(each['at']):%H:%M %d/%m/%Y}",
                each["clerk"],
                KIND_WORDS[AccessKind(each["kind"])],
                each["dossier"],
            )
            for each in accesses[:_MOST_ACCESSES]
        ),
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(OFFICE_ZONE)


def _day(text: str) -> str:
    return f"{_moment(text):%d/%m/%Y}"
