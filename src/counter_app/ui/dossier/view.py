"""One dossier: what can be done with it, and everything known of it; its papers printed again."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain.clerks import Permission
from counter_app.domain.scan import Scan, ScanKind
from counter_app.i18n import _
from counter_app.ui.dossier import cards
from counter_app.ui.dossier.acts.act_bar import ActBar
from counter_app.ui.dossier.acts.act_keys import ActKey
from counter_app.ui.dossier.acts.panel import KEYS as ACT_KEYS
from counter_app.ui.dossier.acts.panel import ActPanel
from counter_app.ui.dossier.acts.presenter import ActsPresenter
from counter_app.ui.dossier.notice_strips import NoticeStrips
from counter_app.ui.dossier.owner_strip import OwnerStrip
from counter_app.ui.dossier.presenter import DossierPresenter
from counter_app.ui.session.allowed import why_not
from counter_app.ui.status_words import is_overdue, status_words
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.labels import Chip, ElidedLabel, PlainLabel
from counter_app.ui.widgets.layouts import Scroll, clear, column, row
from counter_app.ui.workspace import KeyHelp, Screen, Workspace

if TYPE_CHECKING:
    from counter_app.domain.errors import KnownError
    from counter_app.domain.purged_dossier import PurgedDossier
    from counter_app.services.look_up import DossierFile
    from counter_app.ui.scans.panel import ScansPanel

_STRETCH = (10, 10, 11)


class DossierScreen(Screen):
    """Opened with ``dossier_code``; a scanned slip of another dossier replaces it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = DossierPresenter(workspace, show=self._show, failed=self._show_problem)
        self.presenter.ask_where = self._ask_where
        self.acts = ActsPresenter(
            workspace, done=self._act_done, refused=self._act_refused, save_pdf=self._ask_where
        )
        self._code = PlainLabel(type="title", selectable=True)
        self._status = Chip()
        self._sent = Chip()
        self._training = Chip(_("Tập huấn"), "warn")
        self._name = ElidedLabel(tone="muted")
        self.panel = ActPanel(
            workspace, changed=self._acts_changed, elsewhere=self._go_elsewhere, ready=self._to_confirm
        )
        self.notices = NoticeStrips(workspace)
        self.owner = OwnerStrip(workspace)
        self.bar = ActBar(
            back=workspace.shell.go_back,
            pdf=lambda: self._ask_where("slip"),
            reprint=self.reprint,
            cancel=self._cancel,
            confirm=self.go_on,
        )
        self.bar.forbid(why_not(workspace, Permission.RECEIVE))
        self._columns = [QVBoxLayout() for _each in _STRETCH]
        self._scans: ScansPanel | None = None
        self._wanted: ActKey | None = None  # to be opened as soon as the dossier is there
        self._stack = self._pages()
        head = row(self._code, self._status, self._sent, self._training, self._name, spacing=10)
        head.setStretchFactor(self._name, 1)
        head.setContentsMargins(16, 14, 16, 10)
        self.setLayout(column(head, self._stack, self.bar, spacing=0))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._head_labels = (self._status, self._sent, self._training, self._name)
        workspace.operations.data_changed.connect(self._data_changed)
        workspace.operations.busy_changed.connect(self.bar.show_busy)
        self._bind_keys()

    def _bind_keys(self) -> None:
        bindings: list[tuple[str, Callable[[], object]]] = [
            ("F9", self.go_on),
            ("F6", self.panel.show_others),
            *((name, partial(self.panel.open_if_offered, act)) for act, name in ACT_KEYS.items()),
        ]
        for name, act in bindings:
            key = QShortcut(QKeySequence(name), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.setAutoRepeat(False)
            key.activated.connect(act)

    def _pages(self) -> QStackedWidget:
        body, columns = QWidget(), QHBoxLayout()
        columns.setSpacing(12)
        self._middle = QVBoxLayout()  # the scans stay while the cards around them are made anew
        for place, (cards_of_column, stretch) in enumerate(zip(self._columns, _STRETCH, strict=True)):
            cards_of_column.setSpacing(12)
            box = QVBoxLayout()
            box.setSpacing(12)
            box.addLayout(cards_of_column)
            if place == 1:
                box.addLayout(self._middle)
            box.addStretch(1)
            columns.addLayout(box, stretch)
        body.setLayout(
            column(self.notices, self.owner, self.panel, columns, None, margins=(16, 0, 16, 14), spacing=12)
        )
        self._scroll = Scroll(body)
        self._problem = EmptyState("search", "")
        self._waiting = EmptyState("clock", _("Đang mở hồ sơ…"))
        stack = QStackedWidget()
        for page in (self._scroll, self._problem, self._waiting):
            stack.addWidget(page)
        return stack

    def title(self) -> str:
        """Return the screen's name."""
        return _("Hồ sơ")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (
            KeyHelp("F9", _("Làm việc tiếp theo, hoặc xác nhận")),
            KeyHelp("F7", _("Yêu cầu bổ sung")),
            KeyHelp("F8", _("Thu phí, lệ phí")),
            KeyHelp("F6", _("Việc khác")),
            KeyHelp("Enter", _("Sang ô kế tiếp")),
            KeyHelp("Ctrl P", _("In lại giấy hẹn")),
            KeyHelp("Esc", _("Thôi, quay lại")),
        )

    def opened(self, **request: object) -> None:
        """Show the dossier of ``dossier_code``; ``act`` opens the form of an act."""
        code, act = request.get("dossier_code"), request.get("act")
        self._wanted = ActKey(act) if isinstance(act, str) and act in list(ActKey) else None
        if isinstance(code, str) and code:
            if code != self.presenter.code:
                self.panel.show_nothing()  # F9 must never mean the dossier of before
                self.bar.show_nothing()
                self._code.setText(code)
                for label in self._head_labels:
                    label.hide()
                self._stack.setCurrentIndex(2)
                self._scroll.verticalScrollBar().setValue(0)
            self.presenter.load(code)
        if self.panel.form is None:
            self.setFocus()

    def take_scan(self, scan: object) -> bool:
        """Let a form take the card it asks for; another slip goes where it belongs."""
        if isinstance(scan, Scan) and scan.kind is ScanKind.DOSSIER_CODE and scan.dossier_code:
            if scan.dossier_code == self.presenter.code and self.panel.form is not None:
                return True  # the slip on the desk, scanned once more: the form stays
            self.panel.close()
        read = (scan.card or scan.mrz) if isinstance(scan, Scan) else None
        return read is not None and self.panel.take_person(read.to_person())

    def escape(self) -> bool:
        """Put the open form away."""
        if not self.panel.close():
            return False
        self._focus_acts()
        return True

    def before_leaving(self) -> None:
        """Leave no form open; what was typed waits for the same act of the same dossier."""
        self.panel.close()

    def reprint(self) -> bool:
        """Print the slip again."""
        if self.presenter.file is None:
            return False
        self.presenter.reprint("slip")
        return True

    def go_on(self) -> None:
        """F9: confirm the open form, or open the likeliest act."""
        if self.panel.form is None:
            if self.panel.offer.first is not None and self.bar.can_act:
                self.panel.open(self.panel.offer.first)
            return
        asked, facts = self.panel.asked(), self.panel.facts
        problem = self.panel.problem()
        if problem is not None:
            self.bar.say_problem(problem)
            self.panel.show_problem(problem)
        elif asked is not None and facts is not None and self.bar.can_act:
            if self.panel.form.final and not self.panel.sure:
                self.panel.sure = True
                self.bar.ask_once_more(self.panel.form.final)
                return
            self.acts.do(facts, asked)

    # What became of it

    def _act_done(self) -> None:
        self.panel.close(done=True)
        self._scroll.verticalScrollBar().setValue(0)
        self.setFocus()

    def _act_refused(self, problem: "KnownError") -> None:
        self.bar.say_problem(problem)
        self.panel.show_problem(problem)
        self.workspace.shell.show_error(problem)

    def _acts_changed(self) -> None:
        self.bar.show_panel(self.panel)

    def _to_confirm(self) -> None:
        self.bar.confirm.setFocus()

    def _cancel(self) -> None:
        self.panel.close()
        self._focus_acts()

    def _focus_acts(self) -> None:
        if not self.panel.focus_acts():
            (self.bar.confirm if self.bar.confirm.isVisible() else self).setFocus()

    def _go_elsewhere(self, key: ActKey) -> None:
        shell, code = self.workspace.shell, self.presenter.code
        if key is ActKey.CORRECT:
            shell.open_screen("intake", correct=code)
        elif key is ActKey.RETURN_NOW:
            shell.open_screen("returns", dossier_code=code, now=True)
        else:
            shell.open_screen("returns", dossier_code=code)

    # Showing

    def _show_problem(self, text: str) -> None:
        self.presenter.file = None
        self.panel.show_nothing()
        self._problem.say(_("Không mở được hồ sơ"), text)
        self.bar.show_nothing()
        self._stack.setCurrentIndex(1)

    def _show(self, file: "DossierFile") -> None:
        dossier = file.dossier
        self._code.setText(dossier.dossier_code)
        overdue = is_overdue(dossier.status, dossier.due_at, self.workspace.desk.clock.now())
        status, kind = status_words(dossier.status)
        self._status.show_as(f"{status} · {_('Quá hạn')}" if overdue else status, "bad" if overdue else kind)
        self._sent.show_as(*((_("Chưa gửi"), "warn") if file.unsent else (_("Đã gửi"), "ok")))
        self._training.setVisible(dossier.training)
        self._name.setText(f"{dossier.applicant.full_name} · {dossier.procedure.name}")
        for label in (self._status, self._sent, self._name):
            label.show()
        if file.purged is not None:
            self._show_purged(file.purged, dossier.procedure.name)
            return
        if self.presenter.facts is not None:
            self.panel.show_facts(self.presenter.facts, self.presenter.holders)
        else:
            self.panel.show_nothing()
        self.bar.show_panel(self.panel)
        self.notices.ask(dossier)
        self.owner.show_dossier(dossier, file.history)
        self._show_cards(file)
        self._stack.setCurrentIndex(0)
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self.panel.form is None:
            self.panel.open(wanted)

    def _show_purged(self, proof: "PurgedDossier", procedure: str) -> None:
        """Say what became of it: there is nothing left to show, print or do."""
        self._name.setText(procedure)
        title = _("Hồ sơ đã hủy theo thời hạn lưu, ngày {day}").format(day=f"{proof.purged_at:%d/%m/%Y}")
        told = _("Nhận {received}, kết thúc {ended}. Căn cứ: {basis}. Người xác nhận hủy: {clerk}.").format(
            received=f"{proof.received_at:%d/%m/%Y}",
            ended=f"{proof.ended_at:%d/%m/%Y}",
            basis=proof.basis,
            clerk=proof.clerk,
        )
        self.panel.show_nothing()
        self._problem.say(title, told)
        self.bar.show_nothing()
        self._stack.setCurrentIndex(1)

    def _show_cards(self, file: "DossierFile") -> None:
        dossier, workspace = file.dossier, self.workspace
        today = workspace.desk.clock.now().date()
        columns = (
            (cards.facts_card(dossier), cards.history_card(file.history)),
            (cards.people_card(file, self._open_person), cards.parts_card(dossier)),
            (
                cards.promise_card(dossier, workspace.theme, today),
                cards.papers_card(self.presenter.papers(), self.presenter.reprint, self._ask_where),
                cards.charges_card(dossier),
            ),
        )
        for box, made in zip(self._columns, columns, strict=True):
            clear(box)
            for card in made:
                box.addWidget(card)
        self._scans_panel().show_dossier(dossier)

    def _scans_panel(self) -> "ScansPanel":
        if self._scans is None:
            from counter_app.ui.scans.panel import ScansPanel

            self._scans = ScansPanel(self.workspace)
            self._middle.addWidget(self._scans)
        return self._scans

    def _open_person(self, personal_id: str) -> None:
        self.workspace.shell.open_screen("people", person_id=personal_id)

    def _ask_where(self, paper: str) -> None:
        if self.presenter.file is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = f"{self.presenter.file.dossier.dossier_code}-{paper.replace(':', '-')}.pdf"
        chosen = QFileDialog.getSaveFileName(self, _("Lưu PDF"), str(Path(folder) / name), "PDF (*.pdf)")[0]
        if chosen:
            self.presenter.save_pdf(paper, Path(chosen))

    def _data_changed(self) -> None:
        if self.isVisible():
            self.presenter.refresh()
