"""Why a case has no time limit: what the data says of it, for whoever must find and enter one."""

from counter_app.domain.procedure import CaseValue, ProcedureCase


def lacks_limit(case: ProcedureCase) -> bool:
    """Tell whether nothing can be promised until the office decides a limit."""
    return case.time is None and not case.same_day and not case.no_promise


def time_note(case: ProcedureCase) -> str:
    """Return why the case has no limit of its own, "" when it has one or the data does not say."""
    if case.time is not None:
        return ""
    return next((each.note for each in case.sources if each.of is CaseValue.TIME), "")
