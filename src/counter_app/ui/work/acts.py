"""Does an act with the ticked dossiers and tells what became of each; plain Python."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from counter_app.domain.dossier_acts import EnterResult, Extend
from counter_app.domain.errors import EnvironmentProblem, KnownError
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services.act_on_many import DoneToMany, act_on_many, print_for_many, undo_many
from counter_app.ui.work import words
from counter_app.ui.work.many import PAPERS, ManyAct, name_of
from counter_app.ui.workspace import Notice, Workspace

_SCREEN_OF = {ManyAct.HAND_OVER: "hand_over", ManyAct.POSTAL: "postal"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionWish:
    """What the clerk wrote for an extension; ``days`` are working days after the old promise."""

    reason: str
    days: str
    late_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of an act. ``undo`` is None when it cannot be taken back from here."""

    headline: str
    lines: tuple[str, ...]
    undo: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class _Extended:
    done: DoneToMany
    problem: EnvironmentProblem | None = None


class WorkActs:
    """`told` gets the outcomes that need reading: refusals, papers that did not print.

    `look` is called when an act broke off half way: what was done before stays done.
    """

    def __init__(
        self, workspace: Workspace, *, told: Callable[[Outcome], None], look: Callable[[], None]
    ) -> None:
        self._workspace = workspace
        self._told = told
        self._look = look

    def opens_screen(self, act: ManyAct) -> bool:
        """Whether the act is confirmed on a screen of its own."""
        return act in _SCREEN_OF

    def open_screen(self, act: ManyAct, dossier_ids: Sequence[str]) -> None:
        """Take the dossiers to the screen of lists."""
        self._workspace.shell.open_screen("lists", kind=_SCREEN_OF[act], dossier_ids=tuple(dossier_ids))

    def do(self, act: ManyAct, dossier_ids: Sequence[str], wish: ExtensionWish | None = None) -> None:
        """Do the act with each, once the clerk has confirmed it."""
        if act in PAPERS:
            self._print(act, dossier_ids)
        elif act is ManyAct.ENTER_RESULT:
            self._enter_results(dossier_ids)
        elif act is ManyAct.EXTEND and wish is not None:
            self._extend(dossier_ids, wish)

    def _enter_results(self, dossier_ids: Sequence[str]) -> None:
        desk, name = self._workspace.desk, name_of(ManyAct.ENTER_RESULT)
        self._workspace.operations.run_command(
            lambda: act_on_many(desk, dossier_ids, EnterResult()),
            done=lambda done: self._tell(name, done, undo=lambda: self._undo(done.done)),
            failed=self._broke_off,
        )

    def _extend(self, dossier_ids: Sequence[str], wish: ExtensionWish) -> None:
        desk, name = self._workspace.desk, name_of(ManyAct.EXTEND)
        request = Extend(reason=wish.reason, time=f"{wish.days.strip()}wd", late_reason=wish.late_reason)

        def work() -> _Extended:
            done = act_on_many(desk, dossier_ids, request)
            try:
                print_for_many(desk, done.done, ManyAct.PRINT_APOLOGY.value)
            except EnvironmentProblem as problem:
                return _Extended(done, problem)
            return _Extended(done)

        def tell(extended: _Extended) -> None:
            lines: tuple[str, ...] = ()
            if extended.problem is not None:
                again = _("Chưa in được văn bản xin lỗi: {problem} Chọn lại hồ sơ để in.")
                lines = (again.format(problem=text_of(extended.problem)),)
            self._tell(name, extended.done, more=lines)

        self._workspace.operations.run_command(work, done=tell, failed=self._broke_off)

    def _print(self, act: ManyAct, dossier_ids: Sequence[str]) -> None:
        desk = self._workspace.desk
        self._workspace.operations.run_command(
            lambda: print_for_many(desk, dossier_ids, act.value),
            done=lambda done: self._tell(name_of(act), done),
            failed=self._broke_off,
        )

    def _undo(self, dossier_ids: Sequence[str]) -> None:
        desk = self._workspace.desk
        self._workspace.operations.run_command(
            lambda: undo_many(desk, dossier_ids),
            done=lambda done: self._tell(_("Hoàn tác"), done),
            failed=self._broke_off,
        )

    def _broke_off(self, error: KnownError) -> None:
        self._workspace.shell.show_error(error)
        self._look()

    def _tell(
        self,
        act: str,
        done: DoneToMany,
        *,
        undo: Callable[[], None] | None = None,
        more: tuple[str, ...] = (),
    ) -> None:
        headline = words.outcome_words(act, done)
        taken_back = undo if done.done else None
        if done.not_done or more:
            lines = (*more, *words.refusals(done))
            self._told(Outcome(headline=headline, lines=lines, undo=taken_back))
            return
        label = _("Hoàn tác") if taken_back else ""
        self._workspace.shell.notify(Notice(text=headline, tone="ok", label=label, action=taken_back))
