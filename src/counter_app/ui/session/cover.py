"""What hides the whole window while nobody, or nobody in particular, is at it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from counter_app.i18n import _
from counter_app.ui.session.cover_form import Message
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column, row


class Cover(QWidget):
    """One page in the middle; at the top whose counter this is, at the foot what happened meanwhile."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Đăng nhập"))
        self._where = PlainLabel("Quầy Một Cửa", type="strong", tone="muted")
        self.foot = Message()
        self.foot.setMaximumWidth(800)
        self.pages = QStackedWidget()
        foot = row(None, self.foot, None)
        foot.setStretch(1, 6)
        whole = column(row(None, self._where, None), self.pages, foot, margins=(24, 20, 24, 20), spacing=8)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.hide()

    def say_where(self, counter: int) -> None:
        """Name the counter; nothing else of the office's data is shown."""
        self._where.setText(_("Quầy Một Cửa · Quầy {n}").format(n=counter))

    def show_page(self, page: QWidget) -> None:
        """Show one page."""
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)

    def cover(self) -> None:
        """Lie over everything."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.foot.say("")
        self.show()
        self.raise_()
