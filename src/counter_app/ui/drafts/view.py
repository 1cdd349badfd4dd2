"""The drafts as cards, the newest first."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from counter_app.i18n import _
from counter_app.services.ports import Draft
from counter_app.ui.drafts.presenter import DraftsPresenter, draft_detail, draft_title, since
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.labels import Chip, ElidedLabel, PlainLabel
from counter_app.ui.widgets.layouts import Card, Scroll, clear, column, row
from counter_app.ui.workspace import KeyHelp, Screen, Workspace


class DraftsScreen(Screen):
    """Continue or discard; discarding can be undone."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = DraftsPresenter(workspace, self._show)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        body = QWidget()
        body.setLayout(column(self._list, None, margins=(16, 0, 16, 14)))
        empty = EmptyState(
            "drafts",
            _("Không có bản nháp"),
            _("Lượt tiếp nhận dở dang được giữ lại từng chữ và hiện ở đây, kể cả sau khi mất điện."),
            label=_("Tiếp nhận hồ sơ"),
            key="F2",
            clicked=lambda: workspace.shell.open_screen("intake", new="1"),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(Scroll(body))
        self._stack.addWidget(empty)
        head = row(PlainLabel(self.title(), type="title"), None, margins=(16, 14, 16, 10))
        self.setLayout(column(head, self._stack, spacing=0))
        workspace.operations.data_changed.connect(self._data_changed)
        self._first: Button | None = None

    def title(self) -> str:
        """Return the screen's name."""
        return _("Bản nháp")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (KeyHelp("Tab", _("Sang bản nháp kế tiếp")), KeyHelp(_("Dấu cách"), _("Bấm nút đang chọn")))

    def opened(self, **request: object) -> None:  # noqa: ARG002
        """Look at the drafts again."""
        self.presenter.load()
        if self._first is not None:
            self._first.setFocus()

    def _data_changed(self) -> None:
        if self.isVisible():
            self.presenter.load()

    def _show(self, drafts: Sequence[Draft]) -> None:
        clear(self._list)
        self._first = None
        now = self.workspace.desk.clock.now()
        for draft in drafts:
            title = ElidedLabel(draft_title(draft), type="strong")
            detail = ElidedLabel(draft_detail(draft), tone="muted")
            when = PlainLabel(f"{since(draft, now)} · {draft.clerk}", type="small", tone="muted")
            anothers = self.presenter.is_anothers(draft)
            words = _("Nhận làm tiếp") if anothers else _("Làm tiếp")
            act = self.presenter.take_over if anothers else self.presenter.go_on
            go_on = Button(words, clicked=partial(act, draft))
            discard = Button(_("Bỏ"), variant="danger", clicked=partial(self.presenter.discard, draft))
            if anothers:
                discard.hide()  # only whose visit it is may throw it away
            go_on.setAccessibleName(f"{words}: {draft_title(draft)}")
            discard.setAccessibleName(f"{_('Bỏ')}: {draft_title(draft)}")
            card = Card()
            mark = self.presenter.mark_of(draft)
            if mark:
                card.heading.insertWidget(0, Chip(mark, "warn"))
            line = row(column(title, detail, spacing=1), when, 8, go_on, discard, spacing=10)
            line.setStretch(0, 1)
            card.body.addLayout(line)
            self._list.addWidget(card)
            self._first = self._first or go_on
        self._stack.setCurrentIndex(0 if drafts else 1)
