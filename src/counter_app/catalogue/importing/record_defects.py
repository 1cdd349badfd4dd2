"""What can be wrong with one record apart from its times, fees and papers."""

import re
from collections.abc import Iterator

from counter_app.catalogue.importing.legal_text import unglued
from counter_app.domain.imported import Defect, ImportedRecord, Severity
from counter_app.domain.national_list import NameVerdict, NationalList, bare_name
from counter_app.domain.vietnamese_text import fold

ERROR, DOUBTFUL, NOTE = Severity.ERROR, Severity.DOUBTFUL, Severity.NOTE
_EXCERPT = 160
# Test and placeholder numbers the portal still shows: "Demo/QĐ-BCA", "QĐ/0001-…", "QĐ/Number".
_DEMO = re.compile(r"demo|test|number|^qđ/|/0{3,}\d|^0{3,}\d", re.IGNORECASE)
_DECISION = re.compile(r"\d+[\w.]*/[\w\-/]*QĐ|\d+[\w.]*-QĐ|QĐ-[\w\-]+", re.IGNORECASE)
_CODE_IN_NAME = re.compile(r"\((\d\.\d{6})[^()]*\)")
# Work of an agency with its own offices; a commune receives none of the first (recalled) and little of
# the others, so a row that puts them at the commune is a row with the wrong level.
_NEVER_COMMUNE = ("hai quan",)
_RARELY_COMMUNE = ("thue", "chung khoan", "kho bac", "ngan hang", "bao hiem tien gui")
_TEXT_DEFECTS = {
    "invisible": ("invisible_characters", NOTE),
    "decomposed": ("decomposed_letters", NOTE),
    "markup": ("markup_in_text", NOTE),
    "formula": ("formula_in_cell", DOUBTFUL),
    "text_cut": ("text_too_long", DOUBTFUL),
    "code_was_number": ("code_was_number", DOUBTFUL),
}


def fault(
    record: ImportedRecord, code: str, severity: Severity, field: str, value: str = "", detail: str = ""
) -> Defect:
    """Build a defect of `record`; long values are cut."""
    return Defect(
        code=code,
        severity=severity,
        place=record.place,
        subject=record.code or record.code_text,
        field=field,
        value=value[:_EXCERPT],
        detail=detail[:_EXCERPT],
    )


def record_defects(record: ImportedRecord, national_list: NationalList) -> Iterator[Defect]:
    """Yield what is wrong with code, name, level, decision, legal basis and the texts themselves."""
    yield from _code_defects(record, national_list)
    yield from _name_defects(record, national_list)
    yield from _level_defects(record, national_list)
    yield from _decision_defects(record)
    yield from _basis_defects(record)
    yield from _text_defects(record)


def of_commune(record: ImportedRecord, national_list: NationalList) -> bool:
    """Tell whether the record is the commune's, by its level, else its agency, else the list."""
    said = fold(record.level) or fold(record.agency)
    if said:
        return re.search(r"\bxa\b", said) is not None
    entry = national_list.by_code.get(record.code)
    return entry is not None and "xã" in entry.level


def _code_defects(record: ImportedRecord, national_list: NationalList) -> Iterator[Defect]:
    if not record.code_text:
        yield fault(record, "code_missing", ERROR, "code", detail=record.name)
    elif not record.code:
        yield fault(record, "code_ill_formed", ERROR, "code", record.code_text)
    elif record.suffix:
        yield fault(record, "code_suffixed", NOTE, "code", record.code_text, record.code)
    named = _CODE_IN_NAME.search(record.name)
    if named is not None and record.code and named[1] != record.code:
        yield fault(record, "code_in_name_differs", ERROR, "code", record.code, named[1])
    listed = national_list.by_code
    if listed and record.code and record.code not in listed and of_commune(record, national_list):
        yield fault(record, "code_not_listed", NOTE, "code", record.code)


def _name_defects(record: ImportedRecord, national_list: NationalList) -> Iterator[Defect]:
    name = bare_name(record.name)
    if len(name) < 4 or not any(char.isalpha() for char in name):
        yield fault(record, "name_missing", ERROR, "name", record.name)
        return
    verdict = national_list.verdict(record.code, name)
    listed = national_list.by_code.get(record.code)
    if verdict is NameVerdict.OTHER and listed is not None:
        right = national_list.nearest(name)
        detail = f"{listed.name}; tên này là của mã {right.code}" if right else listed.name
        yield fault(record, "name_on_wrong_code", ERROR, "name", name, detail)
    elif verdict is NameVerdict.REWORDED and listed is not None:
        yield fault(record, "name_reworded", NOTE, "name", name, listed.name)


def _level_defects(record: ImportedRecord, national_list: NationalList) -> Iterator[Defect]:
    level, sector = fold(record.level), fold(record.sector)
    # The district level was abolished on 1 July 2025 (Luật 72/2025/QH15; recalled).
    if "cap huyen" in fold(record.name) or "huyen" in level.split():
        yield fault(record, "district_level", ERROR, "level", f"{record.level} {record.name}".strip())
    if not record.level and not record.agency:
        yield fault(record, "level_missing", DOUBTFUL, "level")
    if not of_commune(record, national_list):
        entry = national_list.by_code.get(record.code)
        if record.level and entry is not None and "xã" in entry.level:
            yield fault(record, "level_differs", DOUBTFUL, "level", record.level, entry.level)
    elif any(word in sector for word in _NEVER_COMMUNE):
        yield fault(record, "level_of_other_agency", ERROR, "level", record.level, record.sector)
    elif any(re.search(rf"\b{word}\b", sector) for word in _RARELY_COMMUNE):
        yield fault(record, "level_doubtful", DOUBTFUL, "level", record.level, record.sector)
    if not record.sector:
        yield fault(record, "sector_missing", DOUBTFUL, "sector")


def _decision_defects(record: ImportedRecord) -> Iterator[Defect]:
    if not record.decision:
        if record.has_page:
            yield fault(record, "decision_missing", DOUBTFUL, "decision")
    elif _DEMO.search(record.decision):
        yield fault(record, "decision_demo", DOUBTFUL, "decision", record.decision)
    elif not _DECISION.search(record.decision):
        yield fault(record, "decision_ill_formed", DOUBTFUL, "decision", record.decision)


def _basis_defects(record: ImportedRecord) -> Iterator[Defect]:
    if record.has_page and not record.basis:
        yield fault(record, "basis_missing", NOTE, "basis")
    for number in record.basis:
        right = unglued(number)
        if right != number:
            # "202068/2020": the glued year is the year of the number itself, so nothing is guessed.
            certain = number[:4] == right.split("/")[1]
            yield fault(record, "basis_glued", NOTE if certain else DOUBTFUL, "basis", number, right)


def _text_defects(record: ImportedRecord) -> Iterator[Defect]:
    for mark in record.marks:
        code, severity = _TEXT_DEFECTS[mark.what]
        if mark.what == "formula" and mark.key in ("code", "name"):
            severity = ERROR
        yield fault(record, code, severity, mark.key, mark.excerpt)
