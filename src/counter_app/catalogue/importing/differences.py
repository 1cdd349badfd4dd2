"""Compares records with the procedures the catalogue already has; the catalogue is never changed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from counter_app.catalogue.importing.draft_body import settled_time
from counter_app.domain.imported import Difference, ImportedRecord
from counter_app.domain.national_list import bare_name, split_code
from counter_app.domain.procedure import Procedure
from counter_app.domain.vietnamese_text import fold

_NUMBER = re.compile(r"\d+[\w.]*/[\w\-]*QĐ[\w\-]*")


def differences(
    records: Sequence[ImportedRecord], existing: Iterable[Procedure], on: date
) -> tuple[Difference, ...]:
    """Return what the records say otherwise than the version of day `on`, or the latest one."""
    current: dict[str, Procedure] = {}
    for procedure in sorted(existing, key=lambda one: (one.in_force(on), one.valid_from)):
        code = split_code(procedure.national_code)[0]
        if code:
            current[code] = procedure
    return tuple(
        Difference(
            place=record.place,
            national_code=record.code,
            procedure_id=current[record.code].procedure_id,
            field=field,
            catalogue=ours,
            source=theirs,
        )
        for record in records
        if record.code in current
        for field, ours, theirs in _of(record, current[record.code])
    )


def _of(record: ImportedRecord, procedure: Procedure) -> Iterator[tuple[str, str, str]]:
    name = bare_name(record.name)
    if name and fold(name) != fold(procedure.name):
        yield "name", procedure.name, name
    if record.sector and fold(record.sector) != fold(procedure.sector):
        yield "sector", procedure.sector, record.sector
    theirs, ours = _NUMBER.findall(record.decision), _NUMBER.findall(procedure.decision)
    if theirs and not set(theirs) <= set(ours):
        yield "decision", procedure.decision, record.decision
    yield from _of_cases(record, procedure)
    codes = {result.code for result in record.results if result.code}
    known = {result.code for result in procedure.results if result.code}
    if codes and known and codes != known:
        yield "results", ", ".join(sorted(known)), ", ".join(sorted(codes))


def _of_cases(record: ImportedRecord, procedure: Procedure) -> Iterator[tuple[str, str, str]]:
    limit = settled_time(record)
    limits = [case.legal_time or case.time for case in procedure.cases]
    if limit is not None and any(limits) and limit not in limits:
        yield "time", ", ".join(str(each) for each in limits if each), str(limit)
    amounts = {method.fee for method in record.methods if method.fee and method.currency == "VND"}
    known = {fee.amount_vnd for case in procedure.cases for fee in case.fees if fee.amount_vnd}
    known |= {tier.amount_vnd for case in procedure.cases for fee in case.fees for tier in fee.tiers}
    if amounts and known and not amounts <= known:
        yield "fee", _listed(known), _listed(amounts)


def _listed(amounts: Iterable[int | None]) -> str:
    return ", ".join(str(amount) for amount in sorted(amount for amount in amounts if amount is not None))
