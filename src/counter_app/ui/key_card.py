"""F1: the keys of the screen in front, as a card over the window."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from counter_app.i18n import _
from counter_app.ui.widgets.labels import KeyHint, PlainLabel
from counter_app.ui.widgets.layouts import Card, Line, column, row
from counter_app.ui.workspace import KeyHelp


def common_keys() -> tuple[KeyHelp, ...]:
    """Return the keys that work everywhere."""
    return (
        KeyHelp("F1", _("Bảng phím này")),
        KeyHelp("F2", _("Lượt tiếp nhận mới")),
        KeyHelp("Ctrl K", _("Tìm hồ sơ, công dân, thủ tục, lệnh")),
        KeyHelp("Ctrl P", _("In lại giấy của hồ sơ đang mở")),
        KeyHelp("Ctrl L", _("Khóa màn hình; việc đang làm dở được giữ nguyên")),
        KeyHelp("F12", _("Đổi người làm việc")),
        KeyHelp("F11", _("Mở, đóng màn hình công dân")),
        KeyHelp("Shift F11", _("Cho công dân xem thông báo xử lý dữ liệu")),
        KeyHelp("Alt Z", _("Nút trong thông báo (Hoàn tác, Mở…)")),
        KeyHelp("Esc", _("Quay lại, không mất dữ liệu")),
        KeyHelp("Ctrl +", _("Chữ to hơn")),
        KeyHelp("Ctrl -", _("Chữ nhỏ hơn")),
    )


class KeyCard(QFrame):
    """Covers the window until any key or click."""

    def __init__(self, title: str, keys: Sequence[KeyHelp], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Bảng phím"))
        self._before = parent.window().focusWidget()
        screen = self._table(title, keys)
        everywhere = self._table(_("Ở mọi màn hình"), common_keys())
        tables = row(everywhere, spacing=16) if not keys else row(screen, everywhere, spacing=16)
        foot = PlainLabel(
            _("Bấm phím bất kỳ để đóng. Quét thẻ hoặc mã hồ sơ lúc nào cũng được."), tone="muted"
        )
        box = column(None, PlainLabel(_("Phím tắt"), type="display"), tables, foot, None, spacing=16)
        self.setLayout(row(None, box, None, margins=(24, 24, 24, 24)))
        self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt)
        """Close on any key."""
        event.accept()
        self.put_away()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  (Qt)
        """Close on a click."""
        event.accept()
        self.put_away()

    def put_away(self) -> None:
        """Close and give the focus back."""
        self.hide()
        self.deleteLater()
        if self._before is not None:
            self._before.setFocus()

    def _table(self, title: str, keys: Sequence[KeyHelp]) -> Card:
        card = Card(title)
        card.body.addWidget(Line())
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for line, key in enumerate(keys):
            grid.addWidget(KeyHint(key.keys), line, 0)
            grid.addWidget(PlainLabel(key.does), line, 1)
        card.body.addLayout(grid)
        card.body.addStretch(1)
        card.setMinimumWidth(360)
        return card
