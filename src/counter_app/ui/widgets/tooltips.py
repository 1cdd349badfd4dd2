"""Tooltips that show exactly what they are given; Qt takes a text with tags in it for rich text."""

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QWidget


def set_tooltip(widget: QWidget, text: str) -> None:
    """Let `text` show, as it is, under the mouse; "" for nothing."""
    widget.setToolTip(tooltip_text(text))


def tooltip_text(text: str) -> str:
    """Return what Qt must be given, also by a model, so that `text` itself is read.

    A text without tags stays as it is: Qt shows it as plain text then.
    """
    if not Qt.mightBeRichText(text):
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<span style="white-space:pre-wrap">{escaped}</span>'
