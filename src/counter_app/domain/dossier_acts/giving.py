"""Handing the dossier over, entering its result, giving result and originals to the citizen."""

from collections.abc import Mapping
from dataclasses import replace

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts.circumstances import Circumstances
from counter_app.domain.dossier_acts.requests import EnterResult, GiveBack, GiveResult, HandOver
from counter_app.domain.dossier_acts.texts import kept, needed
from counter_app.domain.dossier_life import Holder, Result, Return, ReturnTo
from counter_app.domain.errors import BadInput, RuleRefusal


def hand_over(dossier: Dossier, request: HandOver, now: Circumstances) -> Dossier:
    """Note who works on it now; handed over again, the first moment stays."""
    holder = Holder(name=needed(request.to.name, "to"), agency=request.to.agency)
    first = dossier.life.handed_over_at or now.at
    return replace(dossier, life=replace(dossier.life, holder=holder, handed_over_at=first))


def enter_result(dossier: Dossier, request: EnterResult, now: Circumstances) -> Dossier:
    """Note that the result is there."""
    name = kept(request.name, "name") or now.result_name or dossier.procedure.name
    result = Result(
        at=now.at,
        clerk=now.clerk,
        name=name,
        number=kept(request.number, "number"),
        granted=request.granted,
    )
    return replace(dossier, life=replace(dossier.life, result=result, holder=None))


def give_result(dossier: Dossier, request: GiveResult, now: Circumstances) -> Dossier:
    """Note who took the result, and the originals given back with it.

    An overdue dossier is given out like any other (NĐ 61/2018 Điều 19, 20).

    Raises:
        RuleRefusal: ``authorisation_needed`` for a delegate without a letter.
        BadInput: ``entry_missing``, ``originals_not_held``.
    """
    authorisation = kept(request.authorisation, "authorisation")
    if request.to is ReturnTo.DELEGATE and not authorisation:
        raise RuleRefusal("authorisation_needed")
    returned = Return(
        at=now.at,
        clerk=now.clerk,
        to=request.to,
        full_name=needed(request.full_name, "full_name"),
        personal_id=kept(request.personal_id, "personal_id"),
        identity_checked=kept(request.identity_checked, "identity_checked"),
        authorisation=authorisation,
        postal_code=kept(request.postal_code, "postal_code"),
        note=kept(request.note, "note"),
    )
    given = _given_back(dossier, request.originals)
    return replace(dossier, life=replace(dossier.life, returned=returned, given_back=given))


def give_back(dossier: Dossier, request: GiveBack, now: Circumstances) -> Dossier:  # noqa: ARG001
    """Note originals given back ahead of the result, or after an early end."""
    needed(request.full_name, "full_name")
    if not any(request.originals.values()):
        raise BadInput("entry_missing", field="originals")
    return replace(dossier, life=replace(dossier.life, given_back=_given_back(dossier, request.originals)))


def _given_back(dossier: Dossier, originals: Mapping[str, int]) -> dict[str, int]:
    """Return the counts after giving some back; BadInput ``originals_not_held`` (part)."""
    held = {part.part_id: part.held for part in dossier.parts}
    given = dict(dossier.life.given_back)
    for part_id, count in originals.items():
        given[part_id] = given.get(part_id, 0) + count
        if count < 0 or given[part_id] > held.get(part_id, 0):
            raise BadInput("originals_not_held", part=part_id[:60])
    return {part_id: count for part_id, count in given.items() if count}
