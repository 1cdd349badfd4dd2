"""The head of the sync screen: the big line, when it tries next, the three lanes, a data pack that came."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from counter_app.i18n import _
from counter_app.services.sync.overview import SyncOverview
from counter_app.services.sync.standing import Standing, lane_of
from counter_app.services.sync.waiting_packs import WaitingPack
from counter_app.services.sync_port import Lane
from counter_app.ui.icons import pixmap_of
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.sync_status import words
from counter_app.ui.theme import Theme
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, Line, clear, column, row
from counter_app.ui.widgets.properties import restyle

_ICONS = {"ok": "check", "warn": "clock", "bad": "warning", "info": "info"}
_LANES = (Lane.ACTS, Lane.PACKS, Lane.SCANS)


class SyncHead(Card):
    """Says in one line how things stand; every word comes from `words`.

    Args:
        theme: For the icon's colours.
        send_now: F9.
        pause: Gets whether to hold everything back.
        open_pack: Gets the pack to look into.
        connect_again: Goes where a new code is typed.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        send_now: Callable[[], None],
        pause: Callable[[bool], None],
        open_pack: Callable[[WaitingPack], None],
        connect_again: Callable[[], None],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._open_pack = open_pack
        self._shown: SyncOverview | None = None
        self._icon = PlainLabel()
        self._icon.setFixedWidth(34)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.headline = WrapLabel(type="title")
        self.subline = WrapLabel(tone="muted")
        self.next_try = PlainLabel(type="small", tone="muted")
        self.send = primary_button(_("Gửi ngay"), key="F9", clicked=send_now)
        self.pause = Button(_("Tạm dừng"), clicked=lambda: pause(not self._paused()))
        self.clock = WrapLabel(tone="warn")
        said = column(self.headline, self.subline, self.clock, spacing=2)
        self.again = Button(_("Nối lại bằng mã mới…"), clicked=connect_again)
        buttons = row(self.again, self.pause, self.send, spacing=8)
        acts = column(buttons, row(None, self.next_try), spacing=4)
        top = row(self._icon, said, acts, spacing=10)
        top.setStretch(1, 1)
        self.body.addLayout(top)
        self._packs = QVBoxLayout()
        self._packs.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(self._packs)
        self._below = QWidget()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(0)
        self.lanes: dict[Lane, WrapLabel] = {}
        for place, lane in enumerate(_LANES):
            name = PlainLabel(words.lane_name(lane), type="section")
            self.lanes[lane] = WrapLabel(type="small")
            grid.addWidget(name, 0, place)
            grid.addWidget(self.lanes[lane], 1, place, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place, 1)
        self.traffic = WrapLabel(type="caption", tone="muted")
        self._below.setLayout(column(Line(), grid, self.traffic, spacing=6))
        self.body.addWidget(self._below)

    def show_overview(self, seen: SyncOverview, *, can_act: bool) -> None:
        """Show how things stand; `can_act` is whether there is anybody to send."""
        self._shown = seen
        text, tone = words.headline(seen)
        self.headline.setText(text)
        self.headline.set_tone(tone if tone in ("ok", "warn", "bad") else "")
        self.setAccessibleName(text)
        sub = words.subline(seen)
        self.subline.setText(sub)
        self.subline.setVisible(bool(sub))
        self.clock.setText(words.clock_warning(seen))
        self.clock.setVisible(bool(self.clock.text()))
        self.paint_icon()
        connected = seen.standing not in (Standing.NOT_ENROLLED, Standing.TRAINING)
        self.send.setVisible(connected)
        rejected = seen.standing is Standing.REJECTED
        self.pause.setVisible(connected and not rejected)
        self.again.setVisible(rejected)
        for button in (self.send, self.pause):
            button.setEnabled(can_act)
        self.pause.set_text(_("Gửi tiếp") if self._paused() else _("Tạm dừng"))
        self._below.setVisible(connected)
        for lane, label in self.lanes.items():
            said, lane_tone = words.lane_words(lane_of(seen.state, lane), seen)
            label.setText(said)
            label.set_tone(lane_tone)
        self.traffic.setText(words.traffic_words(seen.traffic))
        self._show_packs([each for each in seen.packs if each.ready])

    def show_next_try(self, seconds: float | None, *, trying: bool) -> None:
        """Count down to the next try, or say that it tries."""
        if self._shown is not None:
            self.next_try.setText(words.next_try_words(seconds, self._shown.standing, trying=trying))

    def paint_icon(self) -> None:
        """Draw the icon in the theme's colours."""
        if self._shown is not None:
            tone = words.headline(self._shown)[1]
            colour = self._theme.tokens.colours[f"{tone}_text"]
            size = round(26 * self._theme.text_scale / 100)
            sending = self._shown.standing is Standing.WAITING and tone == "ok"
            self._icon.setPixmap(pixmap_of("sync" if sending else _ICONS[tone], colour, size))
            self._icon.setFixedWidth(size + 8)

    def _paused(self) -> bool:
        return self._shown is not None and self._shown.standing is Standing.PAUSED

    def _show_packs(self, packs: list[WaitingPack]) -> None:
        clear(self._packs)
        for pack in packs:
            strip = QFrame()
            restyle(strip, "frame", "info")
            said = WrapLabel(_("Đã nhận gói dữ liệu thủ tục {version}.").format(version=pack.version))
            look = Button(_("Xem và cài"), clicked=partial(self._open_pack, pack))
            look.setAccessibleName(f"{look.text()}: {pack.version}")
            line = row(said, look, margins=(10, 5, 10, 5), spacing=10)
            line.setStretch(0, 1)
            strip.setLayout(line)
            self._packs.addWidget(strip)
