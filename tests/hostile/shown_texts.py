"""Every text the program's windows could show at this moment, and whether Qt would take it for markup."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex
from PySide6.QtCore import Qt as CoreQt
from PySide6.QtGui import QAction, Qt, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from counter_app.ui.widgets.tooltips import tooltip_text

_ROWS, _COLUMNS = 100, 30
_GUESSED = (
    CoreQt.ItemDataRole.ToolTipRole,
    CoreQt.ItemDataRole.StatusTipRole,
    CoreQt.ItemDataRole.WhatsThisRole,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A text as a person reads it, where it stands, and the fault in how it is shown ("" for none)."""

    where: str
    text: str
    fault: str = ""


def everything_shown() -> list[Shown]:
    """Look at all widgets, hidden ones too: what is hidden now is shown later."""
    return [each for widget in QApplication.allWidgets() for each in of_widget(widget)]


def of_widget(widget: QWidget) -> Iterator[Shown]:
    """Yield the texts of one widget."""
    where = type(widget).__name__
    yield Shown(f"{where} title", widget.windowTitle())
    yield from guessed(f"{where} tooltip", widget.toolTip())
    yield from guessed(f"{where} status tip", widget.statusTip())
    yield from guessed(f"{where} what's this", widget.whatsThis())
    for action in widget.actions():
        yield from of_action(f"{where} action", action, tips=not is_silent(widget))
    yield from of_kind(where, widget)


def of_kind(where: str, widget: QWidget) -> Iterator[Shown]:
    if isinstance(widget, QLabel):
        plain = widget.textFormat() == CoreQt.TextFormat.PlainText
        yield Shown(where, widget.text(), "" if plain or not widget.text() else "guesses its format")
    elif isinstance(widget, QAbstractButton | QGroupBox | QTabBar):
        yield from (mnemonic(where, said) for said in words_on(widget))
    elif isinstance(widget, QHeaderView):
        yield from of_heads(where, widget)
    elif isinstance(widget, QAbstractItemView):
        yield from of_model(where, widget.model())
    elif isinstance(widget, QTextEdit):
        yield Shown(where, widget.toPlainText(), "an editor of rich text")
    else:
        yield from (Shown(where, said) for said in typed_in(widget))


def words_on(widget: QAbstractButton | QGroupBox | QTabBar) -> list[str]:
    if isinstance(widget, QAbstractButton):
        return [widget.text()]
    return (
        [widget.title()]
        if isinstance(widget, QGroupBox)
        else [widget.tabText(place) for place in range(widget.count())]
    )


def typed_in(widget: QWidget) -> list[str]:
    if isinstance(widget, QLineEdit):
        return [widget.text(), widget.placeholderText()]
    if isinstance(widget, QPlainTextEdit):
        return [widget.toPlainText()]
    return (
        [widget.itemText(place) for place in range(widget.count())] if isinstance(widget, QComboBox) else []
    )


def is_silent(widget: QWidget) -> bool:
    """Qt makes a tooltip of the text of every action; a menu shows none unless it is told to."""
    return isinstance(widget, QMenu) and not widget.toolTipsVisible()


def of_action(where: str, action: QAction, *, tips: bool) -> Iterator[Shown]:
    yield mnemonic(where, action.text())
    if tips:
        yield from guessed(f"{where} tooltip", action.toolTip())
    yield from guessed(f"{where} status tip", action.statusTip())
    yield from guessed(f"{where} what's this", action.whatsThis())


def of_model(where: str, model: QAbstractItemModel | None) -> Iterator[Shown]:
    if model is None:
        return
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for row in range(min(model.rowCount(QModelIndex()), _ROWS)):
        for column in range(min(columns, _COLUMNS)):
            index = model.index(row, column)
            text = index.data(CoreQt.ItemDataRole.DisplayRole)
            yield Shown(where, text if isinstance(text, str) else "")
            for role in _GUESSED:
                yield from guessed(f"{where} {role.name}", index.data(role))


def of_heads(where: str, heads: QHeaderView) -> Iterator[Shown]:
    model = heads.model()
    count = model.columnCount() if model is not None else 0
    if heads.orientation() != CoreQt.Orientation.Horizontal:
        return
    for place in range(min(count, _COLUMNS)):
        shown = model.headerData(place, heads.orientation(), CoreQt.ItemDataRole.DisplayRole)
        yield Shown(where, shown if isinstance(shown, str) else "")
        for role in _GUESSED:
            yield from guessed(f"{where} {role.name}", model.headerData(place, heads.orientation(), role))


def guessed(where: str, said: object) -> Iterator[Shown]:
    """A text of which Qt itself guesses whether it is rich."""
    if not isinstance(said, str) or not said:
        return
    if not Qt.mightBeRichText(said):
        yield Shown(where, said)
        return
    document = QTextDocument()
    document.setHtml(said)
    read = document.toPlainText()
    yield Shown(where, read, "" if tooltip_text(read) == said else "rich text")


def mnemonic(where: str, said: str) -> Shown:
    """Text in which "&" underlines the next letter and "&&" is the sign itself."""
    read = said.replace("&&", "\x00")
    return Shown(where, read.replace("\x00", "&"), "an & is not shown" if "&" in read else "")
