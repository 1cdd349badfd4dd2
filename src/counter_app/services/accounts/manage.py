"""Who works here: making, changing, closing accounts, giving a one-time password.

For administrators: each act refuses everybody else (errors as `Desk.require`). Nobody can be left
without an administrator, and nothing deletes an account: papers and the audit log name people by it.
For the same reason a full name can be mended only until somebody first signed in with it; a user name,
which no paper shows, always.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.domain.clerks import Account, Permission, Role
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.vietnamese_text import clean, fold
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Transaction

_USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")
_MAX_NAME_LENGTH = 200


def accounts(desk: "Desk") -> Sequence[Account]:
    """Return every account, closed ones too, by full name; errors as `Desk.require`."""
    desk.require(Permission.ACCOUNTS)
    with desk.store.reading() as queries:
        return queries.accounts()


def suggested_names(desk: "Desk") -> tuple[str, ...]:
    """Return the clerks of before accounts were kept who have none yet."""
    with desk.store.reading() as queries:
        return tuple(name for name in desk.settings.clerks if queries.account_named(name) is None)


def suggested_username(full_name: str) -> str:
    """Return a user name for a full name: "Trần Thị Mai" gives "tranthimai"."""
    return re.sub(r"[^a-z0-9]", "", fold(full_name))[:32]


def make_account(desk: "Desk", *, username: str, full_name: str, role: Role) -> tuple[Account, str]:
    """Make an account and return it with the one-time password to be told, once, to whom it is for.

    Raises:
        RuleRefusal: ``username_taken``, ``full_name_taken``; ``first_account_needed`` while there is none.
        BadInput: ``bad_username``, ``clerk_missing``.
    """
    desk.require(Permission.ACCOUNTS)
    now = desk.clock.now()
    one_time = one_time_password(desk)
    account = Account(
        account_id=desk.ids.new_id(),
        username=checked_username(username),
        full_name=checked_full_name(full_name),
        role=role,
        password_hash=desk.hasher.hash(one_time),
        must_change=True,
        created_at=now,
        password_at=now,
    )
    with desk.store.writing() as transaction:
        if not transaction.has_accounts():
            raise RuleRefusal("first_account_needed")
        refuse_taken(transaction, account)
        _audit(desk, transaction, "account_made", account, role=role.value)
        transaction.put_account(account)
    return account, one_time


def change_account(
    desk: "Desk",
    account_id: str,
    *,
    role: Role | None = None,
    username: str | None = None,
    full_name: str | None = None,
) -> Account:
    """Give somebody another role or user name, or mend a full name nobody used yet.

    Raises:
        RuleRefusal: ``last_administrator``, ``full_name_in_use``, ``username_taken``, ``full_name_taken``.
        BadInput: ``account_unknown``, ``bad_username``, ``clerk_missing``.
    """
    desk.require(Permission.ACCOUNTS)
    with desk.store.writing() as transaction:
        before = _known(transaction, account_id)
        after = replace(
            before,
            role=role or before.role,
            username=before.username if username is None else checked_username(username),
            full_name=before.full_name if full_name is None else checked_full_name(full_name),
        )
        if after.full_name != before.full_name and before.last_in_at is not None:
            raise RuleRefusal("full_name_in_use")
        if after == before:
            return before
        if after.role is not Role.ADMINISTRATOR:
            _refuse_last_administrator(transaction, before)
        refuse_taken(transaction, after)
        _audit(desk, transaction, "account_changed", after, **_what_changed(before, after))
        transaction.put_account(after)
    desk.session.take_note(after)
    return after


def close_account(desk: "Desk", account_id: str) -> Account:
    """Let somebody sign in no more.

    Raises:
        RuleRefusal: ``own_account``, ``last_administrator``.
        BadInput: ``account_unknown``.
    """
    desk.require(Permission.ACCOUNTS)
    with desk.store.writing() as transaction:
        before = _known(transaction, account_id)
        _refuse_own(desk, before)
        _refuse_last_administrator(transaction, before)
        after = replace(before, closed=True)
        _audit(desk, transaction, "account_closed", after)
        transaction.put_account(after)
    desk.session.take_note(after)
    return after


def reopen_account(desk: "Desk", account_id: str) -> tuple[Account, str]:
    """Let somebody sign in again, with a one-time password; BadInput ``account_unknown``."""
    return _give_one_time_password(desk, account_id, "account_reopened")


def reset_password(desk: "Desk", account_id: str) -> tuple[Account, str]:
    """Give somebody who forgot theirs a one-time password; a locked account stays locked.

    Raises:
        RuleRefusal: ``own_account``: one's own is changed, which needs the present one.
        BadInput: ``account_unknown``.
    """
    return _give_one_time_password(desk, account_id, "account_password_reset")


def _give_one_time_password(desk: "Desk", account_id: str, act: str) -> tuple[Account, str]:
    desk.require(Permission.ACCOUNTS)
    one_time = one_time_password(desk)
    hashed = desk.hasher.hash(one_time)
    now = desk.clock.now()
    with desk.store.writing() as transaction:
        before = _known(transaction, account_id)
        _refuse_own(desk, before)
        after = replace(
            before,
            closed=False if act == "account_reopened" else before.closed,
            password_hash=hashed,
            must_change=True,
            password_at=now,
            failures=before.failures if before.locked else 0,
        )
        _audit(desk, transaction, act, after)
        transaction.put_account(after)
    desk.session.take_note(after)
    return after, one_time


def one_time_password(desk: "Desk") -> str:
    """Return a new password to be copied by hand, such as K7DM-R3QF-9XTW: 52 random bits."""
    return "-".join(desk.ids.new_secret() for _ in range(3))


def checked_username(username: str) -> str:
    """Return a user name as it is kept; BadInput ``bad_username``."""
    given = clean(username).lower()
    if not _USERNAME.fullmatch(given):
        raise BadInput("bad_username")
    return given


def checked_full_name(full_name: str) -> str:
    """Return a full name as papers show it; BadInput ``clerk_missing``."""
    given = clean(full_name)
    if not fold(given) or len(given) > _MAX_NAME_LENGTH:
        raise BadInput("clerk_missing")
    return given


def refuse_taken(transaction: "Transaction", account: Account) -> None:
    """Refuse names under which somebody else could be meant: either name may be typed at sign-in."""
    for name, code in ((account.username, "username_taken"), (account.full_name, "full_name_taken")):
        other = transaction.account_named(name)
        if other is not None and other.account_id != account.account_id:
            raise RuleRefusal(code)


def _refuse_last_administrator(transaction: "Transaction", account: Account) -> None:
    """One with a password for one time, which may never be used, or a locked account is no other."""
    if account.role is not Role.ADMINISTRATOR or account.closed:
        return
    if not any(
        each.role is Role.ADMINISTRATOR and not (each.closed or each.locked or each.must_change)
        for each in transaction.accounts()
        if each.account_id != account.account_id
    ):
        raise RuleRefusal("last_administrator")


def _refuse_own(desk: "Desk", account: Account) -> None:
    present = desk.session.present
    if present is not None and present.account_id == account.account_id:
        raise RuleRefusal("own_account")


def _known(transaction: "Transaction", account_id: str) -> Account:
    account = transaction.account(account_id)
    if account is None:
        raise BadInput("account_unknown")
    return account


def _what_changed(before: Account, after: Account) -> dict[str, object]:
    """Tell roles by value, names only by which changed: clerks' names are kept once, in the account."""
    changed: dict[str, object] = {}
    if before.role is not after.role:
        changed |= {"role": after.role.value, "role_before": before.role.value}
    names = [name for name in ("username", "full_name") if getattr(before, name) != getattr(after, name)]
    return changed | ({"names": names} if names else {})


def _audit(desk: "Desk", transaction: "Transaction", act: str, account: Account, **detail: object) -> None:
    transaction.append_audit(
        AuditEntry(
            at=desk.clock.now(), clerk=desk.clerk, act=act, subject_id=account.account_id, detail=detail
        )
    )
