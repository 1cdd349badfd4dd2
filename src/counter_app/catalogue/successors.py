"""Names what took the place of an expired procedure, so that the clerk is not left to search for it."""

from counter_app.catalogue.loaded_data import LoadedData
from counter_app.domain.errors import RuleRefusal


def with_successors(data: LoadedData, refusal: RuleRefusal) -> RuleRefusal:
    """Return a ``procedure_expired`` that also has ``successors`` (names) and ``superseded_by`` (ids).

    Another refusal, and one of a procedure nothing replaced, is returned as it is.
    """
    if refusal.code != "procedure_expired":
        return refusal
    heads = data.procedures_by_id.get(str(refusal.params["id"]), ())
    last = next(head for head in heads if head.version == refusal.params["version"])
    by_id = [(each, data.procedures_by_id.get(each, ())) for each in data.procedure(last).superseded_by]
    known = [(each, heads[-1].name) for each, heads in by_id if heads]
    if not known:
        return refusal
    ids, names = [each for each, _ in known], [name for _, name in known]
    return RuleRefusal("procedure_expired", **{**refusal.params, "successors": names, "superseded_by": ids})
