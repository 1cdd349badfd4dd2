"""Signing in and out, the locked screen, the end of a shift."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from counter_app.domain.errors import RuleRefusal
from counter_app.services.accounts.prove import OnProof, prove
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.domain.clerks import Account
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Transaction
    from counter_app.services.session import SignedIn

ONE_TIME_PASSWORD_LIVES = timedelta(days=7)


def sign_in(desk: "Desk", name: str, password: str) -> "SignedIn":
    """Let somebody be at the desk; whoever was there before is so no more.

    With ``must_change`` in the answer nothing but `passwords.change_password` is let through. Takes
    0.2 to 0.5 s on purpose: never on the window's own thread.

    Raises:
        RuleRefusal: as `prove`; ``one_time_password_over``: it was given too long ago.
    """
    now = desk.clock.now()

    def come_in(transaction: "Transaction", account: "Account") -> "Account":
        if account.must_change and now - account.password_at > ONE_TIME_PASSWORD_LIVES:
            raise RuleRefusal("one_time_password_over")
        transaction.append_audit(_entry(desk, "signed_in", account.full_name, account.account_id))
        return replace(account, last_in_at=now)

    return desk.session.begin(prove(desk, name, password, come_in, keeps=False), now)


def sign_out(desk: "Desk") -> None:
    """Let nobody be at the desk; nothing happens when nobody is."""
    _leave(desk, "signed_out")


def end_shift(desk: "Desk") -> None:
    """Sign out at the end of a shift; what is left open today is for the caller to show before."""
    _leave(desk, "session_shift_ended")


def lock_screen(desk: "Desk") -> None:
    """Lock the screen. It is locked even when the disk can not keep the record of it."""
    present = desk.session.present
    if present is None or desk.session.locked:
        return
    desk.session.locked = True
    with desk.store.writing() as transaction:
        transaction.append_audit(_entry(desk, "session_locked", present.full_name, present.account_id))


def unlock_screen(desk: "Desk", password: str) -> "SignedIn":
    """Unlock the screen with the password of the one at the desk; wrong tries count as at sign-in.

    Raises:
        RuleRefusal: ``sign_in_needed`` when nobody is at the desk, else as `prove`.
    """
    present = desk.session.present
    if present is None:
        raise RuleRefusal("sign_in_needed")
    prove(desk, present.username, password, _entry_of(desk, "session_unlocked"), keeps=False)
    desk.session.locked = False
    return present


def _entry_of(desk: "Desk", act: str) -> OnProof:
    def note(transaction: "Transaction", account: "Account") -> "Account":
        transaction.append_audit(_entry(desk, act, account.full_name, account.account_id))
        return account

    return note


def _leave(desk: "Desk", act: str) -> None:
    present = desk.session.present
    if present is None:
        return
    desk.session.end()
    with desk.store.writing() as transaction:
        transaction.append_audit(_entry(desk, act, present.full_name, present.account_id))


def _entry(desk: "Desk", act: str, clerk: str, account_id: str) -> AuditEntry:
    return AuditEntry(at=desk.clock.now(), clerk=clerk, act=act, subject_id=account_id)
