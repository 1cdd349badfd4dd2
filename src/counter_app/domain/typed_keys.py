"""Undo what an input method leaves when a scanner "types" a card: Telex or VNI keys instead of letters."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from counter_app.domain.vietnamese_syllable import TONES, is_syllable

_MARKS = {key: mark for mark, key in TONES.items()}
_VNI_TONES = {"1": "s", "2": "f", "3": "r", "4": "x", "5": "j"}
_VNI_SHAPES = {
    "6": {"a": "â", "e": "ê", "o": "ô"},
    "7": {"o": "ơ", "u": "ư"},
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}
_VOWELS = "aăâeêioôơuưy"
_SHAPED = "ăâêôơư"
_TELEX_SHAPES = (
    *(("uwow", "ươ"), ("uwo", "ươ"), ("uow", "ươ"), ("dd", "đ"), ("aa", "â"), ("ee", "ê")),
    *(("oo", "ô"), ("aw", "ă"), ("ow", "ơ"), ("uw", "ư"), ("w", "ư")),
)
_WORD = re.compile(r"[^\W_]+")


def from_telex(word: str) -> str | None:
    """Return the syllable whose Telex keys are `word` ("Huowngf" gives "Hường"), or None."""
    keys = word.lower()
    first_vowel = re.search(r"[aeiouyw]", keys)
    if not keys.isascii() or not keys.isalpha() or first_vowel is None:
        return None
    head, tail = keys[: first_vowel.start()], keys[first_vowel.start() :]
    tones = re.findall(r"[sfrxj]", tail)
    shaped = head + re.sub(r"[sfrxj]", "", tail)
    for typed, letter in _TELEX_SHAPES:
        shaped = shaped.replace(typed, letter, 1)
    return _finish(word, shaped, tones)


def from_vni(word: str) -> str | None:
    """Return the syllable whose VNI keys are `word` ("Huo7ng2" gives "Hường"), or None."""
    keys = word.lower()
    if not keys.isascii() or not re.fullmatch(r"[a-z]+[1-9][a-z1-9]*", keys):
        return None
    tones = [_VNI_TONES[key] for key in keys if key in _VNI_TONES]
    shaped = ""
    for key in re.sub(r"[1-5]", "", keys):
        shaped = _shape_vni(shaped, key) if key in _VNI_SHAPES else shaped + key
    return _finish(word, re.sub(r"uơ(?=[a-z])", "ươ", shaped), tones)


def _shape_vni(word: str, key: str) -> str:
    """Shape the last letter the key fits: people type it behind the letter or behind the word."""
    shapes = _VNI_SHAPES[key]
    place = max(word.rfind(letter) for letter in shapes)
    if key == "7" and word.endswith("uou"):  # ruou75: the key skips the closing u
        place = len(word) - 2
    return word if place < 0 else word[:place] + shapes[word[place]] + word[place + 1 :]


def _finish(word: str, shaped: str, tones: list[str]) -> str | None:
    if len(tones) > 1 or not is_syllable(shaped):
        return None
    syllable = _place_tone(shaped, tones[0]) if tones else shaped
    if syllable == word.lower() or not is_syllable(syllable):
        return None
    if word.upper() == word and sum(c.isalpha() for c in word) > 1:
        return syllable.upper()
    return syllable.capitalize() if word[0].isupper() else syllable


def _place_tone(word: str, tone: str) -> str:
    """Put the mark on its vowel, in the traditional place (hòa, thủy)."""
    start = 2 if re.match(r"qu|gi[aăâeêoôơuư]", word) else 0
    vowels = [i for i, c in enumerate(word) if c in _VOWELS and i >= start]
    shaped = [i for i in vowels if word[i] in _SHAPED]
    if shaped:
        place = shaped[-1]
    elif vowels[-1] < len(word) - 1 or len(vowels) == 1:
        place = vowels[-1]
    else:
        place = vowels[-2]
    return unicodedata.normalize("NFC", word[: place + 1] + _MARKS[tone] + word[place + 1 :])


def untangle(fields: Sequence[str]) -> tuple[tuple[str, ...], bool, bool]:
    """Judge a name and the texts beside it as one act of typing.

    Args:
        fields: the full name first, then sex and address.

    Returns:
        The texts (repaired only when every word of the name has exactly one reading), whether an input
        method was in the way, and whether the texts were repaired. A text with any Vietnamese mark did
        not pass as keys, so it is left alone: an Ê-đê "Y Sor" must not become "Y Sỏ".
    """
    name = _WORD.findall(fields[0])
    if any(any(c.isdigit() for c in word) for word in name) and all(word.isascii() for word in name):
        return _convert(fields, from_vni)
    if all(text.isascii() for text in fields) and _looks_telex(fields):
        return _convert(fields, from_telex)
    return tuple(fields), _letters_swallowed(fields[0]), False


def _looks_telex(fields: Sequence[str]) -> bool:
    """One unmistakable word (doubled vowel, dd, w) or two words that only make sense as keys."""
    converted = [w for text in fields for w in _WORD.findall(text) if not is_syllable(w) and from_telex(w)]
    strong = any(re.search(r"aa|ee|oo|dd|w", word.lower()) for word in converted)
    in_name = any(word in converted for word in _WORD.findall(fields[0]))
    return in_name and (strong or len(converted) >= 2)


def _convert(
    fields: Sequence[str], convert: Callable[[str], str | None]
) -> tuple[tuple[str, ...], bool, bool]:
    if any(not is_syllable(word) and convert(word) is None for word in _WORD.findall(fields[0])):
        return tuple(fields), True, False
    read = (_WORD.sub(lambda m: _convert_word(m[0], convert), text) for text in fields)
    # A mark that stood after a key now stands after the letter it becomes one with.
    return tuple(unicodedata.normalize("NFC", text) for text in read), True, True


def _convert_word(word: str, convert: Callable[[str], str | None]) -> str:
    # "A1" or "K3" in an address is a house or a quarter, not a typed tone.
    return word if sum(c.isalpha() for c in word) < 2 else convert(word) or word


def _letters_swallowed(name: str) -> bool:
    """A word without any vowel ("Nguyn Vn" keeps one, "Th" none) lost letters on the way."""
    words = [w for w in name.split() if len(w) > 1 and w.isascii() and w.isalpha()]
    return any(not re.search(r"[aeiouy]", word.lower()) for word in words)
