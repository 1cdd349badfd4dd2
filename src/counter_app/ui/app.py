"""Starts the window: first something to work in, the data right behind it."""

import gc
import logging
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from counter_app import i18n
from counter_app.domain.errors import EnvironmentProblem, KnownError
from counter_app.ui import icons
from counter_app.ui.appearance import Appearance, load_appearance, save_appearance
from counter_app.ui.main_window import MainWindow
from counter_app.ui.operations import Operations
from counter_app.ui.session.sign_in_hint import SignInHint
from counter_app.ui.theme import Theme

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.support.incidents_port import Incidents

log = logging.getLogger(__name__)


def make_window(
    application: QApplication,
    resources: Path,
    appearance: Appearance,
    operations: Operations,
    *,
    training: bool = False,
) -> MainWindow:
    """Return the window in its language and look, not yet shown and without a desk."""
    i18n.set_language(appearance.language, resources)
    icons.set_folder(resources)
    theme = Theme(application, resources)
    theme.apply(appearance.scheme, appearance.text_scale)
    return MainWindow(theme, operations, training=training)


def run(
    open_desk: Callable[[], "Desk"],
    *,
    resources: Path,
    appearance_file: Path | None = None,
    training: bool = False,
    language: str = "",
    arguments: Sequence[str] = (),
    expects_data: bool = False,
    sign_in_hint: Path | None = None,
    incidents: "Incidents | None" = None,
    restart: Callable[[], None] | None = None,
    on_usable: Callable[[MainWindow], None] | None = None,
    on_shown: Callable[[MainWindow], None] | None = None,
) -> int:
    """Open the window, bring it to life, open the data behind it; return the exit code.

    Args:
        open_desk: Makes the desk, on the writer thread. Its data may open later (`LateStore`).
        resources: The folder of themes, icons, fonts and translations.
        appearance_file: Where language, colours and text size are kept between starts, if anywhere.
        training: Offers the training mode first when the counter is not set up yet.
        language: Overrides the saved language when given.
        arguments: The command line, for Qt's own options.
        expects_data: The counter was set up before: the intake takes keys before the data is open.
        sign_in_hint: Where it is kept whether to ask for a password before the data is open, if anywhere.
        incidents: Keeps crashes across starts; None keeps none.
        restart: Starts the program anew, once this one is over.
        on_usable: Called when the window takes keys and scans (used to measure).
        on_shown: Called once the data is open too (used to measure and to drive demos).

    Raises:
        EnvironmentProblem: ``no_display`` when there is no screen to open a window on.
    """
    _need_display()
    application = QApplication(list(arguments) or sys.argv[:1])
    application.setApplicationName("Quầy Một Cửa")
    remembered = appearance_file is not None and appearance_file.is_file()
    appearance = load_appearance(appearance_file) if appearance_file is not None else Appearance()
    if language:
        appearance = Appearance(language=language, scheme=appearance.scheme, text_scale=appearance.text_scale)
    operations = Operations()
    window = make_window(application, resources, appearance, operations, training=training)
    if appearance_file is not None:
        window.appearance_changed.connect(partial(save_appearance, appearance_file))
    start = _Start(
        window,
        open_desk,
        expects_data=expects_data,
        take_look=not remembered,
        on_usable=on_usable or _nothing,
        on_shown=on_shown or _nothing,
    )
    window.incidents = incidents
    window.sign_in_hint = SignInHint(sign_in_hint)
    sys.excepthook = partial(_bug_in_a_slot, operations)
    start.begin()
    code = application.exec()
    start.end()
    if window.restart_wanted and restart is not None:
        restart()
    return code


def _need_display() -> None:
    """Refuse before Qt does, which would end the whole program without a word to the clerk."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in names):
        raise EnvironmentProblem("no_display")


class _Start:
    """The steps from a painted window to an open desk; each may be tried again."""

    def __init__(
        self,
        window: MainWindow,
        open_desk: Callable[[], "Desk"],
        *,
        expects_data: bool,
        take_look: bool,
        on_usable: Callable[[MainWindow], None],
        on_shown: Callable[[MainWindow], None],
    ) -> None:
        self._window = window
        self._operations = window.operations
        self._open_desk = open_desk
        self._expects_data = expects_data
        self._take_look = take_look
        self._on_usable = on_usable
        self._on_shown = on_shown
        self._desk: Desk | None = None
        window.start_page.on_retry(self.make_desk)

    def begin(self) -> None:
        """Show the window: with the intake in it at once where a counter was set up before.

        Where people have accounts they are asked for their password at once; the intake is made behind it.
        """
        gc.disable()  # what a start makes, it keeps: looking for garbage meanwhile only costs time
        if self._expects_data:
            self._come_alive()
        self._window.showMaximized()  # an office screen has no room to spare
        QTimer.singleShot(0, self._shown)

    def end(self) -> None:
        """Close the data: the log is emptied into the file, and the next program may open it."""
        if self._desk is not None:
            self._desk.store.close()
        if self._window.incidents is not None:
            self._window.incidents.end()

    def _come_alive(self) -> None:
        try:
            desk = self._open_desk()  # reads no data yet: a few milliseconds
        except KnownError as error:
            self._window.data_refused(error)
            return
        self._desk = desk
        self._operations.hold_queries()
        if self._window.sign_in_hint.expected:
            self._window.sit(desk).wait_for_data()
        else:
            self._window.come_alive(desk)

    def _shown(self) -> None:
        if self._desk is None:
            self.make_desk()
        else:
            self._on_usable(self._window)
            self._desk_made(self._desk)
            if self._window.live is None:
                QTimer.singleShot(0, partial(self._make_behind, self._desk))
        gc.freeze()
        gc.enable()

    def _make_behind(self, desk: "Desk") -> None:
        """Make the intake behind the cover while the data opens: signing in need not wait for it."""
        if self._window.live is None and self._window.sitting is not None and self._window.sitting.covered:
            self._window.come_alive(desk)

    def make_desk(self) -> None:
        """Make the desk on the writer thread."""
        self._operations.run_command(
            self._open_desk, done=self._desk_made, failed=self._window.data_refused, changes=False
        )

    def _desk_made(self, desk: "Desk") -> None:
        self._desk = desk
        self._window.start_page.on_retry(lambda: self._open_data(desk))
        self._window.start_page.on_restore(lambda: self._window.open_restore(desk, damaged=True))
        self._window.start_page.on_recover(lambda typed: self._recover_key(desk, typed))
        self._open_data(desk)

    def _recover_key(self, desk: "Desk", typed: str) -> None:
        """Put a lost key back with the recovery sheet or the passphrase, and open the data with it."""
        from counter_app.services.keys.recover import note_recovery, recover_key

        self._operations.run_command(
            lambda: note_recovery(desk, recover_key(desk.keys, desk.clock, typed)),
            done=lambda _nothing: self._open_data(desk),
            failed=self._window.start_page.refuse_recovery,
            changes=False,
        )

    def _open_data(self, desk: "Desk") -> None:
        def look() -> tuple[bool, bool]:
            is_set_up = desk.is_set_up
            with desk.store.reading() as queries:
                return is_set_up, queries.has_accounts()

        self._operations.run_command(
            look,
            done=lambda found: self._data_open(desk, is_set_up=found[0], has_accounts=found[1]),
            failed=self._window.data_refused,
            changes=False,
        )

    def _data_open(self, desk: "Desk", *, is_set_up: bool, has_accounts: bool) -> None:
        self._window.ask_who(desk, has_accounts=has_accounts)
        self._operations.release_queries()
        if not is_set_up:
            self._window.ask_first_run(desk)
        elif self._window.live is None:
            self._window.attach(desk)
        else:
            self._window.data_opened()
        if is_set_up and self._take_look:
            self._window.theme.apply(desk.settings.theme, desk.settings.text_scale)
        self._on_shown(self._window)
        self._tell_of_sudden_end(desk)
        if self._window.live is not None:
            from counter_app.ui.warm_up import WarmUp

            WarmUp(self._window, desk)

    def _tell_of_sudden_end(self, desk: "Desk") -> None:
        """Say what is there after a power cut or a crash; only now is it sure that no other program runs."""
        incidents = self._window.incidents
        if incidents is None or not incidents.begin() or self._window.live is None:
            return
        from counter_app.services.intake_drafts import drafts
        from counter_app.ui.sudden_end import sudden_end_notice

        self._operations.run_query(
            lambda: len(drafts(desk)),
            done=lambda count: self._window.notify(sudden_end_notice(self._window, count)),
        )


def _nothing(_window: MainWindow) -> None:
    """Tell nobody."""


def _bug_in_a_slot(
    operations: Operations, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    """Log what a widget's own code raised, and tell the clerk as for any other bug."""
    log.error("unhandled error in the window", exc_info=error)
    if isinstance(error, Exception):
        operations.crashed.emit(error)
