"""Keeps what is on the screen in a draft: soon after every change, at once before an act.

One save is under way at a time; what changes meanwhile is saved right after it, so a slow disk
never makes a queue of stale drafts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from counter_app.domain.errors import KnownError
from counter_app.services import intake_drafts

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.visit import Visit
    from counter_app.ui.intake.state import Origin
    from counter_app.ui.operations import Operations

# A power cut may cost at most what was typed in this time.
DELAY_MS = 250


class Schedule(Protocol):
    """Calls back later; what a window's timer and the tests' hand-driven one have in common."""

    def __call__(self, delay_ms: int, callback: Callable[[], None], /) -> Callable[[], None]:
        """Arrange the call on the UI thread and return what cancels it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a draft holds."""

    draft_id: str
    procedure_name: str
    visit: Visit
    origins: Mapping[str, Origin]
    law: Mapping[str, str] = field(default_factory=dict)
    correcting: Mapping[str, object] = field(default_factory=dict)
    clerk: str = ""  # who signed in, "" on a counter without accounts


class DraftKeeper:
    """Saves the newest `Content` it was told of.

    Args:
        desk: Where drafts are stored.
        operations: Its writer does the saving, in order with the acts.
        schedule: The timer.
        saved: Called with the moment after each save.
        failed: Called when a save did not succeed; the content is tried again with the next change.
    """

    def __init__(
        self,
        desk: Desk,
        operations: Operations,
        *,
        schedule: Schedule,
        saved: Callable[[datetime], None],
        failed: Callable[[KnownError], None],
    ) -> None:
        self._desk = desk
        self._operations = operations
        self._schedule = schedule
        self._saved = saved
        self._failed = failed
        self._unsaved: Content | None = None
        self._cancel: Callable[[], None] | None = None
        self._saving = False

    @property
    def is_saved(self) -> bool:
        """Whether nothing waits to be saved."""
        return self._unsaved is None

    def note(self, content: Content) -> None:
        """Remember the newest content; it is on disk within `DELAY_MS` and the time of one save."""
        self._unsaved = content
        if self._cancel is None and not self._saving:
            self._cancel = self._schedule(DELAY_MS, self._due)

    def flush(self) -> None:
        """Hand what is unsaved to the writer now, before whatever act comes next."""
        self._stop_timer()
        if self._unsaved is not None:
            self._save(self._unsaved, under_way=True)

    def put_aside(self, content: Content) -> None:
        """Save the content as a draft that is no longer on the screen."""
        self.forget()
        self._save(content, under_way=False)

    def forget(self) -> None:
        """Save nothing more of what was noted: the visit is received or put aside."""
        self._stop_timer()
        self._unsaved = None

    def _due(self) -> None:
        self._cancel = None
        self.flush()

    def _stop_timer(self) -> None:
        if self._cancel is not None:
            self._cancel()
            self._cancel = None

    def _save(self, content: Content, *, under_way: bool) -> None:
        self._saving = True
        self._unsaved = None
        desk = self._desk

        def work() -> datetime:
            from counter_app.ui.intake import draft_state

            visit = content.visit
            intake_drafts.save_draft(
                desk,
                draft_id=content.draft_id,
                procedure_id=visit.procedure_id,
                procedure_name=content.procedure_name,
                applicant_name=visit.applicant.full_name if visit.applicant else "",
                clerk=content.clerk,
                state=draft_state.to_json(
                    visit,
                    content.origins,
                    under_way=under_way,
                    law=content.law,
                    correcting=content.correcting,
                ),
            )
            return desk.clock.now()

        def failed(error: KnownError) -> None:
            self._saving = False
            if self._unsaved is None and under_way:
                self._unsaved = content
            self._failed(error)

        self._operations.run_command(work, done=self._done, failed=failed, changes=not under_way)

    def _done(self, at: datetime) -> None:
        self._saving = False
        if self._unsaved is not None and self._cancel is None:
            self._cancel = self._schedule(DELAY_MS, self._due)
        self._saved(at)
