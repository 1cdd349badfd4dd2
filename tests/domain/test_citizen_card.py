from datetime import date

import pytest
from card_samples import (
    CARD,
    ENCODERS,
    TODAY,
    addresses,
    best_seconds,
    card_text,
    names,
    refusal_of,
    to_telex,
    to_vietnamese_keys,
)
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.citizen_card import CitizenCard, parse_card
from counter_app.domain.errors import BadInput
from counter_app.domain.person import Person, Sex


def read(data: str | bytes) -> CitizenCard:
    return parse_card(data, today=TODAY)


def codes(card: CitizenCard) -> list[str]:
    return [warning.code for warning in card.warnings]


def with_field(index: int, value: str) -> str:
    parts = CARD.split("|")
    parts[index] = value
    return "|".join(parts)


def test_every_field_of_a_card() -> None:
    assert read(CARD) == CitizenCard(
        personal_id="001190012345",
        old_id="012345678",
        full_name="Nguyễn Thị Hường",
        birth_date=date(1990, 11, 15),
        sex=Sex.FEMALE,
        address="Thôn Đông, Trung Minh, Hòa Bình",
        issued_on=date(2022, 7, 1),
    )


def test_the_person_of_a_card() -> None:
    assert read(CARD).to_person() == Person(
        full_name="Nguyễn Thị Hường",
        personal_id="001190012345",
        old_id="012345678",
        birth_date="1990-11-15",
        sex=Sex.FEMALE,
        address="Thôn Đông, Trung Minh, Hòa Bình",
        issued_on=date(2022, 7, 1),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "\r"),
        ("", "\r\n"),
        ("\x02", "\x03"),
        ("]Q1", "\r"),
        ("\x02]Q3", "\x03\r\n"),
        ("\ufeff", "\t"),
        ("  ", " "),
    ],
)
@pytest.mark.parametrize("encode", [str, str.encode], ids=["text", "bytes"])
def test_the_frame_of_a_scanner_is_dropped(before: str, after: str, encode) -> None:
    assert read(encode(before + CARD + after)) == read(CARD)


def test_more_fields_are_kept() -> None:
    card = read(CARD + "|Nguyễn Văn Bố||Trần Thị Mẹ ")
    assert card.extra == ("Nguyễn Văn Bố", "", "Trần Thị Mẹ")
    assert codes(card) == []


@pytest.mark.parametrize(
    "text", ["a", "|||||", CARD.rsplit("|", 1)[0], with_field(2, " "), "||||||", "|" * 2000]
)
def test_fewer_fields_or_no_name_is_no_card(text: str) -> None:
    with pytest.raises(BadInput, match="not_a_card"):
        read(text)


@pytest.mark.parametrize(
    "number", ["", "12345678901", "0011900123456", "O01190012345", "001 190012345", "٠" * 12]
)
def test_without_twelve_digits_there_is_no_citizen(number: str) -> None:
    with pytest.raises(BadInput, match="not_a_personal_id"):
        read(with_field(0, number))


@pytest.mark.parametrize(
    ("index", "value", "expected"),
    [
        (0, "003190012345", ["unknown_province"]),
        (4, "Nam", ["sex_mismatch"]),
        (4, "nữ", []),
        (4, "NỮ", []),
        (4, "?", ["unreadable_sex"]),
        (3, "15111991", ["birth_year_mismatch"]),
        (3, "15/11/1990", []),
        (3, "31021990", ["unreadable_date"]),
        (3, "1990-11-15", ["unreadable_date"]),
        (3, "", ["unreadable_date"]),
        (3, "00000000", ["unreadable_date"]),
        (3, "1990", []),
        (6, "00072022", ["unreadable_date"]),
        (6, "01071990", ["issued_before_birth"]),
        (6, "01072099", ["issued_in_future"]),
        (2, "Nguy\ufffdn Thị Hường", ["unreadable_text"]),
    ],
)
def test_doubts_are_warnings(index: int, value: str, expected: list[str]) -> None:
    assert codes(read(with_field(index, value))) == expected


def test_a_birth_in_the_future() -> None:
    card = read("001327012345||Nguyễn Thị Mai|01012027|Nữ|Trung Minh|01072022")
    assert codes(card) == ["birth_in_future", "issued_before_birth"]


def test_the_unreadable_date_is_named_and_empty() -> None:
    card = read(with_field(6, "31022022"))
    assert card.issued_on is None
    assert card.warnings[0].params == {"field": "issued_on"}


def test_a_year_alone_stays_a_year() -> None:
    for text in ("1990", "00001990", "00/00/1990"):
        card = read(with_field(3, text))
        assert (card.birth_date, card.birth_year, card.to_person().birth_date) == (None, 1990, "1990")


def test_spaces_collapse_and_letters_stay() -> None:
    card = read(with_field(2, "  NGUYỄN \t THỊ\u00a0 Hoà "))
    assert card.full_name == "NGUYỄN THỊ Hoà"
    assert not card.repaired


@pytest.mark.parametrize("encoding", ENCODERS)
def test_mangled_bytes_are_repaired_and_said(encoding: str) -> None:
    card = read(ENCODERS[encoding](CARD))
    assert card.full_name == "Nguyễn Thị Hường"
    assert card.repaired
    assert codes(card) == []


def test_a_card_typed_through_telex_is_repaired_and_said() -> None:
    card = read("|".join(to_telex(part) for part in CARD.split("|")))
    assert (card.full_name, card.sex) == ("Nguyễn Thị Hường", Sex.FEMALE)
    assert card.repaired
    assert codes(card) == ["typed_through_ime"]
    assert card.warnings[0].params == {"repaired": "yes"}


def test_a_keyboard_layout_without_digits_is_undone_and_said() -> None:
    parts = CARD.split("|")
    typed = "|".join(to_vietnamese_keys(part) if i in (0, 1, 3, 6) else part for i, part in enumerate(parts))
    card = read(typed)
    assert (card.personal_id, card.birth_date, card.issued_on) == (
        "001190012345",
        date(1990, 11, 15),
        date(2022, 7, 1),
    )
    assert card.repaired
    assert codes(card) == ["typed_through_ime"]


def test_swallowed_letters_are_said_and_left() -> None:
    card = read("001190012345||NGUYN TH HNG|15111990|N|Trung Minh|01072022")
    assert card.full_name == "NGUYN TH HNG"
    assert not card.repaired
    assert codes(card) == ["unreadable_sex", "typed_through_ime"]


@given(names, addresses)
def test_a_correct_card_comes_back_unchanged(name: str, address: str) -> None:
    card = read(card_text(name, address).encode())
    assert (card.full_name, card.address, card.repaired, card.warnings) == (name, address, False, ())


@pytest.mark.parametrize(
    "name",
    [
        "<b>Nguyễn</b><img src=x onerror=alert(1)>",
        "Robert'); DROP TABLE dossiers;--",
        "Nguyễn \u202eThị\u202c Hường",
        "Nguyễn\x00Thị\x1fHường",
        "Nguyễn\udc80Thị\ud800",
        "Nguyễn " * 28 + "Ân",
        "=cmd|' /C calc'!A0",
    ],
)
def test_hostile_names_are_only_text(name: str) -> None:
    card = read(with_field(2, name))
    seen = card.full_name + card.address
    assert seen.encode("utf-8")
    assert not any(c in seen for c in "\x00\x1f\u202e\u202c")


def test_a_name_of_two_hundred_letters_is_kept_whole() -> None:
    name = ("Nguyễn Thị " * 19)[:200].strip()
    assert read(with_field(2, name)).full_name == name


@pytest.mark.parametrize("flood", ["|" * 10_000_000, b"\x1e" * 10_000_000], ids=["text", "bytes"])
def test_a_flood_is_refused_before_any_work(flood: str | bytes) -> None:
    assert refusal_of(lambda: read(flood)) == "scan_too_long"
    assert best_seconds(lambda: refusal_of(lambda: read(flood))) < 0.001


def test_the_cap_counts_bytes() -> None:
    with pytest.raises(BadInput, match="scan_too_long"):
        read(with_field(5, "ễ" * 700))
    assert read(with_field(5, "e" * 1900)).address == "e" * 1900


@given(st.binary(max_size=300) | st.text(max_size=300))
def test_garbage_is_refused_by_name(data: str | bytes) -> None:
    with pytest.raises(BadInput) as refusal:
        read(data)
    assert refusal.value.code in {"scan_empty", "not_a_card", "not_a_personal_id"}


@given(st.binary(max_size=200))
def test_a_card_of_garbage_never_crashes(data: bytes) -> None:
    raw = (
        b"001190012345||"
        + data.replace(b"|", b"")
        + b"|15111990|"
        + data[:9].replace(b"|", b"")
        + b"|x|01072022"
    )
    assert refusal_of(lambda: read(raw).full_name.encode("utf-8")) in (None, "not_a_card")


def test_nothing_personal_in_logs() -> None:
    shown = repr(read(CARD))
    assert not any(secret in shown for secret in ("001190012345", "Hường", "1990", "Trung Minh"))
    with pytest.raises(BadInput) as refusal:
        read(with_field(0, "Hường"))
    assert "Hường" not in str(refusal.value)
