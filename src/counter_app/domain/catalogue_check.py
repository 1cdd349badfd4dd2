"""What of the catalogue is no longer in force, and what soon will not be."""

from dataclasses import dataclass

from counter_app.domain.form_template import FormTemplate
from counter_app.domain.procedure import Procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueCheck:
    """Procedures and forms with nothing in force after them, soonest end first.

    A procedure another one took over from is among the expired too: ``superseded_by`` tells them apart.
    Of the forms only those count that a procedure in force asks for: the others are history.
    """

    expired: tuple[Procedure, ...] = ()
    expiring: tuple[Procedure, ...] = ()
    forms_expired: tuple[FormTemplate, ...] = ()
    forms_expiring: tuple[FormTemplate, ...] = ()
