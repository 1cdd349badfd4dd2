"""The report of an import: JSON for scripts, and tables a spreadsheet shows as they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from counter_app.domain.imported import Defect, Draft, ImportOutcome, Place, Severity
from counter_app.messages import text_of_code
from counter_app.services.import_words import (
    SEVERITY_WORDS,
    defect_line,
    difference_words,
    field_words,
    place_words,
    skipped_words,
    what_is_wrong,
    what_to_do,
)

Cell = str | int | date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """One sheet: column titles with their widths (characters), and rows of real values."""

    title: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Cell, ...], ...]


def summary_to_json(outcome: ImportOutcome) -> dict[str, object]:
    """Return the counts of an import."""
    return {
        "day": outcome.day.isoformat(),
        "files": len(outcome.files),
        "unreadable": [
            {"file": each.file, "code": each.code, "message": text_of_code(each.code, each.params)}
            for each in outcome.unreadable
        ],
        "records": len(outcome.records),
        "defects": {severity.value: _of(outcome.defects, severity) for severity in Severity},
        "by_code": dict(sorted(Counter(defect.code for defect in outcome.defects).items())),
        "differences": len(outcome.differences),
        "drafts": {
            "written": sum(bool(draft.path) for draft in outcome.drafts),
            "refused": sum(bool(draft.problem) for draft in outcome.drafts),
            "skipped": dict(Counter(draft.skipped for draft in outcome.drafts if draft.skipped)),
        },
    }


def report_to_json(outcome: ImportOutcome) -> dict[str, object]:
    """Return the whole report."""
    return summary_to_json(outcome) | {
        "found": [_defect(defect) for defect in outcome.defects],
        "different": [
            {
                **_place(each.place),
                "national_code": each.national_code,
                "id": each.procedure_id,
                "field": each.field,
                "catalogue": each.catalogue,
                "source": each.source,
            }
            for each in outcome.differences
        ],
        "written": [_draft(draft) for draft in outcome.drafts],
    }


def report_tables(outcome: ImportOutcome) -> tuple[ReportTable, ...]:
    """Return the sheets of the report: summary, defects, differences, drafts."""
    return (
        _summary_table(outcome),
        _defect_table(outcome),
        _difference_table(outcome),
        _draft_table(outcome),
    )


def _of(defects: Sequence[Defect], severity: Severity) -> int:
    return sum(defect.severity is severity for defect in defects)


def _place(place: Place) -> dict[str, object]:
    return {"file": place.file, "sheet": place.sheet, "row": place.row or None, "key": place.key}


def _defect(defect: Defect) -> dict[str, object]:
    return {
        "code": defect.code,
        "severity": defect.severity.value,
        **_place(defect.place),
        "subject": defect.subject,
        "field": defect.field,
        "value": defect.value,
        "detail": defect.detail,
        "message": defect_line(defect),
        "what_to_do": what_to_do(defect),
    }


def _draft(draft: Draft) -> dict[str, object]:
    return {
        **_place(draft.place),
        "national_code": draft.national_code,
        "name": draft.name,
        "path": draft.path or None,
        "skipped": draft.skipped or None,
        "problem": draft.problem or None,
    }


def _summary_table(outcome: ImportOutcome) -> ReportTable:
    rows: list[tuple[Cell, ...]] = [
        ("Ngày nhập", outcome.day),
        ("Số tệp đọc được", len(outcome.files)),
        ("Số tệp không đọc được", len(outcome.unreadable)),
        ("Số dòng thủ tục", len(outcome.records)),
        *((SEVERITY_WORDS[severity], _of(outcome.defects, severity)) for severity in Severity),
        ("Khác với danh mục đang dùng", len(outcome.differences)),
        ("Bản nháp đã ghi", sum(bool(draft.path) for draft in outcome.drafts)),
    ]
    rows += [
        (f"Không đọc được: {each.file}", text_of_code(each.code, each.params)) for each in outcome.unreadable
    ]
    return ReportTable(title="Tổng hợp", columns=(("Nội dung", 44), ("Số lượng", 60)), rows=tuple(rows))


def _defect_table(outcome: ImportOutcome) -> ReportTable:
    columns = (
        ("Mức", 22), ("Mã thủ tục", 12), ("Mục", 16), ("Sai ở đâu", 44), ("Giá trị", 44),
        ("Đối chiếu", 44), ("Việc cần làm", 44), ("Tệp", 28), ("Trang", 16), ("Dòng", 8), ("Mã lỗi", 24),
    )  # fmt: skip
    rows = tuple(
        (
            SEVERITY_WORDS[defect.severity],
            defect.subject,
            field_words(defect.field),
            what_is_wrong(defect),
            defect.value,
            defect.detail,
            what_to_do(defect),
            defect.place.file,
            defect.place.sheet or defect.place.key,
            defect.place.row or "",
            defect.code,
        )
        for defect in outcome.defects
    )
    return ReportTable(title="Lỗi và điều ngờ", columns=columns, rows=rows)


def _difference_table(outcome: ImportOutcome) -> ReportTable:
    columns = (
        ("Mã thủ tục", 12), ("Mã riêng", 34), ("Mục", 16), ("Danh mục đang dùng", 50), ("Tệp nhập", 50),
        ("Nơi", 40),
    )  # fmt: skip
    rows = tuple(
        (
            each.national_code,
            each.procedure_id,
            difference_words(each),
            each.catalogue,
            each.source,
            place_words(each.place),
        )
        for each in outcome.differences
    )
    return ReportTable(title="Khác danh mục", columns=columns, rows=rows)


def _draft_table(outcome: ImportOutcome) -> ReportTable:
    columns = (
        ("Mã thủ tục", 12),
        ("Tên", 60),
        ("Bản nháp", 50),
        ("Vì sao không ghi", 44),
        ("Bị từ chối vì", 44),
        ("Nơi", 40),
    )
    rows = tuple(
        (
            draft.national_code,
            draft.name,
            draft.path,
            skipped_words(draft.skipped) if draft.skipped else "",
            draft.problem,
            place_words(draft.place),
        )
        for draft in outcome.drafts
    )
    return ReportTable(title="Bản nháp", columns=columns, rows=rows)
