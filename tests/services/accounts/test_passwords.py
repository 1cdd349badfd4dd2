"""What a good password is, by the real judge and the real hasher."""

import time
import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.builders import make_office

from counter_app.domain.clerks import MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH
from counter_app.domain.errors import BadInput
from counter_app.services.accounts.passwords import check_new, known_words, strength
from counter_app.storage.password_hashes import Argon2Hasher

HASHER = Argon2Hasher()
WORDS = known_words(make_office(), "tranthimai", "Trần Thị Mai")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_too_short"),
        ("bảy ký", "password_too_short"),
        ("x" * 73, "password_too_long"),
        ("x" * 100_000, "password_too_long"),
        ("12345678", "password_too_easy"),
        ("abcdefgh", "password_too_easy"),
        ("qwertyuiop", "password_too_easy"),
        ("aaaaaaaaaaaaaaaa", "password_too_easy"),
        ("matkhau123", "password_too_easy"),
        ("mậtkhẩu123", "password_too_easy"),
        ("anhyeuem", "password_too_easy"),
        ("tranthimai", "password_too_easy"),
        ("Trần Thị Mai", "password_too_easy"),
        ("tranthimai1", "password_too_easy"),
        ("trungminh", "password_too_easy"),
        ("phutho2026", "password_too_easy"),
        ("motcua2026", "password_too_easy"),
        ("Trung Minh @2026", "password_too_easy"),
        ("2026.tran-thi-mai", "password_too_easy"),
        ("dong \ud800 ba ba", "bad_password"),
    ],
)
def test_what_is_refused(password: str, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        check_new(HASHER, password, WORDS)


@pytest.mark.parametrize(
    "password",
    [
        "ba con trâu gặm cỏ",
        "k7!mQz-2wv",
        "   mưa   rào   ",
        "mat-khau-thu",
        "ﷺ🐃 ngựa 🐎 qua sông",
        "x9" + "ộ" * 3 + "qz7wv",
    ],
)
def test_any_letters_and_spaces_will_do(password: str) -> None:
    check_new(HASHER, password, WORDS)


def test_length_is_counted_as_it_is_hashed() -> None:
    """ "ộ" is one character, also where the keyboard sends three."""
    seven = unicodedata.normalize("NFD", "ộợểữặấ7")
    assert len(seven) > MIN_PASSWORD_LENGTH
    with pytest.raises(BadInput, match="password_too_short"):
        check_new(HASHER, seven, WORDS)
    longest = unicodedata.normalize("NFD", "trâu gặm cỏ ờ " * 5 + "ộợ")
    assert len(unicodedata.normalize("NFC", longest)) == MAX_PASSWORD_LENGTH
    check_new(HASHER, longest, WORDS)


def test_the_line_under_the_field_says_the_same() -> None:
    assert strength(HASHER, "", WORDS) == 0
    assert strength(HASHER, "matkhau", WORDS) == 0
    assert strength(HASHER, "ba con trâu gặm cỏ", WORDS) == 4


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_whatever_is_typed_is_judged_and_never_breaks(password: str) -> None:
    begun = time.monotonic()
    with suppress(BadInput):
        check_new(HASHER, password, WORDS)
    assert time.monotonic() - begun < 5


def test_the_real_hash_holds_and_nothing_else_opens_it() -> None:
    kept = HASHER.hash("ba con trâu gặm cỏ")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert HASHER.matches("ba con trâu gặm cỏ", kept)
    assert not HASHER.matches("ba con trâu gặm cỏ ", kept)
    assert not HASHER.matches("", "")
    assert not HASHER.matches("ba con trâu gặm cỏ", kept[:-4] + "AAAA")
    assert HASHER.hash("ba con trâu gặm cỏ") != kept
    assert not HASHER.is_dated(kept)
    assert HASHER.is_dated(kept.replace("m=65536", "m=19456"))
