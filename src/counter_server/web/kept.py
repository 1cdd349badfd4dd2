"""Figures of many offices, kept for half a minute: a province's page is asked for again and again."""

from collections.abc import Awaitable, Callable, Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

KEPT_FOR = timedelta(seconds=30)
_MOST = 200

T = TypeVar("T")


class Kept(Generic[T]):
    """Values with the moment they were read at."""

    def __init__(self) -> None:
        self._values: dict[Hashable, tuple[datetime, T]] = {}

    async def get(self, key: Hashable, now: datetime, read: Callable[[], Awaitable[T]]) -> tuple[datetime, T]:
        """Return the value and when it was read: now, or less than `KEPT_FOR` ago."""
        found = self._values.get(key)
        if found is not None and timedelta() <= now - found[0] < KEPT_FOR:
            return found
        value = await read()
        if len(self._values) >= _MOST:
            self._values.clear()
        self._values[key] = (now, value)
        return now, value
