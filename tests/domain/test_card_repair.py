import unicodedata

import pytest
from card_samples import (
    CARD,
    ENCODERS,
    addresses,
    best_seconds,
    card_text,
    names,
    to_mixed,
    to_tcvn3,
    to_tcvn3_fonts,
)
from hypothesis import example, given
from hypothesis import strategies as st

from counter_app.domain.card_repair import repair, unreadable_letters
from counter_app.domain.legacy_encodings import TCVN3, VIETNAMESE_LETTERS, from_tcvn3

cards = st.builds(card_text, names, addresses, st.sampled_from(["Nam", "Nữ"]))


@given(cards)
@example("045088000123||Y Sor Ayŭn|01011988|Nam|Buôn Blơk, Ea Drăng, Đắk Lắk|01012023")
@example("045088000123||H'Bia Niê Êban|01011988|Nữ|Ia Blang, Chư Sê, Gia Lai|01012023")
@example("001088000123||HÀ TÀI|01011988|Nam|15A/2 Lò Đúc, P. Ô Chợ Dừa, QL1A (cũ)|01012023")
@example("001088000123||André Müller|01011988|Nam|An Giang|01012023")
@example("001088000123||LÃ VÒ|01011988|Nam|Long An|01012023")
def test_good_text_is_never_touched(text: str) -> None:
    for way in (text, text.encode()):
        read = repair(way)
        assert read.text == text
        assert not read.repaired


@given(cards)
def test_decomposed_text_is_composed_and_not_called_repaired(text: str) -> None:
    read = repair(unicodedata.normalize("NFD", text).encode())
    assert (read.text, read.repaired) == (text, False)


@pytest.mark.parametrize("encoding", ENCODERS)
@given(text=cards)
def test_each_encoding_is_undone(encoding: str, text: str) -> None:
    raw = ENCODERS[encoding](text)
    for way in (raw, raw.decode("latin-1")):
        read = repair(way)
        assert read.text == text
        arrived = way if isinstance(way, str) else way.decode("utf-8", "replace")
        assert read.repaired == (arrived != text)


@given(cards)
def test_utf8_read_as_latin1_once_or_twice_is_undone(text: str) -> None:
    once = text.encode().decode("latin-1")
    twice = once.encode().decode("latin-1")
    assert repair(once).text == text
    assert repair(twice).text == text
    assert repair(twice.encode()).repaired


@pytest.mark.parametrize("encoding", ["mixed", "cp1258", "tcvn3"])
def test_bytes_that_windows_read_as_cp1252_are_undone(encoding: str) -> None:
    seen = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in ENCODERS[encoding](CARD))
    assert repair(seen).text == CARD


# Without a word of two plain letters the bytes of "LÊ BÁ" and "Lê Bá" are the same; hence PHAN.
@given(names.map(lambda name: f"PHAN {name}".upper()))
def test_capital_fonts_draw_small_codes_large(name: str) -> None:
    text = card_text(name, "Thôn 3, Xã Trung Minh, Hòa Bình")
    assert repair(to_tcvn3_fonts(text)).text.split("|")[2] == name


def test_the_tcvn3_table_holds_every_letter_once() -> None:
    letters = [letter for letter in TCVN3.values() if letter in VIETNAMESE_LETTERS]
    assert sorted(letters) == sorted(VIETNAMESE_LETTERS)
    text = "".join(sorted(VIETNAMESE_LETTERS))
    assert from_tcvn3(b"a " + to_tcvn3(text))[2:] == text


def test_a_letter_whose_bytes_look_like_framing_survives() -> None:
    text = card_text("Nguyễn Văn Ă", "Xã Ă") + "|Trần Thị Ă|ă"
    assert repair(to_mixed(text)).text == text


def test_bytes_smuggled_through_the_command_line_are_read_as_bytes() -> None:
    smuggled = ENCODERS["tcvn3"](CARD).decode("utf-8", "surrogateescape")
    assert repair(smuggled).text == CARD


@given(st.binary(max_size=2048) | st.text(max_size=700) | st.text("\ud800\udcff\udfffaễ|\x00", max_size=50))
def test_nothing_crashes_it(data: str | bytes) -> None:
    assert isinstance(repair(data).text, str)


def test_lost_letters_are_noticed() -> None:
    assert unreadable_letters("Nguy\ufffdn")
    assert unreadable_letters("Hå")
    assert not unreadable_letters("H'Bia Niê, 15A/2 “Ô Chợ Dừa” – Y Ayŭn")


@pytest.mark.parametrize("layers", [0, 1, 4, 8])
def test_the_worst_two_kilobytes_take_little_time(layers: int) -> None:
    data: str | bytes = bytes(range(0x80, 0x100)) * 16
    if layers:
        data = "é"
        for _ in range(layers):
            data = data.encode().decode("latin-1")
        data *= 2048 // len(data)
    assert best_seconds(lambda: repair(data)) < 0.15
