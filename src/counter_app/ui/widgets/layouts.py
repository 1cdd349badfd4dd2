"""Boxes and cards: the spacing of every screen in one place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from counter_app.ui.widgets.labels import PlainLabel

Item = QWidget | QLayout | int | None


def column(*items: Item, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 8) -> QVBoxLayout:
    """Return a vertical box; an int is a fixed gap, None takes the rest of the room."""
    box = QVBoxLayout()
    _fill(box, items, margins, spacing)
    return box


def row(*items: Item, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = 8) -> QHBoxLayout:
    """Return a horizontal box; an int is a fixed gap, None takes the rest of the room."""
    box = QHBoxLayout()
    _fill(box, items, margins, spacing)
    return box


def _fill(box: QBoxLayout, items: tuple[Item, ...], margins: tuple[int, int, int, int], spacing: int) -> None:
    box.setContentsMargins(*margins)
    box.setSpacing(spacing)
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, int):
            box.addSpacing(item)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        else:
            box.addWidget(item)


def clear(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


class Card(QFrame):
    """A white box with a heading line; put content into ``body``, chips or links into ``heading``."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 11, 14, 12)
        outer.setSpacing(6)
        self.title = PlainLabel(title, type="section")
        self.heading = row(self.title, None)
        outer.addLayout(self.heading)
        self.title.setVisible(bool(title))
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(6)
        outer.addLayout(self.body)


class Line(QFrame):
    """A thin dividing line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("frame", "line")
        self.setFixedHeight(1)


class Scroll(QScrollArea):
    """A vertical scroll area without a frame around `content`."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)


def action_bar(*items: Item) -> QWidget:
    """Return the bar at the foot of a screen holding its buttons."""
    bar = QWidget()
    bar.setObjectName("actionbar")
    bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    bar.setLayout(row(*items, margins=(16, 10, 16, 10), spacing=10))
    return bar


def page(*items: Item, margins: tuple[int, int, int, int] = (16, 14, 16, 14), spacing: int = 12) -> QWidget:
    """Return a plain widget with a column in it."""
    widget = QWidget()
    widget.setLayout(column(*items, margins=margins, spacing=spacing))
    return widget
