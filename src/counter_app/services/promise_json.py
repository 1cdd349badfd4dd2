"""A promise as JSON values: what `due` and `show` print."""

from counter_app.domain.due_date import Promise


def promise_to_json(promise: Promise) -> dict[str, object]:
    """Return the promise with every day between intake and result named."""
    return {
        "due_at": promise.due_at.isoformat() if promise.due_at else None,
        "counted_from": promise.counted_from.isoformat(),
        "time": promise.time or None,
        "same_day": promise.same_day,
        "days": [
            {"date": day.date.isoformat(), "counted": day.counted, "reason": day.reason, "name": day.name}
            for day in promise.days
        ],
        "calendar": promise.calendar,
    }
