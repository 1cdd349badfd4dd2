# ruff: noqa: D102 - the ports say what each method promises
"""The database's side of what citizens thought of the service."""

from collections.abc import Mapping, Sequence
from datetime import date

from counter_app.domain.rating import Rating, RatingCount, RatingSource, Reason, Score
from counter_app.storage.json_columns import from_json, to_json
from counter_app.storage.sql import Sql

_ADD = (
    "INSERT INTO rating (rating_key, day, score, reasons, sector, clerk, source, reported) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, 0)"
)
_COUNTS = (
    "SELECT score, clerk, sector, count(*) AS number FROM rating WHERE day BETWEEN ? AND ? "
    "GROUP BY score, clerk, sector ORDER BY clerk, sector, score"
)
_REASONS = (
    "SELECT each.value AS reason, count(*) AS number FROM rating, json_each(rating.reasons) AS each "
    "WHERE day BETWEEN ? AND ? GROUP BY each.value"
)
_UNREPORTED = (
    "SELECT day, score, reasons, sector, clerk, source FROM rating "
    "WHERE day < ? AND reported = 0 ORDER BY rating_key"
)


class SqlRatingQueries:
    """Implements `services.ratings_port.RatingQueries`."""

    _sql: Sql

    def rating_counts(self, first_day: date, last_day: date) -> Sequence[RatingCount]:
        return [
            RatingCount(
                score=Score(row["score"]), clerk=row["clerk"], sector=row["sector"], count=row["number"]
            )
            for row in self._sql.rows(_COUNTS, (first_day.isoformat(), last_day.isoformat()))
        ]

    def rating_reason_counts(self, first_day: date, last_day: date) -> Mapping[Reason, int]:
        rows = self._sql.rows(_REASONS, (first_day.isoformat(), last_day.isoformat()))
        counts = {row["reason"]: int(row["number"]) for row in rows}
        return {reason: counts[reason] for reason in Reason if reason in counts}

    def unreported_ratings(self, before: date) -> Sequence[Rating]:
        return [
            Rating(
                day=date.fromisoformat(row["day"]),
                score=Score(row["score"]),
                reasons=tuple(from_json(row["reasons"], list[Reason])),
                sector=row["sector"],
                clerk=row["clerk"],
                source=RatingSource(row["source"]),
            )
            for row in self._sql.rows(_UNREPORTED, (before.isoformat(),))
        ]


class SqlRatingWrites(SqlRatingQueries):
    """Implements `services.ratings_port.RatingWrites`."""

    def add_rating(self, rating_key: str, rating: Rating) -> None:
        values = (
            rating_key,
            rating.day.isoformat(),
            rating.score.value,
            to_json(rating.reasons),
            rating.sector,
            rating.clerk,
            rating.source.value,
        )
        self._sql.run(_ADD, values)

    def mark_ratings_reported(self, before: date) -> None:
        self._sql.run("UPDATE rating SET reported = 1 WHERE day < ? AND reported = 0", (before.isoformat(),))
