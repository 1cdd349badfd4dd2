"""Hands a paper out: on record before it leaves, so that neither a crash nor a second window untells it."""

from typing import TYPE_CHECKING

from counter_app.domain.act_permissions import needed_for
from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.ports import SENDING, AuditEntry, PrintRecord

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from counter_app.services.desk import Desk
    from counter_app.services.ports import Transaction


def hand_out(
    desk: "Desk",
    prepare: "Callable[[Transaction], PrintRecord]",
    send: "Callable[[], None]",
    *,
    outcome: str,
    audited: str = "paper",
) -> None:
    """Note that the paper is on its way, `send` it, note what became of it.

    A program that dies meanwhile leaves the note: the paper counts as one that may have been handed out.

    Args:
        desk: The counter.
        prepare: Checks, inside the transaction, that the paper still says what the database says; it
            raises otherwise, and nothing leaves.
        send: Prints or saves the paper.
        outcome: ``printed`` or ``saved``.
        audited: What the audit calls the paper: ``paper_printed``, ``list_saved`` …

    Raises:
        RuleRefusal: as `Desk.require`, before anything leaves.
        EnvironmentProblem: what `send` raises; recorded, the copy number is not used up.
    """
    needed = needed_for(f"{audited}_{outcome}")
    if needed is not None:
        desk.require(needed)  # its entry in the audit log comes when the paper is out
    with desk.store.writing() as transaction:
        record = prepare(transaction)
        place = transaction.record_print(record)
    try:
        send()
    except EnvironmentProblem as problem:
        _settle(desk, record, place, audited, "failed", problem.code)
        raise
    _settle(desk, record, place, audited, outcome, "")


def on_its_way(
    desk: "Desk", subject_id: str, paper: str, copy_no: int, *, at: "datetime", of_step: int = 0
) -> PrintRecord:
    """Return the record of a paper about to leave; `of_step` counts the history it tells of."""
    return PrintRecord(
        dossier_id=subject_id,
        paper=paper,
        copy_no=copy_no,
        at=at,
        clerk=desk.clerk,
        outcome=SENDING,
        of_step=of_step,
    )


def _settle(desk: "Desk", record: PrintRecord, place: int, audited: str, outcome: str, detail: str) -> None:
    with desk.store.writing() as transaction:
        transaction.settle_print(record.dossier_id, place, outcome, detail)
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=record.clerk,
                act=f"{audited}_{outcome}",
                subject_id=record.dossier_id,
                detail={"paper": record.paper, "copy_no": record.copy_no},
            )
        )
