"""Opening the data with the recovery sheet or the passphrase when the key is lost; guessing takes long."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from counter_app.domain.clerks import wait_after
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.recovery_code import looks_like_code, read_code
from counter_app.services.keys_port import WrapKind
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.keys_port import KeyVault
    from counter_app.services.ports import Clock


def recovery_code_is_right(desk: "Desk", code: str) -> bool:
    """Tell whether a code is that of this counter's recovery sheet; a wrong one makes the next wait.

    Raises:
        BadInput: ``recovery_code_letters``, ``recovery_code_length``, ``recovery_code_mistyped``:
            typed wrong, which costs no time.
        RuleRefusal: ``key_try_later`` (until).
        EnvironmentProblem: ``database_key_missing``, ``folder_not_writable``.
    """
    return _is_right(desk.keys, desk.clock.now(), WrapKind.RECOVERY, read_code(code))


def passphrase_is_right(desk: "Desk", passphrase: str) -> bool:
    """Tell whether this is the key's passphrase; errors as `recovery_code_is_right`."""
    return _is_right(desk.keys, desk.clock.now(), WrapKind.PASSPHRASE, passphrase)


def recover_key(keys: "KeyVault", clock: "Clock", typed: str) -> WrapKind:
    """Put the key back with what was typed, a code or the passphrase; return which it was.

    The database need not be open for it, nor anybody be signed in: who holds the sheet holds the key.
    `note_recovery` follows once the database is open.

    Raises:
        BadInput: as `recovery_code_is_right`.
        RuleRefusal: ``key_try_later`` (until), ``recovery_wrong``, ``recovery_never_made``: there is
            neither sheet nor passphrase.
        EnvironmentProblem: ``not_set_up``, ``database_key_missing``, ``folder_not_writable``.
    """
    standing = keys.standing()
    if not standing.wraps and not standing.change_to:
        raise RuleRefusal("recovery_never_made")
    now = clock.now()
    _refuse_to_hurry(keys, now)
    kind, right = WrapKind.PASSPHRASE, keys.recover(WrapKind.PASSPHRASE, typed)
    if not right and looks_like_code(typed):
        code = read_code(typed)
        kind, right = WrapKind.RECOVERY, keys.recover(WrapKind.RECOVERY, code)
    keys.note_try(now, right=right)
    if not right:
        raise RuleRefusal("recovery_wrong")
    return kind


def note_recovery(desk: "Desk", kind: WrapKind) -> None:
    """Let the audit log tell that the key was put back; errors as `Store.writing`."""
    with desk.store.writing() as transaction:
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=desk.clerk,
                act="key_recovered",
                subject_id=desk.settings.counter.device_id,
                detail={"with": kind.value, "fingerprint": desk.keys.standing().fingerprint},
            )
        )


def _is_right(keys: "KeyVault", now: datetime, kind: WrapKind, secret: str) -> bool:
    _refuse_to_hurry(keys, now)
    right = keys.opens(kind, secret)
    keys.note_try(now, right=right)
    return right


def _refuse_to_hurry(keys: "KeyVault", now: datetime) -> None:
    (wrong, last) = keys.failures()
    wait = wait_after(wrong)
    if last is None or wait == timedelta(0):
        return
    until = last + wait
    if last <= now < until:  # a clock that was set back makes nobody wait for ever
        raise RuleRefusal("key_try_later", until=until)
