"""Who is at the desk, and whether an act may be done in a name.

A counter without accounts (training, or a set-up without a password) lets everybody act in the name its
settings hold. From the first account on every act needs somebody who signed in since the program
started, and the permission of that role: `check` is asked by the storage before each audit entry.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from counter_app.domain.act_permissions import needed_for
from counter_app.domain.clerks import Account, Permission, Role, may
from counter_app.domain.errors import RuleRefusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from counter_app.services.accounts_port import AccountQueries
    from counter_app.services.ports import AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Somebody at the desk, since when.

    ``last_in_at`` and ``failures`` are the sign-in before this one and the wrong passwords since, to be
    shown: whoever did not make them learns of somebody who guesses.
    """

    account_id: str
    username: str
    full_name: str
    role: Role
    since: "datetime"
    must_change: bool = False
    last_in_at: "datetime | None" = None
    failures: int = 0


T = TypeVar("T")


def refusal_entry(refusal: RuleRefusal, clerk: str, act: str, at: "datetime") -> "AuditEntry":
    """Return what the audit log keeps of a refused act (ASVS 5.0 16.3.2)."""
    from counter_app.services.ports import AuditEntry

    return AuditEntry(
        at=at, clerk=clerk, act="access_refused", subject_id="", detail={"act": act, "why": refusal.code}
    )


_acting: "ContextVar[SignedIn | None]" = ContextVar("acting", default=None)


class Session:
    """The one at the desk. ``locked`` says that the screen is; what was begun before still ends."""

    def __init__(self) -> None:
        self._at_desk: SignedIn | None = None
        self.locked = False
        self.unproven_name = ""  # in whose name acts are done at a counter without accounts
        self._guarded = False
        self._roles: dict[str, Role] = {}
        self._must_change: set[str] = set()
        self.unwritten_tries: dict[str, Account] = {}  # where the database cannot be written

    @property
    def present(self) -> SignedIn | None:
        """Whoever is at the desk; within work `in_this_name` bound, whoever was when it was asked for."""
        return _acting.get() or self._at_desk

    def in_this_name(self, work: "Callable[[], T]") -> "Callable[[], T]":
        """Return the work as something whoever is here now does, even if it waits its turn and they leave."""
        asked = self.present

        def act() -> T:
            token = _acting.set(asked)
            try:
                return work()
            finally:
                _acting.reset(token)

        return work if asked is None else act

    def begin(self, account: Account, at: "datetime") -> SignedIn:
        """Let somebody be at the desk; what the one before began still ends in their own name."""
        self._at_desk = SignedIn(
            account_id=account.account_id,
            username=account.username,
            full_name=account.full_name,
            role=account.role,
            since=at,
            must_change=account.must_change,
            last_in_at=account.last_in_at,
            failures=account.failures,
        )
        self._know(account)
        self.locked = False
        return self._at_desk

    def end(self) -> None:
        """Let nobody be at the desk."""
        self._at_desk = None
        self.locked = False

    def take_note(self, account: Account) -> None:
        """Let a change of somebody's role or password, or a closed account count at once."""
        if account.closed:
            self._roles.pop(account.full_name, None)
        elif account.full_name in self._roles:
            self._know(account)
        if self._at_desk is not None and self._at_desk.account_id == account.account_id:
            self._at_desk = replace(
                self._at_desk,
                username=account.username,
                role=account.role,
                must_change=account.must_change,
            )

    @contextmanager
    def proven(self, account: Account) -> "Iterator[None]":
        """Let an act bear the name of somebody who gave a proof for it but does not sit at the desk."""
        known, due = self._roles.get(account.full_name), account.full_name in self._must_change
        self._roles[account.full_name] = account.role
        self._must_change.discard(account.full_name)
        try:
            yield
        finally:
            if known is None:
                self._roles.pop(account.full_name, None)
            if due:
                self._must_change.add(account.full_name)

    def _know(self, account: Account) -> None:
        self._roles[account.full_name] = account.role
        (self._must_change.add if account.must_change else self._must_change.discard)(account.full_name)

    def is_guarded(self, has_accounts: "Callable[[], bool]") -> bool:
        """Tell whether accounts are kept: then nobody acts in a name they gave no proof of."""
        self._guarded = self._guarded or has_accounts()
        return self._guarded

    def require(self, permission: Permission, has_accounts: "Callable[[], bool]", clerk: str = "") -> None:
        """Refuse what the one at the desk, or `clerk` who signed in before, may not do.

        Raises:
            RuleRefusal: ``sign_in_needed``, ``password_must_change``, ``not_permitted`` (permission, role).
        """
        if self.is_guarded(has_accounts):
            name = clerk or (self.present.full_name if self.present is not None else "")
            self._refuse(permission, self._roles.get(name))
            self._refuse_one_time_password(name)

    def check(self, queries: "AccountQueries", entry: "AuditEntry") -> None:
        """Refuse an act nobody of that name signed in for, or whose role may not; errors as `require`."""
        needed = needed_for(entry.act)
        if needed is None:
            return
        if self.is_guarded(queries.has_accounts):
            self._refuse(needed, self._role_by_now(queries, entry.clerk))
            if entry.act != "password_changed":
                self._refuse_one_time_password(entry.clerk)

    def _role_by_now(self, queries: "AccountQueries", full_name: str) -> Role | None:
        """Return the role of somebody who signed in here; another program may have closed it since."""
        known = self._roles.get(full_name)
        account = queries.account_named(full_name) if known is not None else None
        if account is None or account.full_name != full_name:
            return known
        return None if account.closed else account.role

    def _refuse_one_time_password(self, full_name: str) -> None:
        if full_name in self._must_change:
            raise RuleRefusal("password_must_change")

    @staticmethod
    def _refuse(permission: Permission, role: Role | None) -> None:
        if role is None:
            raise RuleRefusal("sign_in_needed")
        if not may(role, permission):
            raise RuleRefusal("not_permitted", permission=permission.value, role=role.value)
