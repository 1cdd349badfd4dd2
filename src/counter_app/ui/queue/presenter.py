"""Hands out and calls tickets, tells the citizen's screen and the voice; plain Python."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from counter_app.domain.errors import EnvironmentProblem, KnownError
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services.queue import call_tickets
from counter_app.services.queue.issue_ticket import issue_ticket, print_ticket
from counter_app.services.queue.queue_now import QueueNow, queue_now
from counter_app.services.queue.queue_settings import QueueSettings, queue_settings
from counter_app.ui.operations import Ticket as Question
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from counter_app.domain.queue import Ticket

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueState:
    """What the screen shows."""

    now: QueueNow
    settings: QueueSettings
    counter: int

    @property
    def here(self) -> "Ticket | None":
        """The ticket called to this counter and not closed yet."""
        return self.now.at_counters.get(self.counter)


@dataclass(frozen=True, slots=True)
class _Issued:
    ticket: "Ticket"
    problem: EnvironmentProblem | None = None


class QueuePresenter:
    """`show` gets the state, `failed` the words when it cannot be read."""

    def __init__(
        self, workspace: Workspace, *, show: Callable[[QueueState], None], failed: Callable[[str], None]
    ) -> None:
        self._workspace = workspace
        self._show, self._failed = show, failed
        self._question: Question | None = None
        self.state: QueueState | None = None
        self.only_group = ""  # this counter calls one group, "" all of them

    def load(self) -> None:
        """Look again."""
        desk = self._workspace.desk
        if self._question is not None:
            self._question.cancel()

        def look() -> QueueState:
            return QueueState(
                now=queue_now(desk), settings=queue_settings(desk), counter=desk.settings.counter.number
            )

        self._question = self._workspace.operations.run_query(
            look, done=self._loaded, failed=lambda error: self._failed(text_of(error))
        )

    def issue(self, place: int, *, priority: bool = False) -> None:
        """Hand out a ticket of the group in that place (from 0); it is saved before it is printed."""
        if self.state is None or not 0 <= place < len(self.state.settings.groups):
            return
        desk, group = self._workspace.desk, self.state.settings.groups[place].group_id
        printing = self.state.settings.print_tickets

        def work() -> _Issued:
            ticket = issue_ticket(desk, group, priority=priority)
            try:
                if printing:
                    print_ticket(desk, ticket)
            except EnvironmentProblem as problem:
                return _Issued(ticket, problem)
            return _Issued(ticket)

        self._run(work, self._issued)

    def call_next(self) -> None:
        """Call who is next; the citizen at this counter is served."""
        desk = self._workspace.desk
        groups = (self.only_group,) if self.only_group else ()
        self._run(lambda: call_tickets.call_next(desk, groups=groups), self._called)

    def recall(self) -> None:
        """Call the number at this counter once more."""
        desk = self._workspace.desk
        if (here := self._here()) is not None:
            self._run(lambda: call_tickets.recall(desk, here.ticket_id), self._announce)

    def served(self) -> None:
        """Close the number at this counter without calling another."""
        desk = self._workspace.desk
        if (here := self._here()) is not None:
            self._run(lambda: call_tickets.serve(desk, here.ticket_id), lambda _ticket: None)

    def absent(self) -> None:
        """Nobody came."""
        desk, shell = self._workspace.desk, self._workspace.shell
        if (here := self._here()) is None:
            return

        def done(ticket: "Ticket") -> None:
            words = _("Số {ticket} vắng. Người đó quay lại thì gọi lại ở danh sách vắng.")
            shell.notify(Notice(text=words.format(ticket=ticket.label)))

        self._run(lambda: call_tickets.mark_absent(desk, here.ticket_id), done)

    def call_again(self, ticket_id: str) -> None:
        """Call somebody who was absent and has come back."""
        desk = self._workspace.desk
        self._run(lambda: call_tickets.call_ticket(desk, ticket_id), self._announce)

    def _here(self) -> "Ticket | None":
        return self.state.here if self.state is not None else None

    def _loaded(self, state: QueueState) -> None:
        self.state = state
        self._show(state)

    def _issued(self, issued: _Issued) -> None:
        words = _("Đã lấy số {ticket} · {group}").format(
            ticket=issued.ticket.label, group=issued.ticket.group_name
        )
        if issued.problem is None:
            self._workspace.shell.notify(Notice(text=words, tone="ok"))
            return
        rest = _("Chưa in được: {why} Hãy đọc số cho công dân.").format(why=text_of(issued.problem))
        self._workspace.shell.notify(Notice(text=f"{words}. {rest}", tone="bad"))

    def _called(self, ticket: "Ticket | None") -> None:
        if ticket is None:
            self._workspace.shell.notify(Notice(text=_("Không còn ai chờ.")))
        else:
            self._announce(ticket)

    def _announce(self, ticket: "Ticket") -> None:
        self._workspace.stage.show_call(ticket.label, ticket.counter)
        if self.state is not None and self.state.settings.voice:
            from counter_app.devices.platform.voice import call_in_words, find_voice

            voice = find_voice()
            if voice is not None:
                voice.say(call_in_words(ticket.label, ticket.counter))

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._workspace.operations.run_command(work, done=done, failed=self._refused)

    def _refused(self, error: KnownError) -> None:
        self._workspace.shell.show_error(error)
        self.load()
