"""Picks the version in force on a day, or says why there is none."""

from collections.abc import Sequence
from datetime import date

from counter_app.catalogue.entries import Fault, Head
from counter_app.domain.errors import BadInput, KnownError, RuleRefusal


def in_force(kind: str, item_id: str, on: date, heads: Sequence[Head], faults: Sequence[Fault]) -> Head:
    """Return the version of `item_id` in force on day `on`.

    `heads` and `faults` are those of this item only. A version whose file is broken is never replaced
    by an older one: that might be the law of yesterday.

    Raises:
        BadInput: ``<kind>_unknown``, or ``bad_data_file`` when the version's file is broken.
        RuleRefusal: ``<kind>_expired`` (``name``, ``valid_to``, ``version``) or
            ``<kind>_not_yet_valid`` (``name``, ``valid_from``, ``version``).
    """
    found = next((head for head in heads if head.in_force(on)), None)
    for fault in faults:
        began = fault.since is None or fault.since <= on
        if began and (found is None or fault.since is None or fault.since > found.valid_from):
            raise bad_input(fault)
    if found is not None:
        return found
    raise _why_none(kind, item_id, on, heads)


def exactly(kind: str, item_id: str, version: str, heads: Sequence[Head], faults: Sequence[Fault]) -> Head:
    """Return the version of that name, in force or not.

    Raises:
        BadInput: ``<kind>_unknown``; ``bad_data_file`` when it may be the one whose file is broken.
    """
    for head in heads:
        if head.version == version:
            return head
    if faults:
        raise bad_input(faults[0])
    raise BadInput(f"{kind}_unknown", id=item_id, version=version)


def _why_none(kind: str, item_id: str, on: date, heads: Sequence[Head]) -> KnownError:
    past = [head for head in heads if head.valid_to is not None and head.valid_to < on]
    if past:
        last = max(past, key=lambda head: head.valid_from)
        return RuleRefusal(
            f"{kind}_expired", id=item_id, name=last.name, valid_to=last.valid_to, version=last.version
        )
    if heads:
        first = min(heads, key=lambda head: head.valid_from)
        return RuleRefusal(
            f"{kind}_not_yet_valid",
            id=item_id,
            name=first.name,
            valid_from=first.valid_from,
            version=first.version,
        )
    return BadInput(f"{kind}_unknown", id=item_id)


def bad_input(fault: Fault) -> BadInput:
    """Return the error a data file was refused with."""
    return BadInput(
        "bad_data_file",
        file=fault.file,
        line=fault.line,
        field=fault.field,
        problem=fault.problem,
        value=fault.value,
    )
