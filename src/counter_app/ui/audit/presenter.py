"""Reads, checks and takes out the audit log; plain Python over the operations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from counter_app.audit_words import audit_act_words
from counter_app.domain.audit_chain import Tip
from counter_app.domain.errors import KnownError
from counter_app.domain.period import day_begins
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services.audit.findings import AuditReport
from counter_app.services.audit.take_out import read_page, take_out
from counter_app.services.audit.verify import checked_tip, verify
from counter_app.services.audit_port import AuditFilter, NumberedEntry
from counter_app.ui.audit.state import Asked, AuditState
from counter_app.ui.operations import Ticket
from counter_app.ui.workspace import Notice, Workspace

PAGE = 200


class AuditView(Protocol):
    """What the presenter says to the screen."""

    def show_state(self, state: AuditState) -> None:
        """Show the list."""
        ...

    def show_check(self, check: "Check | None") -> None:
        """Show that a check is under way, or no more."""
        ...

    def show_report(self, report: AuditReport, tip: str) -> None:
        """Show the outcome of a check, and of the tip that was asked for."""
        ...


class CalledOff(KnownError):
    """The check was stopped by whoever began it."""


@dataclass(slots=True)
class Check:
    """A check under way; written by its thread, read by the screen."""

    done: int = 0
    total: int = 0
    called_off: bool = False

    def note(self, done: int, total: int) -> None:
        """Tell how far it is; raises `CalledOff` when nobody waits for it any more."""
        self.done, self.total = done, total
        if self.called_off:
            raise CalledOff("called_off")


@dataclass(frozen=True, slots=True)
class _Read:
    rows: list[NumberedEntry]
    codes: Mapping[str, str]
    tip: Tip
    clerks: tuple[str, ...]


class AuditPresenter:
    """Keeps the newest question only. ``check`` is the check under way."""

    def __init__(self, workspace: Workspace, view: AuditView) -> None:
        self._workspace, self._view = workspace, view
        self._slow = workspace.operations.beside()
        self._ticket: Ticket | None = None
        self._asked: Asked | None = None
        self.state = AuditState()
        self.check: Check | None = None
        self._slow.closing.connect(self.call_off)

    def load(self, asked: Asked) -> None:
        """Show the newest entries that are wanted."""
        self._asked = asked
        self._set(replace(self.state, loading=True, error=""))
        self._ask(None, self._show)

    def refresh(self) -> None:
        """Ask the same again: acts were done."""
        if self._asked is not None:
            self._ask(None, self._show)

    def more(self) -> None:
        """Load the next page."""
        if self.state.more and not self.state.loading:
            self._set(replace(self.state, loading=True))
            self._ask(self.state.rows[-1].seq, self._append)

    def begin_check(self, tip: str) -> None:
        """Check the whole log beside whatever else is done."""
        desk = self._workspace.desk
        try:
            checked_tip(tip)
        except KnownError as error:
            self._workspace.shell.show_error(error)
            return
        self.check = check = Check()
        self._view.show_check(check)

        def done(report: AuditReport) -> None:
            self._over()
            self._view.show_report(report, tip)
            self.refresh()

        self._slow.run_query(
            lambda: verify(desk, tip=tip, on_progress=check.note), done=done, failed=self._not_checked
        )

    def call_off(self) -> None:
        """Stop the check; nothing was changed by it."""
        if self.check is not None:
            self.check.called_off = True

    def take_out(self, asked: Asked, target: Path) -> None:
        """Write the wanted entries as a workbook or on paper."""
        desk, wanted = self._workspace.desk, _filter(asked)

        def told(count: int) -> None:
            text = _("Đã xuất {count} mục: {name}").format(count=count, name=target.name)
            self._workspace.shell.notify(Notice(text=text, tone="ok"))
            self.refresh()

        self._slow.run_command(
            lambda: take_out(desk, wanted, target, audit_act_words, dossier_code=asked.code),
            done=told,
            changes=False,
        )

    def _ask(self, before: int | None, done: Callable[[_Read], None]) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        desk, asked = self._workspace.desk, self._asked
        if asked is None:
            return

        def work() -> _Read:
            found, codes = read_page(desk, _filter(asked), dossier_code=asked.code, before=before, limit=PAGE)
            with desk.store.reading() as queries:
                return _Read(found, codes, queries.audit_tip(), tuple(queries.audit_clerks()))

        self._ticket = self._workspace.operations.run_query(work, done=done, failed=self._fail)

    def _show(self, read: _Read) -> None:
        self._set(
            AuditState(
                rows=tuple(read.rows),
                codes=read.codes,
                more=len(read.rows) == PAGE,
                tip=read.tip,
                clerks=read.clerks,
            )
        )

    def _append(self, read: _Read) -> None:
        self._set(
            replace(
                self.state,
                rows=(*self.state.rows, *read.rows),
                codes={**self.state.codes, **read.codes},
                more=len(read.rows) == PAGE,
                loading=False,
            )
        )

    def _fail(self, error: KnownError) -> None:
        self._set(replace(self.state, rows=(), more=False, loading=False, error=text_of(error)))

    def _not_checked(self, error: KnownError) -> None:
        self._over()
        if not isinstance(error, CalledOff):
            self._workspace.shell.show_error(error)

    def _over(self) -> None:
        self.check = None
        self._view.show_check(None)

    def _set(self, state: AuditState) -> None:
        self.state = state
        self._view.show_state(state)


def _filter(asked: Asked) -> AuditFilter:
    return AuditFilter(
        clerk=asked.clerk,
        acts=asked.acts,
        since=day_begins(asked.first),
        until=day_begins(asked.last + timedelta(days=1)),
    )
