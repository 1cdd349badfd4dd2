"""Answers of a form as stored values: read from a clerk's typing, compared, and put on paper.

Dates are stored as "YYYY-MM-DD", or "YYYY" when only the year is known; money is whole đồng.
"""

import re
from collections.abc import Mapping
from datetime import date

from counter_app.domain.errors import BadInput
from counter_app.domain.vietnamese_text import clean

_STORED_DATE = re.compile(r"(\d{4})(?:-(\d{2})-(\d{2}))?", re.ASCII)
_TYPED_DATE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DIGITS_DATE = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_EARLIEST_YEAR = 1850
_MONEY = re.compile(r"[0-9]+|[0-9]{1,3}(?:[., ][0-9]{3})+")
_MONEY_UNIT = re.compile(r"\s*(?:đồng|đ|vnđ|vnd|₫)\.?$", re.IGNORECASE)
_PHONE = re.compile(r"0[1-9][0-9]{7,9}")


def read_typed_date(text: str, *, today: date) -> str:
    """Turn what a clerk types into a stored date.

    Understands 15/11/2026, 15.11.26, 15-11-2026, 15112026, 151126, 2026-11-15 and a bare year.
    Two digits of a year mean this century unless that lies in the future.

    Raises:
        BadInput: ``not_a_date``.
    """
    typed = clean(text).strip("./- ")
    if _YEAR.fullmatch(typed):
        return typed if int(typed) >= _EARLIEST_YEAR else _refuse("not_a_date")
    if match := _ISO_DATE.fullmatch(typed):
        return _stored(match[1], match[2], match[3], today)
    match = _TYPED_DATE.fullmatch(typed) or _DIGITS_DATE.fullmatch(typed)
    if match is None:
        return _refuse("not_a_date")
    return _stored(match[3], match[2], match[1], today)


def _stored(year: str, month: str, day: str, today: date) -> str:
    whole = int(year) if len(year) == 4 else 2000 + int(year)
    if len(year) == 2 and whole > today.year:
        whole -= 100
    try:
        found = date(whole, int(month), int(day))
    except ValueError:
        return _refuse("not_a_date")
    return found.isoformat() if whole >= _EARLIEST_YEAR else _refuse("not_a_date")


def _refuse(code: str) -> str:
    raise BadInput(code)


def is_stored_date(value: object) -> bool:
    """Tell whether `value` is a well-formed stored date."""
    return date_span(value) is not None


def date_span(value: object) -> tuple[date, date] | None:
    """Return the first and last day a stored date can mean; None when it is not one.

    A whole year spans 1 January to 31 December, so comparisons can give the benefit of the doubt.
    """
    match = _STORED_DATE.fullmatch(value) if isinstance(value, str) else None
    if match is None or int(match[1]) == 0:
        return None
    year = int(match[1])
    if match[2] is None:
        return date(year, 1, 1), date(year, 12, 31)
    try:
        day = date(year, int(match[2]), int(match[3]))
    except ValueError:
        return None
    return day, day


def whole_date(value: object) -> date | None:
    """Return the day of a stored date, or None when only the year (or nothing) is known."""
    span = date_span(value)
    return span[0] if span is not None and span[0] == span[1] else None


def printed_date(value: object) -> str:
    """Return "15/11/2026", "1950", or "" when there is no date."""
    span = date_span(value)
    if span is None:
        return ""
    return f"{span[0]:%d/%m/}{span[0].year:04d}" if span[0] == span[1] else f"{span[0].year:04d}"


def day_month_year(day: date) -> str:
    """Return "ngày 21 tháng 11 năm 2026"; days below 10 and months 1, 2 get a nought.

    The noughts follow Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục 4 (recalled, not re-read).
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def read_typed_money(text: str) -> int:
    """Turn "50.000", "50,000 đ" or "50000 đồng" into whole đồng.

    Raises:
        BadInput: ``not_money``.
    """
    typed = _MONEY_UNIT.sub("", clean(text))
    if not _MONEY.fullmatch(typed) or len(typed) > 24:
        raise BadInput("not_money")
    return int(re.sub(r"\D", "", typed))


def grouped(number: int) -> str:
    """Return a number with dots between thousands: 1234567 gives "1.234.567"."""
    return f"{number:,}".replace(",", ".")


def printed_money(amount_vnd: int) -> str:
    """Return "50.000 đồng"."""
    return f"{grouped(amount_vnd)} đồng"


def normal_phone(text: str) -> str:
    """Return a Vietnamese telephone number as digits starting with 0.

    Raises:
        BadInput: ``not_a_phone``.
    """
    digits = re.sub(r"[\s.\-()]", "", clean(text))
    digits = re.sub(r"^(?:\+84|0084|84(?=\d{9,10}$))0?", "0", digits)
    if not _PHONE.fullmatch(digits):
        raise BadInput("not_a_phone")
    return digits


ADDRESS_PARTS = ("detail", "commune", "province", "legacy_text")
ID_DOCUMENT_PARTS = ("kind", "number", "issued_on", "issued_by")


def part_of(value: object, part: str) -> str:
    """Return one text of a mapping answer (address, id document), cleaned; "" when absent."""
    found = value.get(part) if isinstance(value, Mapping) else None
    return clean(found) if isinstance(found, str) else ""


def printed_address(value: object) -> str:
    """Return detail, commune and province; only when all are empty what the old card said."""
    parts = [part_of(value, part) for part in ("detail", "commune", "province")]
    return ", ".join(part for part in parts if part) or part_of(value, "legacy_text")


def printed_address_with_legacy(value: object) -> str:
    """Return the address with the wording of the older card in brackets, where a form asks for it."""
    today, legacy = printed_address(value), part_of(value, "legacy_text")
    return f"{today} ({legacy})" if legacy and legacy != today else today


def printed_id_document(value: object) -> str:
    """Return "Căn cước số …, cấp ngày 15/11/2024, nơi cấp Bộ Công an" as far as it is known."""
    number = part_of(value, "number")
    if not number:
        return ""
    told = [f"{part_of(value, 'kind') or 'Giấy tờ'} số {number}"]
    if issued_on := printed_date(part_of(value, "issued_on")):
        told.append(f"cấp ngày {issued_on}")
    if issued_by := part_of(value, "issued_by"):
        told.append(f"nơi cấp {issued_by}")
    return ", ".join(told)


def is_answered(value: object) -> bool:
    """Tell whether an answer says what its question asks.

    An id document needs its number: a preset kind alone is no answer.
    """
    if isinstance(value, str):
        return value[:1].isalnum() or bool(clean(value))  # nearly every text starts with a letter
    if value is None or isinstance(value, bool | int):
        return value is not None and value is not False
    if isinstance(value, Mapping):
        if "number" in value or "kind" in value:
            return is_answered(value.get("number"))
        return any(is_answered(part) for part in value.values())
    if isinstance(value, list | tuple):
        return any(is_filled_row(row) for row in value)
    return True


def is_filled_row(row: object) -> bool:
    """Tell whether any cell of a table's row says something."""
    if isinstance(row, Mapping):
        return any(is_answered(cell) for cell in row.values())
    return is_answered(row)
