"""Opens what a slip or a card leads to, gives results, prints receipts, asks for a rating; plain Python."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.dossier_life import ReturnTo
from counter_app.domain.errors import KnownError
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services import returns
from counter_app.services.acts.act_papers import Printed, print_made
from counter_app.services.audit.noted import note_dossier_view
from counter_app.services.papers import paper_kinds
from counter_app.services.papers.names import paper_name
from counter_app.services.returns import Given, Giving, ReturnFile
from counter_app.ui.dossier.acts.presenter import undo_label
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.domain.person import Person
    from counter_app.services.ports import DossierRow
    from counter_app.services.worklists_port import WorkRow
    from counter_app.ui.citizen_screen.stage_port import RatingAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    given: Given
    printed: Printed


class ReturnsPresenter:
    """Tells the view what to show; everything slow runs off the UI thread.

    Args:
        workspace: The window's.
        show: Gets a dossier at the desk and the card that was scanned before it, if any.
        waiting: Gets the results that wait for their owners.
        of_citizen: Gets a citizen's name and what waits for them, when it is not exactly one.
        failed: Gets why a slip leads nowhere, in words.
        given: Called when a result was given.
        refused: Gets why it was not.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        show: "Callable[[ReturnFile, Person | None], None]",
        waiting: "Callable[[Sequence[WorkRow]], None]",
        of_citizen: "Callable[[Person, Sequence[DossierRow]], None]",
        failed: Callable[[str], None],
        given: Callable[[], None],
        refused: Callable[[KnownError], None],
    ) -> None:
        self._workspace = workspace
        self._show, self._waiting, self._of_citizen = show, waiting, of_citizen
        self._failed, self._given, self._refused = failed, given, refused
        self.file: ReturnFile | None = None
        self.asked_for = ""

    def load(self, text: str, card: "Person | None" = None, *, again: bool = False) -> None:
        """Open the dossier of a slip, or of a code as typed; a look is noted unless it is shown `again`."""
        desk, self.asked_for = self._workspace.desk, text

        def opened(file: ReturnFile) -> None:
            if self.asked_for == text:
                self.file = file
                self._show(file, card)
                if not again:
                    dossier_id = file.facts.dossier.dossier_id
                    self._workspace.operations.run_command(
                        lambda: note_dossier_view(desk, dossier_id), changes=False
                    )

        self._workspace.operations.run_query(
            lambda: returns.open_return(desk, text),
            done=opened,
            failed=lambda error: self._failed(text_of(error)),
        )

    def reload(self) -> None:
        """Look again at the dossier in front."""
        if self.file is not None:
            self.load(self.file.facts.dossier.dossier_code, again=True)

    def put_away(self) -> None:
        """No dossier is in front any more."""
        self.file, self.asked_for = None, ""

    def look_for_waiting(self) -> None:
        """Show the results that wait."""
        desk = self._workspace.desk
        self._workspace.operations.run_query(
            lambda: returns.waiting_results(desk), done=self._waiting, failed=lambda _error: None
        )

    def citizen_came(self, person: "Person") -> None:
        """A card without a slip: open the one result that waits for them, or list what there is."""
        desk = self._workspace.desk

        def found(rows: "Sequence[DossierRow]") -> None:
            if len(rows) == 1:
                self.load(rows[0].dossier_code, person)
            else:
                self._of_citizen(person, rows)

        self._workspace.operations.run_query(
            lambda: returns.waiting_of(desk, person.personal_id),
            done=found,
            failed=lambda error: self._failed(text_of(error)),
        )

    def give(self, giving: Giving) -> None:
        """Give the result; the receipt is printed once everything is durable."""
        if self.file is None:
            return
        desk, before = self._workspace.desk, self.file.facts.dossier

        def work() -> _Done:
            given = returns.give(desk, before.dossier_id, giving, seen_rev=before.life.rev)
            papers = (paper_kinds.RECEIPT,) if given.receipt is not None else ()
            return _Done(given=given, printed=print_made(desk, given.dossier, papers))

        def done(what: _Done) -> None:
            self.put_away()
            self._given()
            self._say(what, giving)

        self._workspace.operations.run_command(work, done=done, failed=self._refused)

    def _say(self, done: _Done, giving: Giving) -> None:
        shell, dossier = self._workspace.shell, done.given.dossier
        code = dossier.dossier_code
        if done.printed.problem is not None:
            words = _("Đã trả kết quả {code}. Chưa in được {paper}: {problem}").format(
                code=code,
                paper=paper_name(done.printed.failed, dossier),
                problem=text_of(done.printed.problem),
            )
            open_it = lambda: shell.open_screen("dossier", dossier_code=code)  # noqa: E731
            shell.notify(Notice(text=words, tone="bad", label=_("Mở hồ sơ"), action=open_it))
            return
        words = _("Đã trả kết quả {code}.").format(code=code)
        if giving.give.to is ReturnTo.POST:
            self._offer_undo(words, code)
        elif self._workspace.stage.has_own_monitor:
            self._offer_undo(words, code)
            self._ask_rating(dossier)
        else:
            ask = lambda: self._ask_rating(dossier)  # noqa: E731
            more = words + " " + _("Mời công dân đánh giá trên màn hình, hoặc bằng phiếu giấy.")
            shell.notify(Notice(text=more, tone="ok", label=_("Đánh giá"), action=ask))

    def _offer_undo(self, words: str, code: str) -> None:
        shell = self._workspace.shell
        undo = lambda: shell.open_screen("dossier", dossier_code=code, act="undo")  # noqa: E731
        shell.notify(Notice(text=words, tone="ok", label=undo_label(code), action=undo))

    def _ask_rating(self, dossier: "Dossier") -> None:
        desk = self._workspace.desk

        def answered(answer: "RatingAnswer | None") -> None:
            if answer is None:
                return
            from counter_app.services.rate_service import rate

            self._workspace.operations.run_command(
                lambda: rate(desk, dossier.dossier_id, answer.score, answer.reasons)
            )

        self._workspace.stage.ask_rating(answered)
