"""Loads the promises a new calendar moves, changes or keeps them, prints slips and list; plain Python."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.errors import EnvironmentProblem, KnownError
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services import print_papers, recheck_promises
from counter_app.services.audit.noted import note
from counter_app.services.paper_content import PaperSize
from counter_app.services.recheck_promises import AffectedPromise
from counter_app.ui.operations import Ticket
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

LIST = "promise_changes"
LIST_NAME = "phieu-hen-phai-bao-lai.pdf"


@dataclass(frozen=True, slots=True)
class _Decided:
    """How many promises changed, and what kept a slip from being printed."""

    count: int
    problem: EnvironmentProblem | None = None


def affected_count(workspace: Workspace, done: Callable[[int], None]) -> Ticket:
    """Count the slips to be told anew, off the UI thread; `done` gets 0 when it cannot be known."""
    desk = workspace.desk
    return workspace.operations.run_query(
        lambda: recheck_promises.affected_count(desk), done=done, failed=lambda _error: done(0)
    )


class PromiseChangesPresenter:
    """`show` gets the affected promises, nearest first; `failed` a message instead of them."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        show: Callable[[Sequence[AffectedPromise]], None],
        failed: Callable[[str], None],
    ) -> None:
        self._workspace = workspace
        self._show = show
        self._failed = failed
        self._ticket: Ticket | None = None
        self.affected: tuple[AffectedPromise, ...] = ()

    def load(self) -> None:
        """Look again."""
        desk = self._workspace.desk
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self._workspace.operations.run_query(
            lambda: recheck_promises.affected_promises(desk),
            done=self._loaded,
            failed=lambda error: self._failed(text_of(error)),
        )

    def change(self, dossier_ids: Sequence[str], reason: str) -> None:
        """Promise the new day and print the slips again; every dossier is safe before any printing."""
        desk = self._workspace.desk

        def work() -> _Decided:
            changed = recheck_promises.change_promises(desk, dossier_ids, reason)
            try:
                for dossier in changed:
                    print_papers.print_paper(desk, dossier, print_papers.SLIP)
            except EnvironmentProblem as problem:
                return _Decided(len(changed), problem)
            return _Decided(len(changed))

        self._workspace.operations.run_command(work, done=self._changed, failed=self._refused)

    def keep(self, dossier_ids: Sequence[str], reason: str) -> None:
        """Keep the old day; the dossier is not listed again for this calendar."""
        desk, shell = self._workspace.desk, self._workspace.shell
        self._workspace.operations.run_command(
            lambda: len(recheck_promises.keep_promises(desk, dossier_ids, reason)),
            done=lambda count: shell.notify(
                Notice(text=_("Đã giữ ngày hẹn cũ của {count} hồ sơ.").format(count=count), tone="ok")
            ),
            failed=self._refused,
        )

    def print_list(self) -> None:
        """Print the list on A4, for calling the citizens."""
        desk, shell, affected = self._workspace.desk, self._workspace.shell, self.affected

        def work() -> None:
            note(desk, "list_printed", LIST, count=len(affected))
            desk.printer.print_pdf(
                _list_pdf(desk, affected),
                printer_name=desk.settings.printer_name,
                size=PaperSize.A4,
                title=LIST_NAME,
            )

        self._workspace.operations.run_command(
            work,
            done=lambda _none: shell.notify(Notice(text=_("Đã in danh sách."), tone="ok")),
            failed=self._refused,
            changes=False,
        )

    def save_list(self, target: Path) -> None:
        """Write the list to a PDF file."""
        from counter_app.services.whole_file import write_whole

        desk, shell, affected = self._workspace.desk, self._workspace.shell, self.affected

        def work() -> None:
            note(desk, "list_saved", LIST, count=len(affected))
            write_whole(target, _list_pdf(desk, affected))

        self._workspace.operations.run_command(
            work,
            done=lambda _none: shell.notify(
                Notice(text=_("Đã lưu {name}").format(name=target.name), tone="ok")
            ),
            failed=self._refused,
            changes=False,
        )

    def _loaded(self, affected: tuple[AffectedPromise, ...]) -> None:
        self.affected = affected
        self._show(affected)

    def _changed(self, decided: _Decided) -> None:
        words = _("Đã đổi ngày hẹn của {count} hồ sơ.").format(count=decided.count)
        if decided.problem is None:
            self._workspace.shell.notify(Notice(text=words, tone="ok"))
            return
        rest = _("Chưa in được phiếu mới: {problem} Mở hồ sơ để in lại.")
        text = f"{words} {rest.format(problem=text_of(decided.problem))}"
        self._workspace.shell.notify(Notice(text=text, tone="bad"))

    def _refused(self, error: KnownError) -> None:
        self._workspace.shell.notify(Notice(text=text_of(error), tone="bad"))
        self.load()


def _list_pdf(desk: "Desk", affected: Sequence[AffectedPromise]) -> bytes:
    from counter_app.services.promise_changes_sheet import promise_changes_paper

    return promise_changes_paper(desk, affected)
