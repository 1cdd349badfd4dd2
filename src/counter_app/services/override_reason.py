"""Why an expired procedure is received all the same: a reason somebody can check later."""

from datetime import date
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput
from counter_app.domain.procedure import Procedure
from counter_app.domain.vietnamese_text import clean

if TYPE_CHECKING:
    from counter_app.services.ports import Catalogue

LEAST_LETTERS = 10  # shorter is no reason an inspector could follow
MOST_LETTERS = 300


def checked_reason(text: str) -> str:
    """Return the reason as it is kept.

    Raises:
        BadInput: ``override_reason_short`` (least), ``too_long`` (limit).
    """
    reason = clean(text)
    if sum(map(str.isalnum, reason)) < LEAST_LETTERS:
        raise BadInput("override_reason_short", least=LEAST_LETTERS)
    if len(reason) > MOST_LETTERS:
        raise BadInput("too_long", limit=MOST_LETTERS)
    return reason


def expired_version(catalogue: "Catalogue", procedure_id: str, on: date) -> Procedure | None:
    """Return the last version that was in force when none is on that day, else None."""
    started = [each for each in catalogue.versions_of(procedure_id) if each.valid_from <= on]
    if not started or any(each.in_force(on) for each in started):
        return None
    return max(started, key=lambda each: each.valid_from)
