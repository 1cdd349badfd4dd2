"""Hides everybody else in what is given to one citizen about themselves."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from counter_app.domain.person import mask_name, mask_personal_id
from counter_app.domain.vietnamese_text import fold

# Personal ids have twelve digits, old ones nine; phones begin with 0 or +84 and have ten. Clerks type both
# in groups too; amounts and days have groups of other lengths.
_NUMBER = re.compile(
    r"(?<!\d)(?:\d{12}|\d{9,10}|(?:\d{3}[ .\-]){3}\d{3}|0\d{3}[ .\-]\d{3}[ .\-]\d{3}|"
    r"0\d{2}[ .\-]\d{3}[ .\-]\d{4}|\+?84[ .\-]?\d{2,3}[ .\-]?\d{3}[ .\-]?\d{3,4})(?!\d)"
)


class ThirdParties:
    """Masks the numbers of everybody but one, and the names of those known to be others."""

    def __init__(self, own_numbers: Iterable[str], other_names: Iterable[str]) -> None:
        self._own = frozenset(own_numbers)
        wholes = {unicodedata.normalize("NFC", name) for name in other_names if fold(name)}
        names = sorted(wholes | {fold(name) for name in wholes}, key=len, reverse=True)
        self._names = re.compile("|".join(map(_written, names)), re.IGNORECASE) if names else None

    def masked(self, value: object) -> object:
        """Return JSON of the same shape with others' numbers and names masked."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.masked(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.masked(each) for each in value]
        return value

    def text(self, text: str) -> str:
        """Return a text with others masked."""
        whole = unicodedata.normalize("NFC", text)
        hidden = _NUMBER.sub(lambda found: self._number(found.group()), whole)
        return self._names.sub(lambda found: mask_name(found.group()), hidden) if self._names else hidden

    def _number(self, number: str) -> str:
        digits = "".join(filter(str.isdigit, number))
        digits = "0" + digits[2:] if digits.startswith("84") and len(digits) == 11 else digits
        return number if digits in self._own else mask_personal_id(digits)


def _written(name: str) -> str:
    """Return what finds a name with any spaces between its words."""
    return r"\s+".join(map(re.escape, name.split()))


def concerns(value: object, marks: Iterable[str]) -> bool:
    """Tell whether JSON holds one of these texts, in capitals or not."""
    folded = [mark.casefold() for mark in marks if mark]
    return any(mark in text.casefold() for text in _texts(value) for mark in folded)


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
