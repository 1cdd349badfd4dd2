"""Filled forms: every answer on paper, dots where there is none, and a paper in any case."""

import re
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_reading import all_text, codes, images, ink_margins_mm, page_sizes_mm, page_texts, squeezed
from sample_forms import BIRTH_ANSWERS, CODE, MEMBERS, birth_content, block_content

from counter_app.domain.condition import Condition
from counter_app.domain.form_template import Block, BlockKind, Column, FieldType, FormField, SignatureBlock
from counter_app.printing.renderer import ReportlabPaperRenderer
from counter_app.services.paper_content import FormContent, Marks

RENDERER = ReportlabPaperRenderer()


def printed(content: FormContent) -> str:
    pdf, problems = RENDERER.form_with_problems(content)
    assert problems == ()
    return all_text(pdf)


def test_every_answer_of_a_birth_registration_is_printed_on_one_a4_sheet() -> None:
    content = birth_content()
    text = printed(content)
    for answer in BIRTH_ANSWERS.values():
        assert squeezed(answer) in text
    assert "TỜKHAIĐĂNGKÝKHAISINH" in text
    assert "Ủybannhândânxã TrungMinh".replace(" ", "") in text
    assert "Làmtại:TrungMinh,ngày21tháng11năm2026" in text
    assert page_sizes_mm(RENDERER.form(content)) == [pytest.approx((210, 297), abs=0.1)]


def test_a_blank_form_is_dots_to_write_on() -> None:
    text = printed(birth_content({}))
    for label in ("ngườiyêucầu:", "Nơicưtrú:", "Giớitính:", "ghibằngchữ:"):
        assert f"{label}....." in text


def test_hidden_lines_stay_away() -> None:
    everyone = {**BIRTH_ANSWERS, "father_id": "001090000002"}
    assert printed(birth_content(everyone)).count("Nơicưtrú:") == 0
    assert printed(birth_content()).count("Nơicưtrú:") == 1
    assert printed(birth_content({})).count("Nơicưtrú:") == 3


def test_the_foot_carries_the_dossier_code() -> None:
    (page,) = images(RENDERER.form(birth_content()))
    assert codes(page) == [("Code128", CODE)]
    (bare,) = images(RENDERER.form(replace(birth_content(), dossier_code="")))
    assert codes(bare) == []


def test_nothing_leaves_the_sheet() -> None:
    for content in (birth_content(), birth_content({})):
        for page in images(RENDERER.form(content)):
            left, upper, right, lower = ink_margins_mm(page)
            assert left >= 25
            assert right >= 14
            assert upper >= 15
            assert lower >= 5


def test_marks_are_printed() -> None:
    text = printed(birth_content(marks=Marks(reprint="In lại lần 1, 14 giờ 05", training=True)))
    assert "Inlạilần1,14giờ05" in text
    assert "BẢNTẬPHUẤN–KHÔNGCÓGIÁTRỊ" in text


def test_a_table_repeats_its_head_and_loses_no_row() -> None:
    rows = tuple(
        (f"Thành viên số {n} họ Nguyễn", "01/02/2000", "ghi chú dài " * (n % 5)) for n in range(1, 91)
    )
    content = block_content(
        Block(kind=BlockKind.TABLE, field="members"), fields=(MEMBERS,), tables={"members": rows}
    )
    pdf, problems = RENDERER.form_with_problems(content)
    assert problems == ()
    texts = [squeezed(text) for text in page_texts(pdf)]
    assert len(texts) >= 3
    for number, text in enumerate(texts, start=1):
        assert f"Trang{number}/{len(texts)}" in text
        if "Thànhviênsố" in text:
            assert "HọvàtênNgàysinhGhichú" in text
    whole = "".join(texts)
    for n in range(1, 91):
        assert f"Thànhviênsố{n}họNguyễn" in whole


def test_empty_rows_leave_room_to_write() -> None:
    none = block_content(Block(kind=BlockKind.TABLE, field="members"), fields=(MEMBERS,))
    some = block_content(Block(kind=BlockKind.TABLE, field="members", min_rows=8), fields=(MEMBERS,))
    heights = [ink_margins_mm(images(RENDERER.form(content))[0])[3] for content in (none, some)]
    assert heights[0] - heights[1] > 25


def test_a_row_with_too_many_cells_keeps_them() -> None:
    content = block_content(
        Block(kind=BlockKind.TABLE, field="members"),
        fields=(MEMBERS,),
        tables={"members": (("A", "B", "C", "D"),)},
    )
    assert "ABCD" in printed(content)


@pytest.mark.parametrize(
    ("answer", "ticked", "boxes"), [("Có", 1, 2), ("Không", 1, 2), ("", 0, 2), ("Chưa rõ", 1, 3)]
)
def test_choices_tick_the_answer(answer: str, ticked: int, boxes: int) -> None:
    asked = FormField(key="wish", label="x", type=FieldType.CHOICE, choices=("Có", "Không"), free_choice=True)
    block = Block(kind=BlockKind.CHOICES, field="wish", text="Nhu cầu:")
    pdf, problems = RENDERER.form_with_problems(
        block_content(block, fields=(asked,), answers={"wish": answer}, values={"wish": answer})
    )
    assert problems == ()
    assert _boxes_and_ticks(pdf) == (boxes, ticked)
    assert "Có" in all_text(pdf)
    assert squeezed(answer) in all_text(pdf)


@pytest.mark.parametrize(("answer", "ticked"), [(True, 1), (False, 0)])
def test_a_tick_has_one_box(answer: bool, ticked: int) -> None:
    asked = FormField(key="late", label="Quá hạn", type=FieldType.TICK)
    block = Block(kind=BlockKind.CHOICES, field="late", text="Đăng ký quá hạn")
    content = block_content(
        block, fields=(asked,), answers={"late": answer}, values={"late": "[X]" if answer else "[  ]"}
    )
    assert _boxes_and_ticks(RENDERER.form(content)) == (1, ticked)


def _boxes_and_ticks(pdf: bytes) -> tuple[int, int]:
    """Count the outlines of boxes and the crosses in them, from the drawing operations."""
    drawn = b""
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            operations = zlib.decompress(stream)
        except zlib.error:
            continue
        if b" Tf " in operations:
            drawn += operations
    boxes = len(re.findall(rb" re\b", drawn))
    strokes = re.findall(rb"(\S+) (\S+) m (\S+) (\S+) l", drawn)
    diagonal = [one for one in strokes if one[0] != one[2] and one[1] != one[3]]
    return boxes, len(diagonal) // 2


def test_boxes_hold_one_digit_each() -> None:
    asked = FormField(key="pid", label="Số", type=FieldType.PERSONAL_ID)
    block = Block(kind=BlockKind.BOXES, field="pid", text="Số định danh cá nhân:")
    full = block_content(block, fields=(asked,), answers={"pid": "001190000001"})
    assert "001190000001" in printed(full)
    assert _boxes_and_ticks(RENDERER.form(full))[0] == 12
    empty = block_content(block, fields=(asked,), values={"pid": ""})
    assert _boxes_and_ticks(RENDERER.form(empty))[0] == 12


def test_a_value_too_long_for_boxes_is_written_out() -> None:
    asked = FormField(key="pid", label="Số", type=FieldType.TEXT)
    block = Block(kind=BlockKind.BOXES, field="pid", text="Số:")
    assert "9" * 60 in printed(block_content(block, fields=(asked,), answers={"pid": "9" * 60}))


def test_a_grid_frames_its_answers() -> None:
    fields = tuple(FormField(key=key, label=key, type=FieldType.TEXT) for key in ("bride", "groom", "other"))
    block = Block(
        kind=BlockKind.GRID,
        rows=(("Thông tin", "Bên nữ", "Bên nam"), ("Họ tên", "{bride}", "{groom}"), ("Khác", "{other}")),
        widths=(1, 2, 2),
    )
    text = printed(block_content(block, fields=fields, answers={"bride": "LÊ THỊ MƠ", "groom": "VŨ VĂN NAM"}))
    assert "ThôngtinBênnữBênnam" in text
    assert "LÊTHỊMƠ" in text
    assert "VŨVĂNNAM" in text


def test_signatures_never_stand_alone_on_a_sheet() -> None:
    oath = "Tôi xin cam đoan và chịu trách nhiệm."
    places = tuple(SignatureBlock(title=f"BÊN {n}", name="") for n in range(1, 5))
    for lines in range(28, 48):
        body = [Block(text=f"Dòng thứ {n}") for n in range(lines)]
        texts = page_texts(RENDERER.form(block_content(*body, oath=oath, signatures=places)))
        last = squeezed(texts[-1])
        assert "BÊN1BÊN2BÊN3BÊN4" in last
        assert f"Dòngthứ{lines - 1}" in last
        assert squeezed(oath) in last


def test_an_unknown_placeholder_prints_dots_and_is_reported() -> None:
    content = block_content(Block(text="Tên: {mother_nmae} hết"), fields=())
    pdf, problems = RENDERER.form_with_problems(content)
    assert problems == ("unknown_placeholder:mother_nmae",)
    assert "Tên:...." in all_text(pdf)
    assert "nmae" not in all_text(pdf)


def test_a_part_of_a_known_field_is_no_problem() -> None:
    born = FormField(key="born", label="x", type=FieldType.DATE)
    assert "ngày....." in printed(
        block_content(Block(text="ngày {born.day} tháng {born.month}"), fields=(born,))
    )


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        (Block(kind=BlockKind.TABLE, field="nowhere"), "unknown_table:nowhere"),
        (Block(kind=BlockKind.CHOICES, field="nowhere", text="Chọn:"), "unknown_field:nowhere"),
        (Block(kind=BlockKind.BOXES, field="nowhere", text="Số:"), "unknown_placeholder:nowhere"),
        (Block(kind=BlockKind.GRID), "block_failed:2:grid:ValueError"),
    ],
)
def test_a_faulty_block_never_stops_the_print(block: Block, problem: str) -> None:
    pdf, problems = RENDERER.form_with_problems(block_content(Block(text="Trước"), block, Block(text="Sau")))
    assert problems == (problem,)
    assert "Trước" in all_text(pdf)
    assert "Sau" in all_text(pdf)


def test_blocks_follow_their_condition() -> None:
    block = Block(text="Chỉ khi có", when=Condition(field="wish", equals="Có"))
    assert "Chỉkhicó" in printed(block_content(block, answers={"wish": "Có"}))
    assert "Chỉkhicó" not in printed(block_content(block, answers={"wish": "Không"}))


def test_two_blanks_share_the_line() -> None:
    fields = tuple(FormField(key=key, label=key, type=FieldType.TEXT) for key in ("a", "b"))
    text = page_texts(
        RENDERER.form(block_content(Block(text="Dân tộc: {a}   Quốc tịch: {b}"), fields=fields))
    )[0]
    line = next(line for line in text.splitlines() if "Dân tộc" in line)
    first, second = line.split("Quốc tịch:")
    assert abs(first.count(".") - second.count(".")) <= 2
    assert first.count(".") > 20


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="ăâđêôơưẠỄỮàBcd<>&'\"{}()\\ ", max_size=200))
def test_any_answer_comes_back(answer: str) -> None:
    asked = FormField(key="x", label="x", type=FieldType.TEXT)
    blocks = (Block(text="Một: {x}"), Block(kind=BlockKind.PARAGRAPH, text="Hai: {x} hết."))
    assert (
        printed(block_content(*blocks, fields=(asked,), answers={"x": answer})).count(squeezed(answer)) >= 2
    )


def test_a_narrow_column_breaks_a_word_rather_than_lose_it() -> None:
    field = replace(
        MEMBERS, columns=(Column(key="a", label="A", width=1), Column(key="b", label="B", width=30))
    )
    content = block_content(
        Block(kind=BlockKind.TABLE, field="members"), fields=(field,), tables={"members": (("NGHIÊNG", "b"),)}
    )
    pdf = RENDERER.form(content)
    found = "".join(page_texts(pdf)).replace("\r", "").replace("\n", "")
    assert all(letter in found for letter in "NGHIÊNG")


def test_only_notes_whose_mark_is_printed_are_explained() -> None:
    wish = FormField(key="wish", label="x", type=FieldType.TEXT)
    content = block_content(
        Block(text="Tên(1): {wish}"),
        Block(text="Nơi ở(2): {wish}", when=Condition(field="wish", equals="Có")),
        fields=(wish,),
        answers={"wish": "Không (3)"},
        footnotes=("(1) Một.", "(2) Hai.", "(3) Ba.", "(4), (1) Bốn.", "Chung."),
    )
    text = printed(content)
    assert "(1)Một.(4),(1)Bốn.Chung." in text
    assert "Hai." not in text
    assert "Ba." not in text  # typed by a citizen, so no mark
    assert "(2)Hai." in printed(
        replace(content, answers={"wish": "Có"}, values={**content.values, "wish": "Có"})
    )


def test_a_numbered_table_counts_its_rows() -> None:
    block = Block(kind=BlockKind.TABLE, field="members", numbered=True, min_rows=3)
    text = printed(
        block_content(block, fields=(MEMBERS,), tables={"members": (("Én", "1950", "a"), ("Mơ", "", "b"))})
    )
    assert "STTHọvàtênNgàysinhGhichú1Én1950a2Mơb3" in text


def test_a_signature_place_follows_its_condition() -> None:
    places = (
        SignatureBlock(title="NGƯỜI KHAI", note="", when=Condition(field="proxy", equals=False)),
        SignatureBlock(title="NGƯỜI KHAI THAY", note="", when=Condition(field="proxy", equals=True)),
    )
    for proxy, title in ((False, "NGƯỜIKHAI"), (True, "NGƯỜIKHAITHAY")):
        text = printed(block_content(Block(text="."), answers={"proxy": proxy}, signatures=places))
        assert title in text
        assert ("THAY" in text) is proxy


def test_lines_of_one_answer_stay_on_one_sheet_and_sheets_are_filled() -> None:
    asked = FormField(key="home", label="x", type=FieldType.TEXT)
    home = "đầu " + "số nhà một hai ba đường Nguyễn Thị Minh Khai " * 4 + "cuối"
    for count in range(12, 22):
        body = [Block(text=f"Nơi cư trú {n}: {{home}}") for n in range(count)]
        content = block_content(*body, fields=(asked,), answers={"home": home})
        for text in page_texts(RENDERER.form(content)):
            assert text.count("đầu") == text.count("cuối")
        first, *others = images(RENDERER.form(replace(content, dossier_code="")))
        assert not others or ink_margins_mm(first)[3] < 45


def test_a_table_follows_the_line_that_announces_it() -> None:
    for lines in range(30, 45):
        body = [Block(text=f"Dòng thứ {n}") for n in range(lines)]
        table = Block(kind=BlockKind.TABLE, field="members", min_rows=2)
        for text in page_texts(
            RENDERER.form(block_content(*body, Block(text="Gồm có:"), table, fields=(MEMBERS,)))
        ):
            assert ("Gồm có" in text) == ("Ghi chú" in text)


def test_a_block_of_places_to_sign_stands_anywhere_and_after_its_heading() -> None:
    places = (
        SignatureBlock(title="NGƯỜI KIỂM TRA", note="(Ký)", date="Ngày … tháng … năm …"),
        SignatureBlock(title="GIÁM ĐỐC", note="", name="{boss}", below="Họ và tên: {boss}\nSố: {number}"),
        SignatureBlock(title="VẮNG", when=Condition(field="boss", equals="Ai khác")),
    )
    fields = tuple(FormField(key=key, label=key, type=FieldType.TEXT) for key in ("boss", "number"))
    for lines in (1, *range(25, 45)):
        body = [Block(text=f"Dòng thứ {n}") for n in range(lines)]
        heading = Block(kind=BlockKind.HEADING, text="II. Ý KIẾN")
        opinion = (Block(text="{blank}"), Block(text="{blank}"))
        block = Block(kind=BlockKind.SIGNATURES, places=places)
        pdf, problems = RENDERER.form_with_problems(
            block_content(
                *body,
                heading,
                *opinion,
                block,
                fields=fields,
                answers={"boss": "Lê Văn Mơ"},
                values={"boss": "Lê Văn Mơ", "blank": ""},
            )
        )
        assert problems == ()
        last = squeezed(page_texts(pdf)[-1])
        assert "II.ÝKIẾN" in last
        assert re.search(r"II\.ÝKIẾN\.{200,}Ngày…tháng…năm…NGƯỜIKIỂMTRAGIÁMĐỐC\(Ký\)LêVănMơ", last)
        assert "Họvàtên:LêVănMơSố:...." in last
        assert "VẮNG" not in last


def test_four_places_to_sign_with_long_titles_overlap_nowhere() -> None:
    titles = ("Ý KIẾN CỦA CHỦ HỘ", "Ý KIẾN CỦA CHỦ SỞ HỮU CHỖ Ở HỢP PHÁP", "Ý KIẾN CỦA CHA, MẸ", "NGƯỜI KHAI")
    places = tuple(SignatureBlock(title=title, note="(Ký)", date="…, ngày … tháng …") for title in titles)
    text = all_text(RENDERER.form(block_content(Block(text="."), signatures=places)))
    # Read line by line: the words of a long title share their lines with the others' first words.
    assert all(word in text for title in titles for word in title.split())
    assert text.count("(Ký)") == 4
    assert text.count("…,ngày…tháng…") == 4


def test_more_than_four_places_make_a_second_row() -> None:
    places = tuple(SignatureBlock(title=f"BÊN {n}", note=f"(ký {n})") for n in range(1, 7))
    text = all_text(RENDERER.form(block_content(Block(text="."), signatures=places)))
    assert "BÊN1BÊN2BÊN3BÊN4(ký1)(ký2)(ký3)(ký4)BÊN5BÊN6(ký5)(ký6)" in text
