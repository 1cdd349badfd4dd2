"""Which case of a procedure is meant; where cases differ nobody guesses a time limit or a fee."""

from dataclasses import replace

from counter_app.domain.errors import BadInput
from counter_app.domain.procedure import Procedure, ProcedureCase


def case_of(procedure: Procedure, case_id: str) -> ProcedureCase:
    """Return the case of that id; "" means the only one, or any of several that ask and promise alike.

    Raises:
        BadInput: ``case_unknown`` (case, procedure), ``case_needed`` (procedure, cases).
    """
    if case_id:
        case = procedure.case(case_id)
        if case is None:
            raise BadInput("case_unknown", case=case_id[:40], procedure=procedure.name)
        return case
    first, *others = procedure.cases
    if any(_unnamed(other) != _unnamed(first) for other in others):
        ids = [case.case_id for case in procedure.cases]
        raise BadInput("case_needed", procedure=procedure.name, cases=ids)
    return first


def _unnamed(case: ProcedureCase) -> ProcedureCase:
    return replace(case, case_id="", name="", provenance=None)
