"""Hides everybody else in what is given to one citizen about themselves."""

import re
from collections.abc import Iterable, Mapping

from counter_app.domain.person import mask_name, mask_personal_id

# Personal ids have twelve digits, old ones nine; phones begin with 0 and have ten.
_NUMBER = re.compile(r"(?<!\d)(?:\d{12}|\d{9,10})(?!\d)")


class ThirdParties:
    """Masks the numbers of everybody but one, and the names of those known to be others."""

    def __init__(self, own_numbers: Iterable[str], other_names: Iterable[str]) -> None:
        self._own = frozenset(own_numbers)
        names = sorted({name for name in other_names if name}, key=len, reverse=True)
        self._names = re.compile("|".join(map(re.escape, names)), re.IGNORECASE) if names else None

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
        hidden = _NUMBER.sub(lambda found: self._number(found.group()), text)
        return self._names.sub(lambda found: mask_name(found.group()), hidden) if self._names else hidden

    def _number(self, number: str) -> str:
        return number if number in self._own else mask_personal_id(number)


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
