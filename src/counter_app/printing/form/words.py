"""Turns the texts of a template into runs: placeholders, dotted leaders, raised note marks."""

import re
from collections.abc import Iterator

from counter_app.domain.note_marks import MARK_IN_TEXT, marks_explained, marks_in
from counter_app.domain.vietnamese_text import clean
from counter_app.printing.fonts import Face
from counter_app.printing.glyphs import unprintable
from counter_app.printing.runs import Run
from counter_app.services.paper_content import FormContent

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_WIDE_GAP = re.compile(r" {2,}")
_LEADER = 60.0  # points: room for a short word by hand
_SHORT_LEADERS = {"day": 18.0, "month": 18.0, "year": 28.0, "padded": 18.0}


class Words:
    """The texts of one form; remembers what the layout asked for in vain."""

    def __init__(self, content: FormContent) -> None:
        self._content = content
        self.problems: list[str] = []
        self._marks: set[str] = set()

    def runs(self, text: str, face: Face, *, blank: bool = False) -> list[Run]:
        """Return `text` with its placeholders filled; an empty one becomes dots, or nothing if `blank`."""
        pieces: list[Run] = []
        for number, part in enumerate(_PLACEHOLDER.split(text)):
            if number % 2 == 0:
                self._marks |= marks_in(part)
                pieces += _literal(part, face)
                continue
            value = self.value(part)
            if value:
                pieces.append(Run(value, face))
            elif not blank:
                pieces.append(self.dots(face, part))
        return pieces

    def value(self, key: str) -> str:
        """Return the printed text of a placeholder, "" when there is none; an unknown name is a problem."""
        value = self._content.values.get(key)
        if value is None and not self._known(key):
            self.problem(f"unknown_placeholder:{key}")
        text = clean(value or "")
        if unprintable(text):
            self.problem(f"unprintable:{key}")
        return text

    def calls_for(self, note: str) -> bool:
        """Tell whether a mark that starts this note was printed; a note without a mark always is."""
        marks = marks_explained(note)
        return not marks or not self._marks.isdisjoint(marks)

    def dots(self, face: Face, key: str = "") -> Run:
        """Return a dotted leader, short for the day and month of a date."""
        return Run("", face, _SHORT_LEADERS.get(key.rpartition(".")[2], _LEADER))

    def problem(self, what: str) -> None:
        """Note a fault of the template, once."""
        if what not in self.problems:
            self.problems.append(what)

    def _known(self, key: str) -> bool:
        return self._content.template.field(key.partition(".")[0]) is not None


def is_only_placeholder(text: str) -> bool:
    """Tell whether `text` is one placeholder and nothing else."""
    return _PLACEHOLDER.fullmatch(text.strip()) is not None


def has_placeholder(text: str) -> bool:
    """Tell whether `text` holds a placeholder."""
    return _PLACEHOLDER.search(text) is not None


def _literal(text: str, face: Face) -> Iterator[Run]:
    """Raise note marks such as (1); keep a gap of several spaces wide."""
    spaced = _WIDE_GAP.sub(" \u00a0\u00a0 ", text.replace("\n", " "))
    for number, part in enumerate(MARK_IN_TEXT.split(spaced)):
        if part:
            raised = number % 2 == 1
            yield Run(part, face.at(face.size * 0.65), lift=face.size * 0.33) if raised else Run(part, face)
