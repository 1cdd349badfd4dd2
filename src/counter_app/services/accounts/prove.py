"""Proves who somebody is by their password; every try counts before anybody learns whether it was right.

A try is written to the database as a failure first and taken back when the password was right, so a
process killed in between, or many tries at once, win nobody a free guess.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING

from counter_app.domain.clerks import LOCK_AFTER, MAX_PASSWORD_LENGTH, Account, waits_until
from counter_app.domain.errors import EnvironmentProblem, RuleRefusal
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries, Transaction

_UNWRITABLE = ("database_read_only", "disk_full")
_ONE_TIME = re.compile(r"([0-9A-Z]{4})[- ]?([0-9A-Z]{4})[- ]?([0-9A-Z]{4})", re.ASCII)
OnProof = Callable[["Transaction", Account], Account]


def _as_it_is(_transaction: "Transaction", account: Account) -> Account:
    return account


def as_entered(password: str) -> str:
    """Return the password in the one form that is hashed: NFC, however the keyboard composed it."""
    return unicodedata.normalize("NFC", password)


def _as_meant(password: str, account: Account) -> str:
    """Return what is hashed; a one-time password is copied from paper, in any case and grouping."""
    entered = as_entered(password)
    one_time = _ONE_TIME.fullmatch(entered.strip().upper()) if account.must_change else None
    return entered if one_time is None else "-".join(one_time.groups())


def prove(desk: "Desk", name: str, password: str, act: OnProof = _as_it_is, *, keeps: bool = True) -> Account:
    """Return the account of a user name or full name as it was before this try.

    Args:
        desk: The counter.
        name: A user name or a full name.
        password: What was typed.
        act: Done in the transaction that takes the failures back; gets the account without them and
            returns what is to be stored.
        keeps: Whether `act` must be kept; else a database nobody can write does not stop the proof.

    Raises:
        EnvironmentProblem: as `Store.writing`.
        RuleRefusal: ``sign_in_wrong`` (also for a name nobody has, and a closed account),
            ``sign_in_waits`` (until, seconds), ``account_is_locked``.
    """
    now = desk.clock.now()
    found = _count_try(desk, name, now)
    right = _is_right(desk, password, found)
    if found is None or not right:
        _note_failure(desk, found, now)
        raise RuleRefusal("sign_in_wrong")
    try:
        _take_back(desk, found, password, act)
    except EnvironmentProblem as problem:
        if keeps or problem.code not in _UNWRITABLE:
            raise
        desk.session.unwritten_tries.pop(found.account_id, None)
    return found


def _is_right(desk: "Desk", password: str, account: Account | None) -> bool:
    """Always hash once: an unknown name must take as long as a wrong password."""
    given = password[: 4 * MAX_PASSWORD_LENGTH]
    entered = as_entered(given) if account is None else _as_meant(given, account)
    kept = account.password_hash if account is not None and len(entered) <= MAX_PASSWORD_LENGTH else ""
    return desk.hasher.matches(entered[:MAX_PASSWORD_LENGTH], kept)


def _count_try(desk: "Desk", name: str, now: datetime) -> Account | None:
    try:
        with desk.store.writing() as transaction:
            account = _open_account(transaction, name)
            if account is None:
                return None
            _refuse_too_many(account, now)
            transaction.put_account(_with_a_failure(account, now))
            return account
    except _LockNow as many:
        lock(desk, many.account, now)
        raise RuleRefusal("account_is_locked") from None
    except EnvironmentProblem as problem:
        if problem.code not in _UNWRITABLE:
            raise
        return _count_in_memory(desk, name, now)


class _LockNow(Exception):
    """A try was counted before, but the process died before the account was locked."""

    def __init__(self, account: Account) -> None:
        super().__init__()
        self.account = account


def _refuse_too_many(account: Account, now: datetime) -> None:
    if account.locked:
        raise RuleRefusal("account_is_locked")
    if account.failures >= LOCK_AFTER:
        raise _LockNow(account)
    until = waits_until(account, now)
    if until is not None:
        seconds = max(1, ceil((until - now).total_seconds()))
        raise RuleRefusal("sign_in_waits", until=until, seconds=seconds)


def _count_in_memory(desk: "Desk", name: str, now: datetime) -> Account | None:
    """Count where nothing can be written, and nothing can be done but look: until the program ends."""
    with desk.store.reading() as queries:
        account = _open_account(queries, name)
    if account is None:
        return None
    account = desk.session.unwritten_tries.get(account.account_id, account)
    try:
        _refuse_too_many(account, now)
    except _LockNow:
        raise RuleRefusal("account_is_locked") from None
    desk.session.unwritten_tries[account.account_id] = _with_a_failure(account, now)
    return account


def _open_account(queries: "Queries", name: str) -> Account | None:
    account = queries.account_named(name)
    return None if account is None or account.closed else account


def _with_a_failure(account: Account, now: datetime) -> Account:
    return replace(account, failures=account.failures + 1, failed_at=now)


def _note_failure(desk: "Desk", tried: Account | None, now: datetime) -> None:
    """Put the failure on record and lock the account when it was the last it may have."""
    subject = "" if tried is None else tried.account_id
    try:
        with desk.store.writing() as transaction:
            account = transaction.account(subject) if tried is not None else None
            failures = 0 if account is None else account.failures
            detail = {"failures": failures} if account is not None else {}
            transaction.append_audit(
                AuditEntry(at=now, clerk="", act="sign_in_failed", subject_id=subject, detail=detail)
            )
    except EnvironmentProblem as problem:
        if problem.code not in _UNWRITABLE:
            raise
        return
    if account is not None and failures >= LOCK_AFTER:
        lock(desk, account, now)
        raise RuleRefusal("account_is_locked")


def lock(desk: "Desk", account: Account, now: datetime) -> None:
    """Lock an account that was tried too often."""
    with desk.store.writing() as transaction:
        current = transaction.account(account.account_id)
        if current is None or current.locked:
            return
        transaction.put_account(replace(current, locked=True))
        transaction.append_audit(
            AuditEntry(at=now, clerk="", act="account_locked", subject_id=account.account_id)
        )


def _take_back(desk: "Desk", tried: Account, password: str, act: OnProof) -> None:
    """Forget the failures; a hash made with weaker settings than today's is made anew."""
    dated = desk.hasher.is_dated(tried.password_hash)
    renewed = desk.hasher.hash(_as_meant(password, tried)) if dated else tried.password_hash
    with desk.store.writing() as transaction:
        current = transaction.account(tried.account_id)
        if current is None or current.closed or current.password_hash != tried.password_hash:
            raise RuleRefusal("sign_in_wrong")  # changed while the password was checked
        if current.locked:
            raise RuleRefusal("account_is_locked")
        fresh = replace(current, failures=0, failed_at=None, password_hash=renewed)
        transaction.put_account(act(transaction, fresh))
