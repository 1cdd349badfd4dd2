"""The posting sheet (niêm yết) of the procedures in force, and the list of what a pack changed.

What must be posted: Thông tư 02/2017/TT-VPCP (recalled, not re-read): name, time, place, fees and the
decision that announced each procedure; one that has expired must be taken down.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from counter_app.domain.catalogue_changes import CatalogueChanges, ItemChange
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.office import Office
from counter_app.domain.procedure import Procedure
from counter_app.domain.vietnamese_text import fold
from counter_app.services.change_words import (
    aspect_words,
    commune_words,
    day_words,
    procedure_details,
    summary,
)
from counter_app.services.limit_notes import lacks_limit
from counter_app.services.paper_content import Marks
from counter_app.services.paper_text import day_in_text
from counter_app.services.procedure_words import channels_text, fee_is_unknown, fees_text, time_text
from counter_app.services.sheet_content import (
    CellAlign,
    SheetColumn,
    SheetContent,
    SheetSection,
    SheetTable,
)

_POSTED = (
    SheetColumn(label="TT", width=0.6, align=CellAlign.CENTRE),
    SheetColumn(label="Mã thủ tục", width=1.5, align=CellAlign.CENTRE),
    SheetColumn(label="Tên thủ tục hành chính", width=5.2),
    SheetColumn(label="Thời hạn giải quyết", width=3),
    SheetColumn(label="Phí, lệ phí", width=3.4),
    SheetColumn(label="Cách thực hiện", width=2),
    SheetColumn(label="Quyết định công bố, thời gian áp dụng", width=2.6),
)
_CHANGED = (
    SheetColumn(label="TT", width=0.6, align=CellAlign.CENTRE),
    SheetColumn(label="Mã", width=1.5, align=CellAlign.CENTRE),
    SheetColumn(label="Tên", width=4.6),
    SheetColumn(label="Từ ngày", width=1.5, align=CellAlign.CENTRE),
    SheetColumn(label="Nội dung thay đổi", width=7),
)
_SIGNED = ("NGƯỜI LẬP", "THỦ TRƯỞNG CƠ QUAN")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingGaps:
    """How many fees have no amount, and how many procedures have a case without a limit."""

    unknown_fees: int = 0
    without_limit: int = 0

    def __bool__(self) -> bool:
        """Tell whether anything is missing."""
        return bool(self.unknown_fees or self.without_limit)


def posting_gaps(procedures: Iterable[Procedure], amounts: Mapping[str, int]) -> PostingGaps:
    """Return what a posting sheet of `procedures` cannot say yet; `amounts` as for `posting_sheet`."""
    cases = [(procedure.procedure_id, case) for procedure in procedures for case in procedure.cases]
    return PostingGaps(
        unknown_fees=len(
            {rule.fee_id for _, case in cases for rule in case.fees if fee_is_unknown(rule, amounts)}
        ),
        without_limit=len({procedure_id for procedure_id, case in cases if lacks_limit(case)}),
    )


def posting_sheet(
    procedures: Sequence[Procedure],
    *,
    office: Office,
    amounts: Mapping[str, int],
    on: date,
    data_version: str,
    taken_down: Sequence[Procedure] = (),
    training: bool = False,
) -> SheetContent:
    """Return the posting sheet of `procedures`, one section a sector.

    `amounts` are the province's fees by fee id; one that is not in it is printed as unknown, never as 0.
    `taken_down` are procedures no longer in force that may still hang on the board.
    """
    procedures = sorted(procedures, key=lambda each: (fold(each.sector), fold(each.name)))
    sectors = dict.fromkeys(procedure.sector for procedure in procedures)
    return SheetContent(
        office=office,
        title="Niêm yết thủ tục hành chính",
        subtitle=f"{len(procedures)} thủ tục đang áp dụng, {day_in_text(on)}",
        place_date=_place_date(office, on),
        sections=(
            *(
                _sector(name, [each for each in procedures if each.sector == name], amounts)
                for name in sectors
            ),
            *_lines("Phải gỡ khỏi bảng niêm yết", map(_gone_line, taken_down)),
        ),
        note=f"{_gap_words(posting_gaps(procedures, amounts))}Dữ liệu thủ tục phiên bản {data_version}. "
        "Thủ tục hết hiệu lực phải gỡ khỏi bảng niêm yết.",
        signatures=_SIGNED,
        landscape=True,
        font_size=11.0,
        marks=Marks(training=training),
    )


def _gap_words(gaps: PostingGaps) -> str:
    parts = (
        (gaps.unknown_fees, "khoản phí, lệ phí chưa biết mức"),
        (gaps.without_limit, "thủ tục chưa có thời hạn"),
    )
    words = ", ".join(f"{count} {what}" for count, what in parts if count)
    return f"Còn {words}: nhập ở Cài đặt trước khi niêm yết. " if words else ""


def _sector(sector: str, procedures: Sequence[Procedure], amounts: Mapping[str, int]) -> SheetSection:
    rows = tuple(
        (
            str(number),
            procedure.national_code or "(chưa có mã)",
            procedure.name,
            _by_case(procedure, [time_text(case) for case in procedure.cases]),
            _by_case(procedure, [fees_text(case, amounts) for case in procedure.cases]),
            channels_text(procedure)
            + (f"\nTại: {procedure.receiving_body}" if procedure.receiving_body else ""),
            _announced(procedure),
        )
        for number, procedure in enumerate(procedures, start=1)
    )
    heading = f"Lĩnh vực {sector} ({len(procedures)} thủ tục)"
    return SheetSection(heading=heading, table=SheetTable(columns=_POSTED, rows=rows))


def _gone_line(procedure: Procedure) -> str:
    end = f", hết hiệu lực ngày {procedure.valid_to:%d/%m/%Y}" if procedure.valid_to else ""
    return f"{procedure.national_code} {procedure.name}{end}".strip()


def _by_case(procedure: Procedure, texts: Sequence[str]) -> str:
    """Return one text when all cases have it, else one a case."""
    if len(set(texts)) == 1:
        return texts[0]
    return "\n".join(f"- {case.name}: {text}" for case, text in zip(procedure.cases, texts, strict=True))


def _announced(procedure: Procedure) -> str:
    lines = [procedure.decision] if procedure.decision else []
    lines.append(f"từ {procedure.valid_from:%d/%m/%Y}")
    if procedure.valid_to:
        lines.append(f"đến hết {procedure.valid_to:%d/%m/%Y}")
    return "\n".join(lines)


def change_sheet(
    changes: CatalogueChanges, *, office: Office, on: date, data_version: str, training: bool = False
) -> SheetContent:
    """Return the list of what a pack changed: new, changed, gone; then forms, days and units."""
    procedures = changes.procedures
    sections = [
        SheetSection(lines=summary(changes)),
        *_changed("I. Thủ tục mới", [each for each in procedures if each.before is None]),
        *_changed("II. Thủ tục sửa đổi, bổ sung, thay thế", [c for c in procedures if c.before and c.after]),
        *_changed("III. Thủ tục hết hiệu lực hoặc bị bãi bỏ", [c for c in procedures if c.after is None]),
        *_lines("IV. Tờ khai", (_form_line(change) for change in changes.forms)),
        *_lines("V. Ngày nghỉ, ngày làm bù", map(day_words, changes.days)),
        *_lines("VI. Đơn vị hành chính", map(commune_words, changes.communes)),
    ]
    return SheetContent(
        office=office,
        title="Danh mục thủ tục hành chính thay đổi",
        subtitle=f"Theo gói dữ liệu phiên bản {data_version}",
        place_date=_place_date(office, on),
        sections=tuple(sections),
        signatures=_SIGNED,
        landscape=True,
        font_size=11.0,
        marks=Marks(training=training),
    )


def _changed(heading: str, changes: Sequence[ItemChange[Procedure]]) -> list[SheetSection]:
    if not changes:
        return []
    rows = tuple(
        (str(number), _code(change), change.name, f"{change.from_day:%d/%m/%Y}", _what(change))
        for number, change in enumerate(changes, start=1)
    )
    return [SheetSection(heading=heading, table=SheetTable(columns=_CHANGED, rows=rows))]


def _code(change: ItemChange[Procedure]) -> str:
    procedure = change.after or change.before
    return (procedure.national_code if procedure else "") or "(chưa có mã)"


def _what(change: ItemChange[Procedure]) -> str:
    if change.before is None:
        return change.after.decision if change.after and change.after.decision else "Thủ tục mới"
    if change.after is None:
        return "Gỡ khỏi bảng niêm yết"
    return "\n".join(procedure_details(change)) or aspect_words(change.aspects)


def _form_line(change: ItemChange[FormTemplate]) -> str:
    day = f"{change.from_day:%d/%m/%Y}"
    if change.before is None:
        return f"Mới từ {day}: {change.name}"
    if change.after is None:
        return f"Thôi dùng từ {day}: {change.name}"
    return f"Từ {day}: {change.name} ({aspect_words(change.aspects)})"


def _lines(heading: str, lines: Iterable[str]) -> list[SheetSection]:
    found = tuple(lines)
    return [SheetSection(heading=heading, lines=found)] if found else []


def _place_date(office: Office, on: date) -> str:
    return f"{office.date_place}, {day_in_text(on)}"
