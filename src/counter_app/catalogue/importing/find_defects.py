"""Finds what is wrong with records: each by itself, among the others, and against what we know."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from counter_app.catalogue.importing.method_defects import method_defects
from counter_app.catalogue.importing.paper_defects import paper_defects
from counter_app.catalogue.importing.record_defects import DOUBTFUL, ERROR, NOTE, fault, record_defects
from counter_app.domain.imported import Defect, ImportedRecord
from counter_app.domain.national_list import (
    NationalList,
    alike_names,
    bare_name,
    shifted_rows,
    split_code,
)
from counter_app.domain.procedure import Procedure
from counter_app.domain.vietnamese_text import fold

_COPIED_NAME = 5  # codes under one name: more are never levels of one procedure, but a copying slip


def find_defects(
    records: Sequence[ImportedRecord], national_list: NationalList, existing: Iterable[Procedure]
) -> list[Defect]:
    """Return every defect, in the order of the records."""
    replaced = replaced_codes(existing)
    found = [defect for record in records for defect in _one(record, national_list, replaced)]
    found += _shifted(records, national_list)
    found += _same_code(records)
    found += _same_name(records)
    order = {record.place: index for index, record in enumerate(records)}
    return sorted(found, key=lambda defect: order[defect.place])


def replaced_codes(existing: Iterable[Procedure]) -> Mapping[str, str]:
    """Return the codes the catalogue knows to be replaced, and what took their place."""
    known: dict[str, str] = {}
    for procedure in existing:
        for code in procedure.replaces:
            known[split_code(code)[0] or code] = procedure.name
        if procedure.superseded_by and procedure.national_code:
            known[split_code(procedure.national_code)[0]] = ", ".join(procedure.superseded_by)
    return known


def _one(
    record: ImportedRecord, national_list: NationalList, replaced: Mapping[str, str]
) -> Iterator[Defect]:
    yield from record_defects(record, national_list)
    if record.code in replaced:
        yield fault(record, "code_superseded", ERROR, "code", record.code, replaced[record.code])
    yield from method_defects(record)
    yield from paper_defects(record)


def _shifted(records: Sequence[ImportedRecord], national_list: NationalList) -> Iterator[Defect]:
    for rows in _sheets(records):
        offsets = shifted_rows([(row.code, bare_name(row.name)) for row in rows], national_list)
        for row, offset in zip(rows, offsets, strict=True):
            if offset:
                yield fault(row, "rows_shifted", ERROR, "name", bare_name(row.name), f"{offset:+d}")


def _sheets(records: Sequence[ImportedRecord]) -> list[list[ImportedRecord]]:
    sheets: dict[tuple[str, str], list[ImportedRecord]] = defaultdict(list)
    for record in records:
        sheets[(record.place.file, record.place.sheet)].append(record)
    return list(sheets.values())


def _same_code(records: Sequence[ImportedRecord]) -> Iterator[Defect]:
    by_code: dict[str, list[ImportedRecord]] = defaultdict(list)
    for record in records:
        if record.code and record.name:
            by_code[record.code].append(record)
    for group in by_code.values():
        first = group[0]
        for other in group[1:]:
            if not alike_names(first.name, other.name):
                names = f"{bare_name(first.name)} / {bare_name(other.name)}"
                yield fault(first, "code_two_names", ERROR, "name", names)
                yield fault(other, "code_two_names", ERROR, "name", names)
            elif first.has_page == other.has_page:
                where = first.place
                detail = f"{where.file} {where.row or where.key}".strip()
                yield fault(other, "duplicate", NOTE, "code", other.code, detail)


def _same_name(records: Sequence[ImportedRecord]) -> Iterator[Defect]:
    by_name: dict[str, list[ImportedRecord]] = defaultdict(list)
    for record in records:
        if record.code and record.name:
            by_name[fold(bare_name(record.name))].append(record)
    for group in by_name.values():
        codes = sorted({record.code for record in group})
        if len(codes) > 1:
            severity = ERROR if len(codes) >= _COPIED_NAME else DOUBTFUL
            for record in group:
                name = bare_name(record.name)
                yield fault(record, "name_many_codes", severity, "name", name, ", ".join(codes))
