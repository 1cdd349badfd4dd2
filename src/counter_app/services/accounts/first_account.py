"""The first account of a counter: an administrator's. From then on nobody acts without signing in.

Older versions kept one administrator's password that guarded nothing. A counter that has it goes on as
before; only the first account must then be made by somebody who knows that password, or holds the
recovery sheet, so that nobody else makes themselves administrator.
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.clerks import Account, Role
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.services.accounts.manage import checked_full_name, checked_username
from counter_app.services.accounts.passwords import check_new, known_words
from counter_app.services.accounts.prove import as_entered
from counter_app.services.keys.recover import recovery_code_is_right
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.domain.office import Office
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Transaction

OLD_PASSWORD_SETTING = "admin.password"  # noqa: S105 - the setting's name
_SCRYPT_MEMORY = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class OldProof:
    """What proves the right to the first account of a counter that kept a password before."""

    old_password: str = ""
    recovery_code: str = ""


def needs_old_proof(desk: "Desk") -> bool:
    """Tell whether the first account needs the password the counter was set up with."""
    with desk.store.reading() as queries:
        return bool(queries.setting(OLD_PASSWORD_SETTING)) and not queries.has_accounts()


def make_first_account(
    desk: "Desk",
    *,
    username: str,
    full_name: str,
    password: str,
    proof: OldProof | None = None,
) -> Account:
    """Make the first administrator's account of a set-up counter; nobody is signed in by it.

    Raises:
        RuleRefusal: ``accounts_there_already``, ``old_password_wrong``.
        BadInput: ``bad_username``, ``clerk_missing``, as `passwords.check_new` and for the recovery code as
            `recovery_code_is_right`.
    """
    with desk.store.reading() as queries:
        if queries.has_accounts():
            raise RuleRefusal("accounts_there_already")
        old = queries.setting(OLD_PASSWORD_SETTING) or ""
    if old and not _proves(desk, proof or OldProof(), old):
        raise RuleRefusal("old_password_wrong")
    account = administrator(desk, desk.settings.office, username, full_name, password)
    with desk.store.writing() as transaction:
        put_first(transaction, account)
        if old:
            transaction.put_setting(OLD_PASSWORD_SETTING, "")
    return account


def administrator(desk: "Desk", office: "Office", username: str, full_name: str, password: str) -> Account:
    """Return an administrator's account that is not stored yet; errors as `make_first_account`."""
    now = desk.clock.now()
    username, full_name = checked_username(username), checked_full_name(full_name)
    check_new(desk.hasher, password, known_words(office, username, full_name))
    return Account(
        account_id=desk.ids.new_id(),
        username=username,
        full_name=full_name,
        role=Role.ADMINISTRATOR,
        password_hash=desk.hasher.hash(as_entered(password)),
        must_change=False,
        created_at=now,
        password_at=now,
    )


def put_first(transaction: "Transaction", account: Account) -> None:
    """Store the first account as part of the caller's act; RuleRefusal ``accounts_there_already``."""
    if transaction.has_accounts():
        raise RuleRefusal("accounts_there_already")
    # On record first: the act is done at a counter that has no accounts yet.
    transaction.append_audit(
        AuditEntry(
            at=account.created_at,
            clerk=account.full_name,
            act="account_made",
            subject_id=account.account_id,
            detail={"role": account.role.value, "first": True},
        )
    )
    transaction.put_account(account)


def _proves(desk: "Desk", proof: OldProof, kept: str) -> bool:
    if proof.recovery_code:
        return recovery_code_is_right(desk, proof.recovery_code)
    return bool(proof.old_password) and _matches_scrypt(proof.old_password, kept)


def _matches_scrypt(password: str, kept: str) -> bool:
    """Tell whether the password of a former version is this one: ``scrypt$n$r$p$salt$digest``."""
    try:
        _name, n, r, p, salt, digest = kept.split("$")
        made = hashlib.scrypt(
            password.encode(),
            salt=bytes.fromhex(salt),
            n=int(n),
            r=int(r),
            p=int(p),
            maxmem=_SCRYPT_MEMORY,
        )
        return hmac.compare_digest(made, bytes.fromhex(digest))
    except ValueError as problem:
        if isinstance(problem, UnicodeEncodeError):
            return False
        raise BadInput("bad_password") from None
