"""Writes the drafts: one file a procedure, with every doubt as a comment at its head."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from counter_app.catalogue.importing.draft_body import draft_body, draft_id
from counter_app.catalogue.importing.record_defects import of_commune
from counter_app.domain.imported import Defect, Draft, ImportedRecord, Place, Severity
from counter_app.domain.national_list import NationalList, bare_name, split_code
from counter_app.domain.procedure import Procedure

DefectWords = Callable[[Defect], str]
# Without these a procedure cannot be told from another, so a doubt about one of them stops the draft.
_ESSENTIAL = ("code", "name", "level", "sector")
_HEAD = (
    "# BẢN NHÁP nhập tự động, chưa dùng được: một người phải đối chiếu văn bản gốc rồi mới đưa vào forms/."
)
_LIST_ONLY = "Nguồn chỉ là danh sách: chưa có thời hạn, phí, giấy tờ, kết quả."
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
MOST_COMMENTS = 80


def plan_drafts(
    records: Sequence[ImportedRecord],
    defects: Iterable[Defect],
    national_list: NationalList,
    existing: Iterable[Procedure],
) -> tuple[tuple[Draft, ImportedRecord], ...]:
    """Say of each record whether it becomes a draft, and where; the first page of a code wins."""
    procedures = tuple(existing)
    known = {split_code(one.national_code)[0]: one.procedure_id for one in procedures if one.national_code}
    taken = {one.procedure_id for one in procedures}
    blocking = _blocking(defects)
    best = _best_of_code(records)
    plan = []
    for record in records:
        reason = blocking.get(record.place, "")
        if record.code in known:
            reason = reason or "in_catalogue"
        if not of_commune(record, national_list):
            reason = reason or "not_commune"
        if best.get(record.code) is not record:
            reason = reason or "duplicate"
        path = ""
        if not reason:
            procedure_id = draft_id(record, taken)
            taken.add(procedure_id)
            path = f"procedures/{procedure_id}"
        draft = Draft(
            national_code=record.code,
            name=bare_name(record.name),
            place=record.place,
            path=path,
            skipped=reason,
        )
        plan.append((draft, record))
    return tuple(plan)


def write_drafts(
    plan: Iterable[tuple[Draft, ImportedRecord]],
    defects: Iterable[Defect],
    folder: Path,
    schemas: Path,
    day: date,
    words: DefectWords,
) -> tuple[Draft, ...]:
    """Write the planned files under `folder` and let the loader judge them; no file is ever overwritten.

    Raises:
        OSError: The folder cannot be written.
    """
    of_place: dict[Place, list[Defect]] = {}
    for defect in defects:
        of_place.setdefault(defect.place, []).append(defect)
    written = [
        _written(draft, record, of_place.get(record.place, []), folder, day, words) if draft.path else draft
        for draft, record in plan
    ]
    return _judged(written, folder, schemas)


def _written(
    draft: Draft, record: ImportedRecord, defects: list[Defect], folder: Path, day: date, words: DefectWords
) -> Draft:
    name = f"{draft.path}/{day.isoformat()}.yaml"
    target = folder / name
    body = draft_body(record, defects, Path(draft.path).name, day)
    comments = [_LIST_ONLY] if not record.has_page else []
    comments += [words(defect) for defect in defects]
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(_text(body, comments))
    except FileExistsError:
        # What a person has corrected since is worth more than what we would write again.
        return replace(draft, path="", skipped="draft_exists")
    return replace(draft, path=name)


def _text(body: Mapping[str, Any], comments: Sequence[str]) -> str:
    import yaml

    lines = [_HEAD, *(f"# - {_CONTROL.sub(' ', comment)}" for comment in comments[:MOST_COMMENTS])]
    if len(comments) > MOST_COMMENTS:
        lines.append(f"# - … còn {len(comments) - MOST_COMMENTS} điều nữa, xem báo cáo.")
    content = yaml.safe_dump(dict(body), allow_unicode=True, sort_keys=False, width=100)
    return "\n".join(lines) + "\n" + content


def _judged(drafts: Collection[Draft], folder: Path, schemas: Path) -> tuple[Draft, ...]:
    from counter_app.catalogue.build_catalogue import build_catalogue

    faults = {
        fault.file: f"{fault.file}, dòng {fault.line}, {fault.field}: {fault.problem} {fault.value}".strip()
        for fault in build_catalogue(folder, schemas).faults
    }
    return tuple(replace(draft, problem=faults.get(draft.path, "")) for draft in drafts)


def _blocking(defects: Iterable[Defect]) -> dict[Place, str]:
    """Return the code of the first defect that stops the draft of each place, errors first."""
    found: dict[Place, str] = {}
    for defect in sorted(defects, key=lambda one: one.severity is not Severity.ERROR):
        doubt = defect.severity is Severity.DOUBTFUL and defect.field in _ESSENTIAL
        if defect.severity is Severity.ERROR or doubt:
            found.setdefault(defect.place, defect.code)
    return found


def _best_of_code(records: Sequence[ImportedRecord]) -> dict[str, ImportedRecord]:
    best: dict[str, ImportedRecord] = {}
    for record in records:
        current = best.get(record.code)
        if current is None or (record.has_page and not current.has_page):
            best[record.code] = record
    return best
