"""Lists that travel with dossiers: to the officer or agency that resolves them, or to the post.

What a list says of each dossier is kept with the list: printed again years later it still says what
both sides signed for, whatever was corrected in the dossier since.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_life import Holder


class ListKind(StrEnum):
    """What the list hands over."""

    HAND_OVER = "hand_over"  # dossiers, to be resolved
    POSTAL = "postal"  # results, to be delivered

    @property
    def series(self) -> str:
        """The series its numbers run in."""
        return f"{self.value}_list"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferItem:
    """One dossier of a list as both sides counted it.

    ``person`` is the applicant or the recipient; ``entry`` what was written beside it: the code of the
    postal item, or a remark. ``papers`` and ``originals`` of a postal item are the originals sent along.
    ``taken_off`` says that its act was undone before anything was printed.
    """

    dossier_id: str
    dossier_code: str
    procedure_name: str
    person: str
    papers: int
    originals: int
    due_at: datetime | None = None
    address: str = ""
    phone: str = ""
    content: str = ""
    entry: str = ""
    taken_off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferList:
    """A list. ``to`` is the taker; ``office_definition`` names the office as it was on that day.

    ``acknowledged_at`` is when the clerk noted that ``acknowledged_by`` signed for it.
    """

    list_id: str
    kind: ListKind
    number: int
    counter: int
    at: datetime
    clerk: str
    to: Holder
    items: tuple[TransferItem, ...]
    office_definition: str
    note: str = ""
    training: bool = False
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""

    @property
    def standing(self) -> tuple[TransferItem, ...]:
        """The dossiers that are really on the list."""
        return tuple(item for item in self.items if not item.taken_off)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSummary:
    """A list as past lists are shown: without its dossiers, only how many there are."""

    list_id: str
    kind: ListKind
    number: int
    counter: int
    at: datetime
    clerk: str
    to: Holder
    count: int
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""


def hand_over_item(dossier: Dossier, entry: str = "") -> TransferItem:
    """Return the line of a dossier that goes to be resolved: every paper handed in goes with it."""
    return TransferItem(
        dossier_id=dossier.dossier_id,
        dossier_code=dossier.dossier_code,
        procedure_name=dossier.procedure.name,
        person=dossier.applicant.full_name,
        papers=sum(part.original + part.copy + part.electronic for part in dossier.parts),
        originals=sum(part.original for part in dossier.parts),
        due_at=dossier.due_at,
        entry=entry,
    )


def postal_item(dossier: Dossier, entry: str = "") -> TransferItem:
    """Return the line of a result the post delivers, with the originals still held."""
    result = dossier.life.result
    named = dossier.procedure.name if result is None else " ".join((result.name, result.number)).strip()
    originals = dossier.originals_held
    return TransferItem(
        dossier_id=dossier.dossier_id,
        dossier_code=dossier.dossier_code,
        procedure_name=dossier.procedure.name,
        person=dossier.applicant.full_name,
        papers=1 + originals,
        originals=originals,
        address=dossier.applicant.address,
        phone=dossier.applicant.phone,
        content=f"{named}; {originals} bản chính gửi trả" if originals else named,
        entry=entry,
    )


def held_by_paper(dossier: Dossier) -> Mapping[str, int]:
    """Return how many originals of each paper the desk must still give back."""
    back = dossier.life.given_back
    held = {part.part_id: part.held - back.get(part.part_id, 0) for part in dossier.parts}
    return {part_id: count for part_id, count in held.items() if count > 0}
