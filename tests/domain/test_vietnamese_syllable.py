import unicodedata

import pytest

from counter_app.domain.vietnamese_syllable import is_syllable

GOOD = """Nguyễn Thị Hường HOÀ Hòa thủy thuý Quý quốc Khuyến nghiêng gì giếng giết Đắk Lắk Kạn Trượng
ưỡn Ý yến uỷ Khúc Huỳnh ngoằn xoong Nam An"""
BAD = """Nguyểnn Thịh Hườg Ổc Hờc Tỏt Mđ Nguyẽễn Blơk Êban Müller TrÇn ThÞ ĐĐ w z Smith Chàp"""


@pytest.mark.parametrize("word", GOOD.split())
def test_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word)) == is_syllable(word)


@pytest.mark.parametrize("word", BAD.split())
def test_other_words(word: str) -> None:
    assert not is_syllable(word)
