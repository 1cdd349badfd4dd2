"""The invented people of a counter, with passwords, and a hasher that costs nothing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from counter_app.domain.clerks import Account, Role
from counter_app.services.accounts import manage
from counter_app.services.accounts.first_account import make_first_account
from counter_app.services.accounts.passwords import change_password
from counter_app.services.accounts.sign_in import sign_in, sign_out
from counter_app.services.desk import Desk

ADMIN = "tranthimai"
ADMIN_NAME = "Trần Thị Mai"
ADMIN_PASSWORD = "ba con trâu gặm cỏ"


@dataclass(slots=True)
class QuickHasher:
    """Like the real one, but without its cost; counts how often it was asked. "old$" hashes are dated."""

    asked: list[str] = field(default_factory=list)

    def hash(self, password: str) -> str:
        return "new$" + hashlib.sha256(password.encode()).hexdigest()

    def matches(self, password: str, kept: str) -> bool:
        self.asked.append(kept)
        try:
            made = hashlib.sha256(password.encode()).hexdigest()
        except UnicodeEncodeError:
            return False
        return bool(kept) and kept.split("$")[-1] == made

    def is_dated(self, kept: str) -> bool:
        return kept.startswith("old$")

    def strength(self, password: str, known_words: Sequence[str]) -> int:
        return 4


def password_of(username: str) -> str:
    """Return the password somebody of the staff has."""
    return ADMIN_PASSWORD if username == ADMIN else f"{username} thích mưa rào tháng tám"


def with_administrator(desk: Desk, *, quick: bool = True) -> Account:
    """Give the counter its first account; nobody is signed in."""
    if quick:
        desk.hasher = QuickHasher()
    return make_first_account(desk, username=ADMIN, full_name=ADMIN_NAME, password=ADMIN_PASSWORD)


def enter(desk: Desk, username: str = ADMIN) -> None:
    """Sign somebody of the staff in."""
    sign_in(desk, username, password_of(username))


def hire(desk: Desk, username: str, full_name: str, role: Role) -> Account:
    """Give somebody an account with a password of their own; nobody is signed in afterwards."""
    enter(desk)
    account, one_time = manage.make_account(desk, username=username, full_name=full_name, role=role)
    sign_in(desk, username, one_time)
    change_password(desk, one_time, password_of(username))
    sign_out(desk)
    return account
