"""Reading and changing accounts off the UI thread; plain Python."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from counter_app.domain.clerks import Account, Permission, Role, may
from counter_app.domain.errors import KnownError
from counter_app.services.accounts import manage
from counter_app.services.accounts.first_account import OldProof, make_first_account, needs_old_proof
from counter_app.services.accounts.passwords import change_password
from counter_app.services.accounts.unlock import Unlocker, unlock_account
from counter_app.ui.session.acts import judged
from counter_app.ui.session.strength_line import Judge, Judged
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from counter_app.ui.operations import Ticket

T = TypeVar("T")
Failed = Callable[[KnownError], None]
Made = tuple[Account, str]  # an account and its one-time password


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the page shows: nobody's accounts yet, one's own password only, or everybody's accounts."""

    has_accounts: bool
    accounts: Sequence[Account] = ()
    names: Sequence[str] = ()  # of clerks without an account
    old_proof: bool = False


class AccountsPresenter:
    """Everything the page does; errors nobody takes go to the message bar."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @property
    def manages(self) -> bool:
        """Whether the one at the desk may see and change others' accounts."""
        present = self._workspace.desk.session.present
        return present is not None and may(present.role, Permission.ACCOUNTS)

    @property
    def own_id(self) -> str:
        """The account of the one at the desk, "" for nobody."""
        present = self._workspace.desk.session.present
        return "" if present is None else present.account_id

    def load(self, done: Callable[[Standing], None]) -> None:
        """Read what the page shows."""
        desk, manages = self._workspace.desk, self.manages

        def work() -> Standing:
            with desk.store.reading() as queries:
                has_accounts = queries.has_accounts()
            return Standing(
                has_accounts=has_accounts,
                accounts=manage.accounts(desk) if manages else (),
                names=manage.suggested_names(desk),
                old_proof=needs_old_proof(desk),
            )

        self._workspace.operations.run_query(work, done=done)

    def judge_for(self, names: Callable[[], Sequence[str]]) -> Judge:
        """Return what tells whether a password will do for somebody of these names."""
        desk, operations = self._workspace.desk, self._workspace.operations

        def judge(password: str, done: Judged) -> "Ticket":
            known = tuple(names())
            return operations.run_query(
                lambda: judged(desk, desk.settings.office, password, known),
                done=lambda found: done(*found),
            )

        return judge

    def make_first(
        self,
        *,
        username: str,
        full_name: str,
        password: str,
        proof: OldProof,
        failed: Failed,
    ) -> None:
        """Make the first account; then the window asks who is there."""
        desk, shell = self._workspace.desk, self._workspace.shell
        self._workspace.operations.run_command(
            lambda: make_first_account(
                desk, username=username, full_name=full_name, password=password, proof=proof
            ),
            done=lambda _account: shell.ask_who_is_here(),
            failed=failed,
        )

    def make(
        self, username: str, full_name: str, role: Role, *, done: Callable[[Made], None], failed: Failed
    ) -> None:
        """Make an account."""
        desk = self._workspace.desk
        self._run(
            lambda: manage.make_account(desk, username=username, full_name=full_name, role=role), done, failed
        )

    def change(
        self,
        account: Account,
        *,
        username: str,
        role: Role,
        done: Callable[[Account], None],
        failed: Failed,
    ) -> None:
        """Give somebody another role or user name."""
        desk = self._workspace.desk

        def changed(after: Account) -> None:
            self._workspace.shell.settings_changed()
            done(after)

        self._run(
            lambda: manage.change_account(desk, account.account_id, role=role, username=username),
            changed,
            failed,
        )

    def reset(self, account: Account, *, done: Callable[[Made], None], failed: Failed) -> None:
        """Give somebody a one-time password."""
        desk = self._workspace.desk
        self._run(lambda: manage.reset_password(desk, account.account_id), done, failed)

    def close(self, account: Account, *, done: Callable[[Account], None], failed: Failed) -> None:
        """Close an account."""
        desk = self._workspace.desk
        self._run(lambda: manage.close_account(desk, account.account_id), done, failed)

    def reopen(self, account: Account, *, done: Callable[[Made], None], failed: Failed) -> None:
        """Open a closed account again."""
        desk = self._workspace.desk
        self._run(lambda: manage.reopen_account(desk, account.account_id), done, failed)

    def unlock(
        self,
        account: Account,
        unlockers: Sequence[Unlocker],
        recovery_code: str,
        *,
        done: Callable[[Account], None],
        failed: Failed,
    ) -> None:
        """Unlock an account that was tried too often."""
        desk = self._workspace.desk
        self._workspace.operations.run_command(
            lambda: unlock_account(desk, account.account_id, unlockers, recovery_code=recovery_code),
            done=done,
            failed=failed,
        )

    def change_own(self, present: str, new: str, done: Callable[[], None], failed: Failed) -> None:
        """Give oneself another password."""
        desk = self._workspace.desk
        self._workspace.operations.run_command(
            lambda: change_password(desk, present, new), done=lambda _none: done(), failed=failed
        )

    def say(self, text: str) -> None:
        """Say that something is done."""
        self._workspace.shell.notify(Notice(text=text, tone="ok"))

    def _run(self, work: Callable[[], T], done: Callable[[T], None], failed: "Failed") -> None:
        self._workspace.operations.run_command(work, done=done, failed=failed)
