"""The keys that work on every screen."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from counter_app.i18n import _
from counter_app.ui.workspace import Notice

if TYPE_CHECKING:
    from counter_app.ui.main_window import LiveParts, MainWindow

_SIZES = (100, 115, 130, 150, 175, 200)


def bind_keys(window: "MainWindow", live: "LiveParts") -> list[QShortcut]:
    """Make the shortcuts of the window and return them."""
    search = live.top_bar.search
    bindings: tuple[tuple[str, Callable[[], object]], ...] = (
        ("F1", partial(show_keys, window)),
        ("F2", partial(window.open_screen, "intake", new="1")),
        ("Ctrl+K", search.open_empty),
        ("Ctrl+P", partial(reprint, window)),
        ("Esc", partial(escape, window, live)),
        ("F11", partial(show_citizen, window)),
        ("Shift+F11", partial(show_privacy_notice, window)),
        ("Alt+Z", live.messages.act),
        ("Ctrl++", partial(resize_text, window, 1)),
        ("Ctrl+=", partial(resize_text, window, 1)),
        ("Ctrl+-", partial(resize_text, window, -1)),
        ("Ctrl+0", partial(resize_text, window, 0)),
        ("Ctrl+L", window.lock),
        ("F12", partial(window.lock, switching=True)),
    )
    made = []
    for keys, act in bindings:
        shortcut = QShortcut(QKeySequence(keys), window)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)
        made.append(shortcut)
    return made


def put_cards_away(window: "MainWindow") -> None:
    """Close the key card."""
    from counter_app.ui.key_card import KeyCard

    for card in window.findChildren(KeyCard):
        card.put_away()


def show_keys(window: "MainWindow") -> None:
    """Show the key card of the screen in front."""
    from counter_app.ui.key_card import KeyCard

    screen, whole = window.current_screen(), window.centralWidget()
    if screen is not None and whole is not None and not window.findChildren(KeyCard):
        KeyCard(screen.title(), screen.keys(), whole)


def show_citizen(window: "MainWindow") -> None:
    """Show the citizen's screen, or close its page where there is one monitor."""
    if window.workspace is not None:
        window.workspace.stage.toggle()


def show_privacy_notice(window: "MainWindow") -> None:
    """Show the citizen what becomes of their data."""
    from counter_app.services.personal_data.privacy_notice import notice_lines
    from counter_app.ui.citizen_screen.stage_port import ReadingLine

    workspace = window.workspace
    if workspace is None:
        return
    desk, stage = workspace.desk, workspace.stage

    def show(notice: tuple[str, tuple[tuple[str, str], ...]]) -> None:
        title, lines = notice
        stage.show_reading(title, [ReadingLine(label=label, value=value) for label, value in lines])

    workspace.operations.run_query(lambda: notice_lines(desk), done=show)


def reprint(window: "MainWindow") -> None:
    """Reprint the papers of what is in front, or say how to get there."""
    screen = window.current_screen()
    if screen is not None and not screen.reprint():
        words = _("Mở hồ sơ cần in lại (quét giấy hẹn hoặc Ctrl K), rồi bấm Ctrl P.")
        window.notify(Notice(text=words))


def escape(window: "MainWindow", live: "LiveParts") -> None:
    """Close what is on top, else go back; nothing typed is lost."""
    from counter_app.ui.key_card import KeyCard

    cards = window.findChildren(KeyCard)
    screen = window.current_screen()
    if cards:
        cards[0].put_away()
    elif live.top_bar.search.hasFocus():
        live.top_bar.search.close_list()
        if screen is not None:
            screen.setFocus()
    elif screen is not None and not screen.escape():
        window.go_back()


def resize_text(window: "MainWindow", step: int) -> None:
    """Make all text one step larger (1) or smaller (-1), or as designed (0)."""
    theme = window.theme
    nearest = min(range(len(_SIZES)), key=lambda i: abs(_SIZES[i] - theme.text_scale))
    scale = _SIZES[min(max(nearest + step, 0), len(_SIZES) - 1)] if step else _SIZES[0]
    if scale != theme.text_scale:
        theme.apply(theme.scheme, scale)
        window.keep_appearance()
