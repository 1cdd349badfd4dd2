"""Ratings: once a dossier, and nothing in the database or the outbox says whose they are."""

import json
from typing import Any

import pytest
from tests.helpers.builders import FixedClock, make_dossier, make_id
from tests.helpers.desks import add_pinned
from tests.printing.paper_reading import all_text, page_texts, squeezed

from counter_app.clock_and_ids import SystemIds
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.rating import RatingCount, Reason, Score, satisfied_share
from counter_app.services.desk import Desk
from counter_app.services.rate_service import enter_paper_ratings, rate, report_ratings
from counter_app.services.rating_sheet import rating_sheet_pdf


@pytest.fixture
def rated_desk(desk: Desk) -> Desk:
    with desk.store.writing() as transaction:
        for number in (1, 2, 3):
            add_pinned(transaction, make_dossier(number))
    return desk


def rows(desk: Desk, statement: str) -> list[dict[str, Any]]:
    with desk.store.reading() as queries:
        return [dict(row) for row in queries._sql.rows(statement)]  # type: ignore[attr-defined]


def counts(desk: Desk) -> dict[Score, int]:
    today = desk.clock.now().date()
    with desk.store.reading() as queries:
        found: dict[Score, int] = {}
        for each in queries.rating_counts(today, today):
            found[each.score] = found.get(each.score, 0) + each.count
        return found


def test_a_rating_is_counted_and_the_dossier_remembers_only_that(rated_desk: Desk) -> None:
    rate(rated_desk, make_id(1), "unsatisfied", ["waiting", "late"], clerk="hoa")
    today = rated_desk.clock.now().date()
    with rated_desk.store.reading() as queries:
        dossier = queries.dossier(make_id(1))
        assert dossier is not None
        assert dossier.life.rated
        (step,) = queries.history(make_id(1))
        assert (step.act, step.detail) == ("rated", {})
        expected = RatingCount(score=Score.UNSATISFIED, clerk="hoa", sector="Hộ tịch", count=1)
        assert list(queries.rating_counts(today, today)) == [expected]
        assert queries.rating_reason_counts(today, today) == {Reason.LATE: 1, Reason.WAITING: 1}


def test_a_dossier_is_rated_once(rated_desk: Desk) -> None:
    rate(rated_desk, make_id(1), "satisfied")
    with pytest.raises(RuleRefusal) as refused:
        rate(rated_desk, make_id(1), "unsatisfied")
    assert refused.value.code == "already_rated"
    assert counts(rated_desk) == {Score.SATISFIED: 1}


@pytest.mark.parametrize(
    ("dossier_id", "score", "reasons", "code"),
    [
        (make_id(9), "satisfied", (), "dossier_unknown"),
        (make_id(1), "angry", (), "rating_score_unknown"),
        (make_id(1), "unsatisfied", ("weather",), "rating_reason_unknown"),
    ],
)
def test_what_is_refused_leaves_no_trace(
    rated_desk: Desk, dossier_id: str, score: str, reasons: tuple[str, ...], code: str
) -> None:
    with pytest.raises(BadInput) as refused:
        rate(rated_desk, dossier_id, score, reasons)
    assert refused.value.code == code
    assert counts(rated_desk) == {}
    assert rows(rated_desk, "SELECT * FROM history") == []


def test_a_row_holds_nothing_of_the_dossier_and_no_hour(rated_desk: Desk) -> None:
    rated_desk.ids = SystemIds()
    rate(rated_desk, make_id(1), "very_satisfied")
    (row,) = rows(rated_desk, "SELECT * FROM rating")
    key = row.pop("rating_key")
    assert (len(key), row) == (
        32,
        {
            "day": "2026-11-23",
            "score": "very_satisfied",
            "reasons": "[]",
            "sector": "Hộ tịch",
            "clerk": "Trần Thị Mai",
            "source": "screen",
            "reported": 0,
        },
    )
    (shape,) = rows(rated_desk, "SELECT sql FROM sqlite_master WHERE name = 'rating'")
    assert "WITHOUT ROWID" in shape["sql"]


def test_no_event_stands_beside_the_return_of_the_same_day(rated_desk: Desk) -> None:
    """The server learns whole days, the day after, from no dossier and no clerk's device clock of then."""
    rated_desk.ids = SystemIds()
    scores = ("unsatisfied", "very_satisfied", "satisfied")
    for number, score in enumerate(scores, start=1):
        rate(rated_desk, make_id(number), score)
    before = rows(rated_desk, "SELECT kind FROM outbox_event")
    assert "rating_given" not in [row["kind"] for row in before]
    assert isinstance(rated_desk.clock, FixedClock)
    rated_desk.clock.advance(days=1)
    report_ratings(rated_desk)
    report_ratings(rated_desk)
    (event,) = rows(rated_desk, "SELECT dossier_id, body FROM outbox_event WHERE kind = 'rating_given'")
    body = json.loads(event["body"])
    assert (event["dossier_id"], body["dossier_id"], body["clerk"]) == ("", "", "")
    assert body["data"]["day"] == "2026-11-23"
    told = [rating["score"] for rating in body["data"]["ratings"]]
    assert sorted(told) == sorted(scores)
    kept = [row["score"] for row in rows(rated_desk, "SELECT score FROM rating ORDER BY rating_key")]
    assert told == kept, "in the order of random keys"


def test_the_next_rating_reports_the_days_before_it(rated_desk: Desk) -> None:
    rate(rated_desk, make_id(1), "satisfied")
    assert isinstance(rated_desk.clock, FixedClock)
    rated_desk.clock.advance(days=3)
    rate(rated_desk, make_id(2), "satisfied")
    assert len(rows(rated_desk, "SELECT * FROM outbox_event WHERE kind = 'rating_given'")) == 1
    assert [r["reported"] for r in rows(rated_desk, "SELECT reported FROM rating ORDER BY day")] == [1, 0]


def test_paper_sheets_are_entered_at_once(rated_desk: Desk) -> None:
    assert enter_paper_ratings(rated_desk, {"very_satisfied": 4, "satisfied": 2, "unsatisfied": 1}) == 7
    assert counts(rated_desk) == {Score.VERY_SATISFIED: 4, Score.SATISFIED: 2, Score.UNSATISFIED: 1}
    today = rated_desk.clock.now().date()
    with rated_desk.store.reading() as queries:
        share = satisfied_share(queries.rating_counts(today, today))
    assert share == pytest.approx(6 / 7)
    assert satisfied_share([]) is None


@pytest.mark.parametrize("number", [-1, 501, True, "3"])
def test_a_number_of_sheets_nobody_has_is_refused(rated_desk: Desk, number: Any) -> None:
    with pytest.raises(BadInput) as refused:
        enter_paper_ratings(rated_desk, {"satisfied": number})
    assert refused.value.code == "bad_rating_count"
    assert counts(rated_desk) == {}


def test_sheets_of_tomorrow_are_refused(rated_desk: Desk) -> None:
    tomorrow = rated_desk.clock.now().date().replace(day=24)
    with pytest.raises(BadInput) as refused:
        enter_paper_ratings(rated_desk, {"satisfied": 1}, day=tomorrow)
    assert refused.value.code == "rating_day_ahead"


def test_the_sheet_on_paper_asks_no_name(desk: Desk) -> None:
    pdf = rating_sheet_pdf(desk)
    assert len(page_texts(pdf)) == 1
    text = all_text(pdf)
    for words in ("Rất hài lòng", "Không hài lòng", "Thái độ phục vụ", "không ảnh hưởng đến hồ sơ"):
        assert squeezed(words) in text
    assert "Họtên" not in text
