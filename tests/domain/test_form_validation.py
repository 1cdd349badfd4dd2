"""Every kind of wrong answer has its code; errors block, warnings do not; hidden fields are left alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from form_samples import BIRTH, FATHER, MOTHER, TODAY, field, rule, template_of
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.condition import Condition
from counter_app.domain.form_checks import CHECKS
from counter_app.domain.form_filling import fill_from_people
from counter_app.domain.form_template import Column, FieldType, FormField, FormTemplate, ValidationRule
from counter_app.domain.form_validation import FieldProblem, Severity, validate

T = FieldType


def _codes(template: FormTemplate, answers: dict[str, object]) -> list[tuple[str, str]]:
    return [(problem.key, problem.code) for problem in validate(template, answers, today=TODAY)]


def _of(kind: FieldType, value: object, **more: object) -> list[str]:
    columns = (Column(key="ten", label="Tên"), Column(key="sinh", label="Sinh", type=T.DATE))
    given_columns = {"columns": columns} if kind is T.TABLE else {}
    template = template_of(field("a", kind, **{**given_columns, **more}))
    return [code for _, code in _codes(template, {"a": value})]


TYPES = [
    (T.PERSON_NAME, "Ư" * 200, {}, []),
    (T.PERSON_NAME, "Ư" * 201, {}, ["too_long"]),
    (T.PERSON_NAME, 5, {}, ["wrong_type"]),
    (T.PERSON_NAME, "<img src=x> 'OR --", {}, []),
    (T.PERSON_NAME, "Ý Nhi", {}, []),
    (T.PERSON_NAME, "陳 明", {}, []),
    (T.PERSON_NAME, "Nguyễn Văn 2", {}, ["not_a_name"]),
    (T.PERSON_NAME, "A", {}, ["not_a_name"]),
    (T.PERSON_NAME, "---", {}, ["not_a_name"]),
    (T.TEXT, "x" * 2000, {}, []),
    (T.TEXT, "x" * 2001, {}, ["too_long"]),
    (T.TEXT, ["x"], {}, ["wrong_type"]),
    (T.PERSONAL_ID, "017196004321", {}, []),
    (T.PERSONAL_ID, "017 196 004 321", {}, []),
    (T.PERSONAL_ID, "017196004", {}, ["not_a_personal_id"]),
    (T.PERSONAL_ID, "٠١٧١٩٦٠٠٤٣٢١", {}, ["not_a_personal_id"]),
    (T.PHONE, "+84 912 345 678", {}, []),
    (T.PHONE, "1234", {}, ["not_a_phone"]),
    (T.DATE, "2026-11-15", {}, []),
    (T.DATE, "15/11/2026", {}, []),
    (T.DATE, "2026-02-30", {}, ["not_a_date"]),
    (T.DATE, "hôm qua", {}, ["not_a_date"]),
    (T.DATE, 20261115, {}, ["not_a_date"]),
    (T.DATE, "1950", {}, ["day_needed"]),
    (T.DATE, "1950", {"year_only": True}, []),
    (T.CHOICE, "Đỏ", {"choices": ("Đỏ",)}, []),
    (T.CHOICE, "Tím", {"choices": ("Đỏ",)}, ["not_a_choice"]),
    (T.CHOICE, "Tím", {"choices": ("Đỏ",), "free_choice": True}, []),
    (T.CHOICE, 1, {"choices": ("Đỏ",), "free_choice": True}, ["wrong_type"]),
    (T.MONEY, "50.000 đ", {}, []),
    (T.MONEY, "nhiều", {}, ["not_a_number"]),
    (T.MONEY, -1, {}, ["number_out_of_range"]),
    (T.NUMBER, 10**15 + 1, {}, ["number_out_of_range"]),
    (T.NUMBER, True, {}, ["not_a_number"]),
    (T.NUMBER, 1.5, {}, ["not_a_number"]),
    (T.NUMBER, 0, {}, []),
    (T.TICK, True, {}, []),
    (T.TICK, "có", {}, ["wrong_type"]),
    (T.ADDRESS, {"detail": "Xóm Chu", "commune": "", "province": None}, {}, ["commune_missing"]),
    (T.ADDRESS, {"detail": "Xóm Chu", "province": "tỉnh Phú Thọ"}, {}, ["commune_missing"]),
    (T.ADDRESS, {"legacy_text": "Xóm Chu"}, {}, ["commune_missing"]),
    (T.ADDRESS, {"detail": "Xóm Chu", "commune": "xã Trung Minh"}, {}, []),
    (T.ADDRESS, {"legacy_text": "Xóm Chu, Trung Minh, Hòa Bình, Hòa Bình"}, {}, []),
    (T.ADDRESS, {"detail": "Xóm Chu", "legacy_text": "A, B, C"}, {}, ["commune_missing"]),
    (T.ADDRESS, {"commune": "Praha, Cộng hòa Séc"}, {}, []),
    (T.ADDRESS, {"detail": "Đã chết"}, {}, []),
    (T.ADDRESS, "Xóm Chu", {}, ["wrong_type"]),
    (T.ADDRESS, {"detail": "Xóm Chu", "huyện": "x"}, {}, ["wrong_type"]),
    (T.ADDRESS, {"detail": "x" * 501}, {}, ["too_long"]),
    (T.ID_DOCUMENT, {"kind": "Hộ chiếu", "number": "C1234567", "issued_on": "02/01/2020"}, {}, []),
    (T.ID_DOCUMENT, {"kind": "Hộ chiếu", "number": "C 1"}, {}, ["bad_document_number"]),
    (T.ID_DOCUMENT, {"number": "C1234567", "issued_on": "2026-11-22"}, {}, ["issued_in_future"]),
    (T.ID_DOCUMENT, {"number": "C1234567", "issued_on": "x"}, {}, ["not_a_date"]),
    (T.ID_DOCUMENT, "C1234567", {}, ["wrong_type"]),
    (T.TABLE, [{"ten": "A", "sinh": "15/11/2020"}], {}, []),
    (T.TABLE, [{"ten": "A", "sinh": "x"}], {}, ["not_a_date"]),
    (T.TABLE, [{"ten": "A", "tuoi": "5"}], {}, ["unknown_column"]),
    (T.TABLE, [{"ten": "A"}] * 3, {"max_rows": 2}, ["too_many_rows"]),
    (T.TABLE, [{"ten": ""}, {"ten": "", "sinh": ""}], {}, []),
    (T.TABLE, {"ten": "A"}, {}, ["wrong_type"]),
    (T.TABLE, ["A"], {}, ["wrong_type"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "more", "codes"), TYPES)
def test_types(kind: FieldType, value: object, more: dict[str, object], codes: list[str]) -> None:
    assert _of(kind, value, **more) == codes


def test_a_bad_cell_names_its_row_and_column() -> None:
    con = [{"ten": "A"}, {"ten": "B", "tien": "nhiều"}]
    problems = [p for p in validate(BIRTH, {"con": con}, today=TODAY) if p.key == "con"]
    assert problems == [
        FieldProblem(key="con", code="not_a_number", params={"row": 2, "column": "Số tiền"}),
    ]


D = "2026-11-21"
RULES = [
    ("pattern", r"[A-Z]{2} \d+", "BK 123", True),
    ("pattern", r"[A-Z]{2} \d+", "BK 123x", False),
    ("min_length", "3", "ab", False),
    ("min_length", "3", "abc", True),
    ("max_length", "3", "abcd", False),
    ("max_length", "3", "abc", True),
    ("one_of", "a|b", "b", True),
    ("one_of", "a|b", "ab", False),
    ("differs_from", "b", "Khác hẳn", True),
    ("differs_from", "b", "nguyễn  văn ngọc", False),
    ("equals_field", "b", "Nguyễn Văn Ngọc", True),
    ("equals_field", "b", "Nguyễn Văn", False),
]
DATE_RULES = [
    ("not_future", "", D, True),
    ("not_future", "", "2026-11-22", False),
    ("not_future", "", "2026", True),
    ("not_future", "", "2027", False),
    ("not_past", "", D, True),
    ("not_past", "", "2026-11-20", False),
    ("not_past", "", "2026", True),
    ("not_before", "b", "2020-05-05", True),
    ("not_before", "b", "2020-05-04", False),
    ("not_before", "b", "2020", True),
    ("not_before", "b", "2019", False),
    ("not_before", "2020-01-01", "2019-12-31", False),
    ("after_field", "b", "2020-05-06", True),
    ("after_field", "b", "2020-05-05", False),
    ("after_field", "b", "2020", True),
    ("max_days_before_today", "60", "2026-09-22", True),
    ("max_days_before_today", "60", "2026-09-21", False),
    ("max_days_after_field", "b:10", "2020-05-15", True),
    ("max_days_after_field", "b:10", "2020-05-16", False),
    ("min_age", "18", "2008-11-21", True),
    ("min_age", "18", "2008-11-22", False),
    ("min_age", "18", "2008", True),
    ("min_age", "18", "2009", False),
    ("max_age", "16", "2009-11-22", True),
    ("max_age", "16", "2009-11-21", False),
]


def _broken(field_: FormField, other: FormField, value: object, other_value: object) -> list[str]:
    return [code for _, code in _codes(template_of(field_, other), {"a": value, "b": other_value})]


@pytest.mark.parametrize(("check", "parameter", "value", "passes"), RULES)
def test_rules_on_text(check: str, parameter: str, value: str, passes: bool) -> None:
    asked = field("a", T.TEXT, rules=(rule(check, parameter),))
    other = field("b", T.TEXT)
    assert _broken(asked, other, value, "Nguyễn Văn Ngọc") == ([] if passes else [check])


@pytest.mark.parametrize(("check", "parameter", "value", "passes"), DATE_RULES)
def test_rules_on_dates(check: str, parameter: str, value: str, passes: bool) -> None:
    asked = field("a", T.DATE, year_only=True, rules=(rule(check, parameter),))
    assert _broken(asked, field("b", T.DATE), value, "2020-05-05") == ([] if passes else [check])


@pytest.mark.parametrize(
    ("check", "value", "passes"), [("min", 1, True), ("min", 0, False), ("max", 2, False)]
)
def test_rules_on_numbers(check: str, value: int, passes: bool) -> None:
    asked = field("a", T.NUMBER, rules=(rule(check, "1"),))
    assert _broken(asked, field("b", T.TEXT), value, "") == ([] if passes else [check])


def test_every_named_check_is_tested_here() -> None:
    tested = {one[0] for one in (*RULES, *DATE_RULES)} | {"min", "max"}
    assert tested == set(CHECKS)


def test_a_rule_with_nothing_to_compare_passes() -> None:
    asked = field(
        "a", T.DATE, rules=(rule("not_before", "b"), rule("after_field", "b"), rule("differs_from", "b"))
    )
    assert _broken(asked, field("b", T.DATE), "2020-05-05", "") == []


def test_the_data_s_own_words_reach_the_clerk_and_late_is_only_a_warning() -> None:
    filled = fill_from_people(BIRTH, {"ks_sinh": "2026-01-02"}, {}, today=TODAY)
    late = [p for p in validate(BIRTH, filled.values, today=TODAY) if p.key == "ks_sinh"]
    assert [(p.code, p.message, p.severity, p.blocks) for p in late] == [
        ("max_days_before_today", "Đã quá 60 ngày.", Severity.WARNING, False)
    ]
    future = [p for p in validate(BIRTH, {"ks_sinh": "2026-12-01"}, today=TODAY) if p.key == "ks_sinh"]
    assert [(p.code, p.message, p.blocks) for p in future] == [("not_future", "Sai.", True)]


def test_required_is_asked_only_of_visible_fields() -> None:
    assert ("so_ban", "required") not in _codes(BIRTH, {})
    assert ("so_ban", "required") in _codes(BIRTH, {"ban_sao": True})
    template = template_of(
        field("a", T.TICK), field("b", T.TEXT, required_when=Condition(field="a", equals=True))
    )
    assert _codes(template, {}) == []
    assert _codes(template, {"a": True}) == [("b", "required")]


def test_a_document_without_its_number_is_still_required_and_checked() -> None:
    template = template_of(field("a", T.ID_DOCUMENT, required=True))
    assert _codes(template, {"a": {"kind": "Hộ chiếu"}}) == [("a", "required")]
    optional = template_of(field("a", T.ID_DOCUMENT))
    assert _codes(optional, {"a": {"kind": "Hộ chiếu"}}) == []
    assert _codes(optional, {"a": {"kind": "Hộ chiếu", "issued_by": "Cục Quản lý xuất nhập cảnh"}}) == [
        ("a", "document_number_missing")
    ]


def test_unknown_fields_are_reported_last() -> None:
    template = template_of(field("a", T.TEXT, required=True))
    assert _codes(template, {"la": "x"}) == [("a", "required"), ("la", "unknown_field")]


def test_a_complete_form_has_no_problem() -> None:
    filled = fill_from_people(
        BIRTH,
        {"quan_he": "Mẹ", "ks_ten": "Đinh Bùi Gia Hân", "ks_sinh": "11/11/2026"},
        {"nguoi_yeu_cau": MOTHER, "cha": FATHER},
        today=TODAY,
    )
    assert validate(BIRTH, filled.values, today=TODAY) == ()


def test_contradictions() -> None:
    people = {"nguoi_yeu_cau": FATHER, "me": MOTHER, "cha": FATHER}
    base: dict[str, object] = {"quan_he": "Khác", "ks_ten": "An", "ks_sinh": "2026-11-11"}

    def problems(**more: object) -> list[tuple[str, str, bool]]:
        filled = fill_from_people(BIRTH, base | more, people, today=TODAY)
        return [(p.key, p.code, p.blocks) for p in validate(BIRTH, filled.values, today=TODAY)]

    assert ("cha_so", "same_person_twice", False) in problems()
    assert problems(quan_he="Cha") == []
    passport = {"me_so": "", "me_giay_to": {"number": "B1234567"}, "cha_so": "", "quan_he": "Khác"}
    shared = problems(**passport, cha_giay_to={"number": "b1234567"})
    assert [each for each in shared if each[1] == "same_person_twice"] == [
        ("cha_giay_to", "same_person_twice", False)
    ]
    assert ("me_giay_to", "id_numbers_differ", True) in problems(me_so="017196009999", quan_he="Cha")
    # The number's own digits say male: a hint about a mother, never a refusal.
    swapped = problems(me_so="017096004321", me_giay_to={"number": "017096004321"}, quan_he="Cha")
    assert swapped == [("me_so", "sex_mismatch", False)]
    no_number = problems(me_so="", me_giay_to="", me_gioi="Nam", quan_he="Cha")
    assert ("me_gioi", "sex_differs_from_role", False) in no_number


def test_hostile_text_is_checked_as_the_clean_text_it_becomes() -> None:
    template = template_of(field("a", T.TEXT, required=True))
    assert _codes(template, {"a": "\u202e\u200b\x00 \n"}) == [("a", "required")]
    pattern = template_of(field("a", T.TEXT, rules=(rule("pattern", "a b"),)))
    assert _codes(pattern, {"a": "a\u202e\x00b"}) == []


JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["number", "ten", "detail"]), inner)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([each.key for each in BIRTH.fields] + ["la"]), JUNK))
def test_no_answer_breaks_the_validation(answers: dict[str, object]) -> None:
    problems = validate(BIRTH, answers, today=TODAY)
    known = {each.key for each in BIRTH.fields} | {"la"}
    assert all(problem.key in known for problem in problems)
    for problem in problems:
        assert all(isinstance(value, str | int) for value in problem.params.values())


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 20_000))
def test_within_n_days_agrees_with_the_calendar(born: date, days: int) -> None:
    asked = replace(BIRTH, fields=(field("a", T.DATE, rules=(ValidationRule(
        check="max_days_before_today", message="x", value=str(days)),)),), roles=())  # fmt: skip
    problems = validate(asked, {"a": born.isoformat()}, today=TODAY)
    assert bool(problems) == (born < TODAY - timedelta(days=days))
