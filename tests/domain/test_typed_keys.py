import pytest
from card_samples import addresses, names, to_telex, to_vni
from hypothesis import example, given
from hypothesis import strategies as st

from counter_app.domain.typed_keys import from_telex, from_vni, untangle

sexes = st.sampled_from(["Nam", "Nữ"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nguyeexn", "Nguyễn"),
        ("Thij", "Thị"),
        ("Huowngf", "Hường"),
        ("Huwowngf", "Hường"),
        ("HUOWNGF", "HƯỜNG"),
        ("Dduwcs", "Đức"),
        ("DDOOX", "ĐỖ"),
        ("Hoaf", "Hòa"),
        ("Quys", "Quý"),
        ("Giaf", "Già"),
        ("Khuyur", "Khuỷu"),
        ("Nam", None),
        ("Ksor", None),
        ("Smith", None),
        ("Htf", None),
    ],
)
def test_telex(typed: str, meant: str | None) -> None:
    assert from_telex(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nguye6n4", "Nguyễn"),
        ("Nguye64n", "Nguyễn"),
        ("Thi5", "Thị"),
        ("Huo7ng2", "Hường"),
        ("Hu7o7ng2", "Hường"),
        ("D9u7c1", "Đức"),
        ("HUO7NG2", "HƯỜNG"),
        ("Hu7u4", "Hữu"),
        ("Ruou75", "Rượu"),
        ("Nam", None),
        ("A380", None),
        ("K2", None),
    ],
)
def test_vni(typed: str, meant: str | None) -> None:
    assert from_vni(typed) == meant


@given(names, addresses, sexes)
def test_a_card_typed_as_keys_comes_back(name: str, address: str, sex: str) -> None:
    meant = (name, sex, address)
    typed = tuple(map(to_telex, meant))
    if typed[0] != name and sum(a != b for a, b in zip(typed, meant, strict=True)) > 1:
        assert untangle(typed) == (meant, True, True)
    vni = tuple(map(to_vni, meant))
    if vni[0] != name:
        assert untangle(vni) == (meant, True, True)


@given(names, addresses, sexes)
def test_well_written_cards_are_left_alone(name: str, address: str, sex: str) -> None:
    assert untangle((name, sex, address)) == ((name, sex, address), False, False)


@pytest.mark.parametrize(
    "fields",
    [
        ("Y Sor", "Nam", "Buôn Ma Thuột, Đắk Lắk"),
        ("Siu Dor", "Nam", "Ia Blang, Gia Lai"),
        ("Ksor H'Blar", "Nữ", "Ia Blang, Chư Sê, Gia Lai"),
        ("Rmah Hor", "Nam", "Ia Blang, Gia Lai"),
        ("Lee Min Hoo", "Nam", "Quận 7, TP. Hồ Chí Minh"),
    ],
)
def test_names_that_only_look_like_keys_are_left_alone(fields: tuple[str, str, str]) -> None:
    assert untangle(fields) == (fields, False, False)


def test_keys_with_two_readings_warn_and_stay() -> None:
    fields = ("Nguyeexn Ksorw", "Nam", "Xax Trung Minh")
    assert untangle(fields) == (fields, True, False)


def test_swallowed_letters_are_noticed_not_invented() -> None:
    fields = ("NGUYN TH HNG", "Nam", "Trung Minh")
    assert untangle(fields) == (fields, True, False)


def test_house_numbers_of_a_vni_card_keep_their_digits() -> None:
    texts, _, _ = untangle(("Nguye6n4 Va8n A", "Nam", "Nha2 A1, Lo6 K3, QL1A, Xa4 Trung Minh"))
    assert texts == ("Nguyễn Văn A", "Nam", "Nhà A1, Lô K3, QL1A, Xã Trung Minh")


@given(
    st.lists(
        st.text("aeiouydgqunth123456789swfrxjzAUO '.", max_size=12) | st.text(max_size=12),
        min_size=3,
        max_size=3,
    )
)
@example(["ruou8", "", ""])
@example(["Dd9 uou86", "", ""])
def test_no_text_crashes_it(fields: list[str]) -> None:
    texts, through_ime, retyped = untangle(fields)
    assert len(texts) == 3
    assert retyped or texts == tuple(fields)
    assert through_ime or not retyped
