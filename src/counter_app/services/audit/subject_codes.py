"""What an audit entry is about, in what people know: a dossier's code, somebody's name, for an id."""

from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from counter_app.services.audit_port import AuditFilter
    from counter_app.services.ports import Queries


def code_of(queries: "Queries", subject_id: str) -> str:
    """Return the code of the dossier, or whose account it is; "" for any other subject."""
    code = queries.dossier_code_of(subject_id)
    if code or not subject_id:
        return code
    account = queries.account(subject_id)
    return "" if account is None else account.full_name


def subject_of(queries: "Queries", wanted: "AuditFilter", dossier_code: str) -> "AuditFilter":
    """Return the filter for one dossier; BadInput ``dossier_unknown``."""
    if not dossier_code.strip():
        return wanted
    dossier = queries.dossier_by_code(dossier_code.strip())
    if dossier is None:
        raise BadInput("dossier_unknown", dossier_code=dossier_code.strip()[:40])
    return replace(wanted, subject_id=dossier.dossier_id)
