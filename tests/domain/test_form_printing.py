"""Answers as they stand on paper; every placeholder has a text, whatever was answered."""

import pytest
from form_samples import BIRTH, FATHER, MOTHER, OFFICE, TODAY, field, template_of
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.form_filling import fill_from_people
from counter_app.domain.form_printing import (
    BLANK_PLACEHOLDERS,
    OFFICE_PLACEHOLDERS,
    PLACEHOLDER_PARTS,
    printed_form,
)
from counter_app.domain.form_template import Column, FieldType

FILLED = fill_from_people(
    BIRTH,
    {
        "quan_he": "Mẹ",
        "ks_ten": "Đinh Bùi Gia Hân",
        "ks_sinh": "2026-11-05",
        "von": 50_000,
        "ban_sao": True,
        "so_ban": 2,
        "con": [
            {"ten": "Hà Văn Sơn", "sinh": "1995", "tien": "1500000"},
            {"ten": ""},
            {"ten": "Én", "tien": "500"},
        ],
    },
    {"nguoi_yeu_cau": MOTHER, "cha": FATHER},
    today=TODAY,
)
PRINTED, TABLES = printed_form(BIRTH, FILLED.values, office=OFFICE, today=TODAY)


@pytest.mark.parametrize(
    ("placeholder", "text"),
    [
        ("nyc_ten", "BÙI THỊ HOA MẬN"),
        ("nyc_so", "017196004321"),
        (
            "nyc_giay_to",
            "Căn cước công dân số 017196004321, cấp ngày 10/05/2021, "
            "nơi cấp Cục Cảnh sát quản lý hành chính về trật tự xã hội",
        ),
        ("nyc_giay_to.issued_on", "10/05/2021"),
        ("nyc_o", "Xóm Chu, xã Trung Minh, tỉnh Phú Thọ"),
        (
            "nyc_o.with_legacy",
            "Xóm Chu, xã Trung Minh, tỉnh Phú Thọ (Xóm Chu, Trung Minh, thành phố Hòa Bình, Hòa Bình)",
        ),
        ("nyc_sinh", ""),  # hidden: the number says it
        ("ks_sinh", "05/11/2026"),
        ("ks_sinh.day", "05"),
        ("ks_sinh.month", "11"),
        ("ks_sinh.year", "2026"),
        ("ks_sinh.words", "ngày 05 tháng 11 năm 2026"),
        ("ks_sinh_chu", "ngày năm tháng mười một năm hai nghìn không trăm hai mươi sáu"),
        ("quoc_tich", "Việt Nam"),
        ("ban_sao", "[X]"),
        ("so_ban", "2"),
        ("so_ban.padded", "02"),
        ("von", "50.000 đồng"),
        ("von_chu", "Năm mươi nghìn đồng"),
        ("tong", "1.500.500"),
        ("dien_thoai", ""),
        ("today", "ngày 21 tháng 11 năm 2026"),
        ("office.place", "Trung Minh"),
        ("office.commune_name", "xã Trung Minh"),
        ("office.committee", "Ủy ban nhân dân xã Trung Minh"),
        ("office.province", "tỉnh Phú Thọ"),
    ],
)
def test_printed_text(placeholder: str, text: str) -> None:
    assert PRINTED[placeholder] == text


def test_table_rows_are_cells_in_column_order_without_empty_rows() -> None:
    assert TABLES["con"] == (("Hà Văn Sơn", "1995", "1.500.000"), ("Én", "", "500"))


def test_a_year_alone_prints_as_a_year() -> None:
    template = template_of(field("a", FieldType.DATE, year_only=True))
    values, _ = printed_form(template, {"a": "1950"}, office=OFFICE, today=TODAY)
    assert (values["a"], values["a.day"], values["a.year"], values["a.words"]) == (
        "1950",
        "",
        "1950",
        "năm 1950",
    )


def test_an_empty_form_has_every_placeholder_too() -> None:
    values, tables = printed_form(BIRTH, {}, office=OFFICE, today=TODAY)
    assert values.keys() == PRINTED.keys()
    assert tables == {"con": ()}
    assert values["ban_sao"] == "[  ]"
    assert {f"office.{name}" for name in OFFICE_PLACEHOLDERS} <= values.keys()
    assert {values[name] for name in BLANK_PLACEHOLDERS} == {""}
    for each in BIRTH.fields:
        for part in PLACEHOLDER_PARTS.get(each.type, ()):
            assert values[f"{each.key}.{part}"] == ""


def test_markup_and_marks_stay_plain_text() -> None:
    template = template_of(field("a", FieldType.PERSON_NAME, uppercase=True))
    values, _ = printed_form(template, {"a": "<img src=x>\u202eb & 'c'"}, office=OFFICE, today=TODAY)
    assert values["a"] == "<IMG SRC=X> B & 'C'"


@pytest.mark.parametrize(("value", "text"), [(2018, "2018"), (12_000, "12.000"), (0, "0")])
def test_a_number_of_four_digits_may_be_a_year(value: int, text: str) -> None:
    template = template_of(field("a", FieldType.NUMBER))
    assert printed_form(template, {"a": value}, office=OFFICE, today=TODAY).values["a"] == text


COMPUTED = [
    ("age", ("a",), {"a": "2000-11-22"}, "25"),
    ("age", ("a",), {"a": "2000-11-21"}, "26"),
    ("age", ("a", "b"), {"a": "2000-01-01", "b": "2010-01-01"}, "10"),
    ("age", ("a",), {"a": "2030-01-01"}, ""),
    ("year", ("a",), {"a": "2000-11-22"}, "2000"),
    ("days_between", ("a", "b"), {"a": "2026-11-01", "b": "2026-11-21"}, "20"),
    ("days_between", ("a", "b"), {"a": "2026", "b": "2026-11-21"}, ""),
    ("count", ("t",), {"t": [{"x": "1"}, {"x": ""}, {"x": "2"}]}, "2"),
    ("sum", ("t.x", "n"), {"t": [{"x": "1.000"}, {"x": "abc"}], "n": 5}, "1005"),
    ("sum", ("t.x",), {"t": []}, ""),
    ("number_in_words", ("n",), {"n": 21}, "hai mươi mốt"),
    ("number_in_words", ("n",), {"n": 10**16}, ""),
    ("copy", ("n",), {"n": 7}, "7"),
    ("join", ("s", "n"), {"s": "Xóm Chu", "n": 7}, "Xóm Chu, 7"),
    ("date_in_words", ("a",), {"a": "2026"}, ""),
    ("amount_in_words", ("n",), {}, ""),
]


@pytest.mark.parametrize(("function", "sources", "answers", "text"), COMPUTED)
def test_computed_fields(
    function: str, sources: tuple[str, ...], answers: dict[str, object], text: str
) -> None:
    template = template_of(
        field("a", FieldType.DATE, year_only=True),
        field("b", FieldType.DATE),
        field("n", FieldType.NUMBER),
        field("s", FieldType.TEXT),
        field("t", FieldType.TABLE, columns=(Column(key="x", label="X"),)),
        field("c", FieldType.COMPUTED, compute=function, compute_from=sources),
    )
    assert printed_form(template, answers, office=OFFICE, today=TODAY).values["c"] == text


def test_a_sum_is_written_out() -> None:
    template = template_of(
        field("t", FieldType.TABLE, columns=(Column(key="x", label="X", type=FieldType.MONEY),)),
        field("c", FieldType.COMPUTED, compute="sum", compute_from=("t.x",)),
        field("w", FieldType.COMPUTED, compute="amount_in_words", compute_from=("c",)),
    )
    values, _ = printed_form(template, {"t": [{"x": "20000"}, {"x": "30.000"}]}, office=OFFICE, today=TODAY)
    assert values["w"] == "Năm mươi nghìn đồng"


@given(
    st.dictionaries(
        st.sampled_from([each.key for each in BIRTH.fields]),
        st.one_of(
            st.text(max_size=20),
            st.integers(),
            st.booleans(),
            st.lists(st.dictionaries(st.sampled_from(["ten", "sinh"]), st.text(max_size=9)), max_size=3),
            st.dictionaries(st.sampled_from(["detail", "number", "issued_on"]), st.text(max_size=9)),
        ),
    )
)
def test_nothing_answered_stops_the_print(answers: dict[str, object]) -> None:
    values, tables = printed_form(BIRTH, answers, office=OFFICE, today=TODAY)
    assert values.keys() == PRINTED.keys()
    assert tables.keys() == {"con"}
    assert all("\n" not in text and text == text.strip() for text in values.values())
