"""One value, one encoding."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_protocol.canonical import canonical_bytes

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(texts.map(lambda key: unicodedata.normalize("NFC", key)), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [True, None, "x"]}, '{"a":[true,null,"x"],"b":1}'),
        ({"Đ": "Nguyễn", "a": {"é": 1}}, '{"a":{"é":1},"Đ":"Nguyễn"}'),
        (unicodedata.normalize("NFD", "Đường"), '"Đường"'),
        ({unicodedata.normalize("NFD", "ế"): 1}, '{"ế":1}'),
        (("a", 1), '["a",1]'),
        ('"\n\x00', '"\\"\\n\\u0000"'),
        (10**20, "100000000000000000000"),
    ],
)
def test_encoding(value: object, expected: str) -> None:
    assert canonical_bytes(value) == expected.encode()


@pytest.mark.parametrize("value", [1.5, [0.0], {"a": float("nan")}, {1: "a"}, b"x", {"a": {2}}])
def test_what_is_not_canonical_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_bytes(value)


def test_keys_that_become_equal_are_refused() -> None:
    with pytest.raises(ValueError, match="NFC"):
        canonical_bytes({"é": 1, unicodedata.normalize("NFD", "é"): 2})


def test_text_that_no_peer_can_read_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        canonical_bytes("\ud800")


@given(values)
def test_decoding_and_encoding_again_changes_nothing(value: object) -> None:
    once = canonical_bytes(value)
    assert canonical_bytes(json.loads(once)) == once


EVERY_CHARACTER = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x11000), 0x1F600, 0x10FFFF]))


def plainly(value: object) -> bytes:
    """Encode NFC text as the contract says it, with nothing but the standard library."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@given(values)
def test_the_fast_encoder_writes_what_the_contract_says(value: object) -> None:
    normal = json.loads(unicodedata.normalize("NFC", plainly(value).decode()))
    assert canonical_bytes(normal) == plainly(normal)


def test_every_character_is_escaped_as_the_contract_says() -> None:
    for character in unicodedata.normalize("NFC", EVERY_CHARACTER):
        if unicodedata.is_normalized("NFC", character):
            assert canonical_bytes({character: character}) == plainly({character: character})
