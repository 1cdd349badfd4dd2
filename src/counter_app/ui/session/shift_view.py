"""My shift: since when, who tried my password, what is open, and leaving."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.i18n import _, moment
from counter_app.services.left_open import LeftOpen, left_open
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.session.words import role_words
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.flow_row import FlowRow
from counter_app.ui.widgets.labels import PlainLabel, fact_row
from counter_app.ui.widgets.layouts import Card, Scroll, action_bar, clear, column, page, row
from counter_app.ui.workspace import KeyHelp, Screen, Workspace


class ShiftScreen(Screen):
    """Locking, changing clerks and signing out are asked of ``Shell``, which covers the window."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        shell = workspace.shell
        self._facts = QVBoxLayout()
        self._open = QVBoxLayout()
        for box in (self._facts, self._open):
            box.setSpacing(6)
        who = Card(_("Người đang làm việc"))
        who.body.addLayout(self._facts)
        self.lock = Button(_("Khóa màn hình"), key="Ctrl L", clicked=shell.lock)
        self.switch = Button(_("Đổi người làm việc"), key="F12", clicked=lambda: shell.lock(switching=True))
        self.password = Button(
            _("Đổi mật khẩu"), clicked=lambda: shell.open_screen("settings", page="accounts")
        )
        who.body.addSpacing(6)
        acts = QWidget()
        acts.setLayout(FlowRow(self.lock, self.switch, self.password, gap=10, line_gap=6))
        who.body.addWidget(acts)
        left = Card(_("Còn dở khi kết thúc ca"))
        left.body.addLayout(self._open)
        self.end = primary_button(_("Kết thúc ca và đăng xuất"), clicked=shell.end_shift)
        words = WrapLabel(_("Mọi việc dở được giữ nguyên cho lần đăng nhập sau."), tone="muted")
        for card in (who, left):
            card.setMaximumWidth(1200)
        head = row(PlainLabel(self.title(), type="title"), None, margins=(16, 14, 16, 2))
        foot = row(words, self.end, spacing=10)
        foot.setStretch(0, 1)
        bar = action_bar(foot)
        self.setLayout(column(head, Scroll(page(who, left, None)), bar, spacing=0))
        workspace.operations.data_changed.connect(self._data_changed)

    def title(self) -> str:
        """Return the screen's name."""
        return _("Ca làm việc")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (KeyHelp("Tab", _("Sang nút kế tiếp")), KeyHelp(_("Dấu cách"), _("Bấm nút đang chọn")))

    def opened(self, **request: object) -> None:  # noqa: ARG002
        """Look who is here and what is open."""
        self._show_who()
        self._look()
        self.lock.setFocus()

    def _show_who(self) -> None:
        clear(self._facts)
        present = self.workspace.desk.session.present
        for button in (self.lock, self.switch, self.password, self.end):
            button.setEnabled(present is not None)
        if present is None:
            words = _("Máy này chưa có tài khoản: ai cũng làm việc dưới tên ghi trong Cài đặt.")
            self._facts.addWidget(PlainLabel(words, wrap=True))
            return
        last = moment(present.last_in_at) if present.last_in_at is not None else _("chưa có")
        facts = [
            (_("Họ tên"), present.full_name),
            (_("Vai trò"), role_words(present.role)),
            (_("Đăng nhập lúc"), moment(present.since)),
            (_("Lần đăng nhập trước"), last),
        ]
        if present.failures:
            tried = _("{n} lần gõ sai từ lần đăng nhập trước. Nếu không phải anh/chị gõ, hãy đổi mật khẩu.")
            facts.append((_("Mật khẩu"), tried.format(n=present.failures)))
        for name, value in facts:
            width = self.fontMetrics().averageCharWidth() * 24
            self._facts.addWidget(fact_row(name, value, label_width=width))

    def _data_changed(self) -> None:
        if self.isVisible():
            self._look()

    def _look(self) -> None:
        desk = self.workspace.desk
        self.workspace.operations.run_query(lambda: left_open(desk), done=self._show_open)

    def _show_open(self, found: LeftOpen) -> None:
        clear(self._open)
        open_screen = self.workspace.shell.open_screen
        lines: list[tuple[str, Callable[[], None]]] = []
        if found.own_drafts:
            text = _("{n} bản nháp của anh/chị").format(n=found.own_drafts)
            lines.append((text, lambda: open_screen("drafts")))
        if found.pressing:
            text = _("{n} hồ sơ quá hạn hoặc đến hạn hôm nay").format(n=found.pressing)
            lines.append((text, lambda: open_screen("work")))
        if found.held:
            text = _("{n} mục máy chủ chưa nhận được").format(n=found.held)
            lines.append((text, lambda: open_screen("sync")))
        if found.unsent:
            text = _("{n} mục chưa gửi lên máy chủ; tự gửi khi có mạng").format(n=found.unsent)
            lines.append((text, lambda: open_screen("sync")))
        if found.day is not None:
            text = _("Ngày {day} chưa đóng").format(day=f"{found.day:%d/%m/%Y}")
            lines.append((text, lambda: open_screen("reports", page="day")))
        for text, go in lines:
            self._open.addWidget(_line(text, go))
        if not lines:
            self._open.addWidget(PlainLabel(_("Không còn gì dở dang."), tone="ok"))


def _line(text: str, go: Callable[[], None]) -> QWidget:
    button = Button(_("Mở"), variant="link", clicked=go)
    button.setAccessibleName(f"{_('Mở')}: {text}")
    line = QWidget()
    box = row(PlainLabel(text, wrap=True), button, spacing=10)
    box.setStretch(0, 1)
    line.setLayout(box)
    return line
