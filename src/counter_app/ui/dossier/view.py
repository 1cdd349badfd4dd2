"""One dossier: facts, people, papers, money, promise, history, and printing again."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain.dossier import Dossier
from counter_app.domain.person import Person
from counter_app.domain.scan import Scan, ScanKind
from counter_app.i18n import _, moment
from counter_app.services.look_up import DossierFile
from counter_app.ui.dossier import presenter as words
from counter_app.ui.dossier.person_lines import PersonLines
from counter_app.ui.dossier.presenter import DossierPresenter, PaperLine
from counter_app.ui.status_words import is_overdue, status_words
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.labels import Chip, ElidedLabel, PlainLabel, fact_row
from counter_app.ui.widgets.layouts import Card, Line, Scroll, action_bar, clear, column, row
from counter_app.ui.widgets.promise_calendar import PromiseCalendar
from counter_app.ui.widgets.promise_words import headline
from counter_app.ui.workspace import KeyHelp, Screen, Workspace


class DossierScreen(Screen):
    """Opened with ``dossier_code``; a scanned slip of another dossier replaces it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = DossierPresenter(workspace, show=self._show, failed=self._show_problem)
        self.presenter.ask_where = self._ask_where
        self._code = PlainLabel(type="title", selectable=True)
        self._status = Chip()
        self._sent = Chip()
        self._training = Chip(_("Tập huấn"), "warn")
        self._name = ElidedLabel(tone="muted")
        self._columns = QHBoxLayout()
        self._columns.setSpacing(12)
        body = QWidget()
        body.setLayout(column(self._columns, None, margins=(16, 0, 16, 14)))
        self._problem = EmptyState("search", "")
        self._waiting = EmptyState("clock", _("Đang mở hồ sơ…"))
        self._stack = QStackedWidget()
        for page in (Scroll(body), self._problem, self._waiting):
            self._stack.addWidget(page)
        head = row(self._code, self._status, self._sent, self._training, self._name, spacing=10)
        head.setStretchFactor(self._name, 1)
        head.setContentsMargins(16, 14, 16, 10)
        back = Button(_("Quay lại"), key="Esc", clicked=workspace.shell.go_back)
        self._reprint = primary_button(_("In lại giấy hẹn"), key="Ctrl P", clicked=self.reprint)
        self._pdf = Button(_("Lưu PDF…"), clicked=lambda: self._ask_where("slip"))
        bar = action_bar(back, None, self._pdf, self._reprint)
        self.setLayout(column(head, self._stack, bar, spacing=0))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._head_labels = (self._status, self._sent, self._training, self._name)
        workspace.operations.data_changed.connect(self._data_changed)

    def title(self) -> str:
        """Return the screen's name."""
        return _("Hồ sơ")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (KeyHelp("Ctrl P", _("In lại giấy hẹn")), KeyHelp("Esc", _("Quay lại danh sách")))

    def opened(self, **request: object) -> None:
        """Show the dossier of ``dossier_code``."""
        code = request.get("dossier_code")
        if isinstance(code, str) and code:
            if code != self.presenter.code:
                self._code.setText(code)
                for label in self._head_labels:
                    label.hide()
                self._stack.setCurrentIndex(2)
            self.presenter.load(code)
        self.setFocus()

    def take_scan(self, scan: object) -> bool:
        """Open the dossier of another slip right here."""
        if isinstance(scan, Scan) and scan.kind is ScanKind.DOSSIER_CODE and scan.dossier_code:
            self.opened(dossier_code=scan.dossier_code)
            return True
        return False

    def reprint(self) -> bool:
        """Print the slip again."""
        if self.presenter.file is None:
            return False
        self.presenter.reprint("slip")
        return True

    def _show_problem(self, text: str) -> None:
        self._problem.say(_("Không mở được hồ sơ"), text)
        for button in (self._reprint, self._pdf):
            button.setEnabled(False)
        self._stack.setCurrentIndex(1)

    def _show(self, file: DossierFile) -> None:
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
        for button in (self._reprint, self._pdf):
            button.setEnabled(True)
        clear(self._columns)
        cards = (
            (self._facts_card(dossier), self._history_card(file)),
            (self._people_card(dossier), self._parts_card(dossier)),
            (self._promise_card(dossier), self._papers_card(), self._charges_card(dossier)),
        )
        for stack, stretch in zip(cards, (10, 10, 11), strict=True):
            box = QVBoxLayout()
            box.setSpacing(12)
            for card in stack:
                box.addWidget(card)
            box.addStretch(1)
            self._columns.addLayout(box, stretch)
        self._stack.setCurrentIndex(0)

    def _facts_card(self, dossier: Dossier) -> Card:
        card = Card(_("Thông tin tiếp nhận"))
        name = PlainLabel(dossier.procedure.name, type="strong", wrap=True)
        card.body.addWidget(name)
        for label, value in words.facts(dossier):
            card.body.addWidget(fact_row(label, value, label_width=118))
        return card

    def _people_card(self, dossier: Dossier) -> Card:
        card = Card(_("Người nộp và người liên quan"))
        lines: list[tuple[str, Person]] = [(_("Người nộp"), dossier.applicant)]
        lines += [
            (self._role_label(role), person)
            for role, person in dossier.people.items()
            if person != dossier.applicant
        ]
        for index, (label, person) in enumerate(lines):
            if index:
                card.body.addWidget(Line())
            card.body.addWidget(PersonLines(label, person))
        return card

    def _role_label(self, role_id: str) -> str:
        file = self.presenter.file
        for template in file.templates.values() if file is not None else ():
            for role in template.roles:
                if role.role_id == role_id:
                    return role.label
        return _("Người liên quan")

    def _parts_card(self, dossier: Dossier) -> Card:
        card = Card(_("Giấy tờ đã nhận"))
        if not dossier.parts:
            card.body.addWidget(PlainLabel(_("Không nhận giấy tờ nào"), tone="muted"))
        for part in dossier.parts:
            line = column(
                PlainLabel(part.name, wrap=True),
                PlainLabel(words.part_words(part), type="small", tone="muted"),
                spacing=0,
            )
            card.body.addLayout(line)
        return card

    def _charges_card(self, dossier: Dossier) -> Card:
        card = Card(_("Phí, lệ phí"))
        card.heading.addWidget(PlainLabel(words.total_words(dossier.charges), type="strong"))
        if not dossier.charges:
            card.body.addWidget(PlainLabel(_("Không thu phí"), tone="muted"))
        for charge in dossier.charges:
            name = PlainLabel(charge.name, wrap=True, type="small")
            amount = PlainLabel(words.charge_words(charge), type="small")
            line = row(name, amount)
            line.setStretchFactor(name, 1)
            card.body.addLayout(line)
            if charge.note:
                card.body.addWidget(PlainLabel(charge.note, type="caption", tone="muted", wrap=True))
        return card

    def _promise_card(self, dossier: Dossier) -> Card:
        card = Card(_("Hẹn trả"))
        today = self.workspace.desk.clock.now().date()
        card.body.addWidget(PlainLabel(headline(dossier.promise, today), type="strong", wrap=True))
        calendar = PromiseCalendar(self.workspace.theme)
        calendar.show_promise(dossier.promise)
        card.body.addWidget(calendar)
        return card

    def _papers_card(self) -> Card:
        card = Card(_("Giấy in ra"))
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(8)
        for line, paper in enumerate(self.presenter.papers()):
            self._paper_line(grid, line, paper)
        card.body.addLayout(grid)
        return card

    def _paper_line(self, grid: QGridLayout, line: int, paper: PaperLine) -> None:
        tone = "bad" if paper.failed else "muted"
        name = column(
            PlainLabel(paper.name, wrap=True),
            PlainLabel(paper.last, type="caption", tone=tone, wrap=True),
            spacing=0,
        )
        grid.addLayout(name, line, 0)
        again = Button(_("In lại") if paper.copies else _("In"), clicked=partial(self._print, paper.paper))
        again.setAccessibleName(_("In {name}").format(name=paper.name))
        save = Button("PDF", clicked=partial(self._ask_where, paper.paper))
        save.setAccessibleName(_("Lưu PDF {name}").format(name=paper.name))
        grid.addWidget(again, line, 1)
        grid.addWidget(save, line, 2)

    def _print(self, paper: str) -> None:
        self.presenter.reprint(paper)

    def _ask_where(self, paper: str) -> None:
        if self.presenter.file is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = f"{self.presenter.file.dossier.dossier_code}-{paper.replace(':', '-')}.pdf"
        chosen = QFileDialog.getSaveFileName(self, _("Lưu PDF"), str(Path(folder) / name), "PDF (*.pdf)")[0]
        if chosen:
            self.presenter.save_pdf(paper, Path(chosen))

    def _history_card(self, file: DossierFile) -> Card:
        card = Card(_("Quá trình"))
        for entry in file.history:
            line = row(
                PlainLabel(moment(entry.at), type="small", tone="muted"),
                PlainLabel(f"{words.history_words(entry)} · {entry.clerk}", type="small", wrap=True),
                spacing=10,
            )
            line.setStretch(1, 1)
            card.body.addLayout(line)
        if not file.history:
            card.body.addWidget(PlainLabel(_("Chưa có bước nào"), tone="muted"))
        return card

    def _data_changed(self) -> None:
        if self.isVisible():
            self.presenter.refresh()
