"""Turns a record into the body of a draft procedure: only values nobody doubts, and none invented.

A fee in doubt becomes a fee of unknown amount, for the absence of a fee would mean that it is free.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from counter_app.catalogue.importing.legal_text import unglued
from counter_app.catalogue.importing.method_defects import at_the_counter, provincial, set_by_council
from counter_app.catalogue.importing.paper_text import short_name
from counter_app.domain.fee import FeeSetter
from counter_app.domain.imported import (
    Defect,
    ImportedMethod,
    ImportedPaper,
    ImportedRecord,
    PaperKind,
    Severity,
)
from counter_app.domain.national_list import bare_name
from counter_app.domain.procedure import PartUse
from counter_app.domain.processing_time import ProcessingTime, TimeUnit
from counter_app.domain.vietnamese_text import fold

_UNITS = {
    "working_day": TimeUnit.WORKING_DAY,
    "working_hour": TimeUnit.WORKING_HOUR,
    "day": TimeUnit.CALENDAR_DAY,
}
_CHANNELS = ("counter", "online", "postal")
_KINDS = (("NĐ-CP", "Nghị định"), ("NQ-CP", "Nghị quyết"), ("QĐ-TTg", "Quyết định"))
_ID_WORDS, _PART_WORDS = 12, 6
_MOST_NAME = 400


def draft_body(
    record: ImportedRecord, defects: Collection[Defect], procedure_id: str, day: date
) -> dict[str, Any]:
    """Return the content of the draft's file."""
    doubted = {defect.field for defect in defects if defect.severity is not Severity.NOTE}
    body: dict[str, Any] = {
        "procedure_id": procedure_id,
        "national_code": record.code,
        "version": day.isoformat(),
        "name": bare_name(record.name)[:_MOST_NAME],
        "sector": record.sector,
        # The first day of the draft, not of the law: no source says when a decision takes effect.
        "valid_from": day.isoformat(),
    }
    if record.decision and "decision" not in doubted:
        body["decision"] = record.decision
    if basis := list(_basis(record, defects)):
        body["basis"] = basis
    if record.results:
        body["results"] = [
            {"name": each.name, "code": each.code} if each.code else each.name for each in record.results
        ]
    channels = {method.channel for method in record.methods}
    if named := [channel for channel in _CHANNELS if channel in channels]:
        body["channels"] = named
    return body | {
        "provenance": {
            "source": f"Nhập tự động từ tệp {record.place.file}",
            "verified": False,
            "note": "Bản nháp chưa ai đối chiếu; ngày bắt đầu là ngày nhập, chưa phải ngày hiệu lực.",
        },
        "cases": [_case(record, doubted)],
    }


def draft_id(record: ImportedRecord, taken: Collection[str]) -> str:
    """Return our own id for the procedure: its name, and its code where the name is taken."""
    words = fold(bare_name(record.name)).split()[:_ID_WORDS]
    plain = "-".join(words) or "thu-tuc"
    return plain if plain not in taken else f"{plain}-{record.code.replace('.', '-')}"


def _basis(record: ImportedRecord, defects: Collection[Defect]) -> Iterator[str]:
    doubted = {d.value for d in defects if d.code == "basis_glued" and d.severity is Severity.DOUBTFUL}
    for number in record.basis:
        if number not in doubted:
            right = unglued(number)
            kind = next((words for end, words in _KINDS if right.endswith(end)), "")
            kind = kind or ("Thông tư" if "/TT-" in right else "")
            yield f"{kind} {right}".strip()


def _case(record: ImportedRecord, doubted: Collection[str]) -> dict[str, Any]:
    case: dict[str, Any] = {"case_id": "chung", "name": "Trường hợp chung", "slip_rule": "always"}
    limit = settled_time(record) if "time" not in doubted else None
    if limit is not None:
        case["time"] = str(limit)
    if parts := list(_parts(record, doubted)):
        case["parts"] = parts
    if fees := _fees(record, doubted):
        case["fees"] = fees
    return case


def settled_time(record: ImportedRecord) -> ProcessingTime | None:
    """Return the one limit all ways of the counter agree on, or None."""
    limits = {(method.time, method.unit) for method in at_the_counter(record)}
    if len(limits) != 1:
        return None
    time, unit = limits.pop()
    return ProcessingTime(time, _UNITS[unit]) if time and unit in _UNITS else None


def _parts(record: ImportedRecord, doubted: Collection[str]) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    ids: set[str] = set()
    for number, paper in enumerate(record.papers, start=1):
        if paper.kind in (PaperKind.PROSE, PaperKind.ONLINE_FORM) or f"papers.{number}" in doubted:
            continue
        name = short_name(paper)
        if fold(name) not in seen:
            seen.add(fold(name))
            yield _part(paper, name, ids)


def _part(paper: ImportedPaper, name: str, ids: set[str]) -> dict[str, Any]:
    plain = "_".join(fold(name).split()[:_PART_WORDS])
    part_id = plain if plain[:1].isalpha() else f"giay_to_{plain}".rstrip("_")
    base, number = part_id, 2
    while part_id in ids:
        part_id, number = f"{base}_{number}", number + 1
    ids.add(part_id)
    part: dict[str, Any] = {"part_id": part_id, "name": name}
    part["use"] = PartUse.PRESENT.value if paper.kind is PaperKind.PRESENT else PartUse.SUBMIT.value
    part |= {key: count for key, count in (("original", paper.original), ("copy", paper.copy)) if count}
    return part | ({"optional": True} if paper.kind is PaperKind.CONDITIONAL else {})


def _fees(record: ImportedRecord, doubted: Collection[str]) -> list[dict[str, Any]]:
    if set_by_council(record) or provincial(record):
        return [_unknown_fee(FeeSetter.PROVINCE_COUNCIL, "Phí, lệ phí do HĐND cấp tỉnh quyết định")]
    if not record.has_page or "fee" in doubted:
        return [_unknown_fee(FeeSetter.NONE, "Phí, lệ phí (chưa rõ mức, cần đối chiếu)")]
    by_amount: dict[int, list[ImportedMethod]] = {}
    for method in record.methods:
        if method.fee is not None and method.currency == "VND":
            by_amount.setdefault(method.fee, []).append(method)
    if not by_amount and any(method.fee for method in record.methods):
        # Free in one way and foreign money in another: which of them is ours, nobody has said.
        return [_unknown_fee(FeeSetter.NONE, "Phí, lệ phí (chưa rõ mức, cần đối chiếu)")]
    return [
        _fee(amount, methods, record, index)
        for index, (amount, methods) in enumerate(by_amount.items(), start=1)
    ]


def _unknown_fee(setter: FeeSetter, name: str) -> dict[str, Any]:
    return {"fee_id": "phi_le_phi", "name": name, "set_by": setter.value}


def _fee(amount: int, methods: list[ImportedMethod], record: ImportedRecord, index: int) -> dict[str, Any]:
    fee: dict[str, Any] = {
        "fee_id": f"phi_le_phi_{index}",
        "name": "Phí, lệ phí",
        "set_by": FeeSetter.CENTRAL.value,
        "amount_vnd": amount,
    }
    channels = {method.channel for method in methods}
    if channels != {method.channel for method in record.methods}:
        fee["channels"] = [channel for channel in _CHANNELS if channel in channels]
    return fee
