"""The people of a counter: who may do what, how long a wrong password waits, when an account is locked.

Rules of the house, not of law; after OWASP ASVS 5.0 6.1.1, 6.2, 6.3.1 and 8.2 (least privilege, no
guessing, and no way to lock a whole office out by guessing).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

LOCK_AFTER = 10  # wrong passwords in a row
MIN_PASSWORD_LENGTH = 8
MAX_PASSWORD_LENGTH = 72
UNLOCKERS = 2  # people, or one and the recovery sheet
_FREE_TRIES = 2  # a slip of the finger costs nothing
_LONGEST_WAIT_S = 300


class Role(StrEnum):
    """What somebody is at the counter; each but the viewer may do what the one before may."""

    VIEWER = "viewer"
    CLERK = "clerk"
    HEAD = "head"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """What a use case needs of whoever asks for it."""

    VIEW = "view"  # look at dossiers, citizens, work lists
    RECEIVE = "receive"  # the counter's day: visits, papers, results, fees, queue, closing the day
    DECIDE = "decide"  # take back what was done: reopen a day, void a receipt, merge people, move promises
    EXPORT = "export"  # lists, reports and citizens' data leave the program as files
    PERSONAL_DATA = "personal_data"  # answer a citizen's request about the data kept, purge what is over
    ACCOUNTS = "accounts"  # make, change, close accounts
    UNLOCK = "unlock"  # be one of the two who unlock an account
    AUDIT = "audit"  # read and check the audit log
    SET_UP = "set_up"  # settings, office values, data packs, the server
    SAFEKEEP = "safekeep"  # backups, keys, the recovery sheet


_CLERK = frozenset({Permission.VIEW, Permission.RECEIVE, Permission.EXPORT})
_HEAD = _CLERK | {Permission.DECIDE, Permission.PERSONAL_DATA, Permission.UNLOCK, Permission.AUDIT}
PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.VIEWER: frozenset({Permission.VIEW}),
    Role.CLERK: _CLERK,
    Role.HEAD: _HEAD,
    Role.ADMINISTRATOR: frozenset(Permission),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who works here. Accounts are closed, never deleted: acts bear their names.

    ``full_name`` is unique for ever, closed accounts included: papers and the audit log name people by
    it. ``password_hash`` is an Argon2id string (PHC), "" when no password was set yet. ``failures``
    counts wrong passwords since the last right one, the last at ``failed_at``.
    """

    account_id: str
    username: str
    full_name: str
    role: Role
    password_hash: str = field(repr=False)
    must_change: bool
    created_at: datetime
    password_at: datetime
    closed: bool = False
    locked: bool = False
    failures: int = 0
    failed_at: datetime | None = None
    last_in_at: datetime | None = None


def may(role: Role, permission: Permission) -> bool:
    """Tell whether a role has a permission."""
    return permission in PERMISSIONS[role]


def wait_after(failures: int) -> timedelta:
    """Return how long the next try waits after so many wrong passwords: 0, 0, 5 s, 10 s, 20 s … 5 min."""
    if failures <= _FREE_TRIES:
        return timedelta(0)
    return timedelta(seconds=min(5 * 2 ** (failures - _FREE_TRIES - 1), _LONGEST_WAIT_S))


def waits_until(account: Account, now: datetime) -> datetime | None:
    """Return when the account may be tried again, None when now.

    A clock that was set back ends the wait: measured by it, the wait would end when the clock is where it
    was, perhaps in years. Who guesses wins nothing by it, for every try counts towards `LOCK_AFTER`.
    """
    wait = wait_after(account.failures)
    if account.failed_at is None or account.failed_at > now:
        return None
    until = account.failed_at + wait
    return until if until > now else None
