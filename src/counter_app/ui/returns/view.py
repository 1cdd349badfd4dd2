"""Giving results: scan a slip, see who has come, one press; and what to tell when there is no result."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from counter_app.domain.dossier_acts import EnterResult, allowed_acts
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.scan import Scan, ScanKind
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.ui.dossier.notice_strips import NoticeStrips
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.returns.elsewhere_strip import ElsewhereStrip
from counter_app.ui.returns.give_form import GiveForm
from counter_app.ui.returns.no_result import NoResultCard
from counter_app.ui.returns.presenter import ReturnsPresenter
from counter_app.ui.returns.recipient import read_card
from counter_app.ui.returns.waiting_list import WaitingList
from counter_app.ui.returns.waiting_model import WaitingRow
from counter_app.ui.status_words import status_words
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.labels import Chip, ElidedLabel, PlainLabel
from counter_app.ui.widgets.layouts import Scroll, action_bar, clear, column, row
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.workspace import KeyHelp, Screen, Workspace

if TYPE_CHECKING:
    from counter_app.domain.errors import KnownError
    from counter_app.domain.person import Person
    from counter_app.services.ports import DossierRow
    from counter_app.services.returns import ReturnFile
    from counter_app.services.worklists_port import WorkRow

_WAITING, _DOSSIER = 0, 1
_WIDE_UP_TO = 150  # percent of text size


class ReturnsScreen(Screen):
    """Opened with ``dossier_code``; ``now`` opens a dossier to be solved while the citizen waits."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = ReturnsPresenter(
            workspace,
            show=self._show,
            waiting=self._show_waiting,
            of_citizen=self._show_citizen,
            failed=self._say_not_found,
            given=self._given,
            refused=self._refused,
        )
        self.form: GiveForm | None = None
        self._now = False
        self._citizen: Person | None = None
        self.code = TextField(
            _("Mã hồ sơ"), placeholder=_("Quét giấy hẹn hoặc thẻ căn cước, hoặc gõ mã hồ sơ rồi Enter")
        )
        self.code.accepted.connect(self._typed)
        self._not_found = WrapLabel(tone="bad")
        self._not_found.hide()
        self._status = Chip()
        self._name = ElidedLabel(type="strong")
        self.waiting = WaitingList(self.presenter.load)
        self.notices = NoticeStrips(workspace, grave_only=True)
        self.elsewhere = ElsewhereStrip(workspace)
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 0, 0, 0)
        body = QWidget()
        body.setLayout(
            column(self.notices, self.elsewhere, self._place, None, margins=(16, 4, 16, 14), spacing=8)
        )
        self._scroll = Scroll(body)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.waiting)
        self._stack.addWidget(self._scroll)
        self._words = WrapLabel(tone="muted")
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.confirm = primary_button(_("Trả kết quả"), key="F9", clicked=self.give)
        self._open = Button(_("Mở hồ sơ"), clicked=self._open_dossier)
        self._cancel = Button(_("Thôi"), key="Esc", clicked=self._back_to_waiting)
        line = row(self._cancel, self._open, spacing=10)
        line.addWidget(self._words, 1)
        line.addWidget(self.confirm)
        self._bar = action_bar(line)
        head = row(PlainLabel(self.title(), type="title"), self._status, self._name, spacing=10)
        head.setStretchFactor(self._name, 1)
        head.setContentsMargins(16, 14, 16, 6)
        entry = column(self.code, self._not_found, margins=(16, 0, 16, 8), spacing=4)
        self.setLayout(column(head, entry, self._stack, self._bar, spacing=0))
        self._show_head(None)
        self._busy = False
        workspace.operations.busy_changed.connect(self._show_busy)
        workspace.operations.data_changed.connect(self._data_changed)
        key = QShortcut(QKeySequence("F9"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.setAutoRepeat(False)
        key.activated.connect(self.give)

    def title(self) -> str:
        """Return the screen's name."""
        return _("Trả kết quả")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (
            KeyHelp(_("Quét giấy hẹn"), _("Mở hồ sơ để trả kết quả")),
            KeyHelp(_("Quét thẻ"), _("Đối chiếu người nhận, hoặc tìm kết quả của họ")),
            KeyHelp("F9", _("Trả kết quả")),
            KeyHelp("Esc", _("Thôi, về danh sách chờ trả")),
        )

    def opened(self, **request: object) -> None:
        """Show the dossier of ``dossier_code``, or the results that wait."""
        code = request.get("dossier_code")
        if isinstance(code, str) and code:
            self._now = bool(request.get("now"))
            self.presenter.load(code)
        elif self.form is None:
            self._back_to_waiting()

    def take_scan(self, scan: object) -> bool:
        """A slip opens its dossier; a card says who has come."""
        if not isinstance(scan, Scan):
            return False
        if scan.kind is ScanKind.DOSSIER_CODE and scan.dossier_code:
            self._load(scan.dossier_code)
            return True
        read = scan.card or scan.mrz
        if read is None:
            return False
        self._take_card(read.to_person())
        return True

    def escape(self) -> bool:
        """Go back to the results that wait."""
        if self._stack.currentIndex() == _DOSSIER or self._citizen is not None:
            self._back_to_waiting()
            return True
        return False

    def before_leaving(self) -> None:
        """Show no citizen's data to the next one."""
        self._back_to_waiting()

    def give(self) -> None:
        """F9: give the result, or go to what is missing."""
        if self.form is None or self._busy:
            return  # pressed twice, it is given once
        problem = self.form.problem(self.workspace.desk.clock.now())
        if problem is None:
            self._give_or_ask(self.form)
            return
        self._say_problem(problem, "bad")
        self.form.show_missing(problem)

    def _give_or_ask(self, form: GiveForm) -> None:
        if form.asking:
            form.give_all()
        elif form.must_ask():
            form.ask_originals(self.give)
            QTimer.singleShot(0, form, lambda: self._scroll.ensureWidgetVisible(form.question, 0, 40))
        else:
            self.presenter.give(form.asked())

    # What came of a scan

    def _typed(self) -> None:
        text = str(self.code.value())
        if text:
            self._load(text)

    def _load(self, text: str) -> None:
        """Open another dossier; until it is there F9 must not mean the one of before."""
        self._now = False
        self._forget_form()
        self.confirm.hide()
        self._words.setText("")
        self.presenter.load(text)

    def _take_card(self, person: "Person") -> None:
        if self.form is not None and self.presenter.file is not None:
            self.form.who.take_card(read_card(self.presenter.file, person))
            self._judge()
            self.form.who.focus_first()
        else:
            self.presenter.citizen_came(person)

    def _show(self, file: "ReturnFile", card: "Person | None") -> None:
        self._forget_form()
        self._not_found.hide()
        self.code.clear()
        self._citizen = None
        dossier = file.facts.dossier
        self._show_head(file)
        self.notices.ask(dossier)
        ready = dossier.status is DossierStatus.RESOLVED
        self.elsewhere.ask(dossier if ready else None)
        solvable = not dossier.owner and EnterResult in allowed_acts(dossier)
        if ready or (self._now and solvable):
            self._show_form(file, card, now_resolved=not ready)
        else:
            self._place.addWidget(
                NoResultCard(self.workspace, file.facts, solve_now=self._solve_now, open_act=self._open_act)
            )
            self.confirm.hide()
            self._words.setText("")
            self.code.setFocus()
        self._scroll.verticalScrollBar().setValue(0)
        self._stack.setCurrentIndex(_DOSSIER)
        self._bar.show()

    def _show_form(self, file: "ReturnFile", card: "Person | None", *, now_resolved: bool) -> None:
        narrow = self.workspace.theme.text_scale > _WIDE_UP_TO
        form = GiveForm(file, now_resolved=now_resolved, narrow=narrow)
        self.form = form
        form.edited.connect(self._judge)
        form.finished.connect(self.confirm.setFocus)
        self._place.addWidget(form)
        self.confirm.set_text(_("Có kết quả và trả ngay") if now_resolved else _("Trả kết quả"))
        self.confirm.show()
        if card is not None:
            form.who.take_card(read_card(file, card))
        self._judge()
        QTimer.singleShot(0, form, form.who.focus_first)

    def _show_waiting(self, rows: "Sequence[WorkRow]") -> None:
        if self._citizen is None:
            self.waiting.show_rows(_("Kết quả đang chờ trả"), [WaitingRow.of_work(each) for each in rows])

    def _show_citizen(self, person: "Person", rows: "Sequence[DossierRow]") -> None:
        self._forget_form()
        self.presenter.put_away()
        self._show_head(None)
        self._citizen = person
        name = person.full_name
        title = _("Kết quả chờ trả của {name}") if rows else _("{name} chưa có kết quả nào chờ trả")
        self.waiting.show_rows(title.format(name=name), [WaitingRow.of_citizen(each) for each in rows])
        self._stack.setCurrentIndex(_WAITING)
        self._bar.hide()
        self.waiting.focus_list()

    def _say_not_found(self, text: str) -> None:
        self._back_to_waiting()
        self._not_found.setText(text)
        self._not_found.show()

    # What became of the press

    def _given(self) -> None:
        self._back_to_waiting()

    def _refused(self, problem: "KnownError") -> None:
        self.workspace.shell.show_error(problem)
        if problem.code in ("already_returned", "dossier_changed_meanwhile"):
            self.presenter.reload()
        elif self.form is not None:
            self._say_problem(problem, "bad")
            self.form.show_missing(problem)

    def _judge(self) -> None:
        if self.form is not None:
            self.confirm.setVisible(not self.form.asking)  # one primary button: the likely answer
            problem = self.form.problem(self.workspace.desk.clock.now())
            if problem is None:
                self._words.setText("")
            else:
                self._say_problem(problem, "muted")

    def _say_problem(self, problem: "KnownError", tone: str) -> None:
        self._words.setText(text_of(problem))
        self._words.set_tone(tone)

    def _solve_now(self) -> None:
        self._now = True
        self.presenter.reload()

    def _open_act(self, act: str) -> None:
        if self.presenter.file is not None:
            code = self.presenter.file.facts.dossier.dossier_code
            self.workspace.shell.open_screen("dossier", dossier_code=code, act=act)

    def _open_dossier(self) -> None:
        self._open_act("")

    def _back_to_waiting(self) -> None:
        self._forget_form()
        self.presenter.put_away()
        self.notices.ask(None)
        self.elsewhere.ask(None)
        self._citizen = None
        self._not_found.hide()
        self.code.clear()
        self._show_head(None)
        self._stack.setCurrentIndex(_WAITING)
        self._bar.hide()
        self.presenter.look_for_waiting()
        self.code.setFocus()

    def _forget_form(self) -> None:
        self.form = None
        clear(self._place)

    def _show_head(self, file: "ReturnFile | None") -> None:
        for label in (self._status, self._name):
            label.setVisible(file is not None)
        if file is not None:
            dossier = file.facts.dossier
            self._status.show_as(*status_words(dossier.status))
            self._name.setText(
                f"{dossier.dossier_code} · {dossier.applicant.full_name} · {dossier.procedure.name}"
            )

    def _show_busy(self, busy: bool) -> None:
        self._busy = busy

    def _data_changed(self) -> None:
        if self.isVisible() and self._stack.currentIndex() == _WAITING and self._citizen is None:
            self.presenter.look_for_waiting()
