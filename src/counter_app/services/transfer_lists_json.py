"""Hand-over and postal lists as JSON values; ids of citizens are none of them."""

from collections.abc import Iterable

from counter_app.domain.transfer_list import ListSummary, TransferItem, TransferList
from counter_app.services.paper_number import paper_number
from counter_app.services.transfer_lists import LeftOut


def list_to_json(made: TransferList) -> dict[str, object]:
    """Return a whole list."""
    return {**_head(made), "note": made.note, "dossiers": [_item(item) for item in made.items]}


def summary_to_json(each: ListSummary) -> dict[str, object]:
    """Return a list without its dossiers."""
    return {**_head(each), "count": each.count}


def left_out_to_json(left_out: Iterable[LeftOut]) -> list[dict[str, object]]:
    """Return what did not get onto a list, and the code of each reason."""
    return [{"dossier_code": each.dossier_code, "why": each.why.code} for each in left_out]


def _head(each: TransferList | ListSummary) -> dict[str, object]:
    return {
        "list_id": each.list_id,
        "kind": each.kind.value,
        "number": each.number,
        "on_paper": paper_number(each.number, each.counter, each.kind.series),
        "at": each.at.isoformat(),
        "clerk": each.clerk,
        "to": each.to.name,
        "agency": each.to.agency,
        "acknowledged_at": each.acknowledged_at.isoformat() if each.acknowledged_at else None,
        "acknowledged_by": each.acknowledged_by,
    }


def _item(item: TransferItem) -> dict[str, object]:
    return {
        "dossier_code": item.dossier_code,
        "procedure": item.procedure_name,
        "person": item.person,
        "papers": item.papers,
        "originals": item.originals,
        "due_at": item.due_at.isoformat() if item.due_at else None,
        "entry": item.entry,
        "taken_off": item.taken_off,
    }
