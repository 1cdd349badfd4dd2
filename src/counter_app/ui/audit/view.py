"""The audit log: who did what and when, the tip of the chain, its check, and a copy for whoever inspects."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from counter_app.audit_words import GROUPS, tip_words
from counter_app.i18n import _
from counter_app.services.audit.findings import AuditReport
from counter_app.ui.audit import list_model
from counter_app.ui.audit.check_card import CheckCard
from counter_app.ui.audit.list_model import AuditListModel
from counter_app.ui.audit.presenter import AuditPresenter, Check
from counter_app.ui.audit.state import Asked, AuditState
from counter_app.ui.reports.period_bar import PeriodBar
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.combo_field import ComboField
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.flow_row import FlowRow
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, action_bar, column, row
from counter_app.ui.widgets.tables import ListTable
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.workspace import KeyHelp, Screen, Workspace


class AuditScreen(Screen):
    """For heads and administrators; a dossier's line opens the dossier."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = AuditPresenter(workspace, self)
        self.tip = PlainLabel(type="display", selectable=True)
        self._place = PlainLabel(tone="muted")
        self.period = PeriodBar(workspace.desk.clock.now().date())
        self.clerk = ComboField(_("Cán bộ"), [("", _("Mọi cán bộ"))])
        self.group = ComboField(
            _("Loại việc"),
            [("", _("Mọi việc")), *((str(number), _(each.name)) for number, each in enumerate(GROUPS))],
        )
        self.code = TextField(_("Mã hồ sơ"), placeholder=_("Mã hồ sơ"), max_length=40)
        self.asked_tip = TextField(_("Dấu trên giấy"), placeholder=_("Dấu trên giấy, nếu có"), max_length=12)
        self.card = CheckCard(self.presenter.call_off)
        self.table = ListTable(_("Nhật ký"))
        self.model = AuditListModel(self.presenter.more)
        self.table.setModel(self.model)
        self._none = EmptyState("search", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table_card())
        self._stack.addWidget(self._none)
        self.check = primary_button(_("Kiểm tra toàn vẹn"), key="F9", clicked=self._begin_check)
        self.workbook = Button(_("Xuất Excel"), key="F8", clicked=partial(self._save, "xlsx"))
        self.paper = Button(_("Xuất PDF"), clicked=partial(self._save, "pdf"))
        self._lay_out()
        self._connect()
        self._fit()

    def title(self) -> str:
        """Return the screen's name."""
        return _("Nhật ký")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (
            KeyHelp("F9", _("Kiểm tra toàn vẹn nhật ký")),
            KeyHelp("F8", _("Xuất Excel những mục đang lọc")),
            KeyHelp("Enter", _("Mở hồ sơ của mục đang chọn")),
            KeyHelp("Esc", _("Dừng kiểm tra, hoặc cất kết quả kiểm tra")),
        )

    def opened(self, **request: object) -> None:
        """Show the newest entries; ``code`` asks for those about one dossier."""
        code = request.get("code")
        if isinstance(code, str):
            self.code.setText(code)
        self.load()
        self.table.setFocus()

    def load(self) -> None:
        """Read the entries that are asked for."""
        self.presenter.load(self._asked())

    def escape(self) -> bool:
        """Stop the check, then put its outcome away."""
        if self.presenter.check is not None:
            self.presenter.call_off()
        elif self.card.isVisible():
            self.card.hide()
        else:
            return False
        return True

    def catalogue_changed(self) -> None:
        """Begin another day."""
        self.period.new_day(self.workspace.desk.clock.now().date())

    # What the presenter says

    def show_state(self, state: AuditState) -> None:
        """Show the list and the tip."""
        self.model.show(state)
        self.tip.setText(tip_words(state.tip.digits) if state.tip.seq else "–")
        self._place.setText(_("số mục {seq}").format(seq=state.tip.seq))
        for name in state.clerks:
            if name and self.clerk.findData(name) < 0:
                self.clerk.addItem(name, name)
        if state.error:
            self._none.say(_("Chưa xem được nhật ký"), state.error)
        elif not state.rows and not state.loading:
            self._none.say(_("Không có mục nào"), _("Thử chọn nhiều ngày hơn, hoặc bỏ bớt điều kiện lọc."))
        nothing = bool(state.error) or (not state.rows and not state.loading)
        self._stack.setCurrentIndex(1 if nothing else 0)
        for button in (self.check, self.workbook, self.paper):
            button.setEnabled(not state.error)

    def show_check(self, check: Check | None) -> None:
        """Show that a check is under way, or no more."""
        self.check.setEnabled(check is None)
        self.card.show_check(check)

    def show_report(self, report: AuditReport, tip: str) -> None:
        """Show what came of a check."""
        self.card.show_report(report, tip)

    # Making the screen

    def _table_card(self) -> QWidget:
        card = Card()
        card.body.addWidget(self.table)
        inner = card.layout()
        if inner is not None:
            inner.setContentsMargins(1, 1, 1, 1)
        return card

    def _lay_out(self) -> None:
        told = row(PlainLabel(_("Dấu nhật ký"), tone="muted"), self.tip, self._place, spacing=10)
        head = row(PlainLabel(self.title(), type="title"), None, told, spacing=12)
        filters = QWidget()
        filters.setLayout(FlowRow(self.clerk, self.group, self.code, gap=10, line_gap=6))
        self.code.setFixedWidth(self.code.fontMetrics().horizontalAdvance("H29.12-261121-10010") + 30)
        self.asked_tip.setFixedWidth(
            self.asked_tip.fontMetrics().horizontalAdvance(self.asked_tip.placeholderText()) + 34
        )
        top = column(head, self.period, filters, self.card, margins=(16, 12, 16, 8), spacing=8)
        body = column(self._stack, margins=(16, 0, 16, 12))
        bar = action_bar(self.paper, self.workbook, None, self.asked_tip, self.check)
        whole = column(top, body, bar, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        self.period.changed.connect(self.load)
        for choice in (self.clerk, self.group):
            choice.edited.connect(self.load)
        self.code.accepted.connect(self.load)
        self.code.left.connect(self._code_left)
        self.asked_tip.accepted.connect(self._begin_check)
        self.table.opened.connect(self._open)
        for keys, act in (("F9", self._begin_check), ("F8", partial(self._save, "xlsx"))):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self.workspace.theme.changed.connect(self._fit)
        self._loaded_code = ""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt)
        """Give the acts the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        scale = self.workspace.theme.text_scale / 100
        self.table.fit_rows(round(34 * scale))
        widths = {list_model.SEQ: 84, list_model.AT: 152, list_model.CLERK: 220, list_model.SUBJECT: 190}
        self.table.set_widths(
            {column_: round(width * scale) for column_, width in widths.items()}, stretch=(list_model.ACT,)
        )

    # What the reader does

    def _asked(self) -> Asked:
        self._loaded_code = self.code.text().strip()
        group = str(self.group.value())
        return Asked(
            first=self.period.period.first,
            last=self.period.period.last,
            clerk=str(self.clerk.value()),
            acts=GROUPS[int(group)].acts if group else (),
            code=self._loaded_code,
        )

    def _code_left(self) -> None:
        if self.code.text().strip() != self._loaded_code:
            self.load()

    def _begin_check(self) -> None:
        if self.presenter.check is None and self.check.isEnabled():
            self.presenter.begin_check(self.asked_tip.text().strip())

    def _open(self, line: int) -> None:
        code = self.model.code_at(line)
        if code:
            self.workspace.shell.open_screen("dossier", dossier_code=code)

    def _save(self, suffix: str) -> None:
        if not self.workbook.isEnabled():
            return
        asked = self._asked()
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        start = str(Path(folder) / f"nhat-ky-{asked.first:%Y%m%d}-{asked.last:%Y%m%d}.{suffix}")
        kind = "PDF (*.pdf)" if suffix == "pdf" else "Excel (*.xlsx)"
        chosen = QFileDialog.getSaveFileName(self, _("Xuất nhật ký"), start, kind)[0]
        if chosen:
            self.presenter.take_out(asked, Path(chosen).with_suffix(f".{suffix}"))
