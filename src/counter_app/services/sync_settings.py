"""What an office may say about sync; kept as ordinary settings, read anew each round.

The server's address is no setting: it belongs to the enrolment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from counter_app.services.ports import Queries, Transaction

PAUSED = "sync.paused"
SCAN_RATE = "sync.scan_rate_kbps"
SCAN_FROM = "sync.scan_from"
SCAN_UNTIL = "sync.scan_until"
MAX_RATE = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncSettings:
    """``scan_rate_kbps`` caps scans in kilobytes a second, 0: no cap; both times None: at any time.

    A window may run over midnight (20:00-06:00).
    """

    paused: bool = False
    scan_rate_kbps: int = 0
    scan_from: time | None = None
    scan_until: time | None = None

    def scans_wait_s(self, now: datetime) -> float:
        """Return the seconds until scans may be sent, 0 when they may now."""
        if self.scan_from is None or self.scan_until is None or self.scan_from == self.scan_until:
            return 0.0
        present = now.time()
        if self.scan_from < self.scan_until:
            open_now = self.scan_from <= present < self.scan_until
        else:
            open_now = present >= self.scan_from or present < self.scan_until
        if open_now:
            return 0.0
        opens = datetime.combine(now.date(), self.scan_from, tzinfo=now.tzinfo)
        if opens <= now:
            opens += timedelta(days=1)
        return (opens - now).total_seconds()


def load(queries: Queries) -> SyncSettings:
    """Read the settings; one that cannot be read counts as not set."""
    return SyncSettings(
        paused=queries.setting(PAUSED) == "1",
        scan_rate_kbps=_rate(queries.setting(SCAN_RATE) or ""),
        scan_from=_time(queries.setting(SCAN_FROM) or ""),
        scan_until=_time(queries.setting(SCAN_UNTIL) or ""),
    )


def store(transaction: Transaction, settings: SyncSettings) -> None:
    """Write the settings; part of the caller's act.

    Raises:
        BadInput: ``sync_bad_rate`` (limit), ``sync_bad_window`` when only one end is given.
    """
    if not 0 <= settings.scan_rate_kbps <= MAX_RATE:
        raise BadInput("sync_bad_rate", limit=MAX_RATE)
    if (settings.scan_from is None) != (settings.scan_until is None):
        raise BadInput("sync_bad_window")
    transaction.put_setting(PAUSED, "1" if settings.paused else "0")
    transaction.put_setting(SCAN_RATE, str(settings.scan_rate_kbps))
    transaction.put_setting(SCAN_FROM, _text(settings.scan_from))
    transaction.put_setting(SCAN_UNTIL, _text(settings.scan_until))


def _text(moment: time | None) -> str:
    return "" if moment is None else f"{moment:%H:%M}"


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        return None


def _rate(text: str) -> int:
    return min(int(text), MAX_RATE) if text.isascii() and text.isdigit() else 0
