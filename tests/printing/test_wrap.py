"""Lines break where a reader expects it: dates whole, no short word alone, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.printing.fonts import REGULAR, Face, register_fonts, text_width
from counter_app.printing.runs import Align, Run
from counter_app.printing.text import wrap

FACE = Face(REGULAR, 10)


@pytest.fixture(autouse=True, scope="module")
def _fonts() -> None:
    register_fonts()


def lines_of(text: str, width: float, align: Align = Align.LEFT) -> list[str]:
    return [
        "".join(piece.text for piece in line.pieces) for line in wrap([Run(text, FACE)], width, align=align)
    ]


@pytest.mark.parametrize(
    "whole",
    ["ngày 25 tháng 11 năm 2026", "17 giờ 00 phút", "14 giờ 05", "24.000 đồng", "ngày 05 tháng 02 năm 2027"],
)
def test_a_date_a_time_and_an_amount_stay_on_one_line(whole: str) -> None:
    text = f"Thời gian trả kết quả giải quyết hồ sơ: {whole}, tại quầy số một của trung tâm"
    for width in range(130, 420, 7):
        assert any(whole in line for line in lines_of(text, width)), width


def test_what_is_wider_than_the_line_still_breaks() -> None:
    text = "ngày 25 tháng 11 năm 2026"
    lines = lines_of(text, 40)
    assert len(lines) > 2
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("align", list(Align))
def test_no_short_word_stands_alone_on_the_last_line(align: Align) -> None:
    text = "6. Đăng ký nhận kết quả tại: Trung tâm Phục vụ hành chính công xã Trung Minh"
    broken = 0
    for width in range(150, 360):
        lines = lines_of(text, width, align)
        assert len(lines) == 1 or len(lines[-1].split() or lines[-1]) > 1 or align is Align.JUSTIFY
        assert lines[-1].strip() != "Minh"
        broken += len(lines) > 1
    assert broken > 100


@given(
    st.lists(st.text(alphabet="abcdeghiớ12", min_size=1, max_size=12), min_size=1, max_size=40),
    st.floats(60, 400),
)
def test_every_word_comes_once_and_no_line_is_too_wide(words: list[str], width: float) -> None:
    lines = wrap([Run(" ".join(words), FACE)], width)
    assert "".join(p.text for line in lines for p in line.pieces).replace(" ", "") == "".join(words)
    for line in lines:
        assert sum(text_width(piece.text.rstrip(), piece.face) for piece in line.pieces) <= width + 0.1
