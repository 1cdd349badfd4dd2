"""Cards fill the people of a form; the clerk's words stay; what is missing is named in order."""

from datetime import date

from form_samples import BIRTH, FATHER, MOTHER, OFFICE, TODAY, field, template_of
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.condition import Condition
from counter_app.domain.form_filling import (
    Source,
    effective_answers,
    fill_from_people,
    missing_fields,
    visible_fields,
)
from counter_app.domain.form_template import FieldType
from counter_app.domain.identity_document import CARD_ISSUES, card_issue, id_document_of
from counter_app.domain.person import Person

ALL = {"nguoi_yeu_cau": MOTHER, "cha": FATHER}


def _fill(answers: dict[str, object], people: dict[str, Person] | None = None, **more: object):
    return fill_from_people(BIRTH, answers, people or {}, today=TODAY, **more)  # type: ignore[arg-type]


def test_a_card_fills_its_person() -> None:
    filled = _fill({}, {"nguoi_yeu_cau": MOTHER})
    assert filled.values["nyc_ten"] == "Bùi Thị Hoa Mận"
    assert filled.values["nyc_so"] == "017196004321"
    assert filled.values["nyc_gioi"] == "Nữ"
    assert filled.values["nyc_o"] == {
        "detail": "Xóm Chu",
        "commune": "xã Trung Minh",
        "province": "tỉnh Phú Thọ",
        "legacy_text": "Xóm Chu, Trung Minh, thành phố Hòa Bình, Hòa Bình",
    }
    assert filled.sources["nyc_ten"] is Source.CARD
    assert "me_ten" not in filled.values


def test_what_the_clerk_typed_is_never_overwritten_not_even_an_emptied_field() -> None:
    filled = _fill({"nyc_ten": "Bùi Thị Hoa", "nyc_o": ""}, {"nguoi_yeu_cau": MOTHER})
    assert (filled.values["nyc_ten"], filled.sources["nyc_ten"]) == ("Bùi Thị Hoa", Source.TYPED)
    assert filled.values["nyc_o"] == ""


def test_the_applicant_who_is_the_mother_fills_the_mother() -> None:
    filled = _fill({"quan_he": "Mẹ"}, ALL)
    assert filled.values["me_ten"] == "Bùi Thị Hoa Mận"
    assert filled.sources["me_ten"] is Source.APPLICANT
    assert filled.values["me_giay_to"] == filled.values["nyc_giay_to"]
    assert filled.values["cha_ten"] == "Đinh Công Quyết"
    assert filled.sources["cha_ten"] is Source.CARD


def test_an_applicant_typed_by_hand_fills_the_mother_too() -> None:
    filled = _fill({"quan_he": "Mẹ", "nyc_ten": "Hà Thị Vân", "nyc_so": "017145000246"})
    assert (filled.values["me_ten"], filled.sources["me_ten"]) == ("Hà Thị Vân", Source.APPLICANT)
    assert filled.values["me_so"] == "017145000246"


def test_the_mothers_own_card_wins_over_the_relationship() -> None:
    other = Person(full_name="Lường Thị Én", personal_id="017188009080")
    assert _fill({"quan_he": "Mẹ"}, ALL | {"me": other}).values["me_ten"] == "Lường Thị Én"


def test_the_issuer_follows_the_day_of_issue_and_can_be_corrected() -> None:
    filled = _fill({"nyc_giay_to": {"issued_by": "Công an tỉnh Hòa Bình"}}, ALL)
    assert filled.values["nyc_giay_to"] == {
        "kind": "Căn cước công dân",
        "number": "017196004321",
        "issued_on": "2021-05-10",
        "issued_by": "Công an tỉnh Hòa Bình",
    }
    assert filled.sources["nyc_giay_to"] is Source.TYPED
    father = _fill({}, ALL).values["cha_giay_to"]
    assert isinstance(father, dict)
    assert (father["kind"], father["issued_by"]) == ("Căn cước", "Bộ Công an")


def test_a_typed_passport_is_not_mixed_with_the_card() -> None:
    passport = {"kind": "Hộ chiếu", "number": "C1234567"}
    assert _fill({"nyc_giay_to": passport}, ALL).values["nyc_giay_to"] == passport


def test_card_issuers_are_recalled_not_verified() -> None:
    assert not any(issue.provenance.verified for issue in CARD_ISSUES)
    assert [issue.valid_from for issue in CARD_ISSUES] == sorted(
        (issue.valid_from for issue in CARD_ISSUES), reverse=True
    )
    assert card_issue(date(2024, 6, 30)) is CARD_ISSUES[1]
    assert card_issue(date(2024, 7, 1)) is CARD_ISSUES[0]
    assert card_issue(date(2015, 12, 31)) is None
    assert card_issue(None) is None
    assert id_document_of(Person(full_name="A")) is None


def test_defaults_and_computed_values_name_their_source() -> None:
    filled = _fill({"ks_sinh": "15/11/2026", "von": "50.000"})
    assert filled.values["ks_sinh"] == "2026-11-15"
    assert filled.values["von"] == 50_000
    assert filled.values["ks_sinh_chu"] == (
        "ngày mười lăm tháng mười một năm hai nghìn không trăm hai mươi sáu"
    )
    assert filled.sources["ks_sinh_chu"] is Source.COMPUTED
    assert filled.sources["quoc_tich"] is Source.DEFAULT
    assert filled.sources["von"] is Source.TYPED


def test_a_computed_value_cannot_be_typed() -> None:
    assert "ks_sinh_chu" not in _fill({"ks_sinh_chu": "ngày xưa"}).values


def test_suggestions_are_proposals_not_answers() -> None:
    filled = _fill({"quan_he": "Mẹ"}, ALL, office=OFFICE)
    assert filled.proposals["ks_que"] == {
        "detail": "", "commune": "xã Trung Minh", "province": "tỉnh Phú Thọ", "legacy_text": "",
    }  # fmt: skip
    assert filled.proposals["noi_o_chung"] == filled.values["me_o"]
    assert "ks_que" not in filled.values
    typed = _fill({"ks_que": {"commune": "xã Khác"}}, ALL, office=OFFICE)
    assert "ks_que" not in typed.proposals


def test_last_and_today_are_proposed() -> None:
    template = template_of(
        field("noi", FieldType.TEXT, suggest="last"), field("ngay", FieldType.DATE, suggest="today")
    )
    filled = fill_from_people(template, {}, {}, today=TODAY, last={"noi": "Trạm Y tế"})
    assert filled.proposals == {"noi": "Trạm Y tế", "ngay": "2026-11-21"}
    assert fill_from_people(template, {}, {}, today=TODAY).proposals == {"ngay": "2026-11-21"}


def test_hidden_fields_follow_the_answers() -> None:
    def keys(answers: dict[str, object]) -> list[str]:
        return [each.key for each in visible_fields(BIRTH, answers)]

    assert "nyc_sinh" in keys({})
    assert "nyc_sinh" not in keys({"nyc_so": "017196004321"})
    assert "so_ban" not in keys({"ban_sao": False})
    assert "so_ban" in keys({"ban_sao": True})


def test_missing_fields_come_in_the_order_of_the_form() -> None:
    filled = _fill({"quan_he": "Mẹ", "ban_sao": True}, ALL)
    assert [each.key for each in missing_fields(BIRTH, filled.values)] == ["ks_ten", "ks_sinh", "so_ban"]
    empty = [each.key for each in missing_fields(BIRTH, {})]
    assert empty[:3] == ["nyc_ten", "nyc_sinh", "quan_he"]


def test_an_answer_in_a_hidden_field_counts_no_more() -> None:
    template = template_of(
        field("a", FieldType.TICK),
        field("b", FieldType.TEXT, when=Condition(field="a", equals=True)),
        field("c", FieldType.TEXT, when=Condition(field="b", filled=True), required=True),
    )
    answers = {"a": False, "b": "typed before", "c": ""}
    assert effective_answers(template, answers) == {"a": False}
    assert missing_fields(template, answers) == ()
    assert [each.key for each in missing_fields(template, answers | {"a": True})] == ["c"]


def test_facts_of_the_visit_may_decide() -> None:
    template = template_of(field("b", FieldType.TEXT, when=Condition(field="channel", equals="postal")))
    assert visible_fields(template, {}) == ()
    assert len(visible_fields(template, {}, {"channel": "postal"})) == 1


def test_an_unticked_box_is_false_for_conditions() -> None:
    template = template_of(
        field("a", FieldType.TICK), field("b", FieldType.TEXT, when=Condition(field="a", equals=False))
    )
    assert [each.key for each in visible_fields(template, {})] == ["a", "b"]


ANSWERS = st.dictionaries(
    st.sampled_from([each.key for each in BIRTH.fields]),
    st.one_of(
        st.text(max_size=30),
        st.booleans(),
        st.integers(),
        st.none(),
        st.lists(st.dictionaries(st.sampled_from(["ten", "sinh", "tien"]), st.text(max_size=8)), max_size=3),
        st.dictionaries(st.sampled_from(["number", "kind", "issued_on", "detail"]), st.text(max_size=8)),
    ),
)


@given(ANSWERS)
def test_filling_never_fails_and_keeps_every_typed_key(answers: dict[str, object]) -> None:
    filled = _fill(answers, ALL, office=OFFICE, last={})
    assert filled.values.keys() == filled.sources.keys()
    stored = {each.key for each in BIRTH.fields if each.type is not FieldType.COMPUTED}
    assert all(filled.sources[key] is Source.TYPED for key in answers.keys() & stored)
    missing = {each.key for each in missing_fields(BIRTH, filled.values)}
    assert missing <= {each.key for each in visible_fields(BIRTH, filled.values)}


@given(ANSWERS)
def test_filling_again_changes_nothing(answers: dict[str, object]) -> None:
    once = _fill(answers, ALL)
    typed = {key: value for key, value in once.values.items() if once.sources[key] is Source.TYPED}
    assert _fill(typed, ALL).values == once.values


SCALARS = st.one_of(st.sampled_from(["a", "b"]), st.integers(0, 3), st.booleans())
LEAVES = st.one_of(
    st.builds(lambda f, v: Condition(field=f, equals=v), st.sampled_from("xyz"), SCALARS),
    st.builds(lambda f, v: Condition(field=f, one_of=tuple(v)), st.sampled_from("xyz"),
              st.lists(SCALARS, min_size=1, max_size=3)),
    st.builds(lambda f, v: Condition(field=f, filled=v), st.sampled_from("xyz"), st.booleans()),
)  # fmt: skip
CONDITIONS = st.recursive(
    LEAVES, lambda inner: st.lists(inner, min_size=1, max_size=3).map(lambda t: Condition(any=tuple(t)))
)
VALUES = st.dictionaries(st.sampled_from("xyz"), SCALARS)


@given(st.lists(CONDITIONS, min_size=1, max_size=3), VALUES)
def test_conditions_obey_de_morgan(terms: list[Condition], values: dict[str, object]) -> None:
    several = tuple(terms)
    negated = tuple(Condition(none=(term,)) for term in terms)
    assert Condition(none=several).holds(values) == Condition(all=negated).holds(values)
    assert Condition(any=several).holds(values) == (not Condition(none=several).holds(values))
    assert Condition(all=several).holds(values) <= Condition(any=several).holds(values)
