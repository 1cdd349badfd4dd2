"""Which papers a dossier has by now, what they are called in the print log, and on which sheets they come."""

from collections.abc import Mapping

from counter_app.domain.dossier import Dossier, ReturnBy
from counter_app.domain.dossier_life import EndedBy
from counter_app.domain.errors import BadInput
from counter_app.services.paper_content import PaperSize

SLIP = "slip"
FORM = "form"
FORM_PREFIX = "form:"
SUPPLEMENT = "supplement"
REFUSAL = "refusal"
APOLOGY = "apology"
STOP = "stop"
CONTROL = "control"
RECEIPT = "receipt"
LABEL = "label"

# The first is what a paper comes on when the sheet wished for is not offered.
_SIZES: Mapping[str, tuple[PaperSize, ...]] = {
    SLIP: (PaperSize.A5, PaperSize.A4, PaperSize.MM80),
    FORM: (PaperSize.A4,),
    CONTROL: (PaperSize.A4,),
    RECEIPT: (PaperSize.A5, PaperSize.A4, PaperSize.MM80),
    LABEL: (PaperSize.A4, PaperSize.MM80),
}
_NOTICE_SIZES = (PaperSize.A5, PaperSize.A4)


def kind_of(paper: str) -> str:
    """Return "form" of "form:ID", "supplement" of "supplement:1"."""
    return paper.partition(":")[0]


def place_of(paper: str) -> int | None:
    """Return N of "supplement:N", None for the last one; 0, which no paper has, for anything else."""
    _kind, colon, place = paper.partition(":")
    if not colon:
        return None
    return int(place) if place.isascii() and place.isdecimal() and len(place) < 4 else 0


def papers_of(dossier: Dossier) -> tuple[str, ...]:
    """Return every paper of the dossier that can be printed now, in the order they came about.

    Of several requests or receipts the last one goes by the bare name; earlier requests are
    ``supplement:1`` and so on. Earlier receipts stand in the history only.
    """
    life = dossier.life
    ended = life.ending.kind if life.ending else None
    there = (
        (REFUSAL, ended is EndedBy.REFUSAL),
        (STOP, ended is EndedBy.STOP),
        (CONTROL, True),
        (RECEIPT, life.paid_vnd > 0),
        (LABEL, dossier.return_by is ReturnBy.POSTAL),
    )
    return (
        SLIP,
        *(FORM_PREFIX + form.form_id for form in dossier.forms),
        *(f"{SUPPLEMENT}:{place}" for place in range(1, len(life.supplements))),
        *((SUPPLEMENT,) if life.supplements else ()),
        *((APOLOGY,) if life.extension else ()),
        *(name for name, exists in there if exists),
    )


def papers_to_hand_out(dossier: Dossier) -> tuple[str, ...]:
    """Return the papers of the visit itself: filled forms, and the slip where the rule wants one."""
    forms = tuple(FORM_PREFIX + form.form_id for form in dossier.forms)
    return (*forms, SLIP) if dossier.slip_required else forms


def sizes_of(paper: str) -> tuple[PaperSize, ...]:
    """Return the sheets a paper is offered on, the usual one first."""
    return _SIZES.get(kind_of(paper), _NOTICE_SIZES)


def size_for(paper: str, wished: PaperSize) -> PaperSize:
    """Return the sheet wished for where the paper is offered on it, else the paper's usual one."""
    offered = sizes_of(paper)
    return wished if wished in offered else offered[0]


def require_size(paper: str, size: PaperSize) -> None:
    """Refuse a sheet somebody asked for by name that the paper is not made for.

    Raises:
        BadInput: ``size_not_offered`` (paper, offered).
    """
    offered = sizes_of(paper)
    if size not in offered:
        raise BadInput("size_not_offered", paper=paper[:60], offered=[each.value for each in offered])
