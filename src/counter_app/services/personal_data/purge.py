"""Destroys dossiers whose time of keeping is over: proof stays, content goes, from the file too.

A purge is of this counter's copy. The server keeps its own: nộp lưu and destroying there are the archive's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.backups import LONGEST_KEPT
from counter_app.domain.clerks import Permission
from counter_app.domain.errors import BadInput, EnvironmentProblem, RuleRefusal
from counter_app.domain.purged_dossier import PurgedDossier
from counter_app.domain.retention import over_on
from counter_app.domain.vietnamese_text import clean
from counter_app.services.act_on_many import NotDone
from counter_app.services.clock_check import require_clock
from counter_app.services.personal_data.retention import hindrance_of, rule_of, waiting_people
from counter_app.services.ports import AuditEntry
from counter_app.services.receive_dossier import people_of

if TYPE_CHECKING:
    from datetime import date

    from counter_app.domain.dossier import Dossier
    from counter_app.services.desk import Desk
    from counter_app.services.personal_data_port import EndedDossier
    from counter_app.services.ports import Transaction

PURGED = "dossier_purged"
FORGOTTEN = "personal_data_forgotten"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """What became of it.

    ``scrubbed`` says that the bytes are gone from the file; else they go with the next `scrub`.
    Backups made before hold the content until ``in_backups_until``.
    """

    done: tuple[str, ...]
    people: int
    scrubbed: bool
    in_backups_until: "date"
    not_done: tuple[NotDone, ...] = ()


def purge(desk: "Desk", dossier_ids: Sequence[str], *, checked_with: str = "", clerk: str = "") -> Purged:
    """Destroy these dossiers, each in its own transaction, then wipe the file.

    Args:
        desk: The counter.
        dossier_ids: What the head or an administrator confirmed, of `due_for_purge`.
        checked_with: With which text or whom a period was compared that our data does not hold for verified.
        clerk: Who confirms; whoever is at the desk when empty.

    Raises:
        RuleRefusal: ``sign_in_needed``, ``not_permitted``, ``clock_set_back``.
    """
    desk.require(Permission.PERSONAL_DATA, clerk)
    by, basis = clerk or desk.clerk, clean(checked_with)
    with desk.store.reading() as queries:
        require_clock(queries, desk.clock.now())
        ended = {each.dossier_id: each for each in queries.ended_dossiers(desk.clock.now())}
    done: list[str] = []
    refused: list[NotDone] = []
    people: set[str] = set()
    for dossier_id in dict.fromkeys(dossier_ids):
        each = ended.get(dossier_id)
        try:
            if each is None:
                raise BadInput("purge_not_due")
            people |= _one(desk, each, basis, by)
            done.append(each.dossier_code)
        except (BadInput, RuleRefusal) as error:
            refused.append(NotDone(dossier_code=each.dossier_code if each else "", error=error))
    gone = _forget(desk, people, by) if done else 0
    return Purged(
        done=tuple(done),
        people=gone,
        scrubbed=scrub(desk) if done else True,
        in_backups_until=(desk.clock.now() + LONGEST_KEPT).date(),
        not_done=tuple(refused),
    )


def scrub(desk: "Desk") -> bool:
    """Wipe what was taken out from the file, if that is still to be done; False: try again."""
    with desk.store.reading() as queries:
        if not queries.scrub_due():
            return True
    try:
        return desk.store.scrub()
    except EnvironmentProblem:
        return False  # the content is out; a full or busy disk only delays the wiping


def _one(desk: "Desk", ended: "EndedDossier", basis: str, by: str) -> set[str]:
    """Purge one dossier and return the personal ids that stood in it."""
    now = desk.clock.now()
    with desk.store.writing() as transaction:
        dossier = transaction.dossier(ended.dossier_id)
        now_there = transaction.ended_dossiers(now, ended.dossier_id)
        if dossier is None or not now_there:
            raise BadInput("purge_not_due")
        proof = _proof(desk, transaction, dossier, now_there[0], basis=basis, by=by)
        scans = transaction.purge_dossier(proof)
        transaction.append_audit(
            AuditEntry(
                at=now,
                clerk=by,
                act=PURGED,
                subject_id=proof.dossier_id,
                detail={"digest": proof.content_digest, "basis": proof.basis, "scans": len(scans)},
            )
        )
    for attachment_id in scans:
        desk.scans.drop(attachment_id)  # its key is gone with the row: what a crash leaves opens for nobody
    ids = {person.personal_id for _role, person in people_of(dossier)}
    if dossier.life.returned is not None:
        ids.add(dossier.life.returned.personal_id)
    return ids - {""}


def _proof(
    desk: "Desk",
    transaction: "Transaction",
    dossier: "Dossier",
    ended: "EndedDossier",
    *,
    basis: str,
    by: str,
) -> PurgedDossier:
    """Weigh the dossier once more, inside the act.

    Raises:
        BadInput: ``purge_not_due``.
        RuleRefusal: ``purge_unsent``, ``purge_originals``, ``purge_request_open``,
            ``retention_not_verified``.
    """
    rule = rule_of(desk, transaction, ended)
    over = over_on(rule, ended.ended_at.date()) if rule is not None else None
    if rule is None or over is None or desk.clock.now().date() < over or dossier.ended_at is None:
        raise BadInput("purge_not_due")
    hindrance = hindrance_of(ended, waiting_people(transaction))
    if hindrance:
        raise RuleRefusal(hindrance)
    if not rule.verified and not basis:
        raise RuleRefusal("retention_not_verified")
    return PurgedDossier(
        dossier_id=dossier.dossier_id,
        dossier_code=dossier.dossier_code,
        procedure_id=dossier.procedure.procedure_id,
        received_at=dossier.received_at,
        ended_at=dossier.ended_at,
        status=dossier.status,
        content_digest=transaction.content_digest(dossier.dossier_id),
        basis=f"{rule.basis_text} · {basis}" if basis else rule.basis_text,
        purged_at=desk.clock.now(),
        clerk=by,
    )


def _forget(desk: "Desk", people: set[str], by: str) -> int:
    """Delete the records of citizens nothing refers to any more."""
    with desk.store.writing() as transaction:
        gone = transaction.forget_people(sorted(people))
        if gone:
            transaction.append_audit(
                AuditEntry(
                    at=desk.clock.now(),
                    clerk=by,
                    act=FORGOTTEN,
                    subject_id=desk.settings.counter.device_id,
                    detail={"records": gone},
                )
            )
    return gone
