"""The citizens the desk knows: search on the left, one of them on the right."""

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from counter_app.domain.person import Person
from counter_app.domain.scan import Scan
from counter_app.i18n import _
from counter_app.services.kinship_port import Relative
from counter_app.services.people.authorisations import LetterDraft
from counter_app.services.people.person_file import Letter, PersonFile
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.people import words
from counter_app.ui.people.correction_page import CorrectionPage
from counter_app.ui.people.letter_page import LetterPage
from counter_app.ui.people.merge_page import MergePage
from counter_app.ui.people.person_cards import PersonCards
from counter_app.ui.people.presenter import PeoplePresenter
from counter_app.ui.people.search_side import SearchSide
from counter_app.ui.people.typed_page import ReasonPage
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.layouts import Scroll, action_bar, column, row
from counter_app.ui.widgets.text_field import commit_composition
from counter_app.ui.workspace import KeyHelp, Notice, Screen, Workspace


class PeopleScreen(Screen):
    """Opened with ``person_id`` (a personal id) or ``text`` to search for."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.presenter = PeoplePresenter(workspace, found=self._found, show=self._show, failed=self._fail)
        self._revealed = False
        self._ending: Letter | None = None
        self.side = SearchSide(
            self.title(), workspace.theme, search=self.presenter.search, opened=self.open_person
        )
        self.cards = PersonCards(self)
        self._make_pages()
        body = row(self.side, self.pages, margins=(16, 14, 6, 0), spacing=12)
        body.setStretch(1, 1)
        self.setLayout(column(body))
        workspace.operations.data_changed.connect(self._data_changed)
        key = QShortcut(QKeySequence("F9"), self)
        key.setAutoRepeat(False)
        key.activated.connect(self._finish)

    def _make_pages(self) -> None:
        today = self.workspace.desk.clock.now().date()
        self.correction = CorrectionPage(today=today, done=self._correct, back=self.back_to_person)
        self.merging = MergePage(done=self._merge, back=self.back_to_person)
        self.ending = ReasonPage(done=self._end_letter, back=self.back_to_person)
        procedures = self.workspace.desk.catalogue.procedures(today)
        self.letter = LetterPage(
            today=today,
            procedures=[(each.procedure_id, each.name) for each in procedures],
            done=self._add_letter,
            printed=self.presenter.print_letter,
            known=self.presenter.look_up,
            back=self.back_to_person,
        )
        self._nobody = EmptyState(
            "person",
            _("Tìm công dân đã đến quầy"),
            _("Gõ họ tên không dấu, số định danh hoặc số điện thoại."),
        )
        self.pages = QStackedWidget()
        for page in (
            *(self._nobody, self._person_page(), self.correction, self.merging, self.letter, self.ending),
        ):
            self.pages.addWidget(page)

    def _person_page(self) -> QWidget:
        self._name = WrapLabel(type="title", selectable=True)
        correct = Button(_("Sửa thông tin"), clicked=self.correct)
        letter = Button(_("Ghi giấy ủy quyền"), clicked=self.write_letter)
        data = Button(_("Dữ liệu cá nhân"), variant="link", clicked=self.open_data)
        self.start = primary_button(_("Tiếp nhận hồ sơ mới"), key="F9", clicked=self.start_intake)
        self.start.setAccessibleName(_("Tiếp nhận hồ sơ mới cho người này"))
        scroll = Scroll(self.cards)
        self._page = QWidget()
        head = row(self._name, data, margins=(0, 0, 10, 0))
        head.setStretch(0, 1)
        whole = column(head, scroll, action_bar(correct, letter, None, self.start), spacing=10)
        whole.setStretch(1, 1)
        self._page.setLayout(whole)
        return self._page

    # --- Screen

    def title(self) -> str:
        """Return the screen's name."""
        return _("Công dân")

    def keys(self) -> tuple[KeyHelp, ...]:
        """Return this screen's keys."""
        return (
            KeyHelp(_("Chữ, số"), _("Tìm ngay khi gõ, không cần dấu")),
            KeyHelp("Enter", _("Vào danh sách; mở người đang chọn")),
            KeyHelp("F9", _("Tiếp nhận hồ sơ mới cho người này; ghi trang đang mở")),
            KeyHelp("Esc", _("Đóng trang đang mở")),
        )

    def opened(self, **request: object) -> None:
        """Show a citizen, or search."""
        person_id, text = request.get("person_id"), request.get("text")
        if isinstance(text, str):
            self.side.search_for(text)
        if isinstance(person_id, str) and person_id:
            self.open_person(person_id)
        else:
            self.presenter.refresh()
        self.side.field.setFocus()

    def take_scan(self, scan: object) -> bool:
        """Take a card as the delegate of a letter; any other card begins an intake, as everywhere."""
        read = (scan.card or scan.mrz) if isinstance(scan, Scan) else None
        if read is None:
            return False
        person = read.to_person()
        if self.pages.currentWidget() is self.letter:
            self.letter.take_delegate(person)
            return True
        return False

    def escape(self) -> bool:
        """Close the page where something is typed, then empty the search."""
        if self.pages.currentIndex() > 1:
            self.back_to_person()
            return True
        return self.side.clear()

    def before_leaving(self) -> None:
        """Whole numbers are shown no longer than somebody looks at them."""
        self._hide_numbers()

    def covered(self) -> None:
        """Whole numbers are shown no longer than somebody looks at them."""
        self._hide_numbers()

    # --- Acts

    def open_person(self, personal_id: str) -> None:
        """Show a citizen."""
        self._revealed = False
        if self.pages.currentIndex() > 1:
            self.back_to_person()
        self.presenter.open(personal_id)

    def open_dossier(self, dossier_code: str) -> None:
        """Open a dossier."""
        self.workspace.shell.open_screen("dossier", dossier_code=dossier_code)

    def start_intake(self) -> None:
        """Begin a new visit with this citizen as applicant."""
        if self.presenter.file is not None:
            self.workspace.shell.open_screen("intake", new="1", person=self.presenter.file.person)

    def reveal(self) -> None:
        """Show the whole numbers, once that is on record."""

        def seen() -> None:
            self._revealed = True
            self._show_cards()

        self.presenter.reveal(seen)

    def correct(self) -> None:
        """Open the page where the data is put right."""
        if self.presenter.file is not None:
            self.pages.setCurrentWidget(self.correction)
            self.correction.open_for(self.presenter.file.records[0].person)

    def open_data(self) -> None:
        """Go to what is kept of this citizen, and what they may ask about it."""
        if self.presenter.file is not None:
            self.workspace.shell.open_screen("personal_data", person_id=self.presenter.personal_id)

    def write_letter(self) -> None:
        """Open the page of a new letter."""
        file = self.presenter.file
        if file is not None:
            self.pages.setCurrentWidget(self.letter)
            codes = [
                (each.dossier_code, f"{each.dossier_code} · {each.procedure}")
                for each in file.visits
                if not each.status.final
            ]
            self.letter.open_for(file.person, codes)

    def compare(self, other: Person) -> None:
        """Show two records side by side."""
        if self.presenter.file is not None:
            self.pages.setCurrentWidget(self.merging)
            self.merging.open_for(self.presenter.file.person, other)

    def undo_merge(self, merge_id: str) -> None:
        """Show two records apart again."""
        self.presenter.undo_merge(merge_id)

    def remove_link(self, relative: Relative) -> None:
        """Offer a relative no more."""
        self.presenter.remove_link(relative)

    def end_letter(self, letter: Letter) -> None:
        """Ask why a letter ends."""
        self._ending = letter
        self.pages.setCurrentWidget(self.ending)
        self.ending.open_for(words.letter_title(letter), words.letter_details(letter))

    def back_to_person(self) -> None:
        """Close the page where something is typed."""
        self.pages.setCurrentWidget(self._page if self.presenter.file is not None else self._nobody)
        self.start.setFocus()

    def _finish(self) -> None:
        """F9 does what the primary button on show does."""
        commit_composition()
        page = self.pages.currentWidget()
        buttons = {
            self._page: self.start,
            self.correction: self.correction.button,
            self.merging: self.merging.button,
            self.letter: self.letter.button,
            self.ending: self.ending.button,
        }
        if page in buttons:
            buttons[page].click()

    def _correct(self, person: Person, reason: str) -> None:
        self.presenter.correct(person, reason, self.back_to_person)

    def _merge(self, keep_id: str, other_id: str, reason: str) -> None:
        self.presenter.merge(keep_id, other_id, reason, self.back_to_person)

    def _add_letter(self, draft: LetterDraft) -> None:
        unread = self.letter.unread_day()
        if unread:
            text = _("Không đọc được ngày ở mục “{label}”. Viết dạng 23/11/2026.").format(label=unread)
            self.workspace.shell.notify(Notice(text=text, tone="bad"))
            return
        self.presenter.add_letter(draft, self.back_to_person)

    def _end_letter(self, reason: str) -> None:
        if self._ending is not None:
            letter_id = self._ending.authorisation.authorisation_id
            self.presenter.end_letter(letter_id, reason, self.back_to_person)

    # --- What is shown

    def _found(self, people: Sequence[Person]) -> None:
        self.side.show_people(people, self.presenter.personal_id)

    def _show(self, file: PersonFile) -> None:
        self._name.setText(file.person.full_name)
        self.side.mark(file.person.personal_id)
        self._show_cards()
        if self.pages.currentWidget() is self._nobody:
            self.pages.setCurrentWidget(self._page)

    def _show_cards(self) -> None:
        if self.presenter.file is not None:
            focus = QApplication.focusWidget()
            if focus is not None and self.cards.isAncestorOf(focus):
                self.side.field.setFocus()  # the button that was pressed goes away with the cards
            today = self.workspace.desk.clock.now().date()
            self.cards.show_file(self.presenter.file, revealed=self._revealed, today=today)

    def _fail(self, text: str) -> None:
        self._nobody.say(_("Không mở được"), text)
        self.pages.setCurrentWidget(self._nobody)

    def _hide_numbers(self) -> None:
        if self._revealed:
            self._revealed = False
            self._show_cards()

    def _data_changed(self) -> None:
        if self.isVisible():
            self.presenter.refresh()
