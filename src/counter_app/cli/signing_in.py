"""Signs a command in where accounts are kept; no password ever stands in the arguments."""

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from counter_app.domain.errors import RuleRefusal

if TYPE_CHECKING:
    from counter_app.domain.clerks import Account
    from counter_app.services.desk import Desk


def enter(desk: "Desk", named: str, counting: "Callable[[], Desk]") -> None:
    """Let the desk be worked by `named`, who proves it where accounts are kept.

    Args:
        desk: The counter.
        named: A user name or full name; "" is the only open account, or the settings' clerk where no
            accounts are kept.
        counting: Returns a desk that can write, for the count of wrong passwords.

    Raises:
        RuleRefusal: ``clerk_unknown``, ``cli_user_missing``, ``cli_password_missing`` (user),
            ``password_must_change``, as `sign_in`.
    """
    from counter_app.domain.vietnamese_text import clean

    accounts = open_accounts(desk)
    if not accounts:
        desk.session.unproven_name = clean(named)
        return
    username = chosen(accounts, named).username
    password = password_for(username)
    if not password:
        raise RuleRefusal("cli_password_missing", user=username)
    enter_as(desk, username, password, counting())
    if desk.session.present is not None and desk.session.present.must_change:
        raise RuleRefusal("password_must_change")


def enter_as(desk: "Desk", username: str, password: str, counting: "Desk") -> None:
    """Sign in over a desk that can keep count, also when this one only reads; errors as `sign_in`."""
    from counter_app.services.accounts.sign_in import sign_in

    counting.clock = desk.clock
    sign_in(counting, username, password)
    desk.session = counting.session


def open_accounts(desk: "Desk") -> "Sequence[Account]":
    """Return who may sign in; () where no accounts are kept, or the counter is not set up."""
    with desk.store.reading() as queries:
        accounts = queries.accounts()
    return [account for account in accounts if not account.closed]


def chosen(accounts: "Sequence[Account]", named: str) -> "Account":
    """Return whom a name means; errors ``clerk_unknown`` and ``cli_user_missing`` as `enter`."""
    from counter_app.domain.vietnamese_text import fold

    if not named:
        if len(accounts) > 1:
            raise RuleRefusal("cli_user_missing")
        return accounts[0]
    wanted = fold(named)
    for account in accounts:
        if wanted in (fold(account.username), fold(account.full_name)):
            return account
    raise RuleRefusal("clerk_unknown")


def password_for(username: str) -> str:
    """Return the password from COUNTER_PASSWORD, else from the system's keyring, else ""."""
    given = os.environ.get("COUNTER_PASSWORD", "")
    if given:
        return given
    from counter_app.storage import kept_passwords

    return kept_passwords.find(username)
