"""What the one at the desk may do, for screens that show it before it is refused."""

from counter_app.domain.clerks import Permission, may
from counter_app.domain.errors import RuleRefusal
from counter_app.messages import text_of
from counter_app.ui.workspace import Workspace


def allowed(workspace: Workspace, permission: Permission) -> bool:
    """Tell whether the one at the desk may do it; without accounts everybody may.

    Screens only dim what is refused anyway: the use cases and the storage decide.
    """
    present = workspace.desk.session.present
    return present is None or may(present.role, permission)


def why_not(workspace: Workspace, permission: Permission) -> str:
    """Return the words for what the one at the desk may not do, "" when they may."""
    refusal = refusal_of(workspace, permission)
    return "" if refusal is None else text_of(refusal)


def refusal_of(workspace: Workspace, permission: Permission) -> RuleRefusal | None:
    """Return what the use cases would raise, None when the one at the desk may."""
    present = workspace.desk.session.present
    if present is None or may(present.role, permission):
        return None
    return RuleRefusal("not_permitted", permission=permission.value, role=present.role.value)
