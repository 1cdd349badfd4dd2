"""counter-app clerks: accounts, passwords, unlocking; passwords come from the environment or stdin only."""

import argparse
import os
from typing import TYPE_CHECKING

from counter_app.cli.context import CliContext, read_stdin
from counter_app.domain.errors import BadInput, RuleRefusal

if TYPE_CHECKING:
    from counter_app.domain.clerks import Account, Role
    from counter_app.services.desk import Desk

_OF_ONE_ACCOUNT = ("add", "change", "close", "reopen", "reset", "unlock", "recover")
_OF_ONESELF = ("list", "password", "remember", "forget")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of clerks."""
    parser.add_argument("action", choices=(*_OF_ONESELF, *_OF_ONE_ACCOUNT))
    parser.add_argument("user", nargs="?", default="", metavar="USER", help="whose account it is about")
    parser.add_argument("--name", default="", help="add: the full name; change: mends one not used yet")
    parser.add_argument("--role", choices=("viewer", "clerk", "head", "administrator"))
    parser.add_argument("--user-name", default="", metavar="USER", help="change: another user name")
    parser.add_argument("--second", default="", metavar="USER", help="unlock: the second person")
    parser.add_argument(
        "--password-stdin", action="store_true", help="the new password comes from standard input"
    )


def run(context: CliContext, arguments: argparse.Namespace) -> object:
    """Do one thing to the accounts, or tell about them."""
    action = arguments.action
    if bool(arguments.user) != (action in _OF_ONE_ACCOUNT):
        raise BadInput("usage", problem="nothing_expected" if arguments.user else "key_missing")
    if action == "list":
        from counter_app.services.accounts.manage import accounts

        return [_account(each) for each in accounts(context.desk("read"))]
    if action in ("password", "remember", "forget"):
        return _own(context, arguments)
    if action == "add":
        return _add(context, arguments)
    if action in ("unlock", "recover"):
        return _without_signing_in(context, arguments)
    return _manage(context.desk("write"), arguments)


def _add(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.cli.signing_in import open_accounts
    from counter_app.services.accounts.first_account import OldProof, make_first_account
    from counter_app.services.accounts.manage import make_account

    desk = context.desk("write", sign_in=False)
    if open_accounts(desk):
        context.close()
        made, one_time = make_account(
            context.desk("write"),
            username=arguments.user,
            full_name=arguments.name,
            role=_role(arguments.role or "clerk"),
        )
        return {**_account(made), "one_time_password": one_time}
    if arguments.role not in (None, "administrator"):
        raise RuleRefusal("first_account_needed")
    proof = OldProof(
        old_password=os.environ.get("COUNTER_OLD_PASSWORD", ""), recovery_code=_recovery_code(needed=False)
    )
    return _account(
        make_first_account(
            desk,
            username=arguments.user,
            full_name=arguments.name,
            password=_new_password(arguments, "COUNTER_PASSWORD"),
            proof=proof,
        )
    )


def _manage(desk: "Desk", arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.services.accounts import manage

    account_id = _named(desk, arguments.user).account_id
    if arguments.action in ("reopen", "reset"):
        act = manage.reopen_account if arguments.action == "reopen" else manage.reset_password
        account, one_time = act(desk, account_id)
        return {**_account(account), "one_time_password": one_time}
    if arguments.action == "close":
        return _account(manage.close_account(desk, account_id))
    return _account(
        manage.change_account(
            desk,
            account_id,
            role=_role(arguments.role) if arguments.role else None,
            username=arguments.user_name or None,
            full_name=arguments.name or None,
        )
    )


def _without_signing_in(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    """Unlock and recover: whoever does it proves it in the act itself."""
    desk = context.desk("write", sign_in=False)
    account = _named(desk, arguments.user)
    if arguments.action == "recover":
        from counter_app.services.accounts.recover import recover_administrator

        password = _new_password(arguments, "COUNTER_NEW_PASSWORD")
        return _account(recover_administrator(desk, account.username, _recovery_code(needed=True), password))
    from counter_app.services.accounts.unlock import Unlocker, unlock_account

    people = [Unlocker(name=context.named, password=os.environ.get("COUNTER_PASSWORD", ""))]
    if arguments.second:
        second = os.environ.get("COUNTER_SECOND_PASSWORD", "")
        people.append(Unlocker(name=arguments.second, password=second))
    code = _recovery_code(needed=False)
    return _account(unlock_account(desk, account.account_id, people, recovery_code=code))


def _own(context: CliContext, arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.cli.signing_in import chosen, enter_as, open_accounts, password_for
    from counter_app.storage import kept_passwords

    access = "write" if arguments.action == "password" else "read"
    desk = context.desk(access, sign_in=False)
    accounts = open_accounts(desk)
    if not accounts:
        raise RuleRefusal("first_account_needed")
    user = chosen(accounts, context.named).username
    if arguments.action == "forget":
        return {"user": user, "forgotten": kept_passwords.forget(user)}
    password = password_for(user)
    if not password:
        raise RuleRefusal("cli_password_missing", user=user)
    enter_as(desk, user, password, context.counting(desk, access))
    if arguments.action == "remember":
        kept_passwords.keep(user, password)
        return {"user": user, "remembered": True}
    from counter_app.services.accounts.passwords import change_password

    change_password(desk, password, _new_password(arguments, "COUNTER_NEW_PASSWORD"))
    return {"user": user, "changed": True}


def _named(desk: "Desk", name: str) -> "Account":
    with desk.store.reading() as queries:
        account = queries.account_named(name)
    if account is None:
        raise RuleRefusal("clerk_unknown")
    return account


def _role(name: str) -> "Role":
    from counter_app.domain.clerks import Role

    return Role(name)


def _new_password(arguments: argparse.Namespace, variable: str) -> str:
    if not arguments.password_stdin:
        return os.environ.get(variable, "")
    try:
        return read_stdin(1024).decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as problem:
        raise BadInput("bad_password") from problem


def _recovery_code(*, needed: bool) -> str:
    code = os.environ.get("COUNTER_RECOVERY_CODE", "")
    if needed and not code:
        raise BadInput("cli_recovery_code_missing")
    return code


def _account(account: "Account") -> dict[str, object]:
    state = "closed" if account.closed else "locked" if account.locked else "open"
    return {
        "user": account.username,
        "name": account.full_name,
        "role": account.role.value,
        "state": state,
        "must_change": account.must_change,
        "failures": account.failures,
        "last_in_at": account.last_in_at.isoformat() if account.last_in_at else None,
    }
