"""When nobody else can help: an administrator sets a new password with the code of the recovery sheet.

The sheet lies sealed in the safe. Its use is on record and told to everybody who signs in after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.domain.clerks import Account, Role
from counter_app.domain.errors import RuleRefusal
from counter_app.services.accounts.passwords import new_hash
from counter_app.services.audit_port import AuditFilter
from counter_app.services.keys.recover import recovery_code_is_right
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.session import SignedIn

_RESET = "account_password_reset"
_BY_SHEET = {"by": "recovery_code"}
_MOST_TOLD = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetUse:
    """The recovery sheet opened an administrator's account."""

    at: datetime
    full_name: str


def recover_administrator(desk: "Desk", name: str, recovery_code: str, new_password: str) -> Account:
    """Set an administrator's password and unlock the account; nobody is signed in by it.

    Raises:
        RuleRefusal: ``recovery_code_wrong``; ``not_an_administrator``: everybody else asks one of them;
            also when the name is nobody's.
        BadInput: as `recovery_code_is_right` and `passwords.check_new`.
    """
    if not recovery_code_is_right(desk, recovery_code):
        raise RuleRefusal("recovery_code_wrong")
    with desk.store.reading() as queries:
        found = queries.account_named(name)
    if found is None or found.closed or found.role is not Role.ADMINISTRATOR:
        raise RuleRefusal("not_an_administrator")
    hashed = new_hash(desk, new_password, found.username, found.full_name)
    now = desk.clock.now()
    with desk.session.proven(found), desk.store.writing() as transaction:
        current = transaction.account(found.account_id)
        if current is None or current.closed or current.role is not Role.ADMINISTRATOR:
            raise RuleRefusal("not_an_administrator")
        after = replace(
            current,
            password_hash=hashed,
            password_at=now,
            must_change=False,
            locked=False,
            failures=0,
            failed_at=None,
        )
        transaction.put_account(after)
        transaction.append_audit(
            AuditEntry(
                at=now, clerk=after.full_name, act=_RESET, subject_id=after.account_id, detail=_BY_SHEET
            )
        )
    desk.session.take_note(after)
    return after


def sheet_uses_since(desk: "Desk", present: "SignedIn") -> Sequence[SheetUse]:
    """Return the uses of the recovery sheet somebody who just signed in was not told of, newest first."""
    wanted = AuditFilter(acts=(_RESET,), since=present.last_in_at)
    with desk.store.reading() as queries:
        entries = [each.entry for each in queries.audit_page(wanted, limit=_MOST_TOLD)]
    return [
        SheetUse(at=entry.at, full_name=entry.clerk)
        for entry in entries
        if entry.detail == _BY_SHEET and entry.subject_id != present.account_id
    ]
