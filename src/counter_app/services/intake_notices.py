"""Tells a citizen before anything is received: what is missing, why it is refused, how to apply online.

Durable with its number first, printed afterwards (`print_intake_notices`). The server learns what was
told about which procedure, never whom: there is no dossier the name would belong to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.domain.dossier import ProcedureRef
from counter_app.domain.dossier_acts.texts import kept, needed, needed_list
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.intake_notice import IntakeNotice, NoticeKind
from counter_app.domain.person import Person
from counter_app.services.clock_check import require_clock
from counter_app.services.desk import Desk
from counter_app.services.dossier_events import office_event
from counter_app.services.ports import AuditEntry, Transaction
from counter_app.services.visit import Visit
from counter_protocol.events import EventKind

if TYPE_CHECKING:
    from datetime import date

    from counter_app.domain.checklist import ChecklistState
    from counter_app.domain.procedure import RequiredPart

# Mẫu 02 and 03 are one book each, whether the dossier was received or not: no two papers of one number.
_SERIES = {NoticeKind.SUPPLEMENT: "supplement", NoticeKind.REFUSAL: "refusal", NoticeKind.ONLINE_GUIDANCE: ""}


def ask_before_receipt(
    desk: Desk,
    visit: Visit,
    *,
    items: Iterable[str],
    reason: str,
    repeat_reason: str = "",
    draft_id: str = "",
    clerk: str = "",
    clock_confirmed: bool = False,
) -> IntakeNotice:
    """Ask for everything missing, once; return the request once it is durable.

    Raises:
        BadInput: ``notice_of_nothing`` (no procedure chosen), ``procedure_unknown``, ``entry_missing``,
            ``entry_too_long``.
        RuleRefusal: ``second_notice_needs_reason`` (at) for the same visit, ``clock_set_back``.
    """
    asked = _notice(
        desk,
        visit,
        NoticeKind.SUPPLEMENT,
        items=needed_list(items, "items"),
        reason=needed(reason, "reason"),
        repeat_reason=kept(repeat_reason, "repeat_reason"),
        draft_id=draft_id,
        clerk=clerk,
    )
    return _write(desk, asked, clock_confirmed=clock_confirmed)


def refuse_before_receipt(
    desk: Desk,
    visit: Visit,
    *,
    reasons: Iterable[str],
    draft_id: str = "",
    clerk: str = "",
    clock_confirmed: bool = False,
) -> IntakeNotice:
    """Refuse to receive, with every ground; errors as `ask_before_receipt`."""
    refused = _notice(
        desk,
        visit,
        NoticeKind.REFUSAL,
        items=needed_list(reasons, "reasons"),
        draft_id=draft_id,
        clerk=clerk,
    )
    return _write(desk, refused, clock_confirmed=clock_confirmed)


def guide_online(
    desk: Desk,
    procedure_id: str,
    *,
    visit: Visit | None = None,
    draft_id: str = "",
    clerk: str = "",
    clock_confirmed: bool = False,
) -> IntakeNotice:
    """Note that a citizen was shown how to apply online; nobody's name is kept. Errors as above."""
    told = replace(visit or Visit(procedure_id=procedure_id), procedure_id=procedure_id, applicant=None)
    guidance = _notice(desk, told, NoticeKind.ONLINE_GUIDANCE, draft_id=draft_id, clerk=clerk)
    return _write(desk, guidance, clock_confirmed=clock_confirmed)


def missing_items(checklist: "ChecklistState") -> tuple[str, ...]:
    """Return every missing paper in words: "Giấy chứng sinh (01 bản chính)"."""
    return tuple(_paper(part) for part in checklist.missing_parts)


def earlier_requests(desk: Desk, draft_id: str) -> Sequence[IntakeNotice]:
    """Return what was given in a visit before, oldest first."""
    with desk.store.reading() as queries:
        return queries.notices_of_draft(draft_id)


def _paper(part: "RequiredPart") -> str:
    counts = ((part.original, "bản chính"), (part.copy, "bản sao"))
    counted = ", ".join(f"{number:02d} {kind}" for number, kind in counts if number)
    return f"{part.name} ({counted})" if counted else part.name


def _notice(
    desk: Desk,
    visit: Visit,
    kind: NoticeKind,
    *,
    items: tuple[str, ...] = (),
    reason: str = "",
    repeat_reason: str = "",
    draft_id: str = "",
    clerk: str = "",
) -> IntakeNotice:
    at = desk.clock.now().replace(microsecond=0)
    return IntakeNotice(
        notice_id=desk.ids.new_id(),
        kind=kind,
        number=0,
        counter=desk.settings.counter.number,
        at=at,
        clerk=clerk or desk.clerk,
        procedure=_procedure(desk, visit, at.date()),
        applicant=visit.applicant or Person(full_name=""),
        draft_id=draft_id,
        items=items,
        reason=reason,
        repeat_reason=repeat_reason,
        training=desk.settings.counter.training,
    )


def _procedure(desk: Desk, visit: Visit, on: "date") -> ProcedureRef:
    """Return what the citizen asks for; an expired procedure too, for that may be why it is refused."""
    if not visit.procedure_id:
        raise BadInput("notice_of_nothing")
    versions = desk.catalogue.versions_of(visit.procedure_id)
    begun = [each for each in versions if each.valid_from <= on] or list(versions)
    if not begun:
        raise BadInput("procedure_unknown", id=visit.procedure_id[:60])
    procedure = max(begun, key=lambda each: each.valid_from)
    case = procedure.case(visit.case_id)
    return ProcedureRef(
        procedure_id=procedure.procedure_id,
        version=procedure.version,
        case_id=case.case_id if case else "",
        name=procedure.name,
        case_name=case.name if case and len(procedure.cases) > 1 else "",
        national_code=procedure.national_code,
        sector=procedure.sector,
    )


def _write(desk: Desk, notice: IntakeNotice, *, clock_confirmed: bool) -> IntakeNotice:
    with desk.store.writing() as transaction:
        if not clock_confirmed:
            require_clock(transaction, notice.at)
        if notice.kind is NoticeKind.SUPPLEMENT and not notice.repeat_reason:
            _refuse_second(transaction, notice)
        series = _SERIES[notice.kind]
        number = transaction.take_paper_number(series, notice.at.year, notice.counter) if series else 0
        office = transaction.keep_definition(desk.office(notice.at.date())) if series else ""
        notice = replace(notice, number=number, office_definition=office)
        transaction.add_intake_notice(notice)
        _tell(transaction, desk, notice)
    return notice


def _refuse_second(transaction: Transaction, notice: IntakeNotice) -> None:
    before = [
        each for each in transaction.notices_of_draft(notice.draft_id) if each.kind is NoticeKind.SUPPLEMENT
    ]
    if before:
        raise RuleRefusal("second_notice_needs_reason", at=before[-1].at)


def _tell(transaction: Transaction, desk: Desk, notice: IntakeNotice) -> None:
    transaction.append_audit(
        AuditEntry(
            at=notice.at,
            clerk=notice.clerk,
            act=f"intake_{notice.kind.value}",
            subject_id=notice.notice_id,
            detail={"procedure_id": notice.procedure.procedure_id, "number": notice.number},
        )
    )
    data = {
        "notice_id": notice.notice_id,
        "notice": notice.kind.value,
        "number": notice.number,
        "procedure_id": notice.procedure.procedure_id,
        "version": notice.procedure.version,
        "case_id": notice.procedure.case_id,
        "national_code": notice.procedure.national_code,
        "sector": notice.procedure.sector,
        "items": len(notice.items),
        "again": bool(notice.repeat_reason),
        "training": notice.training,
    }
    transaction.append_event(
        office_event(desk, EventKind.GUIDANCE_GIVEN, clerk=notice.clerk, at=notice.at, rev=1, data=data)
    )
