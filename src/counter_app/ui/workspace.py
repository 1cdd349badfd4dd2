"""What every screen works with: the desk, the operations, and ways to speak to the window."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import KnownError
from counter_app.ui.citizen_screen.stage_port import CitizenStage, NoStage
from counter_app.ui.operations import Operations

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.support.incidents_port import Incidents
    from counter_app.ui.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A line for the message bar. ``tone`` is info, ok, warn or bad.

    ``action`` (with its ``label``) is offered as a button: Undo, "Mở hồ sơ"…
    """

    text: str
    tone: str = "info"
    label: str = ""
    action: Callable[[], None] | None = None


class Shell(Protocol):
    """The window as screens see it."""

    def notify(self, notice: Notice) -> None:
        """Show a message without taking the focus."""
        ...

    def show_error(self, error: KnownError) -> None:
        """Show a known error in the clerk's words."""
        ...

    def open_screen(self, screen_id: str, **request: object) -> None:
        """Go to a screen of `screens.SCREENS`, handing it a request (``dossier_code=…``)."""
        ...

    def go_back(self) -> None:
        """Return to the screen before this one."""
        ...

    def settings_changed(self) -> None:
        """Show settings that were just saved: clerk, scanner."""
        ...

    def catalogue_changed(self) -> None:
        """Let every screen look again: other data of law counts now."""
        ...

    def lock(self, *, switching: bool = False) -> None:
        """Cover the window until the password is typed: of the one at the desk, or of who takes over."""
        ...

    def end_shift(self) -> None:
        """Sign out the one at the desk; what is half done stays for the next time."""
        ...

    def ask_who_is_here(self) -> None:
        """Cover the window until somebody signs in: the first account was just made."""
        ...

    def open_restore(self) -> None:
        """Put the guided restore in place of everything."""
        ...

    def keep_appearance(self, language: str = "") -> None:
        """Remember language, colours and text size for the next start."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Handed to every screen when it is created."""

    desk: "Desk"
    operations: Operations
    theme: "Theme"
    shell: Shell
    stage: CitizenStage = field(default_factory=NoStage)  # what the citizen sees
    incidents: "Incidents | None" = None  # crashes and logs, where somebody keeps them


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """One line of the key card: the keys as written on the keyboard, and what they do."""

    keys: str
    does: str


class Screen(QWidget):
    """One screen of the window; made when it is first needed, kept afterwards.

    F1, F2, F11, Ctrl+K, Ctrl+P, Esc, Alt+Z and Ctrl with +, - or 0 belong to the window, which calls
    the methods below (F2 is ``opened(new="1")`` of the intake screen); a screen makes shortcuts
    for its other keys only, or Qt finds them ambiguous and does nothing.
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def title(self) -> str:
        """Return the screen's name in the language in use."""
        return ""

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return the keys that work on this screen, for the key card."""
        return ()

    def opened(self, **request: object) -> None:
        """Called each time the screen is shown; `request` says for what."""

    def catalogue_changed(self) -> None:
        """Called when other data of law counts: a pack came or went, or a new day began."""

    def warm_up(self) -> tuple[Callable[[], object], ...]:
        """Return small steps to do in idle time; together they make what a start left out."""
        return ()

    def take_raw_scan(self, data: str | bytes) -> bool:  # noqa: ARG002
        """Use a scan before it is decoded (the scanner test page); False passes it on."""
        return False

    def take_scan(self, scan: object) -> bool:  # noqa: ARG002  (screens that want scans override it)
        """Use a `domain.scan.Scan` made while this screen is shown; False passes it on."""
        return False

    def escape(self) -> bool:
        """Handle Esc; True when the screen had something of its own to close."""
        return False

    def before_leaving(self) -> None:
        """Called before another screen is shown or the window closes: save what is half done."""

    def covered(self) -> None:
        """Called when the window is covered: save what is half done, change nothing of it."""

    def unsaved(self) -> str:
        """Say what would be lost if somebody else sat down now, "" for nothing."""
        return ""

    def resumed(self) -> None:
        """Called when whose screen this is sits down again after somebody else did."""

    def reprint(self) -> bool:
        """Handle Ctrl+P; False when there is nothing to print here."""
        return False
