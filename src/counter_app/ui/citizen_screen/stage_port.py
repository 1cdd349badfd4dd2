"""The citizen's screen as the clerk's screens see it, and the one that shows nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLine:
    """What was entered under a name, as the citizen reads it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingAnswer:
    """What the citizen chose: values of `domain.rating.Score` and `Reason`."""

    score: str
    reasons: tuple[str, ...] = ()


class CitizenStage(Protocol):
    """Shows one thing at a time; the next one wipes the one before.

    On a monitor of its own everything shows at once. With one monitor it is a full-screen page:
    `show_reading` and `ask_rating` open it, because the clerk asked for them; a promise or a call only
    shows when the page is open. Any key closes it.
    """

    @property
    def has_own_monitor(self) -> bool:
        """Whether the citizen looks at another monitor than the clerk."""
        ...

    def show_reading(
        self, title: str, lines: Sequence[ReadingLine], answered: Callable[[bool], None] | None = None
    ) -> None:
        """Show what was entered; `answered` gets True for "right", False for "something is wrong"."""
        ...

    def update_reading(self, title: str, lines: Sequence[ReadingLine]) -> None:
        """Show the corrected lines when a reading is on show; else do nothing."""
        ...

    def next_page(self) -> bool:
        """Turn to the reading's next page, from the last to the first; False when none is on show."""
        ...

    def show_promise(self, dossier: Dossier) -> None:
        """Show code, promised moment and fees of a dossier just received."""
        ...

    def ask_rating(self, done: Callable[[RatingAnswer | None], None]) -> None:
        """Ask how it was; `done` is called once, with None when the citizen would rather not say."""
        ...

    def show_call(self, label: str, counter: int) -> None:
        """Show a number that is called, and to which counter."""
        ...

    def show_welcome(self) -> None:
        """Wipe whatever is shown of a citizen: a new visit, another screen, a locked desk."""
        ...

    def toggle(self) -> None:
        """Open or close the page (F11)."""
        ...

    def watch_monitors(self) -> None:
        """Begin: show the welcome on a second monitor, now or when one is plugged in."""
        ...

    def settings_changed(self) -> None:
        """Look at the settings again: which monitor."""
        ...

    def set_covered(self, *, covered: bool) -> None:
        """Show nothing of a citizen while nobody is at the desk, not even what comes late."""
        ...

    def close(self) -> None:
        """Go away with the window."""
        ...


class NoStage:
    """Nobody watches; a rating is answered with None at once."""

    has_own_monitor = False

    def show_reading(
        self, title: str, lines: Sequence[ReadingLine], answered: Callable[[bool], None] | None = None
    ) -> None:
        """Show nothing."""

    def update_reading(self, title: str, lines: Sequence[ReadingLine]) -> None:
        """Show nothing."""

    def next_page(self) -> bool:
        """Turn nothing."""
        return False

    def show_promise(self, dossier: Dossier) -> None:
        """Show nothing."""

    def ask_rating(self, done: Callable[[RatingAnswer | None], None]) -> None:
        """Say that nobody answered."""
        done(None)

    def show_call(self, label: str, counter: int) -> None:
        """Show nothing."""

    def show_welcome(self) -> None:
        """Show nothing."""

    def toggle(self) -> None:
        """Do nothing."""

    def watch_monitors(self) -> None:
        """Do nothing."""

    def settings_changed(self) -> None:
        """Do nothing."""

    def set_covered(self, *, covered: bool) -> None:
        """Cover nothing."""

    def close(self) -> None:
        """Do nothing."""
