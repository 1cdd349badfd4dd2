"""Amounts of money as Vietnamese exports write them; only figures that stand there are ever returned."""

import re

_NUMBER = r"\d{1,3}(?:[.,]\d{3})+|\d{1,9}"
DONG = r"(?:Việt Nam Đồng|VNĐ|VND|Đồng|đồng|đ(?![\w]))"
FOREIGN = r"(?:USD|EUR|JPY|Đô la Mỹ|đô la Mỹ|Euro)"
_DONG_AMOUNT = re.compile(rf"(?<![\d.,/])({_NUMBER})\s*{DONG}", re.IGNORECASE)
PRICE = re.compile(rf"({_NUMBER})\s*({DONG}|{FOREIGN})", re.IGNORECASE)


def read_amount(text: str) -> int | None:
    """Return "5,000", "5.000" or "5000" as a number; None for anything else."""
    if re.fullmatch(_NUMBER, text.strip()) is None:
        return None
    return int(re.sub(r"[.,]", "", text))


def currency_of(word: str) -> str:
    """Return "VND" for the words for đồng, else the foreign currency as written."""
    return "VND" if re.fullmatch(DONG, word.strip(), re.IGNORECASE) else word.strip().upper()


def dong_amounts(text: str) -> tuple[int, ...]:
    """Return every amount of đồng a text names, in its order."""
    return tuple(int(re.sub(r"[.,]", "", found)) for found in _DONG_AMOUNT.findall(text))
