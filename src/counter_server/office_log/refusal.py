"""Why something is not written into an office's log."""

from enum import StrEnum


class Why(StrEnum):
    """The rule that forbids it."""

    DOSSIER_UNKNOWN = "dossier_unknown"
    DOSSIER_AMBIGUOUS = "dossier_ambiguous"
    STATUS_ORDER = "status_order"
    ALIAS_TAKEN = "alias_taken"
    FLAG_UNKNOWN = "flag_unknown"
    TEXT_NEEDED = "text_needed"


class NotWritten(Exception):
    """A rule forbids it; ``params`` help to say which dossier or status is meant and name nobody."""

    def __init__(self, why: Why, **params: str) -> None:
        super().__init__(why)
        self.why = why
        self.params = params


def needed(text: str) -> str:
    """Return a text without needless spaces; `NotWritten` ``text_needed`` when none is left, or too much."""
    clean = " ".join(text.replace("\x00", "").split())
    if not 0 < len(clean) <= 500:
        raise NotWritten(Why.TEXT_NEEDED)
    return clean
