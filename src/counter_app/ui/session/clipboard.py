"""Leaves no citizen's number or card in the clipboard when the clerk goes away."""

import re

from PySide6.QtGui import QGuiApplication

_ID = re.compile(r"\d[\d .]{7,}\d")
_CARD_BARS = 6


def clear_ids() -> None:
    """Empty the clipboard when we filled it, or when it holds what looks like a personal number or a card."""
    clipboard = QGuiApplication.clipboard()
    text = clipboard.text()
    if clipboard.ownsClipboard() or _ID.search(text) or text.count("|") >= _CARD_BARS:
        clipboard.clear()
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(clipboard.Mode.Selection)
