"""The intake screen: people, form, what will come out; and the keys that walk through a visit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QStackedWidget, QWidget

from counter_app.domain.errors import BadInput
from counter_app.i18n import _
from counter_app.services.places import Places
from counter_app.ui.intake.action_bar import IntakeBar
from counter_app.ui.intake.columns import Columns
from counter_app.ui.intake.focus_walk import FocusWalk
from counter_app.ui.intake.hints_panel import HintsPanel
from counter_app.ui.intake.key_help import key_help
from counter_app.ui.intake.missing_words import readiness
from counter_app.ui.intake.people_cards import new_address_of, people_column, role_labels
from counter_app.ui.intake.people_panel import PeoplePanel
from counter_app.ui.intake.presenter import PAPERS_MISSING, IntakePresenter
from counter_app.ui.intake.procedure_picker import ProcedurePicker, search_in_force
from counter_app.ui.intake.reading_back import ReadingBack
from counter_app.ui.intake.receipt_panel import ReceiptPanel, UnfinishedPanel
from counter_app.ui.intake.state import APPLICANT, Caution, has_content
from counter_app.ui.widgets.layouts import column
from counter_app.ui.widgets.text_field import commit_composition
from counter_app.ui.workspace import KeyHelp, Notice, Screen, Workspace

if TYPE_CHECKING:
    from counter_app.domain.person import Person
    from counter_app.domain.procedure import Procedure
    from counter_app.ui.intake.card_choice import CardChoice
    from counter_app.ui.intake.correction_strip import CorrectionStrip
    from counter_app.ui.intake.form_panel import FormPanel
    from counter_app.ui.intake.notice_page import NoticePage, Told
    from counter_app.ui.intake.outcome import Outcome
    from counter_app.ui.intake.people_notes import PeopleNote
    from counter_app.ui.intake.person_page import PersonPage
    from counter_app.ui.intake.scans_page import ScansPage

_TICK_MS = 20_000


class IntakeScreen(Screen):
    """One visit at a time; decides nothing, the presenter does."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        desk = workspace.desk
        self.presenter = IntakePresenter(desk, workspace.operations, workspace.shell, schedule=self._schedule)
        self.presenter.taken_up = self._visit_came_back
        self.places = Places(desk)
        self.people = PeoplePanel(self, workspace.theme)
        self._outcome: Outcome | None = None
        self._form: FormPanel | None = None
        self._person: PersonPage | None = None
        self._correction: CorrectionStrip | None = None
        self._notice: NoticePage | None = None
        self._scans: ScansPage | None = None
        self._choice: CardChoice | None = None
        self._unplaced: object = None  # the scan it is asked about
        self._large: QWidget | None = None
        self.picker = ProcedurePicker(
            workspace.theme,
            search=search_in_force(
                desk.catalogue.search, desk.catalogue.procedures, lambda: desk.clock.now().date()
            ),
            chosen=self._procedure_chosen,
        )
        self.receipt = ReceiptPanel(self.presenter, self._save_pdf)
        self.unfinished = UnfinishedPanel(self.presenter)
        self.hints = HintsPanel()
        self.walk = FocusWalk(self)
        self.reading_back = ReadingBack(workspace.stage, workspace.shell)
        self.bar = self._make_bar()
        self.choose_folder: Callable[[], Path | None] = self._ask_folder
        self._picking = False
        self._receiving = False
        self._lay_out()
        self._bind_keys()
        self.presenter.changed = self._show
        self.picker.open()
        workspace.operations.data_changed.connect(self._data_changed)
        workspace.theme.changed.connect(self._text_size_changed)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self.presenter.tick)
        self._tick.start()
        self._show()

    # --- Layout

    def _make_bar(self) -> IntakeBar:
        return IntakeBar(
            save=self.save,
            read_back=self.read_back,
            next_missing=self.go_to_next_missing,
            receive=self.receive,
            receive_another=lambda: self.receive(another=True),
            confirm_doubt=self.confirm_doubt,
            heed_doubt=self.heed_doubt,
            ask_supplement=self.open_notice,
            refuse=self.open_refusal,
        )

    def _lay_out(self) -> None:
        start = QWidget()
        start.setLayout(column(self.receipt, self.picker, spacing=10))
        self._middle = QStackedWidget()
        self._middle.addWidget(start)
        self._start = start
        self._columns = Columns(
            self.workspace.theme,
            left=(self.people,),
            middle=self._middle,
            outcome=(self.unfinished, self.hints),
        )
        self._whole = QStackedWidget()
        self._whole.addWidget(self._columns)
        for pages in (self._middle, self._whole):
            pages.currentChanged.connect(self._keep_one_escape)
        self._layout = column(self._whole, self.bar, spacing=0)
        self._layout.setStretch(0, 1)
        self.setLayout(self._layout)

    # Pages that a start need not wait for are made when they are first wanted.

    @property
    def form(self) -> FormPanel:
        """The questions."""
        if self._form is None:
            from counter_app.ui.intake.form_panel import FormPanel

            self._form = FormPanel(self.presenter, self, self.workspace.desk.catalogue, self.places)
            self._middle.addWidget(self._form)
        return self._form

    @property
    def person(self) -> PersonPage:
        """The page to type a person by hand."""
        if self._person is None:
            from counter_app.ui.intake.person_page import PersonPage

            today = self.workspace.desk.clock.now().date()
            self._person = PersonPage(
                today=today,
                edited=self.presenter.edit_person,
                closed=self._close_person,
                places=self.places,
            )
            self._middle.addWidget(self._person)
        return self._person

    @property
    def outcome(self) -> Outcome:
        """What will come out: checklist, picture, promise, fees."""
        if self._outcome is None:
            from counter_app.ui.intake.outcome import Outcome

            made = Outcome(
                self.workspace, self.presenter, self, enlarge=self.enlarge, open_scans=self.open_scans
            )
            self._outcome = made
            for panel in (made.checklist, made.preview, made.promise, made.fees):
                panel.hide()
            self._columns.take(
                left=(made.checklist,), picture=made.preview, outcome=(made.promise, made.fees)
            )
        return self._outcome

    def warm_up(self) -> tuple[Callable[[], object], ...]:
        """Return what to do in idle time, so that choosing the first procedure is instant."""
        return (lambda: self.outcome, lambda: self.form, self.places.warm_up)

    @property
    def correction(self) -> CorrectionStrip:
        """What stands above everything while a received dossier is corrected."""
        if self._correction is None:
            from counter_app.ui.intake.correction_strip import CorrectionStrip

            today = self.workspace.desk.clock.now().date()
            self._correction = CorrectionStrip(self.presenter, today, self.go_to_next_missing)
            self._layout.insertWidget(0, self._correction)
        return self._correction

    @property
    def notice(self) -> NoticePage:
        """The page that ends a visit without a dossier."""
        if self._notice is None:
            from counter_app.ui.intake.notice_page import NoticePage

            self._notice = NoticePage(give=self._tell, closed=self._close_notice)
            self._whole.addWidget(self._notice)
        return self._notice

    @property
    def scans(self) -> ScansPage:
        """The page to scan the papers of the visit."""
        if self._scans is None:
            from counter_app.ui.intake.scans_page import ScansPage

            self._scans = ScansPage(self.workspace, closed=self._close_scans)
            self._whole.addWidget(self._scans)
        return self._scans

    @property
    def choice(self) -> CardChoice:
        """The page that asks whose visit a card belongs to."""
        if self._choice is None:
            from counter_app.ui.intake.card_choice import CardChoice

            self._choice = CardChoice(
                anew=lambda: self._place_card(anew=True),
                join=lambda: self._place_card(anew=False),
                closed=self._close_choice,
            )
            self._whole.addWidget(self._choice)
        return self._choice

    @property
    def choosing(self) -> bool:
        """Whether it is being asked whose visit a card belongs to."""
        return self._choice is not None and self._whole.currentWidget() is self._choice

    def _asks_whose(self, scan: object) -> bool:
        """Ask before a card from another screen joins somebody's unfinished visit; False when none does."""
        from counter_app.domain.scan import Scan

        read = (scan.card or scan.mrz) if isinstance(scan, Scan) else None
        person = read.to_person() if read is not None else None
        if person is None or not self.presenter.would_join(person):
            return False
        applicant = self.presenter.state.visit.applicant
        self.shrink()
        self._leave_person_page()
        self._unplaced = scan
        self._whole.setCurrentWidget(self.choice)
        self.bar.hide()
        named = applicant.full_name if applicant else ""
        self.choice.ask(person.full_name, named, self.presenter.role_it_would_take(person))
        return True

    def _place_card(self, *, anew: bool) -> None:
        scan = self._unplaced
        self._leave_choice()
        if anew:
            self._begin_anew()
        self.take_scan(scan)

    def _close_choice(self) -> None:
        self._leave_choice()
        self.walk.settle()

    def _leave_choice(self) -> None:
        self._unplaced = None
        if self.choosing:
            self._whole.setCurrentIndex(0)
            self.bar.show()
            self._show()

    def open_scans(self) -> None:
        """Shift+F6: scan what was brought; the visit is saved as a draft first, the scans hang on it."""
        from counter_app.services.scans.attach import ScanOwner
        from counter_app.services.scans.scan_parts import parts_of_checklist

        self.commit()
        state = self.presenter.state
        other_page = self._telling or self.choosing
        if state.correcting is not None or state.receiving or state.assessment is None or other_page:
            return
        draft_id = self.presenter.keep_for_scans()
        if not draft_id:
            self.workspace.shell.notify(
                Notice(text=_("Hãy quét thẻ hoặc nhập người nộp trước, rồi quét giấy tờ."))
            )
            return
        self.shrink()
        self._leave_person_page()
        self._whole.setCurrentWidget(self.scans)
        self.bar.hide()
        parts = parts_of_checklist(state.assessment.checklist.lines)
        self.scans.open_for(ScanOwner(draft_id=draft_id), parts, self.presenter.about_visit())

    @property
    def _scanning(self) -> bool:
        return self._scans is not None and self._whole.currentWidget() is self._scans

    def _close_scans(self) -> None:
        self._leave_scans()
        self.walk.settle()

    def _leave_scans(self) -> None:
        if self._scanning:
            self._whole.setCurrentIndex(0)
            self.bar.show()
            self._show()

    def _scans_unfinished(self) -> bool:
        """Ask to end the scans of this visit first: what comes after the receipt finds no draft."""
        if self._scans is None or not self._scans.unfinished_for(self.presenter.state.draft_id):
            return False
        if not self._scanning:
            self.open_scans()
        text = _("Còn bản quét chưa xong. Hãy chờ hoặc trả lời rồi tiếp nhận.")
        self.workspace.shell.notify(Notice(text=text, tone="warn"))
        return True

    def open_notice(self) -> None:
        """F7: ask for what is missing."""
        self._open_notice("supplement")

    def open_refusal(self) -> None:
        """Refuse to receive."""
        self._open_notice("refusal")

    def _open_notice(self, kind: str) -> None:
        from counter_app.domain.intake_notice import NoticeKind

        self.commit()
        state = self.presenter.state
        if state.correcting is not None or state.receiving or self.choosing:
            return
        if not state.visit.procedure_id:
            self.workspace.shell.show_error(BadInput("notice_of_nothing"))
            return
        self.shrink()
        self._leave_scans()
        page = self.notice
        self._whole.setCurrentWidget(page)
        self.bar.hide()
        page.open_for(NoticeKind(kind), self.presenter.missing_papers(), self.presenter.about_visit())
        self.presenter.ask_whether_told(page.say_earlier)

    @property
    def _telling(self) -> bool:
        return self._notice is not None and self._whole.currentWidget() is self._notice

    def _tell(self, told: Told) -> None:
        self.presenter.tell(told, self._close_notice)

    def _close_notice(self) -> None:
        self._leave_notice()
        self.walk.settle()

    def _leave_notice(self) -> None:
        if self._telling:
            self._whole.setCurrentIndex(0)
            self.bar.show()
            self._show()

    def _keep_one_escape(self) -> None:
        """Offer to leave the correction only where Esc does that."""
        if self._correction is not None:
            self._correction.leave.setHidden(self._typing_person or self._enlarged)

    def begins_to_correct(self) -> bool:
        """Whether the clerk is at the reason, the first thing a correction asks."""
        return self._correction is not None and self._correction.asks_reason()

    def focus_correction(self) -> bool:
        """Go to what the correction still wants to be told; False when there is no such thing."""
        correcting = self.presenter.state.correcting
        return correcting is not None and self.correction.focus_lacking(correcting)

    def _make_large_preview(self) -> None:
        from counter_app.ui.intake.preview_panel import PreviewPage

        large = QWidget()
        large.setLayout(column(PreviewPage(self.outcome.feed, self.shrink), margins=(14, 12, 14, 12)))
        self._whole.addWidget(large)
        self._large = large

    def _bind_keys(self) -> None:
        bindings: tuple[tuple[str, Callable[[], object]], ...] = (
            ("F3", self.pick_procedure),
            ("F4", self.go_to_next_missing),
            ("F6", self._focus_papers),
            ("Shift+F6", self.open_scans),
            ("F5", self.renew_first_address),
            ("F7", self.open_notice),
            ("F8", self.enlarge),
            ("F9", self.receive),
            ("F10", self.read_back),
            ("Shift+F9", lambda: self.receive(another=True)),
            ("Ctrl+S", self.save),
        )
        for keys, act in bindings:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    # --- Screen

    def title(self) -> str:
        """Return the screen's name."""
        return _("Tiếp nhận")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return key_help()

    def opened(self, **request: object) -> None:
        """Start, continue or go on with a visit."""
        self.commit()
        if request:
            self._leave_notice()
            self._leave_scans()
            self._leave_choice()
        if isinstance(code := request.get("correct"), str) and code:
            self._leave_person_page()
            self._picking = False
            self.presenter.correct(code)
        elif (scan := request.get("scan")) is not None:
            self._take_from_elsewhere(scan)
        elif isinstance(draft_id := request.get("draft_id"), str) and draft_id:
            self._leave_person_page()
            self._picking = False
            self.presenter.open_draft(draft_id)
        elif request.get("new"):
            self._begin_anew()
        if (person := request.get("person")) is not None:
            self._begin_with(person)
        if isinstance(procedure_id := request.get("procedure_id"), str):
            self._choose_by_id(procedure_id, str(request.get("override_reason") or ""))
        if not self.presenter.restored:
            self.presenter.restore()
        else:
            self.presenter.refresh_drafts()
        self.walk.settle()

    def _visit_came_back(self) -> None:
        """Be where the visit goes on, unless the clerk has gone elsewhere meanwhile."""
        focus = QApplication.focusWidget()
        if self.isVisible() and (focus is None or self.isAncestorOf(focus)):
            self.walk.settle()

    def _take_from_elsewhere(self, scan: object) -> None:
        if not self._asks_whose(scan):
            self.take_scan(scan)

    def _begin_anew(self) -> None:
        """Start an empty visit; what was under way becomes a draft."""
        self.shrink()
        self._leave_person_page()
        self._picking = False
        self.reading_back.wipe()
        self.presenter.new_visit()

    def _begin_with(self, person: object) -> None:
        """Take the citizen another screen asks to begin a visit with."""
        from counter_app.domain.person import Person

        if isinstance(person, Person):
            self.presenter.take_known(APPLICANT, person)

    def take_scan(self, scan: object) -> bool:
        """Take a card; a slip's code saves the draft and is passed on."""
        from counter_app.domain.scan import Scan

        self.commit()
        read = (scan.card or scan.mrz) if isinstance(scan, Scan) else None
        if read is None:
            self.presenter.before_leaving()
            return False
        if self.choosing and self._asks_whose(scan):
            return True
        self._leave_choice()
        self._leave_person_page()
        self._leave_scans()
        cautions = tuple(Caution(code=each.code, params=each.params) for each in read.warnings)
        repaired = scan.card.repaired if isinstance(scan, Scan) and scan.card else False
        self.presenter.take_card(read.to_person(), cautions, repaired=repaired)
        self.walk.settle()
        return True

    def escape(self) -> bool:
        """Close the preview, the person page or the picker."""
        if self._enlarged:
            self.shrink()
        elif self._typing_person:
            self._close_person()
        elif self._telling:
            self._close_notice()
        elif self.choosing:
            self._close_choice()
        elif self._scanning:
            self._close_scans()
        elif self._picking:
            self._picking = False
            self._show()
            self.walk.settle()
        elif self.presenter.state.doubt is not None:
            self.heed_doubt()
        elif self.presenter.state.correcting is not None:
            self.presenter.leave_correction()
        else:
            return False
        return True

    def before_leaving(self) -> None:
        """Save the draft; the citizen's screen keeps nothing of the visit."""
        self.commit()
        self.presenter.before_leaving()
        self.reading_back.wipe()

    def covered(self) -> None:
        """Save the draft; nothing of the visit changes."""
        self.commit()
        self.presenter.before_leaving()
        self.reading_back.wipe()

    def unsaved(self) -> str:
        """Say that the visit is not in its draft yet."""
        if self.presenter.keeper.is_saved:
            return ""
        return _("Chưa lưu được hồ sơ đang làm dở; chưa thể đổi người. Hãy thử lại sau giây lát.")

    def resumed(self) -> None:
        """Look whether the visit is still this clerk's."""
        self.presenter.resume()

    def catalogue_changed(self) -> None:
        """Let the visit and the picker see what counts now; nothing typed is lost."""
        self.commit()
        before = QApplication.focusWidget()
        self.presenter.look_again()
        self.picker.refresh()
        if self.isVisible() and before is not QApplication.focusWidget():
            self.walk.settle()  # the question the clerk was in is asked no more, or asked anew

    def reprint(self) -> bool:
        """Print the papers of the dossier just received again."""
        if self.presenter.state.received is None or has_content(self.presenter.state.visit):
            return False
        self.presenter.print_again()
        return True

    def commit(self) -> None:
        """End what an input method is still composing: an act must see the whole word."""
        commit_composition()

    # --- Acts

    def save(self) -> None:
        """Ctrl+S."""
        self.commit()
        self.presenter.save()

    def read_back(self) -> None:
        """F10: let the citizen read what was entered, page after page."""
        self.commit()
        self.reading_back.show(self.presenter.state)

    def receive(self, *, another: bool = False) -> None:
        """F9; goes to what is missing instead when it cannot be done yet."""
        self.commit()
        if self._telling:
            self.notice.confirm()
            return
        if self.choosing:
            self.choice.anew.setFocus()
            return
        if self._scans_unfinished():
            return
        self._leave_scans()
        done = self.presenter.receive(another=another)
        if not done and not self.presenter.state.receiving:
            self.walk.next_missing()

    def confirm_doubt(self) -> None:
        """Receive in spite of what the bar asks."""
        self.setFocus()
        self.presenter.confirm_doubt()

    def heed_doubt(self) -> None:
        """Go and mend what the bar asks about: the papers, else where the keyboard was wanted."""
        papers = self.presenter.state.doubt is not None and self.presenter.state.doubt.code == PAPERS_MISSING
        self.presenter.heed_doubt()
        if papers:
            self._focus_papers()
        else:
            self.walk.settle()

    def settle(self) -> None:
        """Be where the next key press is wanted."""
        self.walk.settle()

    def go_to_next_missing(self) -> None:
        """F4, and Enter at the end of an answer."""
        self.commit()
        self._leave_scans()
        self.walk.next_missing()

    def pick_procedure(self) -> None:
        """F3."""
        self.commit()
        self.shrink()
        self._leave_scans()
        self._picking = bool(self.presenter.state.visit.procedure_id)
        self._middle.setCurrentWidget(self._start)
        self.picker.open()

    def type_person(self, role: str) -> None:
        """Open the page of a person; "" means the next role nobody fills."""
        from counter_app.services import place_people

        state = self.presenter.state
        if not role:
            forms = state.assessment.forms if state.assessment else ()
            free = [each for each in place_people.free_roles(state.visit, forms) if not each.applicant]
            role = free[0].role_id if free else APPLICANT
        label = role_labels(state).get(role, _("người trong hồ sơ"))
        self._middle.setCurrentWidget(self.person)
        self.person.open_for(role, label, place_people.person_in(state.visit, role))

    def renew_first_address(self) -> None:
        """F5: use the new address of the first person who has one to confirm."""
        self.commit()
        waiting = [
            card.role for card in people_column(self.presenter.state, self.places).cards if card.new_address
        ]
        if waiting:
            self.renew_address(waiting[0])

    def renew_address(self, role: str) -> None:
        """Use what the person's address is today, or open the page to choose among several communes."""
        from counter_app.services import place_people

        person = place_people.person_in(self.presenter.state.visit, role)
        new = new_address_of(person, self.places) if person is not None else None
        if person is None or new is None:
            return
        if new.certain:
            self.presenter.renew_address(role, new.with_place(new.places[0]))
        else:
            self.type_person(role)
            self.person.address.take_new_address()

    def remove_person(self, role: str) -> None:
        """Take a person out."""
        self.presenter.remove_person(role)

    def move_person(self, role: str, target: str) -> None:
        """Give a person another role."""
        self.presenter.move_person(role, target)

    def take_known(self, role: str, person: Person) -> None:
        """Put a citizen known from before into a role, at the clerk's word."""
        self.commit()
        self.presenter.take_known(role, person)
        self.walk.settle()

    def open_note(self, note: PeopleNote) -> None:
        """Go where a note about the people leads; the visit stays as a draft."""
        self.workspace.shell.open_screen(note.screen_id, **dict(note.request))

    def enlarge(self) -> None:
        """F8."""
        self._leave_scans()
        if self.presenter.state.assessment is not None and not self.choosing:
            self.commit()
            if self._large is None:
                self._make_large_preview()
            self.outcome.feed.draw_now()
            if self._large is not None:
                self._whole.setCurrentWidget(self._large)

    def _focus_papers(self) -> None:
        self._leave_scans()
        if self._outcome is not None:
            self._outcome.checklist.focus_first()

    def shrink(self) -> None:
        """Back from the large preview."""
        if self._enlarged:
            self._whole.setCurrentIndex(0)
            self.walk.settle()

    @property
    def _enlarged(self) -> bool:
        return self._large is not None and self._whole.currentWidget() is self._large

    def _procedure_chosen(self, procedure: Procedure, override_reason: str = "") -> None:
        self._picking = False
        self.presenter.choose_procedure(procedure, override_reason)
        self._show()
        self.walk.settle()

    def _choose_by_id(self, procedure_id: str, override_reason: str = "") -> None:
        catalogue, today = self.workspace.desk.catalogue, self.workspace.desk.clock.now().date()
        found = next((p for p in catalogue.versions_of(procedure_id) if p.in_force(today)), None)
        if found is not None:
            self._go_on_with(found)
        elif override_reason:
            from counter_app.services.override_reason import expired_version

            expired = expired_version(catalogue, procedure_id, today)
            if expired is not None:
                self._go_on_with(expired, override_reason)

    def _go_on_with(self, procedure: Procedure, override_reason: str = "") -> None:
        """Take a procedure another screen chose; a visit of another procedure is left as it is."""
        if self.presenter.state.visit.procedure_id not in ("", procedure.procedure_id):
            self._begin_anew()
        self._procedure_chosen(procedure, override_reason)

    @property
    def _typing_person(self) -> bool:
        return self._person is not None and self._middle.currentWidget() is self._person

    def _close_person(self) -> None:
        self.person.commit()
        self._leave_person_page()
        self.walk.settle()

    def _leave_person_page(self) -> None:
        if self._typing_person:
            self._middle.setCurrentWidget(self._start)
            self._show()

    def _save_pdf(self) -> None:
        folder = self.choose_folder()
        if folder is not None:
            self.presenter.save_papers(folder)

    def _ask_folder(self) -> Path | None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen = QFileDialog.getExistingDirectory(self, _("Lưu PDF vào thư mục"), documents)
        return Path(chosen) if chosen else None

    def _data_changed(self) -> None:
        if self.isVisible():
            self.presenter.refresh_drafts()

    def _text_size_changed(self) -> None:
        self._columns.reflow()
        if self._form is not None:
            self._form.follow_text_size()

    def _schedule(self, delay_ms: int, callback: Callable[[], None]) -> Callable[[], None]:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(callback)
        timer.timeout.connect(timer.deleteLater)
        timer.start(delay_ms)

        def cancel() -> None:
            timer.stop()
            timer.deleteLater()

        return cancel

    # --- Showing

    def _show(self) -> None:
        state = self.presenter.state
        was_receiving, self._receiving = self._receiving, state.receiving
        if state.receiving and not was_receiving:
            # The button about to be disabled would hand the keyboard to whatever stands next to it.
            self.setFocus()
        self.people.show_people(people_column(state, self.places), role_labels(state))
        self.receipt.show_received(None if has_content(state.visit) else state.received)
        self.unfinished.show_state(state)
        if state.visit.procedure_id:
            self.form.show_state(state)
        chosen = state.assessment is not None
        self.hints.setVisible(not chosen)
        if chosen or self._outcome is not None:
            self.outcome.show_state(state, with_picture=not self._columns.are_two)
        if state.correcting is not None or self._correction is not None:
            self.correction.show_correction(state.correcting)
        self.bar.show_state(state, readiness(state))
        self.reading_back.follow(state)
        self._show_middle()
        if was_receiving and not state.receiving and state.doubt is None and self.isVisible():
            self.walk.settle()

    def _show_middle(self) -> None:
        if self._typing_person:
            return
        asking = bool(self.presenter.state.visit.procedure_id) and not self._picking
        page = self.form if asking else self._start
        if self._middle.currentWidget() is not page:
            self._middle.setCurrentWidget(page)
            if page is self._start:
                self.picker.open()
