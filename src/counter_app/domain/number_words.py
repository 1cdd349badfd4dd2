"""Numbers and dates read out in Vietnamese, as papers write them "bằng chữ"."""

from datetime import date

from counter_app.domain.errors import BadInput

LARGEST = 10**15

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_UNIT_AFTER_TENS = {1: "mốt", 5: "lăm"}  # hai mươi mốt, hai mươi lăm
_BILLION = 10**9


def number_in_words(number: int) -> str:
    """Return `number` in words, lower case: 105 is "một trăm linh năm".

    Northern usage of administrative papers: linh, nghìn, tỷ; a group of three that is not full keeps its
    place ("một nghìn không trăm linh năm"). 4 after tens stays "bốn".

    Raises:
        BadInput: ``number_too_large`` (``limit``) beyond ±10^15.
    """
    if abs(number) > LARGEST:
        raise BadInput("number_too_large", limit=LARGEST)
    if number < 0:
        return f"âm {number_in_words(-number)}"
    return " ".join(_words(number, full=False)) if number else _DIGITS[0]


def amount_in_words(dong: int) -> str:
    """Return an amount of đồng as receipts write it: "Năm mươi nghìn đồng"."""
    words = number_in_words(dong)
    return f"{words[0].upper()}{words[1:]} đồng"


def date_in_words(day: date) -> str:
    """Return "ngày mười lăm tháng mười một năm hai nghìn không trăm hai mươi sáu"; April is "tháng tư"."""
    month = "tư" if day.month == 4 else number_in_words(day.month)
    return f"ngày {number_in_words(day.day)} tháng {month} năm {number_in_words(day.year)}"


def _words(number: int, *, full: bool) -> list[str]:
    """Read below or above a billion; `full` reads leading zeros of the highest group too."""
    if number >= _BILLION:
        rest = number % _BILLION
        return [*_words(number // _BILLION, full=False), "tỷ", *_words(rest, full=True)]
    words: list[str] = []
    for size, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group = number // size % 1000
        if group:
            words += _group(group, full=full or bool(words))
            words += [name] if name else []
    return words


def _group(group: int, *, full: bool) -> list[str]:
    hundreds, tens, units = group // 100, group // 10 % 10, group % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0:
        return words + (["linh"] if words and units else []) + ([_DIGITS[units]] if units else [])
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if tens == 1 and units == 1:
        return [*words, "một"]
    return [*words, _UNIT_AFTER_TENS.get(units, _DIGITS[units])] if units else words
