"""Pinning: what a dossier is received under is kept with it, and its papers are made from that alone.

The catalogue says what holds for a visit today; it is never asked about a dossier of the past. So a
pack taken back, a data file edited under the same version, a renamed office or a restored backup
changes no word of a paper that was handed out.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.domain.dossier import Dossier, FilledForm
from counter_app.domain.form_template import FormTemplate
from counter_app.domain.office import Office
from counter_app.domain.procedure import Procedure
from counter_app.domain.working_calendar import WorkingCalendar

if TYPE_CHECKING:
    from counter_app.services.ports import Queries, Transaction


def pin(
    transaction: "Transaction",
    dossier: Dossier,
    *,
    procedure: Procedure,
    templates: Mapping[str, FormTemplate],
    office: Office,
    calendar: WorkingCalendar,
) -> Dossier:
    """Keep what the dossier is received under and return the dossier referring to it.

    Part of the receiving act: definition and dossier are there together or not at all. `procedure` and
    `templates` (by form id) are those in effect, with the values of province and office.
    """
    keep = transaction.keep_definition
    return replace(
        dossier,
        procedure=replace(dossier.procedure, definition=keep(procedure)),
        forms=tuple(replace(form, definition=keep(templates[form.form_id])) for form in dossier.forms),
        office_definition=keep(office),
        calendar_definition=keep(calendar),
    )


def procedure_of(queries: "Queries", dossier: Dossier) -> Procedure:
    """Return the procedure as it was when the dossier was received; errors as `Queries.definition`."""
    return queries.definition(dossier.procedure.definition, Procedure)


def template_of(queries: "Queries", form: FilledForm) -> FormTemplate:
    """Return the form as it was when it was filled; errors as `Queries.definition`."""
    return queries.definition(form.definition, FormTemplate)


def office_of(queries: "Queries", dossier: Dossier) -> Office:
    """Return the office as the first papers named it; errors as `Queries.definition`."""
    return queries.definition(dossier.office_definition, Office)
