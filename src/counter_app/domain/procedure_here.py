"""A procedure as it stands here on a day: the limits decided here, the fees of that day."""

from datetime import date

from counter_app.domain.fee_dates import with_fees_on
from counter_app.domain.local_values import LocalValues, effective_procedure
from counter_app.domain.procedure import Procedure


def procedure_here(procedure: Procedure, values: LocalValues, on: date) -> Procedure:
    """Return what lists, pages and papers of day `on` say; a visit charges by `fee.charge_for`."""
    return with_fees_on(effective_procedure(procedure, values, on), on)
