"""What can be wrong with times and fees: lost units, "Miễn phí" that is not free, amounts that disagree."""

import re
from collections.abc import Iterator, Sequence

from counter_app.catalogue.importing.money_text import dong_amounts
from counter_app.catalogue.importing.record_defects import DOUBTFUL, NOTE, fault
from counter_app.domain.imported import Defect, ImportedMethod, ImportedRecord
from counter_app.domain.vietnamese_text import fold

_USABLE_UNITS = frozenset({"working_day", "day", "working_hour"})
_COUNCIL = re.compile(r"Hội đồng nhân dân|\bHĐND\b", re.IGNORECASE)
_PIECE = re.compile(
    r"/\s*(?:trang|bản|người|tờ|trích lục|m2|m²|ha|xe|con|tấn|km)\b|(?:từ trang|mỗi trang|mỗi bản)",
    re.IGNORECASE,
)
# Fees of these sectors are set by the province's council (TT 85/2019/TT-BTC, TT 106/2021; recalled).
_PROVINCIAL = ("ho tich", "ho kinh doanh", "hop tac xa", "hoat dong xay dung", "dat dai", "duong bo")
_SMALLEST = 1_000  # đồng; below it a copied amount has lost its thousands


def method_defects(record: ImportedRecord) -> Iterator[Defect]:
    """Yield the defects of times and fees; a row of a list has none to judge."""
    if record.has_page:
        yield from _time_defects(record)
        yield from _fee_defects(record)


def at_the_counter(record: ImportedRecord) -> Sequence[ImportedMethod]:
    """Return the methods of the counter, or all of them when none is; embassies' are left out."""
    home = [method for method in record.methods if method.currency in ("", "VND")]
    return [method for method in home if method.channel == "counter"] or home


def set_by_council(record: ImportedRecord) -> bool:
    """Tell whether the source says that the province's council decides the amount."""
    return any(_COUNCIL.search(method.note) for method in record.methods)


def provincial(record: ImportedRecord) -> bool:
    """Tell whether fees of the record's sector are usually the province's."""
    return any(word in fold(record.sector) for word in _PROVINCIAL)


def _time_defects(record: ImportedRecord) -> Iterator[Defect]:
    methods = at_the_counter(record)
    glued = [method for method in methods if method.run_together]
    if glued:
        yield fault(record, "method_run_together", DOUBTFUL, "time", glued[0].note)
        return
    times = dict.fromkeys((method.time, method.unit) for method in methods)
    known = [(time, unit) for time, unit in times if time]
    if not known:
        yield fault(record, "time_missing", DOUBTFUL, "time")
        return
    for time, unit in known:
        if not unit:
            yield fault(record, "time_unit_lost", DOUBTFUL, "time", str(time))
        elif unit not in _USABLE_UNITS:
            yield fault(record, "time_unit_unclear", DOUBTFUL, "time", f"{time} {unit}")
    if len(times) > 1:
        shown = ", ".join(f"{time} {unit}".strip() for time, unit in known)
        yield fault(record, "time_differs", DOUBTFUL, "time", shown)


def _fee_defects(record: ImportedRecord) -> Iterator[Defect]:
    for method in dict.fromkeys(record.methods):
        if method.currency not in ("", "VND"):
            shown = f"{method.fee} {method.currency}"
            yield fault(record, "fee_foreign_currency", NOTE, "fee", shown, method.note)
    if set_by_council(record):
        yield fault(record, "fee_set_by_council", DOUBTFUL, "fee", _shown(record))
        return
    home = [method for method in record.methods if method.currency in ("", "VND")]
    if any(method.run_together for method in home):
        yield fault(record, "method_run_together", DOUBTFUL, "fee", _first_note(home))
    elif not home or any(method.fee is None and not method.free for method in home):
        yield fault(record, "fee_missing", DOUBTFUL, "fee", _first_note(home))
    elif provincial(record):
        yield fault(record, "fee_probably_provincial", DOUBTFUL, "fee", _shown(record), record.sector)
    elif all(method.free for method in home):
        yield fault(record, "fee_free_stated", NOTE, "fee", "Miễn phí")
    found: dict[str, Defect] = {}
    for method in home:
        for defect in _amount_defects(record, method):
            found.setdefault(defect.code, defect)
    yield from found.values()
    yield from _several_amounts(record, home)


def _several_amounts(record: ImportedRecord, home: Sequence[ImportedMethod]) -> Iterator[Defect]:
    for channel in dict.fromkeys(method.channel for method in home):
        amounts = {method.fee or 0 for method in home if method.channel == channel}
        if len(amounts) > 1:
            shown = ", ".join(str(amount) for amount in sorted(amounts))
            yield fault(record, "fee_several", DOUBTFUL, "fee", shown, channel)


def _amount_defects(record: ImportedRecord, method: ImportedMethod) -> Iterator[Defect]:
    said = dong_amounts(method.note)
    others = ", ".join(str(amount) for amount in dict.fromkeys(said))
    if method.free:
        if any(said):
            yield fault(record, "fee_free_but_amount", DOUBTFUL, "fee", "Miễn phí", others)
        return
    if method.fee is None:
        return
    if said and method.fee not in said:
        yield fault(record, "fee_text_contradicts", DOUBTFUL, "fee", str(method.fee), others)
    elif any(amount != method.fee for amount in said):
        yield fault(record, "fee_more_amounts", DOUBTFUL, "fee", str(method.fee), others)
    if method.fee < _SMALLEST:
        yield fault(record, "fee_too_small", DOUBTFUL, "fee", str(method.fee), others)
    if _PIECE.search(method.note):
        yield fault(record, "fee_per_piece", DOUBTFUL, "fee", str(method.fee), method.note)


def _shown(record: ImportedRecord) -> str:
    fees = ["Miễn phí" if method.free else str(method.fee or "") for method in record.methods]
    return ", ".join(fee for fee in dict.fromkeys(fees) if fee)


def _first_note(methods: Sequence[ImportedMethod]) -> str:
    return next((method.note for method in methods if method.note), "")
