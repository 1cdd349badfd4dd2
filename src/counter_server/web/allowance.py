"""How often an address may ask: a count of its asks of the last minute, kept in this process."""

from collections import deque
from datetime import datetime, timedelta

_MINUTE = timedelta(minutes=1)
_MOST_ADDRESSES = 20_000


class Allowance:
    """Lets each key through so many times a minute."""

    def __init__(self) -> None:
        self._asked: dict[str, deque[datetime]] = {}

    def take(self, key: str, per_minute: int, now: datetime) -> float:
        """Return 0 when the key may go on, else after how many seconds it may ask again."""
        wait = self.wait(key, per_minute, now)
        if not wait:
            self._asked[key].append(now)
        return wait

    def wait(self, key: str, per_minute: int, now: datetime) -> float:
        """Return what `take` would, without counting it as asked."""
        if len(self._asked) >= _MOST_ADDRESSES:
            self._forget(now)
        asked = self._asked.setdefault(key, deque())
        while asked and asked[0] <= now - _MINUTE:
            asked.popleft()
        if len(asked) >= per_minute:
            return (asked[0] + _MINUTE - now).total_seconds() if asked else _MINUTE.total_seconds()
        return 0.0

    def _forget(self, now: datetime) -> None:
        quiet = [key for key, asked in self._asked.items() if not asked or asked[-1] <= now - _MINUTE]
        for key in quiet or list(self._asked):
            del self._asked[key]
