"""The marks that send a reader of a form to its notes: "Dân tộc(4):" and "(4) Chỉ ghi khi …"."""

import re

MARK_IN_TEXT = re.compile(r"(?<=\S)(\(\d{1,2}\))(?=[\s:;,.]|$)")  # in one group, so that it also splits
_MARK = re.compile(r"\(\d{1,2}\)")
_NOTE_START = re.compile(r"\s*\(\d{1,2}\)(?:,\s*\(\d{1,2}\))*")


def marks_in(text: str) -> frozenset[str]:
    """Return the marks behind words of a text."""
    return frozenset(MARK_IN_TEXT.findall(text))


def marks_explained(note: str) -> frozenset[str]:
    """Return the marks a note explains: those it starts with, as in "(1), (2) …"."""
    start = _NOTE_START.match(note)
    return frozenset(_MARK.findall(start[0])) if start else frozenset()
