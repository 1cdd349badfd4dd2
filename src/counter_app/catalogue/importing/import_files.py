"""One import from end to end: read, judge, compare, and write drafts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from counter_app.catalogue.importing.differences import differences
from counter_app.catalogue.importing.draft_files import DefectWords, plan_drafts, write_drafts
from counter_app.catalogue.importing.find_defects import find_defects
from counter_app.catalogue.importing.read_source import read_source, sources_in
from counter_app.domain.errors import BadInput
from counter_app.domain.imported import Defect, Imported, ImportOutcome, Severity, Unreadable
from counter_app.domain.national_list import NationalEntry, NationalList, bare_name
from counter_app.domain.procedure import Procedure


def import_files(
    paths: Sequence[Path], national_list: NationalList, existing: Sequence[Procedure], day: date
) -> ImportOutcome:
    """Read the files (and the files within folders), find defects and differences; write nothing.

    A file that cannot be read is told of among those that can.

    Raises:
        BadInput: ``import_nothing_found`` (folder), or the error of the first file when none is readable.
    """
    read, unreadable = _read_all(paths)
    records = tuple(record for source in read for record in source.records)
    return ImportOutcome(
        day=day,
        files=tuple(source.file for source in read),
        records=records,
        defects=tuple(find_defects(records, national_list, existing)),
        differences=differences(records, existing, day),
        unreadable=unreadable,
    )


def with_drafts(
    outcome: ImportOutcome,
    national_list: NationalList,
    existing: Sequence[Procedure],
    folder: Path,
    schemas: Path,
    words: DefectWords,
) -> ImportOutcome:
    """Write the drafts of an import; OSError when the folder cannot be written."""
    plan = plan_drafts(outcome.records, outcome.defects, national_list, existing)
    return replace(outcome, drafts=write_drafts(plan, outcome.defects, folder, schemas, outcome.day, words))


def listed_entries(outcome: ImportOutcome) -> tuple[NationalEntry, ...]:
    """Return what an import may add to the national list: codes and names nobody doubts."""
    doubted = {defect.place for defect in outcome.defects if _about_name(defect)}
    return tuple(
        NationalEntry(code=record.code, name=bare_name(record.name), sector=record.sector, level=record.level)
        for record in outcome.records
        if record.code and record.place not in doubted
    )


def _about_name(defect: Defect) -> bool:
    return defect.field in ("code", "name") and defect.severity is not Severity.NOTE


def _read_all(paths: Sequence[Path]) -> tuple[list[Imported], tuple[Unreadable, ...]]:
    read: list[Imported] = []
    refused: list[BadInput] = []
    taken: set[str] = set()
    for base in paths:
        files = sources_in(base)
        if not files:
            raise BadInput("import_nothing_found", folder=base.name)
        for file in files:
            try:
                source = read_source(file)
            except BadInput as problem:
                refused.append(problem)
            else:
                read.append(_named(source, _free_name(file, base, taken)))
                taken.add(read[-1].file)
    if not read:
        raise refused[0]
    return read, tuple(
        Unreadable(file=str(each.params.get("file", "")), code=each.code, params=each.params)
        for each in refused
    )


def _free_name(file: Path, base: Path, taken: set[str]) -> str:
    """Name files of a folder by their path within it: many ministries have a 1.001193.json."""
    name = file.name if file == base else file.relative_to(base).as_posix()
    number = 2
    while name in taken:
        name, number = f"{file.name} ({number})", number + 1
    return name


def _named(source: Imported, name: str) -> Imported:
    if name == source.file:
        return source
    records = tuple(replace(record, place=replace(record.place, file=name)) for record in source.records)
    return Imported(file=name, records=records)
