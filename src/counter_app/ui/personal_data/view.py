"""What the office owes citizens about their data: what waits, one citizen, giving, destroying."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from counter_app.domain.person import mask_personal_id
from counter_app.domain.personal_data import Outcome, PersonRequest, RequestKind
from counter_app.i18n import _
from counter_app.services.personal_data.export import FILE_NAME
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.personal_data.citizen_cards import CitizenCards
from counter_app.ui.personal_data.overview import OverviewCards
from counter_app.ui.personal_data.presenter import AboutCitizen, Overview, PersonalDataPresenter
from counter_app.ui.personal_data.purge_page import PurgePage
from counter_app.ui.personal_data.typed_pages import AnswerPage, ExportPage
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.layouts import Scroll, action_bar, column
from counter_app.ui.widgets.text_field import commit_composition
from counter_app.ui.workspace import KeyHelp, Screen, Workspace


class PersonalDataScreen(Screen):
    """Opened with ``person_id`` (a personal id) for one citizen, without for what waits."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = PersonalDataPresenter(
            workspace, overview=self._show_overview, citizen=self._show_citizen, failed=self._fail
        )
        self._seen: Overview | None = None
        self.waiting = OverviewCards(self)
        self.cards = CitizenCards(self)
        self.answering = AnswerPage(done=self._answer, back=self.back)
        self.giving = ExportPage(done=self._ask_where, back=self.back)
        self.purging = PurgePage(done=self._purge, back=self.back)
        self._nothing = EmptyState("person", _("Đang tìm…"))
        self.pages = QStackedWidget()
        self._overview, self._citizen = self._overview_page(), self._citizen_page()
        for page in (
            *(self._nothing, self._overview, self._citizen, self.answering, self.giving, self.purging),
        ):
            self.pages.addWidget(page)
        self.setLayout(column(self.pages, margins=(16, 14, 6, 0)))
        key = QShortcut(QKeySequence("F9"), self)
        key.setAutoRepeat(False)
        key.activated.connect(self._finish)

    def _overview_page(self) -> QWidget:
        page = QWidget()
        whole = column(WrapLabel(self.title(), type="title"), Scroll(self.waiting), spacing=10)
        whole.setStretch(1, 1)
        page.setLayout(whole)
        return page

    def _citizen_page(self) -> QWidget:
        self._name = WrapLabel(type="title")
        all_waiting = Button(_("Việc đang chờ"), key="Esc", clicked=self.presenter.show_overview)
        accesses = Button(_("In báo cáo truy cập"), clicked=self.presenter.print_accesses)
        self.give = primary_button(_("Bản sao dữ liệu…"), key="F9", clicked=self._open_giving)
        page = QWidget()
        bar = action_bar(all_waiting, None, accesses, self.give)
        whole = column(self._name, Scroll(self.cards), bar, spacing=10)
        whole.setStretch(1, 1)
        page.setLayout(whole)
        return page

    # --- Screen

    def title(self) -> str:
        """Return the screen's name."""
        return _("Dữ liệu cá nhân")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (
            KeyHelp("F9", _("Bản sao dữ liệu của công dân; ghi trang đang mở")),
            KeyHelp("Ctrl P", _("In báo cáo truy cập của công dân đang mở")),
            KeyHelp("Esc", _("Đóng trang đang mở; về việc đang chờ")),
        )

    def opened(self, **request: object) -> None:
        """Show a citizen, or what waits."""
        person_id = request.get("person_id")
        self.pages.setCurrentWidget(self._nothing)
        self._nothing.say(_("Đang tìm…"))
        if isinstance(person_id, str) and person_id:
            self.presenter.show_citizen(person_id)
        else:
            self.presenter.show_overview()

    def reprint(self) -> bool:
        """Print who looked at the data of the citizen on show."""
        if self.pages.currentWidget() is not self._citizen:
            return False
        self.presenter.print_accesses()
        return True

    def escape(self) -> bool:
        """Close the page that is open, then the citizen."""
        page = self.pages.currentWidget()
        if page in (self.answering, self.giving, self.purging):
            self.back()
            return True
        if page is self._citizen:
            self.presenter.show_overview()
            return True
        return False

    # --- Acts

    def open_dossier(self, dossier_code: str) -> None:
        """Open a dossier."""
        self.workspace.shell.open_screen("dossier", dossier_code=dossier_code)

    def correct(self) -> None:
        """Go to the citizen's page, where the data is put right."""
        self.workspace.shell.open_screen("people", person_id=self.presenter.personal_id)

    def look_for(self) -> None:
        """Go where citizens are found."""
        self.workspace.shell.open_screen("people")

    def register(self, kind: RequestKind, note: str) -> None:
        """Write a request down."""
        self.presenter.register(kind, note)

    def answer(self, request: PersonRequest) -> None:
        """Open the page of an answer."""
        self.pages.setCurrentWidget(self.answering)
        self.answering.open_for(request)

    def print_letter(self, request: PersonRequest) -> None:
        """Print a letter again."""
        self.presenter.print_letter(request)

    def print_notice(self) -> None:
        """Print the privacy notice."""
        self.presenter.print_notice()

    def choose_purge(self) -> None:
        """Open the list of what is over."""
        if self._seen is not None:
            self.pages.setCurrentWidget(self.purging)
            self.purging.open_for(self._seen.kept)

    def scrub(self) -> None:
        """Wipe what an earlier purge could not."""
        self.presenter.scrub()

    def back(self) -> None:
        """Return to the citizen, or to what waits."""
        self.pages.setCurrentWidget(self._citizen if self.presenter.about is not None else self._overview)

    def _open_giving(self) -> None:
        about = self.presenter.about
        if about is not None:
            self.pages.setCurrentWidget(self.giving)
            self.giving.open_for(about.inventory.person.full_name)

    def _finish(self) -> None:
        """F9 does what the primary button on show does."""
        commit_composition()
        page = self.pages.currentWidget()
        buttons = {
            self._citizen: self.give,
            self.answering: self.answering.button,
            self.giving: self.giving.button,
            self.purging: self.purging.button,
        }
        if page in buttons:
            buttons[page].click()

    def _answer(self, request_id: str, outcome: Outcome, text: str) -> None:
        self.presenter.answer(request_id, outcome, text, self.back)

    def _purge(self, dossier_ids: list[str], checked_with: str) -> None:
        self.presenter.purge(dossier_ids, checked_with, self.back)

    def _ask_where(self, password: str, with_scans: bool) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        target = str(Path(folder) / FILE_NAME)
        chosen = QFileDialog.getSaveFileName(self, _("Lưu bản sao dữ liệu"), target, "ZIP (*.zip)")[0]
        if chosen:
            self.presenter.export(Path(chosen), password, with_scans=with_scans, done=self.back)

    # --- What is shown

    def _show_overview(self, seen: Overview) -> None:
        self._seen = seen
        self.waiting.show_overview(seen, self.workspace.desk.clock.now().date())
        self.pages.setCurrentWidget(self._overview)

    def _show_citizen(self, about: AboutCitizen) -> None:
        person = about.inventory.person
        self._name.setText(f"{person.full_name} · {mask_personal_id(person.personal_id)}")
        self.cards.show_citizen(about, self.workspace.desk.clock.now().date())
        self.pages.setCurrentWidget(self._citizen)
        self.give.setFocus()

    def _fail(self, text: str) -> None:
        self._nothing.say(_("Không mở được"), text)
        self.pages.setCurrentWidget(self._nothing)
