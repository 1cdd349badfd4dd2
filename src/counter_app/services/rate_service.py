"""Takes what citizens think of the service, so that nobody can tell who thought it.

A rating is written without dossier, procedure or hour under a random key; the dossier only remembers
that it was rated. The server is told of a day's ratings when the day is over, shuffled by their keys:
an event beside that of a return would say whose it is. In a day with a single return, the one rating
of that sector still belongs to it; figures should be published by month.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.rating import Rating, RatingSource, Score, checked_reasons
from counter_app.services.clock_check import require_clock
from counter_app.services.dossier_events import office_event
from counter_app.services.ports import AuditEntry, HistoryEntry, OutboxEvent
from counter_protocol.events import EventKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from counter_app.services.desk import Desk
    from counter_app.services.ports import Transaction

MAX_PAPERS = 500  # of one score at once; more is a slip of the keyboard


def rate(desk: "Desk", dossier_id: str, score: str, reasons: Iterable[str] = (), *, clerk: str = "") -> None:
    """Take one citizen's rating of how the dossier was served; `clerk` is who served.

    Raises:
        BadInput: ``dossier_unknown``, ``rating_score_unknown``, ``rating_reason_unknown``.
        RuleRefusal: ``already_rated``, ``clock_set_back``.
    """
    now = desk.clock.now().replace(microsecond=0)
    given, why, by = _score(score), checked_reasons(reasons), clerk or desk.clerk
    with desk.store.writing() as transaction:
        require_clock(transaction, now)
        dossier = transaction.dossier(dossier_id)
        if dossier is None:
            raise BadInput("dossier_unknown", dossier_code=dossier_id[:40])
        if dossier.life.rated:
            raise RuleRefusal("already_rated")
        transaction.change_dossier(replace(dossier, life=replace(dossier.life, rated=True)))
        sector = dossier.procedure.sector
        rating = Rating(day=now.date(), score=given, reasons=why, sector=sector, clerk=by)
        transaction.add_rating(_key(desk), rating)
        transaction.append_history(dossier_id, HistoryEntry(at=now, clerk=by, act="rated"))
        transaction.append_audit(AuditEntry(at=now, clerk=by, act="rated", subject_id=dossier_id))
        _report(transaction, desk, now)


def enter_paper_ratings(
    desk: "Desk",
    counts: Mapping[str, int],
    *,
    reasons: Iterable[str] = (),
    day: "date | None" = None,
    sector: str = "",
) -> int:
    """Enter the rating sheets of a box, by score, and return how many there were.

    Nothing says who filled one in or who was at the counter. `reasons` are those of a single sheet.

    Raises:
        BadInput: ``rating_score_unknown``, ``rating_reason_unknown``, ``bad_rating_count`` (not 0 to
            `MAX_PAPERS`), ``rating_day_ahead``.
        RuleRefusal: ``clock_set_back``.
    """
    now = desk.clock.now().replace(microsecond=0)
    why, on = checked_reasons(reasons), day or now.date()
    if on > now.date():
        raise BadInput("rating_day_ahead", day=on)
    wanted = {_score(score): _count(number) for score, number in counts.items()}
    total = sum(wanted.values())
    with desk.store.writing() as transaction:
        require_clock(transaction, now)
        for score, number in wanted.items():
            rating = Rating(day=on, score=score, reasons=why, sector=sector, source=RatingSource.PAPER)
            for _sheet in range(number):
                transaction.add_rating(_key(desk), rating)
        transaction.append_audit(
            AuditEntry(
                at=now,
                clerk=desk.clerk,
                act="paper_ratings_entered",
                subject_id=on.isoformat(),
                detail={"count": total},
            )
        )
        _report(transaction, desk, now)
    return total


def ratings_wait(desk: "Desk") -> bool:
    """Tell whether ratings of the days before today are not in the outbox yet."""
    with desk.store.reading() as queries:
        return bool(queries.unreported_ratings(desk.clock.now().date()))


def report_ratings(desk: "Desk") -> None:
    """Put the ratings of the days before today into the outbox, if any wait; for the start of a day."""
    now = desk.clock.now().replace(microsecond=0)
    with desk.store.writing() as transaction:
        require_clock(transaction, now)
        _report(transaction, desk, now)


def _report(transaction: "Transaction", desk: "Desk", now: "datetime") -> None:
    """Tell the server of whole days, one event each."""
    waiting = transaction.unreported_ratings(now.date())
    for day in sorted({rating.day for rating in waiting}):
        ratings = [rating for rating in waiting if rating.day == day]
        transaction.append_event(_event(desk, day, ratings, now))
    if waiting:
        transaction.mark_ratings_reported(now.date())


def _event(desk: "Desk", day: "date", ratings: "list[Rating]", now: "datetime") -> OutboxEvent:
    data = {
        "day": day.isoformat(),
        "training": desk.settings.counter.training,
        "ratings": [
            {
                "score": rating.score.value,
                "reasons": [reason.value for reason in rating.reasons],
                "sector": rating.sector,
                "clerk": rating.clerk,
                "source": rating.source.value,
            }
            for rating in ratings
        ],
    }
    return office_event(desk, EventKind.RATING_GIVEN, clerk="", at=now, data=data)


def _key(desk: "Desk") -> str:
    """Return a random key; ids would sort by time and give the order away."""
    return desk.ids.new_salt().hex()


def _score(text: str) -> Score:
    if text not in {score.value for score in Score}:
        raise BadInput("rating_score_unknown", score=str(text)[:40])
    return Score(text)


def _count(number: object) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= MAX_PAPERS:
        raise BadInput("bad_rating_count", limit=MAX_PAPERS)
    return number
