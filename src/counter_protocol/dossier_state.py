"""The state of a dossier as both sides hold it, and the change an event makes to it.

A state is a flat mapping from field to JSON value. Fields of the dossier's life stand under
``life.<name>``, so that two changes of different things do not overwrite each other. An event carries,
under ``state`` of its data, a `patch`: ``set`` (fields with their new values, whole) and ``add`` (amounts to
add to a number, for sums that two counters may change at once). The first event of a dossier sets every
field.

The fields outsiders may rely on, all present after the first event: ``dossier_code``, ``lookup_secret``,
``counter``, ``clerk``, ``procedure`` (procedure_id, version, name, case_id, national_code, sector,
definition), ``applicant``, ``people``, ``channel``, ``assisted``, ``received_at``, ``due_at``,
``first_due_at``, ``status``, ``resolved_at``, ``ended_at``, ``waiting_since``, ``stands_still``, ``forms``,
``parts``, ``charges``, ``charges_vnd``, ``copies``, ``return_by``, ``training``, ``aliases``,
``register_no``, ``life.*``.
Moments are UTC text (``2026-11-23T01:30:00.000000Z``; within ``life.*`` without a fraction that is zero),
money is whole đồng.
"""

from collections.abc import Mapping

State = Mapping[str, object]
Patch = Mapping[str, object]

SUMS = frozenset({"life.paid_vnd"})


def patch_between(before: State | None, after: State) -> Patch:
    """Return the patch that turns `before` into `after`; None stands for a dossier that is not there yet."""
    changed = {
        name: value
        for name, value in after.items()
        if before is None or name not in before or before[name] != value
    }
    if before is None:
        return {"set": changed}
    added = {name: _number(after[name]) - _number(before.get(name, 0)) for name in changed if name in SUMS}
    patch: dict[str, object] = {"set": {name: value for name, value in changed.items() if name not in added}}
    if added:
        patch["add"] = added
    return patch


def patched(state: State | None, patch: Patch) -> dict[str, object]:
    """Return the state after a patch; fields it does not name stay.

    Raises:
        ValueError: it is no patch.
    """
    values, sums = patch.get("set", {}), patch.get("add", {})
    if not isinstance(values, (dict, Mapping)) or not isinstance(sums, (dict, Mapping)):
        raise ValueError("not a patch")
    after = {**(state or {}), **values}
    for name, amount in sums.items():
        after[name] = _number(after.get(name, 0)) + _number(amount)
    return after


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("a sum is a whole number")
    return value
