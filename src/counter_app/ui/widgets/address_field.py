"""An address of two levels: detail, commune by a few letters, and the province that follows."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.domain.condition import is_filled
from counter_app.i18n import _
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.commune_field import CommuneField
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column, row
from counter_app.ui.widgets.parts_field import PartsField
from counter_app.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from counter_app.services.places import NewAddress, Place, Places


class AddressField(PartsField):
    """Detail, commune, province. What an older card said stays in view, with what it is today.

    Enter takes the new address while nothing is typed yet; where several communes are possible it
    opens them to choose from. Nothing is ever replaced without the clerk.
    """

    def __init__(self, name: str, *, places: "Places | None" = None, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._places = places
        self._legacy = ""
        self._new: NewAddress | None = None
        self._checked = ("", "")
        self._followed: Place | None = None  # what the province in view came from
        detail = TextField(f"{name}: {_('số nhà, thôn, xóm')}", placeholder=_("Số nhà, thôn, xóm, tổ"))
        self.commune = CommuneField(
            f"{name}: {_('xã, phường')}",
            find=places.find if places is not None else None,
            placeholder=_("Xã, phường, đặc khu"),
        )
        province = TextField(f"{name}: {_('tỉnh, thành phố')}", placeholder=_("Tỉnh, thành phố"))
        for key, field in (("detail", detail), ("commune", self.commune), ("province", province)):
            self.add_part(key, field).installEventFilter(self)
        self.commune.edited.connect(self._forget_province)
        self.commune.picked.connect(self._picked)
        self.commune.left.connect(self._complete)
        province.left.connect(self._complete)
        self._card = PlainLabel(type="caption", tone="muted", wrap=True)
        self.renew = Button(_("Địa chỉ mới"), variant="link", clicked=self.take_new_address)
        self.renew.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._doubt = PlainLabel(type="caption", tone="warn", wrap=True)
        for widget in (self._card, self.renew, self._doubt):
            widget.hide()
        units = row(self.commune, province, spacing=6)
        units.setStretch(0, 3)
        units.setStretch(1, 2)
        self.setLayout(column(detail, units, self._doubt, self._card, self.renew, spacing=5))

    def value(self) -> object:
        """Return {"detail", "commune", "province", "legacy_text"}."""
        return {**self._typed(), "legacy_text": self._legacy}

    def set_value(self, value: object) -> None:
        """Show an address and, below it, what an older card said and what that is today."""
        super().set_value(value)
        legacy = str(value.get("legacy_text") or "") if isinstance(value, Mapping) else ""
        if legacy != self._legacy:
            self._legacy = legacy
            self._new = self._places.renewed(legacy) if self._places is not None and legacy else None
            self._card.setText(_("Trên thẻ: {text}").format(text=legacy))
            self.renew.set_text(self._words_of_new())
        self._checked = (str(self.commune.value()), str(self.parts["province"].value()))
        self._show_notes()

    def take_new_address(self) -> None:
        """Use what the older address is today, or let the clerk choose among several communes."""
        if self._new is None:
            return
        self.parts["detail"].set_value(self._new.detail)
        if self._new.certain:
            self._picked(self._new.places[0])
        else:
            self.edited.emit()
            self.commune.offer(self._new.places)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt)
        """Enter takes the new address while nothing is typed yet."""
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.isAutoRepeat()
            and self._new is not None
            and not self.commune.places()
            and not is_filled(self._typed())
        ):
            self.take_new_address()
            return True
        return super().eventFilter(watched, event)

    def _typed(self) -> dict[str, object]:
        return {key: field.value() for key, field in self.parts.items()}

    def _picked(self, place: "Place") -> None:
        self._set_place(place)
        self.edited.emit()
        self.accepted.emit()

    def _set_place(self, place: "Place") -> None:
        self.commune.set_value(place.commune)
        self.parts["province"].set_value(place.province)
        self._checked = (place.commune, place.province)
        self._followed = place
        self._say("")

    def _forget_province(self) -> None:
        """Take back a province that came with a commune the clerk is writing over."""
        province, followed = self.parts["province"], self._followed
        self._followed = None
        if followed is not None and province.value() == followed.province:
            province.set_value("")

    def _complete(self) -> None:
        """Once the clerk has gone on: write a known name in full, warn gently of an unknown one."""
        typed = (str(self.commune.value()), str(self.parts["province"].value()))
        if self._places is None or typed == self._checked:
            return
        self._checked = typed
        found = self._places.named(*typed)
        if len(found) == 1:
            self._set_place(found[0])
            if typed != self._checked:
                self.edited.emit()
        elif not typed[0]:
            self._say("")
        elif found:
            self._say(_("Nhiều nơi có tên này. Hãy gõ thêm tên tỉnh rồi chọn trong danh sách."))
        else:
            self._say(
                _("Không có trong danh mục hiện nay, giữ như đã ghi. Ở nước ngoài thì ghi cả tên nước.")
            )

    def _say(self, words: str) -> None:
        self._doubt.setText(words)
        self._doubt.setVisible(bool(words))
        self._show_notes()

    def _show_notes(self) -> None:
        self._card.setVisible(bool(self._legacy))
        self.renew.setVisible(self._new is not None and not self.commune.value())

    def _words_of_new(self) -> str:
        if self._new is None:
            return ""
        if self._new.certain:
            text = self._new.with_place(self._new.places[0])
            return _("Địa chỉ mới: {text} (Enter để dùng)").format(text=text)
        return _("Nay có thể là {count} nơi (Enter để chọn)").format(count=len(self._new.places))
