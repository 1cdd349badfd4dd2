"""Loads what the screen shows and carries out what a head decides; plain Python."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from counter_app.domain.errors import KnownError
from counter_app.domain.personal_data import Outcome, PersonRequest, RequestKind
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services.paper_content import PaperSize
from counter_app.services.personal_data import access_report, answer_letter, find, purge, requests, retention
from counter_app.ui.personal_data import words
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from counter_app.services.personal_data.access_report import Access
    from counter_app.services.personal_data.find import Inventory
    from counter_app.services.personal_data.requests import RequestOf
    from counter_app.services.personal_data.retention import KeptDossiers
    from counter_app.ui.operations import Ticket

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What waits: requests, and dossiers whose time is over."""

    waiting: "tuple[RequestOf, ...]"
    kept: "KeptDossiers"
    scrub_due: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutCitizen:
    """One citizen: what is kept, what they asked, who looked."""

    inventory: "Inventory"
    requests: tuple[PersonRequest, ...]
    accesses: "tuple[Access, ...]"


class PersonalDataPresenter:
    """`overview` and `citizen` get what to show, `failed` why there is nothing."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        overview: Callable[[Overview], None],
        citizen: Callable[[AboutCitizen], None],
        failed: Callable[[str], None],
    ) -> None:
        self._workspace = workspace
        self._overview = overview
        self._citizen = citizen
        self._failed = failed
        self._ticket: Ticket | None = None
        self.personal_id = ""
        self.about: AboutCitizen | None = None

    def show_overview(self) -> None:
        """Look at what waits."""
        self.personal_id, self.about = "", None
        desk = self._workspace.desk

        def work() -> Overview:
            kept, waiting = retention.due_for_purge(desk), requests.waiting(desk)
            with desk.store.reading() as queries:
                return Overview(waiting=waiting, kept=kept, scrub_due=queries.scrub_due())

        self._ask(work, self._overview)

    def show_citizen(self, personal_id: str) -> None:
        """Look for everything kept of a citizen: that goes on record, so it is a command."""
        self.personal_id = personal_id
        desk = self._workspace.desk

        def work() -> AboutCitizen:
            found = find.find_all(desk, personal_id)
            asked = tuple(requests.requests_of(desk, personal_id))
            with desk.store.reading() as queries:
                looked = access_report.accesses(queries, found)
            return AboutCitizen(inventory=found, requests=asked, accesses=looked)

        def shown(about: AboutCitizen) -> None:
            if self.personal_id == personal_id:
                self.about = about
                self._citizen(about)

        self._workspace.operations.run_command(
            work, done=shown, failed=lambda error: self._failed(text_of(error)), changes=False
        )

    def refresh(self) -> None:
        """Look again."""
        if self.personal_id:
            self.show_citizen(self.personal_id)
        else:
            self.show_overview()

    def register(self, kind: RequestKind, note: str) -> None:
        """Write a request of the citizen on show down."""
        desk, personal_id = self._workspace.desk, self.personal_id

        def registered(request: PersonRequest) -> None:
            day = f"{request.answer_by:%d/%m/%Y}"
            self._say(_("Đã ghi yêu cầu. Hạn trả lời: {day}.").format(day=day))
            self.refresh()

        self._act(lambda: requests.register(desk, personal_id, kind, note=note), registered)

    def answer(self, request_id: str, outcome: Outcome, text: str, done: Callable[[], None]) -> None:
        """Answer a request and print the letter."""
        desk = self._workspace.desk

        def answered(request: PersonRequest) -> None:
            done()
            self.print_letter(request)
            self.refresh()

        self._act(lambda: requests.answer(desk, request_id, outcome, text), answered)

    def print_letter(self, request: PersonRequest) -> None:
        """Print the letter of an answered request."""
        desk = self._workspace.desk
        name = answer_letter.FILE_NAME
        self._print(lambda: answer_letter.answer_letter(desk, request), name, _("Đã in thư trả lời."))

    def print_accesses(self) -> None:
        """Print who looked."""
        desk, about = self._workspace.desk, self.about
        if about is None:
            return
        person = about.inventory.person

        def work() -> bytes:
            lines = access_report.access_report(desk, person.personal_id)
            return access_report.report_paper(desk, person.full_name, lines)

        self._print(work, access_report.FILE_NAME, _("Đã in báo cáo truy cập."))

    def print_notice(self) -> None:
        """Print the privacy notice, to be posted."""
        from counter_app.services.personal_data.privacy_notice import FILE_NAME, notice_paper

        desk = self._workspace.desk
        self._print(lambda: notice_paper(desk), FILE_NAME, _("Đã in thông báo xử lý dữ liệu."))

    def export(self, target: Path, password: str, *, with_scans: bool, done: Callable[[], None]) -> None:
        """Write the archive for the citizen on show."""
        from counter_app.services.personal_data.export import Exported, export
        from counter_app.storage.sealed_archive import make_archive

        desk, personal_id = self._workspace.desk, self.personal_id

        def written(made: Exported) -> None:
            done()
            text = _("Đã lưu {name}: {dossiers} hồ sơ, {scans} giấy tờ quét.").format(
                name=made.file.name, dossiers=made.dossiers, scans=made.scans
            )
            if made.missing:
                missing = _("{n} tệp quét không đọc được nên không có trong đó.")
                text += " " + missing.format(n=len(made.missing))
            self._say(text, tone="warn" if made.missing else "ok")

        self._act(
            lambda: export(desk, personal_id, target, make_archive, password=password, with_scans=with_scans),
            written,
        )

    def purge(self, dossier_ids: list[str], checked_with: str, done: Callable[[], None]) -> None:
        """Destroy dossiers after their time."""
        desk = self._workspace.desk

        def purged(result: purge.Purged) -> None:
            done()
            clean = result.scrubbed and not result.not_done
            self._say(words.purged_words(result), tone="ok" if clean else "warn")
            self.refresh()

        self._act(lambda: purge.purge(desk, dossier_ids, checked_with=checked_with), purged)

    def scrub(self) -> None:
        """Wipe what an earlier purge could not."""
        desk = self._workspace.desk

        def scrubbed(done: bool) -> None:
            text = (
                _("Đã xóa sạch phần trống của tệp.") if done else _("Tệp đang bận. Hãy thử lại sau ít phút.")
            )
            self._say(text, tone="ok" if done else "warn")
            self.refresh()

        self._act(lambda: purge.scrub(desk), scrubbed)

    def _ask(self, work: Callable[[], _Value], done: Callable[[_Value], None]) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self._workspace.operations.run_query(
            work, done=done, failed=lambda error: self._failed(text_of(error))
        )

    def _act(self, work: Callable[[], _Value], done: Callable[[_Value], None]) -> None:
        self._workspace.operations.run_command(work, done=done, failed=self._refused)

    def _print(self, make: Callable[[], bytes], file_name: str, told: str) -> None:
        desk = self._workspace.desk

        def work() -> None:
            printer = desk.settings.printer_name
            desk.printer.print_pdf(make(), printer_name=printer, size=PaperSize.A4, title=file_name)

        self._workspace.operations.run_command(
            work, done=lambda _none: self._say(told), failed=self._refused, changes=False
        )

    def _refused(self, error: KnownError) -> None:
        self._workspace.shell.notify(Notice(text=text_of(error), tone="bad"))

    def _say(self, text: str, *, tone: str = "ok") -> None:
        self._workspace.shell.notify(Notice(text=text, tone=tone))
