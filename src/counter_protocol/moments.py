"""Moments as text on the wire."""

from datetime import UTC, datetime

_FORM = "%Y-%m-%dT%H:%M:%S.%fZ"


def utc_text(moment: datetime) -> str:
    """Return an aware moment as UTC text, ``2026-11-23T01:30:00.000000Z``; ValueError when it is naive."""
    if moment.tzinfo is None:
        raise ValueError("a moment on the wire is aware")
    return moment.astimezone(UTC).strftime(_FORM)
