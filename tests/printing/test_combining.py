"""A mark without a letter of its own stands over its letter, and a marked name is read back whole."""

from dataclasses import replace

import pytest
from tests.printing.paper_reading import all_text, squeezed
from tests.printing.sample_slips import SLIP

from counter_app.printing.combining import has_marks, placed
from counter_app.printing.fonts import FACES, Face, register_fonts, text_width
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.paper_content import PaperSize

BREVE = "\u0306"


@pytest.fixture(autouse=True, scope="module")
def _fonts() -> None:
    register_fonts()


@pytest.mark.parametrize("font", FACES)
@pytest.mark.parametrize("base", ["ơ", "ư", "Ơ", "Ư", "ê", "Ô", "w", "W"])
def test_the_mark_stands_over_the_middle_of_its_letter(font: str, base: str) -> None:
    face = Face(font, 10.0)
    pieces = list(placed(f"B{base}{BREVE}t", face))
    assert [letters for _, _, letters in pieces] == [f"B{base}", BREVE, "t"]
    (_, _, _), (mark_x, lift, _), (rest_x, rest_lift, _) = pieces
    left = text_width("B", face)
    # Where the pen stands for a mark drawn around it: inside the letter, not behind it.
    assert left - 3 < mark_x < left + text_width(base, face) - 1
    assert rest_x == pytest.approx(text_width(f"B{base}", face))
    assert rest_lift == 0.0
    high = base.isupper() or base in "êÔ"
    assert (lift > 0.5) == high
    assert lift < 4


def test_marks_are_stacked_and_those_below_stay_low() -> None:
    face = Face(FACES[0], 10.0)
    _, first, second = placed(f"w{BREVE}{BREVE}", face)
    assert second[1] > first[1] == 0.0
    _, below = placed("W\u0323", face)
    assert below[1] == 0.0


def test_a_mark_without_a_letter_is_drawn_all_the_same() -> None:
    assert [piece[2] for piece in placed(f"{BREVE}a", Face(FACES[0], 10.0))] == [BREVE, "a"]


def test_ordinary_vietnamese_has_none() -> None:
    assert not has_marks("Đặng Thị Thử Nghiệm ƠỪỢ")
    assert has_marks(f"Bơ{BREVE}")


def test_a_name_with_marks_is_read_back() -> None:
    name = f"Bơ{BREVE} Ư{BREVE}t K{BREVE}ê{BREVE} Niê"
    pdf = ReportlabPaperRenderer().slip(replace(SLIP, applicant_name=name), PaperSize.A5)
    assert squeezed(name) in all_text(pdf)
