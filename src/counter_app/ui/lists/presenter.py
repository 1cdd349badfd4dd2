"""Gathers dossiers for a list, makes it in one act, prints it, and looks past lists up; plain Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput, KnownError
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.ui.lists.tasks import ListTask
from counter_app.ui.workspace import Notice

if TYPE_CHECKING:
    from pathlib import Path

    from counter_app.domain.dossier_life import Holder
    from counter_app.domain.transfer_list import ListSummary
    from counter_app.services.act_on_many import DoneToMany
    from counter_app.services.list_candidates import Candidate
    from counter_app.services.transfer_lists import ListEntry, MadeList
    from counter_app.ui.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class ListsState:
    """``entries`` are keyed by dossier id; ``asked`` says that F9 asks to leave refused dossiers out.

    ``begun`` counts the lists begun: another count means that who takes it is asked anew. ``undoable``
    are the ids of past lists that may still be taken back.
    """

    task: ListTask = ListTask.HAND_OVER
    rows: tuple[Candidate, ...] = ()
    entries: dict[str, str] = field(default_factory=dict)
    takers: tuple[Holder, ...] = ()
    past: tuple[ListSummary, ...] = ()
    busy: bool = False
    asked: bool = False
    begun: int = 0
    undoable: frozenset[str] = frozenset()

    @property
    def refused(self) -> tuple[Candidate, ...]:
        """The dossiers the rules keep off the list."""
        return tuple(row for row in self.rows if row.problem is not None)

    @property
    def good(self) -> int:
        """How many would be on the list."""
        return len(self.rows) - len(self.refused)


class ListsPresenter:
    """`changed` is called after every change of ``state``."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.state = ListsState()
        self.changed: Callable[[], None] = lambda: None

    def begin(self, task: ListTask, dossier_ids: Sequence[str]) -> None:
        """Start a list with these dossiers."""
        past = self.state.past if task is self.state.task else ()
        self._become(ListsState(task=task, past=past, begun=self.state.begun + 1))
        if dossier_ids:
            self.add(dossier_ids)
        self.load()

    def load(self) -> None:
        """Look again who took lists before, and which lists there were."""
        from counter_app.services.undo_list import undoable_lists

        desk, kind = self._workspace.desk, self.state.task.kind

        def work() -> tuple[tuple[Holder, ...], tuple[ListSummary, ...], frozenset[str]]:
            with desk.store.reading() as queries:
                takers = queries.recent_takers(kind) if kind else ()
                past = tuple(queries.transfer_lists(kind)) if kind else ()
                return tuple(takers), past, undoable_lists(queries, past, desk.clock.now().date())

        def done(found: tuple[tuple[Holder, ...], tuple[ListSummary, ...], frozenset[str]]) -> None:
            self._become(replace(self.state, takers=found[0], past=found[1], undoable=found[2]))

        self._workspace.operations.run_query(work, done=done)

    def add(self, dossier_ids: Sequence[str]) -> None:
        """Put dossiers on the list; those already there stay where they are."""
        from counter_app.services.list_candidates import candidates

        desk, act = self._workspace.desk, self.state.task.act
        self._workspace.operations.run_query(lambda: candidates(desk, act, dossier_ids), done=self._added)

    def add_code(self, code: str) -> None:
        """Put the dossier of a typed or scanned code on the list."""
        from counter_app.services.list_candidates import candidate_by_code

        desk, act = self._workspace.desk, self.state.task.act

        def work() -> tuple[Candidate, ...]:
            with desk.store.reading() as queries:
                found = candidate_by_code(queries, code, act)
            if found is None:
                raise BadInput("dossier_unknown", dossier_code=code[:40])
            return (found,)

        self._workspace.operations.run_query(work, done=self._added)

    def remove(self, dossier_id: str) -> None:
        """Take a dossier off the list."""
        rows = tuple(row for row in self.state.rows if row.dossier_id != dossier_id)
        entries = {key: text for key, text in self.state.entries.items() if key != dossier_id}
        self._become(replace(self.state, rows=rows, entries=entries, asked=False))

    def enter(self, dossier_id: str, text: str) -> None:
        """Take what is typed beside a dossier; nothing needs to be shown anew."""
        self.state = replace(self.state, entries={**self.state.entries, dossier_id: text})

    def take_item_code(self, code: str) -> bool:
        """Give a scanned item code to the newest dossier without one; False when none waits for it."""
        waiting = [row for row in self.state.rows if not self.state.entries.get(row.dossier_id)]
        if self.state.task is not ListTask.POSTAL or not waiting:
            return False
        self.enter(waiting[-1].dossier_id, code)
        self._become(self.state)
        return True

    def save(self, to: Holder | None, note: str) -> None:
        """Make the list; with refused dossiers on it, ask first whether to leave them out."""
        state = self.state
        if state.busy or not state.rows:
            return
        if state.refused and not state.asked:
            self._become(replace(state, asked=state.good > 0))
            if not state.good:
                self._tell(_("Không hồ sơ nào đưa được vào danh sách."), "warn")
            return
        self._become(replace(state, busy=True))
        if state.task is ListTask.RESULTS:
            self._enter_results()
        else:
            self._make(to, note)

    def heed(self) -> None:
        """Go back without leaving anything out."""
        self._become(replace(self.state, asked=False))

    def acknowledge(self, list_id: str, by: str) -> None:
        """Note that the taker signed for a list."""
        from counter_app.services.transfer_lists import acknowledge

        desk = self._workspace.desk

        def done(_made: object) -> None:
            self._tell(_("Đã ghi nhận ký nhận."), "ok")
            self.load()

        self._workspace.operations.run_command(lambda: acknowledge(desk, list_id, by), done=done)

    def undo_list(self, list_id: str) -> None:
        """Take a list that is neither printed nor signed back, and tell which dossiers stayed on it."""
        from counter_app.services.undo_list import undo_list

        desk = self._workspace.desk

        def done(undone: DoneToMany) -> None:
            text = _("Đã hoàn tác bàn giao {count} hồ sơ.").format(count=len(undone.done))
            why = [f"{each.dossier_code}: {text_of(each.error)}" for each in undone.not_done]
            self._tell(" ".join((text, *why)), "warn" if why else "ok")
            self.load()

        def failed(error: KnownError) -> None:
            self._workspace.shell.show_error(error)
            self.load()

        self._workspace.operations.run_command(lambda: undo_list(desk, list_id), done=done, failed=failed)

    def print_list(self, list_id: str, *, labels: bool = False) -> None:
        """Print a list, or its address labels, (again); a failed printer leaves the list as it is."""
        from counter_app.services import print_lists

        desk, paper = self._workspace.desk, print_lists.LABELS if labels else print_lists.PAPER

        def failed(error: KnownError) -> None:
            self.load()
            text = _("Danh sách đã lưu an toàn, nhưng chưa in được: {why}").format(why=text_of(error))
            self._workspace.shell.notify(
                Notice(
                    text=text,
                    tone="bad",
                    label=_("In lại"),
                    action=lambda: self.print_list(list_id, labels=labels),
                )
            )

        self._workspace.operations.run_command(
            lambda: print_lists.print_list(desk, list_id, paper=paper),
            done=lambda _copy: self.load(),
            failed=failed,
            changes=False,
        )

    def save_pdf(self, list_id: str, target: Path, *, labels: bool = False) -> None:
        """Write a list or its labels to a PDF file."""
        from counter_app.services import print_lists

        desk, paper = self._workspace.desk, print_lists.LABELS if labels else print_lists.PAPER

        def saved(_copy: object) -> None:
            self._tell(_("Đã lưu {name}").format(name=target.name), "ok")
            self.load()

        self._workspace.operations.run_command(
            lambda: print_lists.save_list(desk, list_id, target, paper=paper),
            done=saved,
            changes=False,
        )

    def _entries(self) -> tuple[ListEntry, ...]:
        from counter_app.services.transfer_lists import ListEntry

        entries = self.state.entries
        return tuple(
            ListEntry(dossier_id=row.dossier_id, entry=entries.get(row.dossier_id, ""))
            for row in self.state.rows
        )

    def _make(self, to: Holder | None, note: str) -> None:
        from counter_app.services.transfer_lists import make_list

        desk, kind, entries = self._workspace.desk, self.state.task.kind, self._entries()
        agreed = self.state.asked
        if kind is None:
            return
        self._workspace.operations.run_command(
            lambda: make_list(desk, kind, entries, to=to, note=note, leave_out_refused=agreed),
            done=self._made,
            failed=self._failed,
        )

    def _enter_results(self) -> None:
        from counter_app.services.results_by_list import EnteredResults, enter_results

        desk, entries, agreed = self._workspace.desk, self._entries(), self.state.asked

        def done(entered: EnteredResults) -> None:
            count = len(entered.dossier_codes)
            self._tell(_("Đã ghi nhận kết quả của {count} hồ sơ.").format(count=count), "ok")
            self.begin(ListTask.RESULTS, ())

        self._workspace.operations.run_command(
            lambda: enter_results(desk, entries, leave_out_refused=agreed), done=done, failed=self._failed
        )

    def _made(self, outcome: MadeList) -> None:
        from counter_app.services.paper_number import paper_number

        made = outcome.made
        number = paper_number(made.number, made.counter, made.kind.series)
        words = _("Đã lập danh sách {number}: {count} hồ sơ.").format(number=number, count=len(made.items))
        self._tell(words, "ok")
        task = self.state.task
        self.begin(task, ())
        self.print_list(made.list_id)
        if task is ListTask.POSTAL:
            self.print_list(made.list_id, labels=True)

    def _failed(self, error: KnownError) -> None:
        """Look at the dossiers again: one may have changed since it was put on the list."""
        ids = [row.dossier_id for row in self.state.rows]
        self._become(replace(self.state, busy=False, asked=False, rows=()))
        self.add(ids)
        self._workspace.shell.show_error(error)

    def _added(self, found: Sequence[Candidate]) -> None:
        there = {row.dossier_id for row in self.state.rows}
        new = tuple(row for row in found if row.dossier_id not in there)
        if found and not new:
            self._tell(_("Hồ sơ này đã có trong danh sách."), "info")
        self._become(replace(self.state, rows=(*self.state.rows, *new), asked=False))

    def _tell(self, text: str, tone: str) -> None:
        self._workspace.shell.notify(Notice(text=text, tone=tone))

    def _become(self, state: ListsState) -> None:
        self.state = state
        self.changed()
