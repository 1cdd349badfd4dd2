"""Handing the dossier over, entering its result, giving result and originals to the citizen."""

from collections.abc import Mapping
from dataclasses import replace

from counter_app.domain.applicant_agreement import same_name
from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts.circumstances import Circumstances
from counter_app.domain.dossier_acts.requests import EnterResult, GiveBack, GiveResult, HandOver
from counter_app.domain.dossier_acts.texts import kept, needed
from counter_app.domain.dossier_acts.time_acts import payment_over
from counter_app.domain.dossier_life import Holder, Result, Return, ReturnTo
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.person import Person

IDENTITY_CHECKS = ("card", "seen", "known")  # as `Return.identity_checked` describes them


def hand_over(dossier: Dossier, request: HandOver, now: Circumstances) -> Dossier:
    """Note who works on it now; handed over again, the first moment stays."""
    kept(request.note, "note")
    holder = Holder(name=needed(request.to.name, "to"), agency=request.to.agency)
    first = dossier.life.handed_over_at or now.at
    return replace(dossier, life=replace(dossier.life, holder=holder, handed_to=holder, handed_over_at=first))


def enter_result(dossier: Dossier, request: EnterResult, now: Circumstances) -> Dossier:
    """Note that the result is there; a payment still waited for is over with it."""
    if dossier.status is DossierStatus.AWAITING_PAYMENT:
        dossier = payment_over(dossier, now)
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
        RuleRefusal: as `check_taker`.
        BadInput: ``originals_not_held``, and as `check_taker`.
    """
    check_taker(request, dossier.applicant)
    returned = Return(
        at=now.at,
        clerk=now.clerk,
        to=request.to,
        full_name=needed(request.full_name, "full_name"),
        personal_id=kept(request.personal_id, "personal_id"),
        identity_checked=kept(request.identity_checked, "identity_checked"),
        authorisation=kept(request.authorisation, "authorisation"),
        postal_code=kept(request.postal_code, "postal_code"),
        note=kept(request.note, "note"),
    )
    given = _given_back(dossier, request.originals)
    return replace(dossier, life=replace(dossier.life, returned=returned, given_back=given))


def check_taker(request: GiveResult, owner: Person) -> None:
    """Refuse to give a result to somebody nobody looked at; the post needs the code of its item.

    Raises:
        RuleRefusal: ``authorisation_needed`` for a delegate without a letter, ``identity_not_checked``,
            ``taker_is_not_the_owner`` when somebody else is to take it as the owner.
        BadInput: ``entry_missing``.
    """
    if request.to is ReturnTo.POST:
        needed(request.postal_code, "postal_code")
        return
    needed(request.full_name, "full_name")
    if request.to is ReturnTo.OWNER and not _is(owner, request):
        raise RuleRefusal("taker_is_not_the_owner")
    if request.to is ReturnTo.DELEGATE and not kept(request.authorisation, "authorisation"):
        raise RuleRefusal("authorisation_needed")
    if request.identity_checked not in IDENTITY_CHECKS:
        raise RuleRefusal("identity_not_checked")


def _is(owner: Person, request: GiveResult) -> bool:
    named = same_name(owner.full_name, request.full_name)
    return named and request.personal_id in ("", owner.personal_id)


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
