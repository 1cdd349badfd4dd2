"""Signing in, locking, unlocking, off the UI thread: proving a password takes 0.2 to 0.5 s."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.domain.clerks import waits_until
from counter_app.domain.errors import KnownError, RuleRefusal
from counter_app.ui.operations import Ticket
from counter_app.ui.session.people_list import PersonHere, people_here

if TYPE_CHECKING:
    from counter_app.domain.office import Office
    from counter_app.services.accounts.recover import SheetUse
    from counter_app.services.accounts.unlock import Unlocker
    from counter_app.services.desk import Desk
    from counter_app.services.session import SignedIn
    from counter_app.ui.operations import Operations

Failed = Callable[[KnownError], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class CameIn:
    """Somebody who just signed in, and what they must be told."""

    signed_in: SignedIn
    sheet_uses: Sequence[SheetUse] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedAway:
    """A password that did not open; ``until`` says when the next try may be made."""

    error: KnownError
    until: datetime | None = None


class SessionActs:
    """The acts of the pages on the cover."""

    def __init__(self, desk: Desk, operations: Operations) -> None:
        self.desk = desk
        self._operations = operations

    def load_people(self, done: Callable[[Sequence[PersonHere], str], None]) -> None:
        """Read who may sign in, and who did last."""
        desk = self.desk

        def work() -> tuple[Sequence[PersonHere], str]:
            with desk.store.reading() as queries:
                return people_here(queries.accounts())

        self._operations.run_query(work, done=lambda found: done(*found))

    def sign_in(
        self,
        person: PersonHere,
        password: str,
        *,
        done: Callable[[CameIn], None],
        away: Callable[[TurnedAway], None],
    ) -> None:
        """Let somebody be at the desk."""
        desk = self.desk

        def work() -> CameIn | TurnedAway:
            from counter_app.services.accounts.recover import sheet_uses_since
            from counter_app.services.accounts.sign_in import sign_in

            try:
                signed_in = sign_in(desk, person.username, password)
            except RuleRefusal as error:
                return self._away(person, error)
            return CameIn(signed_in=signed_in, sheet_uses=sheet_uses_since(desk, signed_in))

        def answer(result: CameIn | TurnedAway) -> None:
            if isinstance(result, CameIn):
                done(result)
            else:
                away(result)

        self._operations.run_command(work, done=answer, failed=_as_away(away), changes=False)

    def unlock(
        self,
        person: PersonHere,
        password: str,
        *,
        done: Callable[[], None],
        away: Callable[[TurnedAway], None],
    ) -> None:
        """Unlock the screen of the one at the desk."""
        desk = self.desk

        def work() -> TurnedAway | None:
            from counter_app.services.accounts.sign_in import unlock_screen

            try:
                unlock_screen(desk, password)
            except RuleRefusal as error:
                return self._away(person, error)
            return None

        def answer(result: TurnedAway | None) -> None:
            if result is None:
                done()
            else:
                away(result)

        self._operations.run_command(work, done=answer, failed=_as_away(away), changes=False)

    def _away(self, person: PersonHere, error: RuleRefusal) -> TurnedAway:
        with self.desk.store.reading() as queries:
            account = queries.account(person.account_id)
        until = waits_until(account, self.desk.clock.now()) if account is not None else None
        return TurnedAway(error=error, until=until)

    def lock(self) -> None:
        """Put on record that the screen is locked; it is, even when that cannot be written."""
        from counter_app.services.accounts.sign_in import lock_screen

        self._operations.run_command(
            lambda: lock_screen(self.desk), failed=lambda _error: None, changes=False
        )

    def leave(self, *, shift_over: bool, done: Callable[[], None] | None = None) -> None:
        """Sign out, at the end of a shift or because the window closes."""
        from counter_app.services.accounts.sign_in import end_shift, sign_out

        over = done or _nothing
        self._operations.run_command(
            lambda: (end_shift if shift_over else sign_out)(self.desk),
            done=lambda _answer: over(),
            failed=lambda _error: over(),  # nobody is at the desk all the same
            changes=False,
        )

    def change_password(self, present: str, new: str, *, done: Callable[[], None], failed: Failed) -> None:
        """Give the one at the desk another password."""
        from counter_app.services.accounts.passwords import change_password

        self._operations.run_command(
            lambda: change_password(self.desk, present, new),
            done=lambda _answer: done(),
            failed=failed,
            changes=False,
        )

    def unlock_account(
        self,
        account_id: str,
        unlockers: Sequence[Unlocker],
        recovery_code: str,
        *,
        done: Callable[[], None],
        failed: Failed,
    ) -> None:
        """Unlock an account that was tried too often: two people, or one and the recovery sheet."""
        desk = self.desk

        def work() -> None:
            from counter_app.services.accounts.unlock import unlock_account

            unlock_account(desk, account_id, unlockers, recovery_code=recovery_code)

        self._operations.run_command(work, done=lambda _answer: done(), failed=failed, changes=False)

    def recover(
        self, username: str, recovery_code: str, password: str, *, done: Callable[[], None], failed: Failed
    ) -> None:
        """Give an administrator a new password by the code of the recovery sheet."""
        desk = self.desk

        def work() -> None:
            from counter_app.services.accounts.recover import recover_administrator

            recover_administrator(desk, username, recovery_code, password)

        self._operations.run_command(work, done=lambda _answer: done(), failed=failed, changes=False)

    def judge(
        self, password: str, names: Sequence[str], done: Callable[[KnownError | None, int], None]
    ) -> Ticket:
        """Tell what is wrong with a new password, and how strong it is (0 to 4)."""
        desk = self.desk
        return self._operations.run_query(
            lambda: judged(desk, desk.settings.office, password, names), done=lambda found: done(*found)
        )


def judged(desk: Desk, office: Office, password: str, names: Sequence[str]) -> tuple[KnownError | None, int]:
    """Return why a password cannot be taken (None when it can), and its strength (0 to 4)."""
    from counter_app.services.accounts.passwords import check_new, known_words, strength

    words = known_words(office, *names)
    try:
        check_new(desk.hasher, password, words)
    except KnownError as error:
        return error, 0
    return None, strength(desk.hasher, password, words)


def _as_away(away: Callable[[TurnedAway], None]) -> Failed:
    return lambda error: away(TurnedAway(error=error))


def _nothing() -> None:
    """Tell nobody."""
