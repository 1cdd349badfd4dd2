"""A recovery code is typed by tired people: every usual slip is found before anything is tried."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import BadInput
from counter_app.domain.recovery_code import (
    CODE_LETTERS,
    LETTERS,
    RANDOM_BYTES,
    code_from,
    looks_like_code,
    qr_text,
    read_code,
)

CODES = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES).map(code_from)
PLACES = st.integers(0, CODE_LETTERS - 1)


def bare(code: str) -> str:
    return code.replace("-", "")


def group_of(place: int) -> int:
    return place // 5 + 1


def refusal(typed: str) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read_code(typed)
    return caught.value


@given(CODES)
def test_a_code_is_read_as_it_was_made(code: str) -> None:
    assert read_code(code) == code
    assert read_code(qr_text(code)) == code
    assert looks_like_code(code)
    assert len(code.split("-")) == 7


@given(CODES, st.sampled_from([" ", "", "–", ".", "  -  ", "\n"]), st.booleans())
def test_case_spaces_and_look_alikes_do_not_matter(code: str, between: str, lower: bool) -> None:
    typed = code.replace("-", between).replace("0", "O").replace("1", "l")
    assert read_code(typed.lower() if lower else typed) == code


@given(CODES, PLACES, st.sampled_from(LETTERS))
def test_every_wrong_letter_is_found_in_its_group(code: str, place: int, letter: str) -> None:
    letters = list(bare(code))
    if letters[place] == letter:
        return
    letters[place] = letter
    found = refusal("".join(letters))
    assert (found.code, found.params) == ("recovery_code_mistyped", {"groups": [group_of(place)]})


@given(CODES, PLACES, PLACES)
def test_every_two_letters_that_changed_places_are_found(code: str, one: int, other: int) -> None:
    letters = list(bare(code))
    if letters[one] == letters[other]:
        return
    letters[one], letters[other] = letters[other], letters[one]
    found = refusal("".join(letters))
    assert found.params == {"groups": sorted({group_of(one), group_of(other)})}


@given(CODES, st.integers(0, 6), st.integers(0, 6))
def test_groups_that_changed_places_are_found(code: str, one: int, other: int) -> None:
    groups = code.split("-")
    if one == other:
        return
    groups[one], groups[other] = groups[other], groups[one]
    assert refusal("-".join(groups)).code == "recovery_code_mistyped"


@given(CODES, PLACES)
def test_a_letter_left_out_or_typed_twice_is_told(code: str, place: int) -> None:
    letters = bare(code)
    for typed in (letters[:place] + letters[place + 1 :], letters[:place] + letters[place] + letters[place:]):
        assert refusal(typed).params == {"typed": len(typed), "needed": CODE_LETTERS}
        assert looks_like_code(typed)


@pytest.mark.parametrize("typed", ["Đ", "Ư", "U", "*", "ắ"])
def test_letters_no_code_has_are_told(typed: str) -> None:
    code = code_from(bytes(RANDOM_BYTES))
    assert refusal(typed + code[1:]).code == "recovery_code_letters"


@given(CODES, PLACES, st.sampled_from(LETTERS))
def test_no_refusal_holds_what_was_typed(code: str, place: int, letter: str) -> None:
    letters = list(bare(code))
    letters[place] = letter
    try:
        read_code("".join(letters))
    except BadInput as refused:
        said = f"{refused!r} {refused} {dict(refused.params)}"
        assert not any(group in said for group in code.split("-"))


def test_codes_use_all_their_bits() -> None:
    ends = {code_from(bytes(RANDOM_BYTES - 1) + bytes([n])) for n in range(256)}
    assert len(ends) == 256
    starts = {code_from(bytes([n]) + bytes(RANDOM_BYTES - 1)) for n in range(256)}
    assert len(starts) == 16  # four of the 144 bits are not used
    with pytest.raises(ValueError, match="18 bytes"):
        code_from(b"short")


@pytest.mark.parametrize(
    "passphrase", ["bốn con bò vàng ngủ ngoài đê sông", "correct horse battery staple now ok", "a1"]
)
def test_a_passphrase_does_not_look_like_a_code(passphrase: str) -> None:
    assert not looks_like_code(passphrase)
