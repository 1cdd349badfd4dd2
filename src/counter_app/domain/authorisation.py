"""Authorisation letters (giấy ủy quyền): who may act for whom, in what, until when.

The record says what the clerk saw on a paper; whether the paper is good enough for an act is for the
clerk to judge, who sees who certified it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Scope(StrEnum):
    """What a letter is good for."""

    EVERYTHING = "everything"
    PROCEDURE = "procedure"
    DOSSIER = "dossier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation:
    """``giver_id`` lets ``delegate_id`` act; both are personal ids.

    ``subject`` is the procedure or dossier id of the scope, "" for everything. ``certified_by`` names
    the notary or office, "" for a paper nobody certified. Without ``valid_until`` it holds until the
    clerk ends it. ``attachment_id`` is its scan, if there is one.
    """

    authorisation_id: str
    giver_id: str
    delegate_id: str
    scope: Scope
    subject: str = ""
    paper_number: str = ""
    signed_on: date | None = None
    certified_by: str = ""
    valid_until: date | None = None
    attachment_id: str = ""
    note: str = ""
    entered_at: datetime
    clerk: str
    ended_at: datetime | None = None
    end_reason: str = ""

    def valid_on(self, on: date) -> bool:
        """Tell whether it holds on a day; the last day counts."""
        if self.ended_at is not None:
            return False
        signed = self.signed_on is None or self.signed_on <= on
        return signed and (self.valid_until is None or on <= self.valid_until)

    def covers(self, *, dossier_id: str, procedure_id: str) -> bool:
        """Tell whether it is good for a dossier of a procedure."""
        match self.scope:
            case Scope.EVERYTHING:
                return True
            case Scope.PROCEDURE:
                return self.subject == procedure_id
            case _:
                return self.subject == dossier_id
