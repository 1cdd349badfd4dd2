"""The three ways a dossier ends before its result: refusal, stop, withdrawal."""

from dataclasses import replace

from counter_app.domain.dossier import Dossier
from counter_app.domain.dossier_acts.circumstances import Circumstances
from counter_app.domain.dossier_acts.requests import Refuse, Stop, Withdraw
from counter_app.domain.dossier_acts.texts import kept, needed, needed_list
from counter_app.domain.dossier_life import EndedBy, Ending


def refuse(dossier: Dossier, request: Refuse, now: Circumstances) -> Dossier:
    """End with a refusal (Mẫu 03); its reasons are named one by one."""
    return _ended(dossier, _ending(EndedBy.REFUSAL, now, needed_list(request.reasons, "reasons")))


def stop(dossier: Dossier, request: Stop, now: Circumstances) -> Dossier:
    """End with a stop notice (Mẫu 05)."""
    ending = replace(
        _ending(EndedBy.STOP, now, needed_list(request.reasons, "reasons")),
        decided_by=needed(request.decided_by, "decided_by"),
        fees=kept(request.fees, "fees"),
        originals=kept(request.originals, "originals"),
        on_request=request.on_request,
    )
    return _ended(dossier, ending)


def withdraw(dossier: Dossier, request: Withdraw, now: Circumstances) -> Dossier:
    """End because the citizen wants the dossier back."""
    return _ended(dossier, _ending(EndedBy.WITHDRAWAL, now, (needed(request.reason, "reason"),)))


def _ending(kind: EndedBy, now: Circumstances, reasons: tuple[str, ...]) -> Ending:
    return Ending(kind=kind, number=now.number, at=now.at, clerk=now.clerk, reasons=reasons)


def _ended(dossier: Dossier, ending: Ending) -> Dossier:
    return replace(dossier, life=replace(dossier.life, ending=ending, holder=None))
