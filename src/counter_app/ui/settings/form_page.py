"""The shape of a settings page: labelled fields, explained, read into the settings."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from counter_app.services.office_settings import OfficeSettings
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column

LABEL_WIDTH = 190


class FormPage(QWidget):
    """Rows of label and field, in ``fields`` from the top; `edited` after each change by the user."""

    edited = Signal()

    def __init__(self, introduction: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        box = column(spacing=14)
        if introduction:
            words = PlainLabel(introduction, tone="muted", wrap=True)
            box.addWidget(words)
        box.addLayout(self._grid)
        self.below = column(spacing=10)
        self.fields: list[QWidget] = []
        box.addLayout(self.below)
        box.addStretch(1)
        self.setLayout(box)

    def add(self, label: str, field: QWidget, note: str = "", *, width: int = 560) -> None:
        """Add a row; `note` explains it below the field, which is at most `width` pixels wide."""
        line = self._grid.rowCount()
        self.fields.append(field)
        name = PlainLabel(label, wrap=True)
        name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(name, line, 0)
        field.setMaximumWidth(width)
        if note:
            words = PlainLabel(note, type="caption", tone="muted", wrap=True)
            words.setMaximumWidth(560)
            words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            cell = column(field, words, spacing=3)
            self._grid.addLayout(cell, line, 1)
            name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            name.setContentsMargins(0, 8, 0, 0)
        else:
            self._grid.addWidget(field, line, 1)
        signal = getattr(field, "edited", None)
        if signal is not None:
            signal.connect(self.edited)

    def show_settings(self, settings: OfficeSettings) -> None:
        """Show what is set."""

    def read(self, settings: OfficeSettings) -> OfficeSettings:
        """Return `settings` with what this page says."""
        return settings
