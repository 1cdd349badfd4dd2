"""Finding a commune by a few typed letters: beginnings of words, initials, with or without province."""

import re
from collections.abc import Sequence
from heapq import nsmallest
from operator import itemgetter

from counter_app.domain.admin_units import Commune, Province
from counter_app.domain.unit_names import COMMUNE_KINDS
from counter_app.domain.vietnamese_text import fold

_LONGEST = 60  # letters; "phường xuân hương - đà lạt, tỉnh lâm đồng" has 40
_NEXT_WORD = r"(?:[0-9a-z]* )?"  # one typed word may be the beginnings of several: "ttr"
_FURTHER_ON = r"[0-9a-z]*(?: |.*\|(?:tinh |thanh pho )?)"  # the word after, or the province

_Line = tuple[str, str, Commune]  # "xa trung minh|tinh phu tho", "trung minh", the commune


class CommuneSearch:
    """The communes of one day, folded once."""

    def __init__(self, communes: Sequence[Commune], provinces: Sequence[Province]) -> None:
        province_of = {province.code: fold(province.full_name) for province in provinces}
        kinds = {kind: fold(kind) for kind in COMMUNE_KINDS}
        self._lines: list[_Line] = [
            (f"{kinds[each.kind]} {name}|{province_of.get(each.province_code, '')}", name, each)
            for each in communes
            for name in [fold(each.name)]
        ]

    def find(self, text: str, *, province_code: str, home: str, limit: int) -> Sequence[Commune]:
        """Return what fits, best first: names that begin so, then those that hold it, then initials."""
        typed = fold(text)[:_LONGEST].strip()
        if not typed:
            return ()
        search = _pattern(typed).search
        found = (
            (
                _rank(_fit(typed, line, name, match.start()), typed == name, commune, province_code, home),
                commune,
            )
            for line, name, commune in self._lines
            for match in [search(line)]
            if match is not None
        )
        return tuple(commune for _key, commune in nsmallest(limit, found, key=itemgetter(0)))


def _pattern(typed: str) -> re.Pattern[str]:
    return re.compile(r"\b" + _FURTHER_ON.join(_NEXT_WORD.join(word) for word in typed.split()))


def _fit(typed: str, line: str, name: str, start: int) -> int:
    """Return 0 when unit or name begins as typed, 1 when words inside do, 2 and 3 for initials."""
    if name.startswith(typed) or line.startswith(typed):
        return 0
    if f" {typed}" in line:
        return 1
    return 2 if start in (0, line.index(name, line.index(" "))) else 3


def _rank(
    fit: int, same: bool, commune: Commune, province_code: str, home: str
) -> tuple[int, bool, bool, bool, str, str]:
    at_home = commune.code == home
    return (
        0 if at_home and fit < 2 else fit,
        not at_home,
        commune.province_code != province_code,
        not same,
        commune.name,
        commune.code,
    )
