"""Who is at the desk, and whether an act may be done in a name.

A counter without accounts (training, or a set-up without a password) lets everybody act in the name its
settings hold. From the first account on every act needs somebody who signed in since the program
started, and the permission of that role: `check` is asked by the storage before each audit entry.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.act_permissions import needed_for
from counter_app.domain.clerks import Account, Permission, Role, may
from counter_app.domain.errors import RuleRefusal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from counter_app.services.accounts_port import AccountQueries
    from counter_app.services.ports import AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Somebody at the desk, since when."""

    account_id: str
    username: str
    full_name: str
    role: Role
    since: "datetime"
    must_change: bool = False


class Session:
    """The one at the desk. ``locked`` says that the screen is; what was begun before still ends."""

    def __init__(self) -> None:
        self.present: SignedIn | None = None
        self.locked = False
        self._guarded = False
        self._roles: dict[str, Role] = {}

    def begin(self, account: Account, at: "datetime") -> SignedIn:
        """Let somebody be at the desk; what the one before began still ends in their own name."""
        self.present = SignedIn(
            account_id=account.account_id,
            username=account.username,
            full_name=account.full_name,
            role=account.role,
            since=at,
            must_change=account.must_change,
        )
        self._roles[account.full_name] = account.role
        self.locked = False
        return self.present

    def end(self) -> None:
        """Let nobody be at the desk."""
        self.present = None
        self.locked = False

    def take_note(self, account: Account) -> None:
        """Let a change of somebody's role or a closed account count at once."""
        if account.closed:
            self._roles.pop(account.full_name, None)
        elif account.full_name in self._roles:
            self._roles[account.full_name] = account.role

    def require(self, permission: Permission, has_accounts: "Callable[[], bool]") -> None:
        """Refuse what the one at the desk may not do.

        Raises:
            RuleRefusal: ``sign_in_needed``, ``not_permitted`` (permission, role).
        """
        self._guarded = self._guarded or has_accounts()
        if self._guarded:
            self._refuse(permission, self.present.role if self.present is not None else None)

    def check(self, queries: "AccountQueries", entry: "AuditEntry") -> None:
        """Refuse an act nobody of that name signed in for, or whose role may not; errors as `require`."""
        needed = needed_for(entry.act)
        if needed is None:
            return
        self._guarded = self._guarded or queries.has_accounts()
        if self._guarded:
            self._refuse(needed, self._roles.get(entry.clerk))

    @staticmethod
    def _refuse(permission: Permission, role: Role | None) -> None:
        if role is None:
            raise RuleRefusal("sign_in_needed")
        if not may(role, permission):
            raise RuleRefusal("not_permitted", permission=permission.value, role=role.value)
