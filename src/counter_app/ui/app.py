"""Starts the window: first paint first, the data right after."""

import logging
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from counter_app import i18n
from counter_app.ui import icons
from counter_app.ui.appearance import Appearance, load_appearance, save_appearance
from counter_app.ui.main_window import MainWindow
from counter_app.ui.operations import Operations
from counter_app.ui.theme import Theme

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

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
    on_shown: Callable[[MainWindow], None] | None = None,
) -> int:
    """Open the window, then the desk on the writer thread; return the exit code.

    Args:
        open_desk: Opens database and catalogue; its `KnownError` is shown with "try again".
        resources: The folder of themes, icons, fonts and translations.
        appearance_file: Where language, colours and text size are kept between starts, if anywhere.
        training: Offers the training mode first when the counter is not set up yet.
        language: Overrides the saved language when given.
        arguments: The command line, for Qt's own options.
        on_shown: Called once the desk is attached (used to measure and to drive demos).
    """
    application = QApplication(list(arguments) or sys.argv[:1])
    application.setApplicationName("Quầy Một Cửa")
    remembered = appearance_file is not None and appearance_file.is_file()
    appearance = load_appearance(appearance_file) if appearance_file is not None else Appearance()
    if language:
        appearance = Appearance(language=language, scheme=appearance.scheme, text_scale=appearance.text_scale)
    operations = Operations()
    window = make_window(application, resources, appearance, operations, training=training)

    def keep_appearance(chosen: Appearance) -> None:
        if appearance_file is not None:
            save_appearance(appearance_file, chosen)

    def opened(desk: "Desk") -> None:
        window.attach(desk)
        if not remembered and desk.is_set_up:
            window.theme.apply(desk.settings.theme, desk.settings.text_scale)
        window.appearance_changed.connect(keep_appearance)
        if on_shown is not None:
            on_shown(window)

    def load() -> None:
        operations.run_command(open_desk, done=opened, changes=False)

    sys.excepthook = partial(_bug_in_a_slot, operations)
    window.start_page.on_retry(load)
    window.show()
    QTimer.singleShot(0, load)
    return application.exec()


def _bug_in_a_slot(
    operations: Operations, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    """Log what a widget's own code raised, and tell the clerk as for any other bug."""
    log.error("unhandled error in the window", exc_info=error)
    if isinstance(error, Exception):
        operations.crashed.emit(error)
