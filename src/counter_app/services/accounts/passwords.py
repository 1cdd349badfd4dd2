"""Passwords: what a good one is (ASVS 5.0 6.2), and changing one's own.

Long enough and not easily guessed by somebody who knows the office; which letters and signs it is made
of is nobody's business. Nothing expires.
"""

import unicodedata
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from counter_app.domain.clerks import MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.vietnamese_text import fold, initials
from counter_app.services.accounts.prove import as_entered, prove
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from counter_app.domain.clerks import Account
    from counter_app.domain.office import Office
    from counter_app.services.accounts_port import PasswordHasher
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Transaction

LOWEST_STRENGTH = 2
# What anybody at a Vietnamese office tries first, and no English list of usual passwords holds.
_USUAL = (
    *("matkhau", "mat khau", "motcua", "quaymotcua", "mot cua", "quantri", "quan tri", "canbo", "can bo"),
    *(
        "tiepnhan",
        "hoso",
        "ubnd",
        "hanhchinh",
        "hanhchinhcong",
        "vietnam",
        "viet nam",
        "anhyeuem",
        "emyeuanh",
    ),
    *("congchuc", "nhanvien", "maytinh", "xinchao", "khongbiet", "khongcho", "binhan", "hanhphuc"),
)


def known_words(office: "Office", *people: str) -> "Sequence[str]":
    """Return what somebody who knows the office tries: its names and people's, whole, in words, joined."""
    texts = (
        *(office.name, office.commune_name, office.province, office.parent_name, office.address),
        *(office.phone, office.unit_code, *people),
    )
    return (*_USUAL, *dict.fromkeys(word for text in texts for word in _tried(text)))


def strength(hasher: "PasswordHasher", password: str, words: "Sequence[str]") -> int:
    """Return how hard a password is to guess, 0 to 4; marks on letters are no secret.

    A known word with a year or a sign behind it is what everybody tries first: 0.
    """
    entered = as_entered(password)[:MAX_PASSWORD_LENGTH]
    bare = _letters(entered)
    if not entered or (bare and any(bare == _letters(word) for word in words)):
        return 0
    return min(hasher.strength(form, words) for form in {entered, _unmarked(entered)})


def check_new(hasher: "PasswordHasher", password: str, words: "Sequence[str]") -> None:
    """Refuse a password too short, too long or too easily guessed.

    Raises:
        BadInput: ``password_too_short`` and ``password_too_long`` (length), ``password_too_easy``.
    """
    entered = as_entered(password[: 4 * MAX_PASSWORD_LENGTH])
    if len(entered) < MIN_PASSWORD_LENGTH:
        raise BadInput("password_too_short", length=MIN_PASSWORD_LENGTH)
    if len(entered) > MAX_PASSWORD_LENGTH:
        raise BadInput("password_too_long", length=MAX_PASSWORD_LENGTH)
    try:
        entered.encode("utf-8")
    except UnicodeEncodeError:
        raise BadInput("bad_password") from None
    if strength(hasher, entered, words) < LOWEST_STRENGTH:
        raise BadInput("password_too_easy")


def new_hash(desk: "Desk", password: str, *people: str) -> str:
    """Return the hash of a new password of somebody with these names; errors as `check_new`."""
    check_new(desk.hasher, password, known_words(desk.settings.office, *people))
    return desk.hasher.hash(as_entered(password))


def change_password(desk: "Desk", present_password: str, new_password: str) -> None:
    """Give oneself another password; a wrong present one counts like at sign-in.

    Raises:
        RuleRefusal: ``sign_in_needed``, else as `prove`.
        BadInput: ``password_same``, else as `check_new`.
    """
    present = desk.session.present
    if present is None:
        raise RuleRefusal("sign_in_needed")
    hashed = new_hash(desk, new_password, present.username, present.full_name)
    if as_entered(new_password) == as_entered(present_password):
        raise BadInput("password_same")
    now = desk.clock.now()
    changed: list[Account] = []

    def change(transaction: "Transaction", account: "Account") -> "Account":
        transaction.append_audit(
            AuditEntry(at=now, clerk=account.full_name, act="password_changed", subject_id=account.account_id)
        )
        changed.append(replace(account, password_hash=hashed, password_at=now, must_change=False))
        return changed[-1]

    prove(desk, present.username, present_password, change)
    desk.session.take_note(changed[-1])


def _tried(text: str) -> "Iterator[str]":
    words = fold(text).split()
    if words:
        yield from (" ".join(words), "".join(words), initials(text))
        yield from (first + second for first, second in pairwise(words))  # xã Trung Minh: trungminh
        yield from (word for word in words if len(word) > 1)


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalpha())


def _unmarked(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in bare if not unicodedata.combining(c))
