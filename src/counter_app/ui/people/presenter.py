"""Finds citizens and carries out what the clerk decides about them; plain Python."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from counter_app.domain.authorisation import Authorisation
from counter_app.domain.errors import KnownError
from counter_app.domain.family import FamilyLink
from counter_app.domain.person import Person
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services.audit.noted import note_people_search, note_person_view
from counter_app.services.kinship_port import Merge, Relative
from counter_app.services.people import authorisations, correct_person, merge_people, person_file
from counter_app.services.people.authorisations import LetterDraft
from counter_app.services.people.person_file import PersonFile
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from counter_app.ui.operations import Ticket

MOST = 100
_Value = TypeVar("_Value")


class PeoplePresenter:
    """`found` gets the citizens of a search, `show` the file on show, `failed` why it could not be opened."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        found: Callable[[Sequence[Person]], None],
        show: Callable[[PersonFile], None],
        failed: Callable[[str], None],
    ) -> None:
        self._workspace = workspace
        self._found = found
        self._show = show
        self._failed = failed
        self._search: Ticket | None = None
        self._opening: Ticket | None = None
        self.text = ""
        self.personal_id = ""
        self._noted = ""  # whose page was put on record last
        self.file: PersonFile | None = None

    def search(self, text: str) -> None:
        """Look for citizens; too little typed finds nobody."""
        self.text = text
        if self._search is not None:
            self._search.cancel()
        desk = self._workspace.desk
        self._search = self._workspace.operations.run_query(
            lambda: person_file.find_people(desk, text, limit=MOST), done=self._found
        )
        if text.strip():
            self._workspace.operations.run_command(lambda: note_people_search(desk), changes=False)

    def open(self, personal_id: str) -> None:
        """Show a citizen."""
        self.personal_id = personal_id
        if self._opening is not None:
            self._opening.cancel()
        desk = self._workspace.desk

        def shown(file: PersonFile) -> None:
            self.file = file
            shown_before, self.personal_id = self._noted, file.person.personal_id
            self._show(file)
            self._noted = self.personal_id
            if shown_before != self._noted:  # shown anew after a change it is the same look
                self._workspace.operations.run_command(
                    lambda: note_person_view(desk, file.person.personal_id), changes=False
                )

        def refused(error: KnownError) -> None:
            self.file = None
            self._failed(text_of(error))

        self._opening = self._workspace.operations.run_query(
            lambda: person_file.open_person(desk, personal_id), done=shown, failed=refused
        )

    def refresh(self) -> None:
        """Look again after something changed."""
        self.search(self.text)
        if self.personal_id:
            self.open(self.personal_id)

    def look_up(self, personal_id: str, done: Callable[[Person], None]) -> None:
        """Give `done` the citizen of an id, when the desk knows them."""

        def work() -> Person | None:
            with self._workspace.desk.store.reading() as queries:
                known = queries.person(personal_id)
                return known.person if known else None

        self._workspace.operations.run_query(
            work, done=lambda person: done(person) if person is not None else None
        )

    def reveal(self, done: Callable[[], None]) -> None:
        """Show the whole numbers once it is on record that they were looked at."""
        desk, personal_id = self._workspace.desk, self.personal_id
        self._workspace.operations.run_command(
            lambda: person_file.record_view(desk, personal_id),
            done=lambda _none: done(),
            failed=self._refused,
            changes=False,
        )

    def correct(self, person: Person, reason: str, done: Callable[[], None]) -> None:
        """Write what the clerk corrected."""
        desk = self._workspace.desk

        def corrected(_person: Person) -> None:
            done()
            self._say(_("Đã sửa. Giá trị cũ vẫn giữ trên trang này."))

        self._act(lambda: correct_person.correct_person(desk, person, reason), corrected)

    def merge(self, keep_id: str, other_id: str, reason: str, done: Callable[[], None]) -> None:
        """Show two records as one person; Undo stands in the message bar and on the page."""
        desk = self._workspace.desk

        def merged(made: Merge) -> None:
            self.personal_id = made.keep_id
            done()
            text = _("Đã gộp hai bản ghi của một người.")
            self._say(text, _("Hoàn tác"), lambda: self.undo_merge(made.merge_id))

        self._act(lambda: merge_people.merge(desk, keep_id, other_id, reason), merged)

    def undo_merge(self, merge_id: str) -> None:
        """Show the two records apart again."""
        desk = self._workspace.desk
        self._act(
            lambda: merge_people.undo_merge(desk, merge_id),
            lambda _made: self._say(_("Đã tách lại thành hai bản ghi như trước.")),
        )

    def remove_link(self, relative: Relative) -> None:
        """Offer a relative no more; can be undone."""
        desk = self._workspace.desk
        link = FamilyLink(
            person_id=self.personal_id, kin=relative.kin, relative_id=relative.person.personal_id
        )

        def undo() -> None:
            self._act(lambda: correct_person.put_link_back(desk, link), lambda _none: None)

        text = _("Đã bỏ quan hệ với {name}.").format(name=relative.person.full_name)
        self._act(
            lambda: correct_person.remove_link(desk, link),
            lambda _none: self._say(text, _("Hoàn tác"), undo),
        )

    def add_letter(self, draft: LetterDraft, done: Callable[[], None]) -> None:
        """Keep a letter."""
        desk = self._workspace.desk

        def added(_letter: Authorisation) -> None:
            done()
            self._say(_("Đã ghi giấy ủy quyền."))

        self._act(lambda: authorisations.add(desk, draft), added)

    def end_letter(self, authorisation_id: str, reason: str, done: Callable[[], None]) -> None:
        """Let a letter no longer hold."""
        desk = self._workspace.desk

        def ended(_letter: Authorisation) -> None:
            done()
            self._say(_("Giấy ủy quyền đã chấm dứt."))

        self._act(lambda: authorisations.end(desk, authorisation_id, reason), ended)

    def print_letter(self, delegate: Person | None, purpose: str) -> None:
        """Print the letter for both to sign."""
        from counter_app.services.paper_content import PaperSize
        from counter_app.services.people.authorisation_paper import FILE_NAME, authorisation_paper

        desk, file = self._workspace.desk, self.file
        if file is None:
            return

        def work() -> None:
            pdf = authorisation_paper(desk, file.person, delegate, purpose=purpose)
            printer = desk.settings.printer_name
            desk.printer.print_pdf(pdf, printer_name=printer, size=PaperSize.A4, title=FILE_NAME)

        self._workspace.operations.run_command(
            work,
            done=lambda _none: self._say(_("Đã in giấy ủy quyền để hai bên ký.")),
            failed=self._refused,
            changes=False,
        )

    def _act(self, work: Callable[[], _Value], done: Callable[[_Value], None]) -> None:
        self._workspace.operations.run_command(work, done=done, failed=self._refused)

    def _refused(self, error: KnownError) -> None:
        self._workspace.shell.notify(Notice(text=text_of(error), tone="bad"))

    def _say(self, text: str, label: str = "", action: Callable[[], None] | None = None) -> None:
        self._workspace.shell.notify(Notice(text=text, tone="ok", label=label, action=action))
