"""Normal forms of Vietnamese text: what we store (NFC, clean) and what we compare (folded)."""

import re
import unicodedata

# Controls, zero-width marks and bidirectional overrides: invisible on screen, harmful on paper.
# Half a surrogate pair (what a broken input method leaves) is no character and no file can keep it.
_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]+"
)
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def clean(text: str) -> str:
    """Return `text` in NFC on one line: no invisible characters, single spaces, trimmed."""
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip(" ")  # nearly every text: no pattern needs to run
    visible = _INVISIBLE.sub(" ", unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", visible).strip()


def fold(text: str) -> str:
    """Return the form used for searching: lower case, no marks, đ as d, letters and digits only.

    The database's own folding leaves đ alone, so "dang" would never find "Đặng"; we fold both sides.
    """
    lowered = text.lower().replace("đ", "d")
    bare = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", bare).strip()


def initials(text: str) -> str:
    """Return the first letters of the folded words: "Đăng ký khai sinh" gives "dkks"."""
    return "".join(word[0] for word in fold(text).split())
