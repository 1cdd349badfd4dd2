"""Turns one value of a source into plain text, and notes what had to be taken away."""

import html
import re
import unicodedata

from counter_app.domain.imported import TextMark
from counter_app.domain.vietnamese_text import clean

MAX_TEXT = 200_000
_TAG = re.compile(r"<[A-Za-z/!][^<>]{0,2000}>")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9A-Fa-f]{1,5});")
# Spreadsheets run what begins so; a code or a name never does.
_FORMULA = re.compile(r"\s*(?:=\s*\S|@[A-Za-z]+\()")
_EXCERPT = 60
_NOTHING = frozenset({"khong co thong tin", "khong", "n/a", "null", "none", "-", "--"})


class CellTexts:
    """Reads the values of one record; `marks` is what it found."""

    def __init__(self) -> None:
        self._marks: list[TextMark] = []

    @property
    def marks(self) -> tuple[TextMark, ...]:
        """What was taken away, in the order of reading."""
        return tuple(self._marks)

    def take(self, key: str, value: object) -> str:
        """Return `value` as one line of clean text in NFC; a formula and what is no text give ""."""
        if value is None or isinstance(value, dict | list | bool):
            return ""
        raw = str(value)
        if len(raw) > MAX_TEXT:
            self._mark(key, "text_cut", raw)
            raw = raw[:MAX_TEXT]
        if _FORMULA.match(raw):
            self._mark(key, "formula", raw)
            return ""
        if not unicodedata.is_normalized("NFC", raw):
            self._mark(key, "decomposed", raw)
        visible = "".join(c for c in raw if c in "\n\r\t" or not _invisible(c))
        if visible != raw:
            self._mark(key, "invisible", raw)
        if "<" in visible or "&" in visible:
            visible = self._without_markup(key, visible)
        return clean(visible)

    def known(self, key: str, value: object) -> str:
        """Return the text, or "" where the portal writes that it has no information."""
        text = self.take(key, value)
        return "" if _plain(text) in _NOTHING else text

    def _without_markup(self, key: str, text: str) -> str:
        bare = html.unescape(_TAG.sub(" ", text)) if _TAG.search(text) or _ENTITY.search(text) else text
        if bare != text:
            self._mark(key, "markup", text)
        return bare

    def _mark(self, key: str, what: str, raw: str) -> None:
        self._marks.append(TextMark(key, what, clean(raw[:_EXCERPT])))


def _invisible(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs")


def _plain(text: str) -> str:
    marks = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in marks if not unicodedata.combining(c)).strip(" .")
