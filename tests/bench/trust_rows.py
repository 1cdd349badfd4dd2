"""What trust costs: signing in, the session's check and encryption, against the same program without them."""

import statistics
from pathlib import Path

from sqlcipher3 import dbapi2
from tests.bench.receive_row import receipts
from tests.bench.row import Row, in_turns, p99, row
from tests.helpers.builders import MORNING
from tests.helpers.desks import CLERK, make_desk

from counter_app.domain.clerks import Account, Role
from counter_app.services.desk import Desk
from counter_app.storage import engine

ROUNDS = 400
PASSWORD = "sáu con trâu đen qua suối"


def trust_rows(folder: Path) -> list[Row]:
    """Measure in `folder`, which should lie on the disk the counter would use."""
    return [_receive(folder), _sign_in(folder)]


def _receive(folder: Path) -> Row:
    guarded = make_desk(folder / "guarded", MORNING)
    _sign_somebody_in(guarded)
    with _Plain(folder / "plain"):
        plain = make_desk(folder / "plain", MORNING)
        ours, floor = in_turns((receipts(guarded), receipts(plain)), rounds=ROUNDS, warm_up=20)
        plain.store.close()
    guarded.store.close()
    value, bare = statistics.median(ours), statistics.median(floor)
    return row(
        "receive signed in and encrypted, p50",
        value,
        "ms",
        floor=bare,
        at_most_ratio=1.2,
        note="the floor is the same program on a plain SQLite file, with no accounts",
    )


def _sign_in(folder: Path) -> Row:
    from counter_app.services.accounts.sign_in import sign_in

    desk = make_desk(folder / "signing", MORNING)
    account = _sign_somebody_in(desk)
    ours, floor = in_turns(
        (
            lambda: sign_in(desk, account.username, PASSWORD),
            lambda: desk.hasher.matches(PASSWORD, account.password_hash),
        ),
        rounds=15,
    )
    desk.store.close()
    return row(
        "sign-in, p99",
        p99(ours),
        "ms",
        floor=statistics.median(floor),
        below=1000,
        note="the floor is Argon2id alone: 64 MiB, three passes, four lanes",
    )


def _sign_somebody_in(desk: Desk) -> Account:
    account = Account(
        account_id=desk.ids.new_id(),
        username="mai",
        full_name=CLERK,
        role=Role.ADMINISTRATOR,
        password_hash=desk.hasher.hash(PASSWORD),
        must_change=False,
        created_at=MORNING,
        password_at=MORNING,
    )
    with desk.store.writing() as transaction:
        transaction.put_account(account)
    desk.session.begin(account, MORNING)
    return account


class _Plain:
    """Opens what lies below a folder as plain SQLite: the same library, no key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._keyed = engine.connect

    def __enter__(self) -> None:
        engine.connect = self._connect

    def __exit__(self, *_error: object) -> None:
        engine.connect = self._keyed

    def _connect(self, path: Path, key: bytes, mode: str) -> dbapi2.Connection:
        if self._folder not in path.parents:
            return self._keyed(path, key, mode)
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        connection = dbapi2.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        connection.row_factory = dbapi2.Row
        return connection
