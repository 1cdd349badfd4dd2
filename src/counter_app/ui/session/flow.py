"""The pages of the cover in turn: name and password, what is asked before or instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from counter_app.domain.errors import KnownError
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.ui.session.people_list import PersonHere
from counter_app.ui.session.sign_in_page import SignInPage

if TYPE_CHECKING:
    from counter_app.services.accounts.unlock import Unlocker
    from counter_app.ui.operations import Ticket
    from counter_app.ui.session.acts import CameIn, SessionActs, TurnedAway
    from counter_app.ui.session.cover import Cover
    from counter_app.ui.session.forgotten_page import ForgottenPage
    from counter_app.ui.session.new_password_page import NewPasswordPage
    from counter_app.ui.session.strength_line import Judged
    from counter_app.ui.session.unlock_page import UnlockPage

_LOCKED, _WRONG = "account_is_locked", "sign_in_wrong"


class CoverFlow:
    """Shows one page after the other until somebody may pass.

    Args:
        cover: Where the pages are shown.
        acts: What they do.
        may_leave: Asked before somebody else signs in; returns why not, "" when they may.
        came_in: Called when somebody signed in and may work.
        unlocked: Called when the one at the desk is back.
    """

    def __init__(
        self,
        cover: Cover,
        acts: SessionActs,
        *,
        may_leave: Callable[[], str],
        came_in: Callable[[CameIn], None],
        unlocked: Callable[[], None],
    ) -> None:
        self._cover, self._acts = cover, acts
        self._may_leave, self._came_in, self._unlocked = may_leave, came_in, unlocked
        self._people: Sequence[PersonHere] = ()
        self._switching = False
        self._passing: tuple[CameIn, str] | None = None  # signed in with a password for one time
        self.sign_in = SignInPage(
            now=acts.desk.clock.now,
            submitted=self._submitted,
            forgotten=self._forgotten,
            unlock=self._unlock,
        )
        cover.show_page(self.sign_in)
        self._new_password: NewPasswordPage | None = None
        self._unlock_page: UnlockPage | None = None
        self._forgotten_page: ForgottenPage | None = None

    def begin(self, *, switching: bool = False) -> None:
        """Ask for a password: of the one at the desk, or of anybody."""
        self._switching = switching
        self._passing = None
        self.sign_in.forget_password()
        self._cover.show_page(self.sign_in)
        self._acts.load_people(self._show_people)

    def take_keyboard(self) -> None:
        """Be where the next key is wanted."""
        page = self._cover.pages.currentWidget()
        taking = page if page in (self._new_password, self._unlock_page, self._forgotten_page) else None
        if taking is None or page is None:
            self.sign_in.take_keyboard()
        else:
            page.take_keyboard()  # type: ignore[attr-defined]

    def forget_passwords(self) -> None:
        """Nobody is typing any more: leave no half-typed password behind."""
        if self._passing is None and not self.sign_in.enter.hasFocus():
            self.sign_in.forget_password()

    def take_scan(self, text: str) -> bool:
        """Take the recovery sheet's code where it is asked for; False where a scan has no use."""
        page = self._cover.pages.currentWidget()
        for asking in (self._unlock_page, self._forgotten_page):
            if asking is not None and page is asking and asking.code.isVisible():
                asking.code.set_value(text)
                return True
        return False

    # --- Name and password

    def _show_people(self, people: Sequence[PersonHere], last: str) -> None:
        self._people = people
        present = self._present()
        if present is None:
            self.sign_in.begin(people, last)
        else:
            self.sign_in.begin_locked(people, present, switching=self._switching)
        self._cover.say_where(self._acts.desk.settings.counter.number)

    def _present(self) -> PersonHere | None:
        at_desk = self._acts.desk.session.present
        if at_desk is None:
            return None
        return next((each for each in self._people if each.account_id == at_desk.account_id), None)

    def _submitted(self, person: PersonHere, password: str) -> None:
        def away(turned: TurnedAway) -> None:
            self._turned_away(person, turned)

        if person == self._present():
            self.sign_in.set_busy(busy=True)
            self._acts.unlock(person, password, done=self._passed_lock, away=away)
            return
        if why := self._may_leave():
            self.sign_in.message.say(why, "bad")
            return
        self.sign_in.set_busy(busy=True)
        self._acts.sign_in(
            person, password, done=lambda came: self._let_in(person, password, came), away=away
        )

    def _turned_away(self, person: PersonHere, turned: TurnedAway) -> None:
        text = text_of(turned.error)
        if turned.error.code == _WRONG:  # the name was chosen from a list: only the password can be wrong
            text = _("Mật khẩu chưa đúng. Hãy xem phím Caps Lock và bộ gõ tiếng Việt rồi gõ lại.")
        self.sign_in.turned_away(person, text, until=turned.until, locked=turned.error.code == _LOCKED)

    def _passed_lock(self) -> None:
        self.sign_in.set_busy(busy=False)
        self.sign_in.forget_password()
        self._unlocked()

    def _let_in(self, person: PersonHere, password: str, came: CameIn) -> None:
        self.sign_in.set_busy(busy=False)
        self.sign_in.forget_password()
        if came.signed_in.must_change:
            self._passing = came, password
            self._ask_new_password(person)
        else:
            self._came_in(came)

    # --- A new password before anything else

    def _ask_new_password(self, person: PersonHere) -> None:
        from counter_app.ui.session.new_password_page import NewPasswordPage

        if self._new_password is None:
            self._new_password = NewPasswordPage(self._judge, self._set_password, self._back_out)
        self._judged = (person.username, person.full_name)
        self._cover.show_page(self._new_password)
        self._new_password.begin()

    def _set_password(self, new: str) -> None:
        if self._passing is None or self._new_password is None:
            return
        came, present = self._passing
        page = self._new_password

        def done() -> None:
            self._passing = None
            page.begin()
            self._came_in(came)

        self._acts.change_password(present, new, done=done, failed=lambda error: page.refuse(text_of(error)))

    def _back_out(self) -> None:
        """Go back without a new password: nobody is at the desk then."""
        self._passing = None
        self._acts.leave(shift_over=False, done=self.begin)

    _judged: tuple[str, ...] = ()

    def _judge(self, password: str, told: Judged) -> Ticket:
        return self._acts.judge(password, self._judged, told)

    # --- Instead of a password

    def _back(self) -> None:
        self.begin(switching=self._switching)
        self.sign_in.take_keyboard()

    def _unlock(self, person: PersonHere) -> None:
        from counter_app.ui.session.unlock_page import UnlockPage

        if self._unlock_page is None:
            self._unlock_page = UnlockPage(self._stood_for, self._back)
        self._about = person
        self._cover.show_page(self._unlock_page)
        self._unlock_page.begin_for(person, self._people)

    _about: PersonHere | None = None

    def _stood_for(self, unlockers: Sequence[Unlocker], code: str) -> None:
        page, person = self._unlock_page, self._about
        if page is None or person is None:
            return

        def done() -> None:
            self._back()
            words = _("Đã mở khóa tài khoản của {name}.").format(name=person.full_name)
            self._cover.foot.say(words, "ok")

        self._acts.unlock_account(person.account_id, unlockers, code, done=done, failed=_refused_by(page))

    def _forgotten(self, person: PersonHere) -> None:
        from counter_app.ui.session.forgotten_page import ForgottenPage

        if self._forgotten_page is None:
            self._forgotten_page = ForgottenPage(self._judge, self._recover, self._back)
        self._about = person
        self._judged = (person.username, person.full_name)
        self._cover.show_page(self._forgotten_page)
        self._forgotten_page.begin_for(person, self._people)

    def _recover(self, code: str, password: str) -> None:
        page, person = self._forgotten_page, self._about
        if page is None or person is None:
            return

        def done() -> None:
            self._back()
            words = _("Đã đặt mật khẩu mới cho {name}. Hãy đăng nhập.").format(name=person.full_name)
            self._cover.foot.say(words, "ok")

        self._acts.recover(person.username, code, password, done=done, failed=_refused_by(page))


def _refused_by(page: UnlockPage | ForgottenPage) -> Callable[[KnownError], None]:
    return lambda error: page.refuse(text_of(error))
