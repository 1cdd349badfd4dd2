"""The left rail: one button a screen, words beside icons, icons alone on small screens."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from counter_app.domain.clerks import Permission
from counter_app.i18n import _
from counter_app.ui.icons import icon
from counter_app.ui.screens import SCREENS, ScreenEntry
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.labels import Chip, PlainLabel
from counter_app.ui.widgets.layouts import row
from counter_app.ui.widgets.tooltips import set_tooltip

_WIDE, _NARROW = 208, 60


class Rail(QWidget):
    """Chooses screens; `chosen` is called with the id of the screen pressed."""

    def __init__(self, theme: Theme, chosen: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._collapsed = False
        self._buttons: dict[str, QPushButton] = {}
        self._counts: dict[str, Chip] = {}
        self._refusals: dict[str, str] = {}
        self._group = QButtonGroup(self)
        self._name = PlainLabel("Quầy Một Cửa", type="strong")
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 15, 10, 12)
        box.setSpacing(4)
        box.addLayout(row(self._name, margins=(8, 0, 0, 10)))
        for entry in SCREENS:
            if entry.on_rail and not entry.at_foot:
                box.addWidget(self._button(entry, chosen))
        box.addStretch(1)
        for entry in SCREENS:
            if entry.on_rail and entry.at_foot:
                box.addWidget(self._button(entry, chosen))
        theme.changed.connect(self._paint_icons)
        self._fit()
        QTimer.singleShot(0, self._paint_icons)  # after the first paint, which shows the words

    def select(self, screen_id: str) -> None:
        """Mark the screen shown; a screen without a button leaves the mark where it was."""
        button = self._buttons.get(screen_id)
        if button is not None:
            button.setChecked(True)
            self._paint_icons()

    def set_count(self, screen_id: str, count: int) -> None:
        """Show how many things wait on a screen; nothing for none."""
        chip = self._counts[screen_id]
        chip.setText(str(count) if count < 1000 else "999+")
        chip.setVisible(count > 0 and not self._collapsed)
        name = self._buttons[screen_id].property("words")
        self._buttons[screen_id].setAccessibleName(f"{name} ({count})" if count else name)

    def show_allowed(self, why_not: Callable[[Permission], str]) -> None:
        """Dim the screens the one at the desk may not open, and say why under the mouse."""
        self._refusals = {entry.screen_id: why_not(entry.needs) for entry in SCREENS if entry.on_rail}
        for screen_id, button in self._buttons.items():
            button.setEnabled(not self._refusals[screen_id])
        self._fit()

    def collapse(self, collapsed: bool) -> None:
        """Show icons alone, or icons with words."""
        if collapsed != self._collapsed:
            self._collapsed = collapsed
            self._fit()

    def _button(self, entry: ScreenEntry, chosen: Callable[[str], None]) -> QPushButton:
        button = QPushButton()
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setIconSize(QSize(20, 20))
        button.setProperty("words", _(entry.name))
        button.setProperty("picture", entry.icon)
        button.setAccessibleName(_(entry.name))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda _checked=False: chosen(entry.screen_id))
        count = Chip("", "count")
        count.hide()
        count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        button.setLayout(row(None, count, margins=(0, 0, 8, 0)))
        self._group.addButton(button)
        self._buttons[entry.screen_id] = button
        self._counts[entry.screen_id] = count
        return button

    def _fit(self) -> None:
        scale = self._theme.text_scale / 100
        self.setFixedWidth(_NARROW if self._collapsed else round(_WIDE * (1 + (scale - 1) * 0.8)))
        self._name.setVisible(not self._collapsed)
        for screen_id, button in self._buttons.items():
            words = str(button.property("words"))
            button.setText("" if self._collapsed else "  " + words)
            refusal = self._refusals.get(screen_id, "")
            set_tooltip(button, refusal or (words if self._collapsed else ""))
            count = self._counts[screen_id]
            count.setVisible(bool(count.text()) and count.text() != "0" and not self._collapsed)

    def _paint_icons(self) -> None:
        colours = self._theme.tokens.colours
        for button in self._buttons.values():
            role = "rail_text_active" if button.isChecked() else "rail_text"
            button.setIcon(icon(str(button.property("picture")), colours[role]))
        self._fit()
