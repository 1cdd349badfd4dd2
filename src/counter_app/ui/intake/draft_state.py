"""The intake screen's state as JSON values in a draft, and back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from counter_app.domain.errors import BadInput
from counter_app.services.visit import Visit
from counter_app.services.visit_json import visit_from_json, visit_to_json
from counter_app.ui.intake.state import FROM_CARD, FROM_CLERK, FROM_RECORD, Caution, Origin


def to_json(
    visit: Visit,
    origins: Mapping[str, Origin],
    *,
    under_way: bool,
    law: Mapping[str, str] | None = None,
    correcting: Mapping[str, object] | None = None,
) -> dict[str, object]:
    """Return the state of a draft; ``under_way`` marks the visit to restore after a crash.

    ``law`` are the versions it was seen under, so that a switch since is told; ``correcting`` names the
    received dossier the visit corrects (see `correction`).
    """
    return {
        "visit": visit_to_json(visit),
        "origins": {role: _origin_to_json(origin) for role, origin in origins.items()},
        "under_way": under_way,
        "law": dict(law or {}),
        "correcting": dict(correcting or {}),
    }


def from_json(state: Mapping[str, Any]) -> tuple[Visit, dict[str, Origin]]:
    """Read a draft's state.

    Raises:
        BadInput: ``bad_answers``; a draft of an older release may lack everything but the visit.
    """
    visit = state.get("visit")
    if not isinstance(visit, Mapping):
        raise BadInput("bad_answers", field="visit")
    origins = state.get("origins")
    rows = origins.items() if isinstance(origins, Mapping) else ()
    return visit_from_json(visit), {str(role): _origin(row) for role, row in rows}


def law_of(state: Mapping[str, Any]) -> dict[str, str]:
    """Return the versions the draft was last seen under; {} for a draft of an older release."""
    law = state.get("law")
    return {str(key): str(each) for key, each in law.items()} if isinstance(law, Mapping) else {}


def is_under_way(state: Mapping[str, Any]) -> bool:
    """Tell whether the draft was on the screen when it was last saved."""
    return state.get("under_way") is True


def _origin_to_json(origin: Origin) -> dict[str, object]:
    return {
        "kind": origin.kind,
        "at": origin.at.isoformat(),
        "repaired": origin.repaired,
        "cautions": [{"code": c.code, "params": dict(c.params)} for c in origin.cautions],
    }


def _origin(row: object) -> Origin:
    if not isinstance(row, Mapping):
        raise BadInput("bad_answers", field="origins")
    try:
        at = datetime.fromisoformat(str(row.get("at")))
    except ValueError as problem:
        raise BadInput("bad_answers", field="origins") from problem
    cautions = row.get("cautions")
    return Origin(
        kind=next((kind for kind in (FROM_CLERK, FROM_RECORD) if row.get("kind") == kind), FROM_CARD),
        at=at,
        repaired=row.get("repaired") is True,
        cautions=tuple(_caution(each) for each in cautions) if isinstance(cautions, list) else (),
    )


def _caution(row: object) -> Caution:
    if not isinstance(row, Mapping) or not isinstance(row.get("params"), Mapping):
        raise BadInput("bad_answers", field="origins")
    params = {str(key): str(value) for key, value in row["params"].items()}
    return Caution(code=str(row.get("code", "")), params=params)
