"""Papers about the catalogue, made at a desk: its fees, its limits, its name, on a given day."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from counter_app.domain.catalogue_changes import CatalogueChanges
from counter_app.domain.errors import BadInput, KnownError
from counter_app.domain.local_values import fee_amounts
from counter_app.domain.procedure import Procedure
from counter_app.domain.procedure_here import procedure_here
from counter_app.services.choose_case import case_of
from counter_app.services.instruction_sheet import instruction_sheet
from counter_app.services.posting_sheets import PostingGaps, change_sheet, posting_gaps, posting_sheet
from counter_app.services.session_words import hours_text

if TYPE_CHECKING:
    from counter_app.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingPaper:
    """The posting sheet as PDF, with how many procedures it lists and how many must be taken down.

    ``gaps`` is what it cannot say yet: it should not be posted before that is entered.
    """

    pdf: bytes
    posted: int
    taken_down: int
    gaps: PostingGaps


def procedures_here(desk: "Desk", on: date) -> tuple[Procedure, ...]:
    """Return the procedures in force on a day with the fees of that day and the limits decided here."""
    values = desk.local_values
    return tuple(procedure_here(each, values, on) for each in desk.catalogue.procedures(on))


def amounts_here(desk: "Desk", on: date) -> dict[str, int]:
    """Return the province's fees known here on a day, at the counter; an absent one is unknown, never 0."""
    return fee_amounts(desk.local_values, on, "counter", {})


def posting_paper(desk: "Desk", on: date, *, since: date | None = None, sector: str = "") -> PostingPaper:
    """Return the posting sheet of a day, of one sector or of all (`sector` "").

    `since` adds the procedures that went out of force from that day on: they must be taken down.
    """
    settings, amounts = desk.settings, amounts_here(desk, on)
    posted = [each for each in procedures_here(desk, on) if sector in ("", each.sector)]
    gone = taken_down(desk, on, since=since, sector=sector) if since else ()
    content = posting_sheet(
        posted,
        office=desk.office(on),
        amounts=amounts,
        on=on,
        data_version=forms_version(desk),
        taken_down=gone,
        training=settings.counter.training,
    )
    return PostingPaper(
        pdf=desk.renderer.sheet(content),
        posted=len(posted),
        taken_down=len(gone),
        gaps=posting_gaps(posted, amounts),
    )


def require_sector(desk: "Desk", sector: str) -> None:
    """Refuse a sector no procedure is of; BadInput ``sector_unknown`` (sector, sectors)."""
    known = dict.fromkeys(each.sector for each in desk.catalogue.all_procedures())
    if sector and sector not in known:
        raise BadInput("sector_unknown", sector=sector[:80], sectors=list(known))


def taken_down(desk: "Desk", on: date, *, since: date, sector: str = "") -> tuple[Procedure, ...]:
    """Return the procedures that went out of force from `since` on: they must leave the board."""
    expired = desk.catalogue.check(on).expired
    in_sector = (each for each in expired if sector in ("", each.sector))
    return tuple(each for each in in_sector if each.valid_to and each.valid_to >= since)


def instruction_paper(desk: "Desk", procedure_id: str, on: date, case_id: str = "") -> bytes:
    """Return the instruction sheet of a procedure in force as PDF, of one case or of all.

    Raises:
        BadInput: ``procedure_unknown``, ``case_unknown``.
        RuleRefusal: ``procedure_expired``, ``procedure_not_yet_valid``.
    """
    procedure = procedure_here(desk.catalogue.procedure(procedure_id, on), desk.local_values, on)
    content = instruction_sheet(
        procedure,
        office=desk.office(on),
        amounts=amounts_here(desk, on),
        on=on,
        case_id=case_of(procedure, case_id).case_id if case_id else "",
        hours=hours_text(desk.calendar().pattern_on(on)),
        labels=_questions(desk, procedure, on),
        training=desk.settings.counter.training,
    )
    return desk.renderer.sheet(content)


def _questions(desk: "Desk", procedure: Procedure, on: date) -> dict[str, str]:
    """Return the questions of the procedure's forms by key; a form that cannot be read asks nothing."""
    labels: dict[str, str] = {}
    for form_id in dict.fromkeys(form_id for case in procedure.cases for form_id in case.forms):
        with suppress(KnownError):
            form = desk.catalogue.form(form_id, on)
            for field in form.fields:
                labels |= dict.fromkeys((field.key, f"{form_id}.{field.key}"), field.ask or field.label)
    return labels


def change_paper(desk: "Desk", changes: CatalogueChanges, data_version: str, on: date) -> bytes:
    """Return the list of what a pack changes as PDF."""
    training = desk.settings.counter.training
    content = change_sheet(
        changes, office=desk.office(on), on=on, data_version=data_version, training=training
    )
    return desk.renderer.sheet(content)


def forms_version(desk: "Desk") -> str:
    """Return the version of the data the procedures come from."""
    return next(each.pack_version for each in desk.catalogue.data_versions() if each.section == "forms")
