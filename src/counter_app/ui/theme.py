"""The look of the window from design tokens: palette, style sheet, fonts, light and dark."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from counter_app.ui.style_sheet import style_sheet

SCHEMES = ("system", "light", "dark", "high_contrast")
MIN_SCALE, MAX_SCALE = 100, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Design tokens of one colour scheme at one text scale; lengths and font sizes in pixels."""

    scheme: str
    colours: Mapping[str, str]
    space: Mapping[str, int]
    radius: Mapping[str, int]
    type: Mapping[str, int]
    target: int
    families: tuple[str, ...]
    folder: Path


def load_tokens(folder: Path, scheme: str, text_scale: int = 100) -> Tokens:
    """Read ``tokens.json``; `scheme` is light, dark or high_contrast, `text_scale` a percentage."""
    raw = json.loads((folder / "tokens.json").read_text(encoding="utf-8"))
    scale = min(max(text_scale, MIN_SCALE), MAX_SCALE) / 100
    return Tokens(
        scheme=scheme,
        colours=raw["schemes"][scheme],
        space=raw["space"],
        radius=raw["radius"],
        type={name: round(size * scale) for name, size in raw["type"].items()},
        target=round(raw["target"] * (1 + (scale - 1) * 0.7)),
        families=tuple(raw["families"]),
        folder=folder,
    )


class Theme(QObject):
    """Applies the tokens to the application and says when they changed."""

    changed = Signal()

    def __init__(self, application: QApplication, resources: Path) -> None:
        super().__init__(application)
        self._application = application
        self._folder = resources / "theme"
        self._scheme = "system"
        self._scale = 100
        self._applied: tuple[str, int] | None = None
        load_fonts(resources / "fonts")
        application.setStyle("Fusion")
        self.tokens = load_tokens(self._folder, "light")
        application.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def scheme(self) -> str:
        """The chosen scheme; "system" follows the desktop."""
        return self._scheme

    @property
    def text_scale(self) -> int:
        """Text size in percent, 100 to 200."""
        return self._scale

    def apply(self, scheme: str = "system", text_scale: int = 100) -> None:
        """Show everything in a scheme of `SCHEMES` at a text scale in percent."""
        self._scheme = scheme if scheme in SCHEMES else "system"
        self._scale = min(max(text_scale, MIN_SCALE), MAX_SCALE)
        look = (self._resolved_scheme(), self._scale)
        if look == self._applied:
            return  # polishing every widget anew takes a tenth of a second
        self._applied = look
        self.tokens = load_tokens(self._folder, *look)
        self._application.setPalette(palette(self.tokens.colours))
        self._application.setFont(ui_font(self.tokens))
        self._application.setStyleSheet(style_sheet(self.tokens))
        self.changed.emit()

    def colour(self, role: str) -> QColor:
        """Return the colour of a role such as "primary" or "warn_text"."""
        return QColor(self.tokens.colours[role])

    def _resolved_scheme(self) -> str:
        if self._scheme != "system":
            return self._scheme
        dark = self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    def _follow_system(self) -> None:
        if self._scheme == "system":
            self.apply("system", self._scale)


def load_fonts(folder: Path) -> None:
    """Register the bundled window fonts; without them the system's own fonts serve."""
    for path in sorted(folder.rglob("BeVietnamPro-*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def ui_font(tokens: Tokens) -> QFont:
    """Return the body font; falls back through the families of the tokens."""
    font = QFont()
    font.setFamilies(list(tokens.families))
    font.setPixelSize(tokens.type["body"])
    return font


def palette(colours: Mapping[str, str]) -> QPalette:
    """Return the palette for everything the style sheet does not name."""
    role = QPalette.ColorRole
    result = QPalette()
    for target, name in (
        (role.Window, "ground"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "surface_soft"),
        (role.Text, "text"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.BrightText, "bad_text"),
        (role.ToolTipBase, "surface"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "text_muted"),
        (role.Highlight, "selection"),
        (role.HighlightedText, "on_selection"),
        (role.Accent, "primary"),
        (role.Link, "link"),
        (role.Mid, "border"),
        (role.Midlight, "surface_hover"),
        (role.Dark, "border_strong"),
        (role.Shadow, "shadow"),
    ):
        result.setColor(target, QColor(colours[name]))
    disabled = QPalette.ColorGroup.Disabled
    for target in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(disabled, target, QColor(colours["text_muted"]))
    return result
