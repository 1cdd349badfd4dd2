"""Reads times, fees and channels, in cells of their own or run together as a copied page has them.

The portal's table copied as text is "Trực tuyến15 Ngày700 VNĐ(…)Trực tiếp1Miễn phí": a figure right
before a currency may hide a time, and a bare figure has lost its unit. Nothing is guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from counter_app.catalogue.importing.money_text import PRICE, currency_of, read_amount
from counter_app.domain.imported import ImportedMethod
from counter_app.domain.vietnamese_text import fold

_UNITS = (
    ("ngày làm việc", "working_day"),
    ("giờ làm việc", "working_hour"),
    ("ngày", "day"),
    ("giờ", "hour"),
    ("tháng", "month"),
    ("năm", "year"),
    ("phút", "minute"),
)
_UNIT_OF = dict(_UNITS)
_UNIT = "|".join(word for word, _ in _UNITS)
_TIME = re.compile(rf"\s*(\d{{1,4}})(?![\d.,]*\d)\s*({_UNIT})", re.IGNORECASE)
_ODD_TIME = re.compile(rf"\s*\d+[.,]\d+\s*({_UNIT})", re.IGNORECASE)
_BARE = re.compile(r"\s*(\d{1,4})(?=\s*(?:Miễn phí|Không có thông tin|\(|$|Phí|Lệ phí))")
_NOTHING = re.compile(
    r"\s*(?:Không có thông tin|Không phải trả kết quả[^\d(]{0,40}?(?=Miễn phí|Không)|Không(?=Không|Miễn))"
)
_FREE = re.compile(r"\s*Miễn phí", re.IGNORECASE)
_LEAD = re.compile(r"\s*(?:Phí|Lệ phí)?\s*:?\s*")
_ROW = re.compile(r"(Trực tuyến|Dịch vụ bưu chính|Trực tiếp)(?=\s*\d|\s*Không|\s*Miễn phí)")
_HEADING = re.compile(r"^\s*Hình thức nộp\s*Thời gian\s*Phí, lệ phí\s*Mô tả")
_MOST_METHODS = 60


def channel_of(text: str) -> str:
    """Return "counter", "online", "postal", or "" for a way we do not know."""
    folded = fold(text)
    if "truc tuyen" in folded or "online" in folded:
        return "online"
    if "buu chinh" in folded or "post" in folded:
        return "postal"
    return "counter" if "truc tiep" in folded or folded in ("direct", "counter") else ""


def read_time(text: str) -> tuple[int | None, str]:
    """Return amount and unit of "7 Ngày làm việc"; ("7", "") when the unit is lost, None when unread."""
    match = _TIME.match(text)
    if match is not None:
        return int(match[1]), _UNIT_OF[match[2].lower()]
    bare = re.fullmatch(r"\s*(\d{1,4})\s*", text)
    return (int(bare[1]), "") if bare else (None, "")


def methods_of_cells(channel: str, time_text: str, fee_text: str, note: str) -> Iterator[ImportedMethod]:
    """Read one row whose cells are apart; a row with several fees gives several methods."""
    time, unit = read_time(time_text)
    row = ImportedMethod(channel=channel, time=time, unit=unit, note=note)
    yield from _with_fees(row, fee_text)


def methods_of_page(text: str) -> tuple[ImportedMethod, ...]:
    """Read the flattened table of a copied page."""
    body = _HEADING.sub("", text)
    starts = list(_ROW.finditer(body))[:_MOST_METHODS]
    methods: list[ImportedMethod] = []
    for index, start in enumerate(starts):
        end = starts[index + 1].start() if index + 1 < len(starts) else len(body)
        methods += _row(channel_of(start[1]), body[start.end() : end])
    return tuple(methods)


def _row(channel: str, rest: str) -> Iterator[ImportedMethod]:
    for pattern in (_TIME, _BARE, _NOTHING, _ODD_TIME):
        match = pattern.match(rest)
        if match is not None:
            break
    else:
        # "15,000 Việt Nam Đồng": 15.000 đồng, or one day and 5.000 đồng? Or a fee with no time at all.
        glued = re.match(r"\s*[\d.,]+", rest) is not None
        if glued:
            yield ImportedMethod(channel=channel, note=rest.strip(), run_together=True)
            return
        yield from _with_fees(ImportedMethod(channel=channel), rest)
        return
    time, unit = (None, "") if pattern in (_NOTHING, _ODD_TIME) else read_time(match[0])
    yield from _with_fees(ImportedMethod(channel=channel, time=time, unit=unit), rest[match.end() :])


def _with_fees(row: ImportedMethod, text: str) -> Iterator[ImportedMethod]:
    """Yield `row` once for each fee at the beginning of `text`; what follows is the note."""
    fees: list[ImportedMethod] = []
    at = 0
    while True:
        fee, end = _fee(row, text, at)
        if fee is None:
            break
        remark, end = _in_brackets(text, end)
        fees.append(replace(fee, note=remark))
        at = end
    tail = text[at:].strip()
    for fee in fees or [row]:
        note = " ".join(part for part in (fee.note, "" if fee is row else row.note, tail) if part)
        yield replace(fee, note=note)


def _fee(row: ImportedMethod, text: str, at: int) -> tuple[ImportedMethod | None, int]:
    lead = _LEAD.match(text, at)
    start = lead.end() if lead else at
    free = _FREE.match(text, start)
    if free is not None:
        return replace(row, free=True), free.end()
    nothing = _NOTHING.match(text, start)
    if nothing is not None and nothing.end() > at:
        return replace(row), nothing.end()
    price = PRICE.match(text, start)
    if price is None:
        return None, at
    amount, currency = read_amount(price[1]), currency_of(price[2])
    # "0 đồng" says no more than "Miễn phí" does, and is as often untrue.
    if amount == 0:
        return replace(row, free=True), price.end()
    return replace(row, fee=amount, currency=currency), price.end()


def _in_brackets(text: str, at: int) -> tuple[str, int]:
    """Return the remark in brackets at `at` and where it ends; an open bracket runs to the end."""
    if not text.startswith("(", at):
        return "", at
    depth = 0
    for index in range(at, len(text)):
        depth += (text[index] == "(") - (text[index] == ")")
        if depth == 0:
            return text[at + 1 : index].strip(), index + 1
    return text[at + 1 :].strip(), len(text)
