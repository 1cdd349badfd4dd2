"""A character without a shape prints as a box and is reported; it never vanishes."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_reading import all_text, squeezed
from sample_forms import MEMBERS, block_content
from sample_slips import OFFICE, SLIP

from counter_app.domain.form_template import Block, BlockKind, FieldType, FormField
from counter_app.printing.fonts import register_fonts
from counter_app.printing.glyphs import REPLACEMENT, drawable, unprintable
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.paper_content import PaperSize, SlipPart

RENDERER = ReportlabPaperRenderer()
NAME = FormField(key="name", label="Tên", type=FieldType.TEXT)


@pytest.fixture(autouse=True, scope="module")
def _fonts() -> None:
    register_fonts()


@pytest.mark.parametrize(
    ("text", "lost", "shown"),
    [
        ("Trần Văn Bình", "", "Trần Văn Bình"),
        ("H'ƯỚT NIÊ KDĂM", "", "H'ƯỚT NIÊ KDĂM"),
        ("Trần 漢 Bình", "漢", "Trần □ Bình"),
        ("Mơ😀😀", "😀", "Mơ□□"),
        ("👍\ufe0f", "👍", "□"),  # its variation selector is invisible
        ("…–“”•", "", "…–“”•"),
        ("a\u200bb", "", "ab"),
        ("", "", ""),
    ],
)
def test_what_has_no_shape_becomes_a_box(text: str, lost: str, shown: str) -> None:
    assert unprintable(text) == frozenset(lost)
    assert drawable(text) == shown


@pytest.mark.parametrize("size", list(PaperSize))
def test_a_slip_shows_the_boxes_and_names_the_texts(size: PaperSize) -> None:
    content = replace(
        SLIP,
        applicant_name="Lê 漢字 Mơ",
        office=replace(OFFICE, name="Trung tâm 😀"),
        parts=(SlipPart(name="Giấy 😀", kind="Bản chính", count=1),),
    )
    pdf, problems = RENDERER.slip_with_problems(content, size)
    assert problems == ("unprintable:applicant_name", "unprintable:parts", "unprintable:office")
    assert "Lê□□Mơ" in all_text(pdf)
    assert "TRUNGTÂM□" in all_text(pdf)
    assert RENDERER.slip_with_problems(SLIP, size) == (RENDERER.slip(SLIP, size), ())


def test_a_form_shows_the_boxes_and_names_the_answers() -> None:
    pid = FormField(key="pid", label="Số", type=FieldType.TEXT)
    content = block_content(
        Block(text="Tên: {name}"),
        Block(kind=BlockKind.BOXES, field="pid", text="Số:"),
        Block(kind=BlockKind.TABLE, field="members"),
        fields=(NAME, pid, MEMBERS),
        answers={"name": "Lý 漢", "pid": "12😀4"},
        tables={"members": (("Én 😀", "", ""),)},
    )
    pdf, problems = RENDERER.form_with_problems(content)
    assert problems == ("unprintable:name", "unprintable:pid", "unprintable:members")
    for shown in ("Lý□", "12□4", "Én□"):
        assert shown in all_text(pdf)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="abcĂÂđễ 漢字仮😀👍🏽", min_size=1, max_size=60))
def test_no_letter_vanishes(name: str) -> None:
    expected = squeezed("".join(REPLACEMENT if letter in "漢字仮😀👍🏽" else letter for letter in name))
    assert expected in all_text(RENDERER.slip(replace(SLIP, applicant_name=name), PaperSize.A5))
