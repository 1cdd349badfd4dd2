"""Everybody's own screens: what one left half done is there again when they come back."""

from dataclasses import dataclass, field

from counter_app.ui.workspace import Screen


@dataclass(slots=True)
class Seat:
    """The screens of one person: made when first needed; ``trail`` are those before ``current``."""

    screens: dict[str, Screen] = field(default_factory=dict)
    trail: list[str] = field(default_factory=list)
    current: str = ""
    stale: bool = False  # other data of law came while somebody else sat here


class Seats:
    """One seat a person, by account id; "" is the one got ready for whoever comes next."""

    def __init__(self) -> None:
        self._seats: dict[str, Seat] = {}
        self._taken = ""

    @property
    def present(self) -> Seat:
        """The seat that is taken."""
        return self._seats.setdefault(self._taken, Seat())

    def all(self) -> tuple[Seat, ...]:
        """Return every seat."""
        return tuple(self._seats.values())

    def take(self, who: str) -> tuple[Seat, bool]:
        """Sit down; return the seat, and whether they sat on it before."""
        back = who in self._seats
        if not back and "" in self._seats:
            self._seats[who] = self._seats.pop("")
        self._taken = who
        return self.present, back

    def leave(self, who: str) -> Seat | None:
        """Give up a seat for good; nobody sits then if it was theirs."""
        if self._taken == who:
            self._taken = ""
        return self._seats.pop(who, None)
