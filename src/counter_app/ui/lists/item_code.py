"""Codes of postal items, told from everything else a scanner reads.

S10 of the Universal Postal Union: two letters, eight digits and a check digit, two letters of the country
(recalled, not re-read). Domestic items of the public postal service may carry other codes: those are typed.
"""

import re

_S10 = re.compile(r"([A-Z]{2})(\d{8})(\d)([A-Z]{2})")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def item_code(data: str | bytes) -> str:
    """Return the code of a postal item in capitals, "" for anything else or a wrong check digit."""
    text = data.decode("ascii", "replace") if isinstance(data, bytes) else data
    found = _S10.fullmatch(text.strip().replace(" ", "").upper())
    if found is None:
        return ""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(found[2], _WEIGHTS, strict=True)) % 11
    check = {10: 0, 11: 5}.get(rest, rest)
    return found[0] if check == int(found[3]) else ""
