# ruff: noqa: D102 - the ports say what each method promises
"""The database's side of the people of a counter."""

from collections.abc import Sequence
from typing import Any

from counter_app.domain.clerks import Account, Role
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.vietnamese_text import fold
from counter_app.storage import moments
from counter_app.storage.sql import Sql

_TEXTS = ("account_id", "username", "full_name", "password_hash")
_COLUMNS = (
    *_TEXTS,
    "username_folded",
    "full_name_folded",
    "role",
    "must_change",
    "created_at",
    "password_at",
    "closed",
    "locked",
    "failures",
    "failed_at",
    "last_in_at",
)
_PUT = (
    f"INSERT INTO account ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)}) "  # noqa: S608 - own names
    f"ON CONFLICT (account_id) DO UPDATE SET {', '.join(f'{n} = excluded.{n}' for n in _COLUMNS[1:])}"
)
_BY_NAME = "SELECT * FROM account WHERE username_folded = :name OR full_name_folded = :name ORDER BY closed"
_OTHER = "SELECT 1 FROM account WHERE {column} = ? AND account_id <> ?"


class SqlAccountQueries:
    """Implements `services.accounts_port.AccountQueries`."""

    _sql: Sql

    def has_accounts(self) -> bool:
        return self._sql.value("SELECT 1 FROM account LIMIT 1") is not None

    def account(self, account_id: str) -> Account | None:
        row = self._sql.row("SELECT * FROM account WHERE account_id = ?", (account_id,))
        return None if row is None else _account(row)

    def account_named(self, name: str) -> Account | None:
        row = self._sql.row(_BY_NAME, {"name": _folded(name)})
        return None if row is None else _account(row)

    def accounts(self) -> Sequence[Account]:
        return [_account(row) for row in self._sql.rows("SELECT * FROM account ORDER BY full_name_folded")]


class SqlAccountWrites(SqlAccountQueries):
    """Implements `services.accounts_port.AccountWrites`."""

    def put_account(self, account: Account) -> None:
        values = _values(account)
        for column, code in (("username_folded", "username_taken"), ("full_name_folded", "full_name_taken")):
            taken = self._sql.value(_OTHER.format(column=column), (values[column], account.account_id))
            if taken is not None:
                raise RuleRefusal(code)
        self._sql.run(_PUT, values)


def _folded(name: str) -> str:
    return fold(name).strip()


def _values(account: Account) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(account, name) for name in _TEXTS}
    return values | {
        "username_folded": _folded(account.username),
        "full_name_folded": _folded(account.full_name),
        "role": account.role.value,
        "must_change": int(account.must_change),
        "created_at": moments.to_text(account.created_at),
        "password_at": moments.to_text(account.password_at),
        "closed": int(account.closed),
        "locked": int(account.locked),
        "failures": account.failures,
        "failed_at": moments.to_text(account.failed_at) if account.failed_at else None,
        "last_in_at": moments.to_text(account.last_in_at) if account.last_in_at else None,
    }


def _account(row: Any) -> Account:
    texts = {name: row[name] for name in _TEXTS}
    return Account(
        **texts,
        role=Role(row["role"]),
        must_change=bool(row["must_change"]),
        created_at=moments.from_text(row["created_at"]),
        password_at=moments.from_text(row["password_at"]),
        closed=bool(row["closed"]),
        locked=bool(row["locked"]),
        failures=row["failures"],
        failed_at=moments.from_text(row["failed_at"]) if row["failed_at"] else None,
        last_in_at=moments.from_text(row["last_in_at"]) if row["last_in_at"] else None,
    )
