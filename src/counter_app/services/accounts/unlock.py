"""Unlocking an account that was tried too often: two people, or one and the recovery sheet.

One alone could guess at a colleague's account for ever, unlocking it after every ten tries.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from counter_app.domain.clerks import UNLOCKERS, Account, Permission, may
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.services.accounts.prove import prove
from counter_app.services.keys.recover import recovery_code_is_right
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocker:
    """Somebody who stands for it that the account is unlocked."""

    name: str
    password: str = field(repr=False)


def unlock_account(
    desk: "Desk", account_id: str, unlockers: Sequence[Unlocker], *, recovery_code: str = ""
) -> Account:
    """Unlock an account; its password stays. Nobody needs to be signed in.

    Raises:
        BadInput: ``account_unknown``, for the code as `recovery_code_is_right`.
        RuleRefusal: ``account_not_locked``, ``unlockers_missing`` (count), ``unlocker_is_locked_one``,
            ``unlocker_may_not``, ``recovery_code_wrong``, ``password_must_change``, as `prove`
            for each password.
    """
    with desk.store.reading() as queries:
        locked = queries.account(account_id)
        named = [queries.account_named(each.name) for each in unlockers]
    if locked is None:
        raise BadInput("account_unknown")
    if not locked.locked:
        raise RuleRefusal("account_not_locked")
    ids = {each.account_id for each in named if each is not None}
    if locked.account_id in ids:
        raise RuleRefusal("unlocker_is_locked_one")
    same_twice = len(ids) < sum(each is not None for each in named)
    if not unlockers or same_twice or len(unlockers) + bool(recovery_code) < UNLOCKERS:
        raise RuleRefusal("unlockers_missing", count=UNLOCKERS)
    if recovery_code and not recovery_code_is_right(desk, recovery_code):
        raise RuleRefusal("recovery_code_wrong")
    proven = [_stands(desk, each) for each in unlockers]
    return _unlock(desk, account_id, proven, by_code=bool(recovery_code))


def _stands(desk: "Desk", unlocker: Unlocker) -> Account:
    account = prove(desk, unlocker.name, unlocker.password)
    if not may(account.role, Permission.UNLOCK):
        raise RuleRefusal("unlocker_may_not")
    if account.must_change:
        raise RuleRefusal("password_must_change")
    return account


def _unlock(desk: "Desk", account_id: str, proven: Sequence[Account], *, by_code: bool) -> Account:
    first = proven[0]
    others = [each.account_id for each in proven[1:]] + (["recovery_code"] if by_code else [])
    with desk.session.proven(first), desk.store.writing() as transaction:
        current = transaction.account(account_id)
        if current is None or not current.locked:
            raise RuleRefusal("account_not_locked")
        after = replace(current, locked=False, failures=0, failed_at=None)
        transaction.put_account(after)
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=first.full_name,
                act="account_unlocked",
                subject_id=account_id,
                detail={"with": others},
            )
        )
    return after
