"""The code on the recovery sheet: 140 random bits in seven groups people can read aloud and type.

Crockford's letters (no I, L, O, U); what looks like one of them is taken for it. Each group ends in a
letter that checks it, so a slip of the finger is found and placed before anything is tried: the check is
a syndrome over GF(32) with another factor for each place, which finds every single wrong letter and every
two that changed places; each group has its own sum, which finds groups that changed places.
"""

import re
import unicodedata

from counter_app.domain.errors import BadInput

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 7
GROUP_LETTERS = 5  # the last one is the check
CODE_LETTERS = GROUPS * GROUP_LETTERS
RANDOM_BYTES = 18  # 144 bits, of which 140 are used
QR_BEGINNING = "QMCKEY"

_VALUES = {letter: value for value, letter in enumerate(LETTERS)}
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = re.compile(r"[\s\-‐-―−_.,·:]+")
_MODULUS = 0b100101  # x^5 + x^2 + 1
_FIELD = 1 << 5
_NEAR_MISS = 2  # letters too many or too few that still look like a code


def code_from(random: bytes) -> str:
    """Return the code, with a dash between its groups, of `RANDOM_BYTES` random bytes."""
    if len(random) != RANDOM_BYTES:
        raise ValueError("a recovery code is made of 18 bytes")
    number = int.from_bytes(random, "big")
    data = [number >> 5 * place & 31 for place in range(GROUPS * (GROUP_LETTERS - 1))]
    size = GROUP_LETTERS - 1
    groups = (data[index * size : (index + 1) * size] for index in range(GROUPS))
    return "-".join(_with_check(index, group) for index, group in enumerate(groups))


def read_code(typed: str) -> str:
    """Return what was typed or scanned as the sheet has it.

    Raises:
        BadInput: ``recovery_code_letters`` (another letter than a code has), ``recovery_code_length``
            (typed, needed), ``recovery_code_mistyped`` (groups: their numbers from 1).
    """
    letters = _letters(typed)
    if any(letter not in _VALUES for letter in letters):
        raise BadInput("recovery_code_letters")
    if len(letters) != CODE_LETTERS:
        raise BadInput("recovery_code_length", typed=len(letters), needed=CODE_LETTERS)
    groups = [letters[start : start + GROUP_LETTERS] for start in range(0, CODE_LETTERS, GROUP_LETTERS)]
    wrong = [
        index + 1
        for index, group in enumerate(groups)
        if _with_check(index, [_VALUES[letter] for letter in group[:-1]]) != group
    ]
    if wrong:
        raise BadInput("recovery_code_mistyped", groups=wrong)
    return "-".join(groups)


def looks_like_code(typed: str) -> bool:
    """Tell a code with slips in it from a passphrase."""
    letters = _letters(typed)
    near = abs(len(letters) - CODE_LETTERS) <= _NEAR_MISS
    return near and sum(letter in _VALUES for letter in letters) >= len(letters) - _NEAR_MISS


def qr_text(code: str) -> str:
    """Return what the QR of the sheet holds: letters of the small QR alphabet only."""
    return f"{QR_BEGINNING}:{code}"


def _letters(typed: str) -> str:
    text = unicodedata.normalize("NFKC", typed).upper().strip().removeprefix(QR_BEGINNING)
    return _BETWEEN.sub("", text).translate(_LOOK_ALIKES)


def _with_check(index: int, data: list[int]) -> str:
    check = index + 1  # each group has its own sum
    factor = 1
    for value in data:
        factor = _times(factor, 2)
        check ^= _times(value, factor)
    return "".join(LETTERS[value] for value in (*data, check))


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & _FIELD:
            one ^= _MODULUS
        other >>= 1
    return product
