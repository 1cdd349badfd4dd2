"""Invented people with accounts at an invented counter."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from counter_app.domain.clerks import Account, Role
from counter_app.services.accounts.first_account import make_first_account
from counter_app.services.desk import Desk

MAI, PASSWORD_OF_MAI = "Trần Thị Mai", "bốn con voi tím"
SON, PASSWORD_OF_SON = "Bùi Văn Sơn", "mưa trên đồi chè"
HOA, PASSWORD_OF_HOA = "Quách Thị Hoa", "thuyền giấy xanh lơ"
USERNAMES = {MAI: "mai", SON: "son", HOA: "hoa"}


class QuickHasher:
    """The port of `PasswordHasher` without the slowness: one SHA-256 a password."""

    def hash(self, password: str) -> str:
        return "quick$" + hashlib.sha256(password.encode()).hexdigest()

    def matches(self, password: str, kept: str) -> bool:
        return self.hash(password) == kept

    def is_dated(self, kept: str) -> bool:
        return False

    def strength(self, password: str, known_words: Sequence[str]) -> int:
        return 0 if password.lower() in known_words else 3


def employ(desk: Desk, *, viewer: bool = False) -> Desk:
    """Give the desk its people: Mai the administrator, Sơn a clerk, Hoa a head (or a viewer)."""
    desk.hasher = QuickHasher()
    first = make_first_account(desk, username="mai", full_name=MAI, password=PASSWORD_OF_MAI)
    others = (
        (SON, PASSWORD_OF_SON, Role.CLERK),
        (HOA, PASSWORD_OF_HOA, Role.VIEWER if viewer else Role.HEAD),
    )
    with desk.store.writing() as transaction:
        for name, password, role in others:
            transaction.put_account(
                replace(
                    first,
                    account_id=desk.ids.new_id(),
                    username=USERNAMES[name],
                    full_name=name,
                    role=role,
                    password_hash=desk.hasher.hash(password),
                )
            )
    return desk


def account_of(desk: Desk, name: str) -> Account:
    """Return somebody's account as it is now."""
    with desk.store.reading() as queries:
        found = queries.account_named(name)
    assert found is not None
    return found
