"""The lists as tiles: name, count and key; the chosen one stands out."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from counter_app.domain.work_lists import WorkList
from counter_app.i18n import _, later
from counter_app.services.work_lists import WorkCounts
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.labels import Chip, ElidedLabel, KeyHint, PlainLabel
from counter_app.ui.widgets.layouts import Scroll, column, row
from counter_app.ui.work import words

_WIDTH = 264
# How pressing a list is when something stands on it.
_TONES = {
    WorkList.LATE: "bad",
    WorkList.DUE_TODAY: "warn",
    WorkList.TO_HAND_OVER: "warn",
    WorkList.AT_RISK: "warn",
    WorkList.RESULTS_READY: "ok",
}
_GROUPS = (
    (later("Hẹn trả"), (WorkList.LATE, WorkList.DUE_TODAY, WorkList.DUE_TOMORROW, WorkList.AT_RISK)),
    (later("Đang làm"), (WorkList.TO_HAND_OVER, WorkList.WAITING_SUPPLEMENT, WorkList.WAITING_PAYMENT)),
    (later("Trả cho công dân"), (WorkList.RESULTS_READY, WorkList.ORIGINALS)),
)


class Tile(QPushButton):
    """One list: its key, its name, how many stand on it."""

    def __init__(self, key: str, name: str, tone: str = "neutral") -> None:
        super().__init__()
        self.setProperty("variant", "option")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._name, self._tone = name, tone
        self._count = Chip("", "neutral")
        hint, label = KeyHint(key), ElidedLabel(name)
        for part in (hint, label, self._count):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inner = row(hint, label, self._count, margins=(9, 0, 9, 0), spacing=9)
        inner.setStretchFactor(label, 1)
        self.setLayout(inner)
        self.setAccessibleName(name)
        self.toggled.connect(lambda chosen: label.set_tone("chosen" if chosen else ""))

    def show_count(self, shown: str, count: int) -> None:
        """Show a count, in the tone of its list unless there is nothing."""
        self._count.show_as(shown, self._tone if count else "neutral")
        self.setAccessibleName(f"{self._name}: {shown}")

    @property
    def count(self) -> str:
        """The count shown."""
        return self._count.text()


class Tiles(QWidget):
    """`chosen` is called with a list, `drafts` for the half-done visits."""

    def __init__(self, theme: Theme, chosen: Callable[[WorkList], None], drafts: Callable[[], None]) -> None:
        super().__init__()
        self._theme = theme
        self._tiles: dict[WorkList, Tile] = {}
        self._group = QButtonGroup(self)
        inner = QWidget()
        box = column(spacing=4, margins=(0, 0, 4, 0))
        for heading, lists in _GROUPS:
            box.addWidget(PlainLabel(_(heading), type="caption", tone="muted"))
            for which in lists:
                box.addWidget(self._tile(which, chosen))
            box.addSpacing(6)
        box.addWidget(PlainLabel(_("Ở máy này"), type="caption", tone="muted"))
        box.addWidget(self._tile(WorkList.UNSENT, chosen))
        self.drafts = Tile(words.DRAFTS_KEY, _("Bản nháp"), "info")
        self.drafts.setCheckable(False)
        self.drafts.clicked.connect(lambda _checked=False: drafts())
        box.addWidget(self.drafts)
        box.addStretch(1)
        inner.setLayout(box)
        self.setLayout(column(Scroll(inner), spacing=0))
        theme.changed.connect(self._fit)
        self._fit()

    def tile(self, which: WorkList) -> Tile:
        """Return the tile of a list."""
        return self._tiles[which]

    def select(self, which: WorkList) -> None:
        """Mark the list shown."""
        self._tiles[which].setChecked(True)

    def show_counts(self, counts: WorkCounts) -> None:
        """Show how many stand on every list."""
        for which, tile in self._tiles.items():
            count = counts.lists[which]
            tile.show_count(words.count_words(which, count), count)
        self.drafts.show_count(words.count_words(None, counts.drafts), counts.drafts)

    def _tile(self, which: WorkList, chosen: Callable[[WorkList], None]) -> Tile:
        tile = Tile(words.KEYS[which], words.words_of(which).name, _TONES.get(which, "neutral"))
        tile.clicked.connect(partial(_call, chosen, which))
        self._group.addButton(tile)
        self._tiles[which] = tile
        return tile

    def _fit(self) -> None:
        scale = self._theme.text_scale / 100
        self.setFixedWidth(round(_WIDTH * (1 + (scale - 1) * 0.55)))


def _call(chosen: Callable[[WorkList], None], which: WorkList, _checked: bool = False) -> None:
    chosen(which)
