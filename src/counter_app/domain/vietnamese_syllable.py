"""Is this word a Vietnamese syllable? The yardstick that tells well-decoded text from garbage."""

import unicodedata
from functools import lru_cache

TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}  # mark → Telex key

_ONSETS = (
    *("", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh"),
    *("p", "ph", "qu", "r", "s", "t", "th", "tr", "v", "x"),
)

# The rimes of the language without tones; "ak", "ăk" live in place names (Đắk Lắk, Pắk).
_RIME_LIST = """
    a ac ach ai ak am an ang anh ao ap at au ay ă ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip
    it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi
    om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch
    uênh uêu ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc
    ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu"""
_RIMES = frozenset(_RIME_LIST.split())
_STOPS = ("c", "ch", "k", "p", "t")
_STOP_TONES = ("s", "j")  # a syllable closed by a stop takes sắc or nặng only


@lru_cache(maxsize=4096)
def is_syllable(word: str) -> bool:
    """Tell whether `word` (any case, NFC or NFD) can be a written Vietnamese syllable.

    Either place of the tone mark is right (hòa, hoà). Unmarked ASCII words follow the same rules, except
    that a stop without a tone passes: names typed without marks are common.
    """
    plain, tones = split_tone(word.lower())
    if len(tones) > 1:
        return False
    for onset in _ONSETS:
        rime = plain[len(onset) :]
        if plain.startswith(onset) and rime in _RIMES and (rime != "ă" or not onset):
            return not (rime.endswith(_STOPS) and tones and tones not in _STOP_TONES)
    return plain in ("gi", "qui")


def split_tone(word: str) -> tuple[str, str]:
    """Return the word without tone marks (NFC) and the Telex keys of the marks it had."""
    plain: list[str] = []
    tones: list[str] = []
    for letter in unicodedata.normalize("NFD", word):
        if letter in TONES:
            tones.append(TONES[letter])
        else:
            plain.append(letter)
    return unicodedata.normalize("NFC", "".join(plain)), "".join(tones)
