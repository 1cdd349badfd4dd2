"""Makes the notice a paper name stands for, from the committed dossier and its history alone."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_life import EndedBy, Ending
from counter_app.domain.errors import BadInput
from counter_app.domain.office import Office
from counter_app.services.notice_content import NoticeContent
from counter_app.services.paper_content import Marks
from counter_app.services.paper_number import paper_number
from counter_app.services.papers.apology import apology
from counter_app.services.papers.control_sheet import control_sheet
from counter_app.services.papers.fee_receipt import fee_receipt, receipt_of_detail
from counter_app.services.papers.paper_kinds import (
    APOLOGY,
    CONTROL,
    RECEIPT,
    REFUSAL,
    STOP,
    SUPPLEMENT,
    kind_of,
    place_of,
)
from counter_app.services.papers.refusal import refusal
from counter_app.services.papers.standing_steps import FEE_VOIDED, receipt_steps
from counter_app.services.papers.stop_notice import stop_notice
from counter_app.services.papers.subject import subject_of
from counter_app.services.papers.supplement_request import supplement_request

if TYPE_CHECKING:
    from counter_app.services.ports import HistoryEntry

_T = TypeVar("_T")
_Maker = Callable[[str, Dossier, Sequence["HistoryEntry"], Office, Marks], NoticeContent | None]


def notice_of(
    dossier: Dossier, paper: str, *, history: Sequence["HistoryEntry"], office: Office, marks: Marks
) -> NoticeContent:
    """Return what the notice says.

    Raises:
        BadInput: ``paper_unknown`` when what it tells of did not happen.
    """
    maker = _MAKERS.get(kind_of(paper))
    content = maker(paper, dossier, history, office, marks) if maker else None
    if content is None or (":" in paper and kind_of(paper) not in (SUPPLEMENT, RECEIPT)):
        raise BadInput("paper_unknown", paper=paper[:60])
    return content


def _supplement(
    paper: str, dossier: Dossier, _history: Sequence["HistoryEntry"], office: Office, marks: Marks
) -> NoticeContent | None:
    asked = _nth(dossier.life.supplements, place_of(paper))
    if asked is None:
        return None
    number = paper_number(asked.number, dossier.counter, "supplement")
    return supplement_request(subject_of(dossier), asked, office, number=number, marks=marks)


def _apology(
    _paper: str, dossier: Dossier, _history: Sequence["HistoryEntry"], office: Office, marks: Marks
) -> NoticeContent | None:
    extension = dossier.life.extension
    if extension is None:
        return None
    number = paper_number(extension.number, dossier.counter, "apology")
    return apology(dossier, extension, office, number=number, marks=marks)


def _refusal(
    _paper: str, dossier: Dossier, _history: Sequence["HistoryEntry"], office: Office, marks: Marks
) -> NoticeContent | None:
    ending = _ended_by(dossier, EndedBy.REFUSAL)
    if ending is None:
        return None
    number = paper_number(ending.number, dossier.counter, "refusal")
    return refusal(subject_of(dossier), ending, office, number=number, marks=marks)


def _stop(
    _paper: str, dossier: Dossier, _history: Sequence["HistoryEntry"], office: Office, marks: Marks
) -> NoticeContent | None:
    ending = _ended_by(dossier, EndedBy.STOP)
    if ending is None:
        return None
    number = paper_number(ending.number, dossier.counter, "stop")
    return stop_notice(dossier, ending, office, number=number, marks=marks)


def _control(
    _paper: str, dossier: Dossier, history: Sequence["HistoryEntry"], office: Office, marks: Marks
) -> NoticeContent:
    return control_sheet(dossier, history, office, marks=marks)


def _receipt(
    paper: str, dossier: Dossier, history: Sequence["HistoryEntry"], office: Office, marks: Marks
) -> NoticeContent | None:
    step = _nth(receipt_steps(history), place_of(paper))
    if step is None:
        return None
    receipt = receipt_of_detail(step.detail, at=step.at, clerk=step.clerk)
    number = paper_number(receipt.number, dossier.counter, "receipt")
    void = _void(step, history)
    return fee_receipt(dossier, receipt, office, number=number, void=void, marks=marks)


def _void(taken: "HistoryEntry", history: Sequence["HistoryEntry"]) -> str:
    """Return that the receipt was taken back, "" for a valid one; numbers begin anew every year."""
    receipt_id = taken.detail.get("receipt_id")
    voids = (step for step in history if step.act == FEE_VOIDED)
    step = next((void for void in voids if void.detail["receipt_id"] == receipt_id), None)
    return f"PHIẾU ĐÃ HỦY ngày {step.at:%d/%m/%Y}. Lý do: {step.detail.get('reason', '')}" if step else ""


_MAKERS: Mapping[str, _Maker] = {
    SUPPLEMENT: _supplement,
    APOLOGY: _apology,
    REFUSAL: _refusal,
    STOP: _stop,
    CONTROL: _control,
    RECEIPT: _receipt,
}


def _ended_by(dossier: Dossier, kind: EndedBy) -> Ending | None:
    ending = dossier.life.ending
    return ending if ending is not None and ending.kind is kind else None


def _nth(things: Sequence[_T], place: int | None) -> _T | None:
    """Return the thing at that place, counted from 1; the last one for None."""
    if place is None:
        return things[-1] if things else None
    return things[place - 1] if 1 <= place <= len(things) else None
