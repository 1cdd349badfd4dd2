"""The port to the counter's data key: where it lies and what can give it back when it is lost.

The key itself never crosses this border. What gives it back (a passphrase, the code of a recovery sheet)
only travels inwards, but for a code that was just made and goes on paper.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class WrapKind(StrEnum):
    """With what a sealed copy of the key opens."""

    PASSPHRASE = "passphrase"  # noqa: S105
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapInfo:
    """A sealed copy of the key, without what it holds."""

    wrap_id: str
    kind: WrapKind
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyStanding:
    """How the key is kept. ``fingerprint`` are 16 hex digits that recognise it and tell nothing of it.

    ``in_keyring`` is False where a file keeps it. ``change_to`` is the fingerprint of the key that
    takes over at the next start, "" when none does; ``change_problem`` the code of what kept it from
    that at the last start.
    """

    fingerprint: str
    in_keyring: bool
    wraps: tuple[WrapInfo, ...] = ()
    change_to: str = ""
    change_problem: str = ""

    def has(self, kind: WrapKind) -> bool:
        """Tell whether a sealed copy of that kind is kept."""
        return any(wrap.kind is kind for wrap in self.wraps)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCode:
    """A recovery code on its way to paper; it is kept nowhere, and its text never shows it."""

    wrap_id: str
    fingerprint: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChange:
    """A change of the key that was carried out: fingerprints of before and after."""

    before: str
    after: str


class KeyVault(Protocol):
    """The data key of one data folder.

    Every method raises EnvironmentProblem ``database_key_missing`` when the record of the key is damaged,
    and those that write ``folder_not_writable``.
    """

    def standing(self) -> KeyStanding:
        """Return how the key is kept; EnvironmentProblem ``not_set_up`` before there is one."""
        ...

    def wraps(self) -> bytes:
        """Return the sealed copies as a document for a backup: they open what it holds, they hold no key."""
        ...

    def opens(self, kind: WrapKind, secret: str) -> bool:
        """Tell whether a passphrase or a code opens one of the sealed copies, and with it this key."""
        ...

    def put_passphrase(self, passphrase: str, at: datetime) -> None:
        """Seal the key under a passphrase, in place of the one before."""
        ...

    def add_code(self, at: datetime) -> NewCode:
        """Seal the key under a new code, beside the one before, which counts until `keep_code`."""
        ...

    def keep_code(self, wrap_id: str) -> None:
        """Let a new code count and void every other: its sheet is printed."""
        ...

    def drop_code(self, wrap_id: str) -> None:
        """Take a new code back whose sheet did not come out."""
        ...

    def recover(self, kind: WrapKind, secret: str) -> bool:
        """Put the key back where this machine keeps keys; False when `secret` does not open it."""
        ...

    def failures(self) -> tuple[int, datetime | None]:
        """Return how many wrong passphrases and codes there were in a row, and when the last."""
        ...

    def note_try(self, at: datetime, *, right: bool) -> None:
        """Count a wrong try, or forget the wrong ones after a right one."""
        ...

    def room_needed(self) -> int:
        """Return how many bytes a change of the key needs and the disk lacks; 0 when there is room."""
        ...

    def begin_change(self, passphrase: str, at: datetime) -> NewCode:
        """Make the next key, sealed under a new code and, unless "", the passphrase.

        It takes over only after `settle_change`, at the next start; a start before forgets it.
        """
        ...

    def settle_change(self) -> None:
        """Let the next key take over at the next start: its sheet is printed."""
        ...

    def cancel_change(self) -> None:
        """Forget the next key; nothing happens when there is none."""
        ...

    def change_done(self) -> KeyChange | None:
        """Return the last change that nobody noted yet."""
        ...

    def change_noted(self) -> None:
        """Take note that the audit log tells of the last change."""
        ...
