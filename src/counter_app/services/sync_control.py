"""What the window and the commands may ask of sync; `counter_app.sync` fulfils it.

State is read from the database (`SyncQueries.sync_state`), never from here: this only starts, stops and
hurries the exchange, and tells when something changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from counter_app.services.sync_port import Lane, LaneReport


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncActivity:
    """What the background thread does this moment: the lane at work, None while it waits.

    ``next_in_s`` counts seconds until the acts lane tries by itself, None when it waits for a wake-up.
    """

    running: bool
    lane: Lane | None = None
    next_in_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncReport:
    """What one exchange did. ``lanes`` hold the answer of each lane, "" where all went well."""

    sent: int = 0
    received: int = 0
    quarantined: int = 0
    scans_sent: int = 0
    packs_complete: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0
    waiting: int = 0
    scans_waiting: int = 0
    lanes: tuple[LaneReport, ...] = field(default=())


class SyncControl(Protocol):
    """The counter's exchange with the central server; safe to call from any thread."""

    def start(self) -> None:
        """Begin to exchange in the background; nothing happens when it runs already."""
        ...

    def stop(self, timeout_s: float = 2.0) -> bool:
        """End the background work; False when it did not end in time (it ends with the program then)."""
        ...

    def wake(self) -> None:
        """Something new waits to be sent: try soon, unless the server is known to be away."""
        ...

    def send_now(self) -> None:
        """The clerk asks: forget back-off, stopped lanes, the spread of the morning, and try at once.

        Nothing happens while it is paused.
        """
        ...

    def pause(self, paused: bool) -> None:
        """Keep everything here until told otherwise (kept over restarts); errors as `Store.writing`."""
        ...

    def activity(self) -> SyncActivity:
        """Return what happens this moment."""
        ...

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` from the background thread whenever the stored state may have changed."""
        ...

    def run_once(self) -> SyncReport:
        """Exchange everything that can be exchanged now, in the caller's thread.

        Raises:
            RuleRefusal: ``sync_training_refused``, ``sync_not_enrolled``.
        """
        ...

    def enrol(self, server_url: str, code: str, *, insecure: bool = False) -> None:
        """Enrol the counter, in the caller's thread (seconds on a slow line).

        Raises:
            BadInput, RuleRefusal, EnvironmentProblem: as `enrol_counter.enrol_counter`.
        """
        ...

    def pack_file(self, sha256: str) -> Path:
        """Return where a downloaded data pack lies."""
        ...
