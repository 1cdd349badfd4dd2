"""An address as an answer: levels told apart only where that is safe."""

import pytest

from counter_app.domain.address_value import address_answer, two_levels
from counter_app.domain.field_values import printed_address


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Xóm Bưởi, xã Trung Minh, tỉnh Phú Thọ", ("Xóm Bưởi", "xã Trung Minh", "tỉnh Phú Thọ")),
        ("Số 3, ngõ 7 , Phường Hòa Bình,tỉnh Phú Thọ", ("Số 3, ngõ 7", "Phường Hòa Bình", "tỉnh Phú Thọ")),
        ("đặc khu Côn Đảo, Thành phố Hồ Chí Minh", ("", "đặc khu Côn Đảo", "Thành phố Hồ Chí Minh")),
    ],
)
def test_two_levels_are_told_apart(text: str, levels: tuple[str, str, str]) -> None:
    found = two_levels(text)
    assert found is not None
    assert (found["detail"], found["commune"], found["province"]) == levels


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Xóm Bưởi",
        "Xóm Bưởi, Trung Minh, Phú Thọ",
        "Tổ 5, Phường Phương Lâm, TP Hòa Bình, Tỉnh Hòa Bình",
        "Tổ 5, Phường Phương Lâm, Thành phố Hòa Bình, Tỉnh Hòa Bình",
        "Praha, Cộng hòa Séc",
        "X. Yên Sơn, T. Phú Thọ",
    ],
)
def test_other_texts_are_not(text: str) -> None:
    assert two_levels(text) is None


def test_a_card_of_three_levels_stays_in_its_own_words_and_prints_as_before() -> None:
    old = "Tổ 5, Phường Phương Lâm, TP Hòa Bình, Hòa Bình"
    answer = address_answer(old, "")
    assert answer == {"detail": "", "commune": "", "province": "", "legacy_text": old}
    assert printed_address(answer) == old


def test_a_confirmed_address_keeps_the_cards_words_beside_it() -> None:
    old = "Tổ 5, Phường Phương Lâm, TP Hòa Bình, Hòa Bình"
    answer = address_answer("Tổ 5, phường Hòa Bình, tỉnh Phú Thọ", old)
    assert answer["commune"] == "phường Hòa Bình"
    assert answer["legacy_text"] == old
    abroad = address_answer("Số 5, Praha, Cộng hòa Séc", old)
    assert (abroad["detail"], abroad["legacy_text"]) == ("Số 5, Praha, Cộng hòa Séc", old)
