"""What the panels say, worked out from the state alone."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake_helpers import BIRTH_ID, COPY_ID, FORM, Intake
from tests.helpers.builders import MORNING
from tests.helpers.visits import BIRTH, CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER

from counter_app.domain.errors import BadInput
from counter_app.services.office_values import enter_value
from counter_app.ui.intake import draft_state
from counter_app.ui.intake.due_words import promise_words
from counter_app.ui.intake.fee_words import fee_words
from counter_app.ui.intake.missing_words import readiness
from counter_app.ui.intake.people_cards import people_column
from counter_app.ui.intake.questions import form_column
from counter_app.ui.intake.state import Caution, Origin


def keys(questions: tuple) -> list[str]:  # type: ignore[type-arg]
    return [question.key[1] for question in questions]


def test_a_card_turns_questions_into_known_answers(intake: Intake) -> None:
    intake.choose(BIRTH_ID)
    before = form_column(intake.presenter.state)
    assert [person.role for person in before.awaited] == ["applicant", "me", "cha"]
    assert not [key for key in keys(before.asked) if key.startswith(("nyc_ho", "me_", "cha_"))]
    intake.scan(GRANDMOTHER, MOTHER, FATHER)
    after = form_column(intake.presenter.state)
    assert not after.awaited
    assert {"nyc_ho_ten", "me_so_dinh_danh", "cha_giay_to"} <= set(keys(after.known))
    assert keys(after.asked) == [
        "nyc_quan_he",
        "ks_ho_ten",
        "ks_ngay_sinh",
        "ks_gioi_tinh",
        "ks_dan_toc",
        "ks_noi_sinh",
        "ks_que_quan",
    ]
    assert after.still_to_ask == len(after.asked) == 7


def test_answering_moves_nothing(intake: Intake) -> None:
    intake.choose(BIRTH_ID)
    intake.scan(GRANDMOTHER, MOTHER, FATHER)
    before = keys(form_column(intake.presenter.state).asked)
    intake.answer(CHILD_ANSWERS)
    column = form_column(intake.presenter.state)
    assert keys(column.asked) == before
    assert column.still_to_ask == 0


def test_a_date_is_read_back_in_words(intake: Intake) -> None:
    intake.choose(BIRTH_ID)
    intake.answer({"ks_ngay_sinh": "2026-11-15"})
    question = form_column(intake.presenter.state).find((FORM, "ks_ngay_sinh"))
    assert "mười lăm" in question.note


def test_ids_on_the_screen_are_masked(intake: Intake) -> None:
    intake.choose(BIRTH_ID)
    intake.scan(GRANDMOTHER)
    state = intake.presenter.state
    shown = " ".join(question.text for question in form_column(state).known)
    shown += " ".join(card.facts for card in people_column(state).cards)
    assert GRANDMOTHER.personal_id not in shown
    assert "0171••••••21" in shown


def test_the_column_names_who_comes_next(intake: Intake) -> None:
    assert people_column(intake.presenter.state).awaited == "Người nộp hồ sơ"
    intake.choose(BIRTH_ID)
    intake.scan(GRANDMOTHER)
    assert people_column(intake.presenter.state).awaited == "Mẹ"
    intake.scan(MOTHER, FATHER)
    assert people_column(intake.presenter.state).awaited == ""


def test_a_card_says_where_it_is_from_and_what_to_look_at(intake: Intake) -> None:
    intake.presenter.take_card(GRANDMOTHER, [Caution(code="sex_mismatch")], repaired=True)
    card = people_column(intake.presenter.state).cards[0]
    assert card.source == "từ thẻ 08:30"
    assert len(card.cautions) == 2


def test_the_foot_names_what_is_missing(intake: Intake) -> None:
    assert readiness(intake.presenter.state).count == 0
    intake.choose(COPY_ID)
    words = readiness(intake.presenter.state)
    assert words.count == 3
    assert words.words == ("Còn thiếu: người nộp hồ sơ, số trang của bản chính, số bản sao cần chứng thực")
    intake.scan(GRANDMOTHER)
    intake.presenter.state_fact("pages", 1)
    intake.presenter.state_fact("copies_certified", 1)
    assert readiness(intake.presenter.state).ready


def test_a_wrong_answer_is_named_as_to_be_corrected(intake: Intake) -> None:
    intake.scan(GRANDMOTHER)
    intake.choose(BIRTH_ID)
    intake.scan(MOTHER, FATHER)
    intake.answer({**CHILD_ANSWERS, "ks_ngay_sinh": "2027-01-01"})
    words = readiness(intake.presenter.state)
    assert not words.ready
    assert "cần sửa" in words.words


def test_an_expired_procedure_says_so_and_cannot_be_received(intake: Intake) -> None:
    intake.choose(BIRTH_ID)
    intake.scan(GRANDMOTHER)
    intake.desk.clock.moment = datetime(2028, 1, 10, 9, tzinfo=MORNING.tzinfo)
    intake.presenter.tick()
    assert intake.presenter.state.problem.code == "procedure_expired"
    assert not readiness(intake.presenter.state).ready
    assert not intake.presenter.receive()


@pytest.mark.parametrize(
    ("hour", "slip", "due"),
    [(8, "không cần giấy hẹn", "Trong ngày · 17:00"), (15, "in giấy hẹn", "T4 25/11/2026 · 17:00")],
)
def test_the_promise_in_words_over_a_holiday(intake: Intake, hour: int, slip: str, due: str) -> None:
    intake.desk.clock.moment = MORNING.replace(hour=hour)
    intake.choose(BIRTH_ID)
    words = promise_words(intake.presenter.state)
    assert (words.slip, words.due) == (slip, due)


def test_a_fee_is_unknown_until_entered_and_never_nought(intake: Intake) -> None:
    intake.choose(BIRTH_ID)
    intake.answer({"ks_ngay_sinh": (MORNING - timedelta(days=90)).date().isoformat()})
    words = fee_words(intake.presenter.state)
    assert not words.known
    assert words.total == "chưa xác định"
    line = words.lines[0]
    assert line.unknown
    assert line.enterable
    intake.presenter.exempt(line.fee_id, "ho_ngheo")
    line = fee_words(intake.presenter.state).lines[0]
    assert line.amount == "0 đ"
    assert line.proof
    assert not line.enterable


def test_an_amount_other_than_the_decided_one_is_shown_beside_it(intake: Intake) -> None:
    intake.choose(BIRTH_ID)
    intake.answer({"ks_ngay_sinh": (MORNING - timedelta(days=90)).date().isoformat()})
    fee_id = fee_words(intake.presenter.state).lines[0].fee_id
    enter_value(intake.desk, f"fee/{fee_id}", 8000, MORNING.date(), "Nghị quyết thử")
    intake.presenter.enter_amount(fee_id, 8000)
    assert fee_words(intake.presenter.state).lines[0].proof == ""
    intake.presenter.enter_amount(fee_id, 0)
    assert "8.000 đ" in fee_words(intake.presenter.state).lines[0].proof


# --- Drafts as JSON

texts = st.text(max_size=30)
origins = st.builds(
    Origin,
    kind=st.sampled_from(["card", "typed"]),
    at=st.just(MORNING),
    repaired=st.booleans(),
    cautions=st.lists(
        st.builds(Caution, code=texts, params=st.dictionaries(texts, texts, max_size=2)), max_size=2
    ).map(tuple),
)


@given(st.dictionaries(texts, origins, max_size=3), st.booleans())
def test_a_draft_says_the_same_after_reading_it_back(places: dict[str, Origin], under_way: bool) -> None:
    import json

    stored = json.loads(json.dumps(draft_state.to_json(BIRTH, places, under_way=under_way)))
    visit, read = draft_state.from_json(stored)
    assert visit == BIRTH
    assert read == places
    assert draft_state.is_under_way(stored) is under_way


@pytest.mark.parametrize(
    "state",
    [{}, {"visit": []}, {"visit": {}, "origins": {"me": 1}}, {"visit": {}, "origins": {"me": {"at": "x"}}}],
)
def test_a_damaged_draft_is_refused_by_name(state: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="bad_answers"):
        draft_state.from_json(state)
