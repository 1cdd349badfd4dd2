"""Signing in, and unlocking: a name, a password, Enter."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from counter_app.i18n import _
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.session.cover_form import Message, in_the_middle
from counter_app.ui.session.password_field import PasswordField
from counter_app.ui.session.people_list import PeopleList, PersonHere
from counter_app.ui.session.words import role_words, wait_words
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.labels import ElidedLabel, PlainLabel
from counter_app.ui.widgets.layouts import Card, column, row
from counter_app.ui.widgets.tick_field import TickField

_TICK_MS = 500
_LETTERS = 104  # as wide as so many, the names 32 of them
_NAMES = 32


class SignInPage(QWidget):
    """Up and Down choose a name while the password is typed; what a try came to is said in place.

    Args:
        now: The clock that waiting is counted by.
        submitted: Gets who, and the password.
        forgotten: Called for whoever forgot theirs.
        unlock: Called to unlock the account of somebody.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        submitted: Callable[[PersonHere, str], None],
        forgotten: Callable[[PersonHere], None],
        unlock: Callable[[PersonHere], None],
    ) -> None:
        super().__init__()
        self._now = now
        self._submitted, self._forgotten, self._unlock = submitted, forgotten, unlock
        self._waits: dict[str, datetime] = {}
        self._locked: set[str] = set()
        self._busy = False
        self.title = PlainLabel(type="title")
        self.words = WrapLabel(tone="muted")
        self.password = PasswordField(_("Mật khẩu"))
        self.password.accepted.connect(self.submit)
        self.shown = TickField(_("Hiện mật khẩu"), _("Hiện mật khẩu"))
        self.shown.toggled.connect(lambda on: self.password.show_letters(shown=on))
        self.message = Message()
        self.enter = primary_button("", key="Enter", clicked=self.submit)
        self.forgot = Button(
            _("Quên mật khẩu?"), variant="link", clicked=lambda: self._about(self._forgotten)
        )
        self.unlock = Button(_("Mở khóa tài khoản…"), clicked=lambda: self._about(self._unlock))
        self._name = ElidedLabel(type="strong")
        self._role = PlainLabel(tone="muted", type="small")
        self.list = PeopleList(self._chosen)
        self.password.stepped.connect(self.list.step)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._lay_out()
        self.say_opening()

    def _lay_out(self) -> None:
        right = column(
            self._name,
            self._role,
            8,
            PlainLabel(_("Mật khẩu"), type="small"),
            self.password,
            self.shown,
            self.message,
            6,
            row(self.enter, self.unlock, None, self.forgot, spacing=10),
            None,
            spacing=4,
        )
        both = row(self.list, spacing=20)
        both.addLayout(right, 1)
        self.list.setMinimumHeight(240)
        self.list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        both.setStretch(0, 1)
        both.setStretch(1, 2)
        card = Card()
        card.body.setContentsMargins(10, 8, 10, 10)
        for item in (self.title, self.words):
            card.body.addWidget(item)
        card.body.addSpacing(10)
        card.body.addLayout(both)
        self._card = card
        self.setLayout(in_the_middle(card))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt)
        """Be as wide as the size of the text asks for."""
        super().showEvent(event)
        letter = self.fontMetrics().averageCharWidth()
        self._card.setMaximumWidth(letter * _LETTERS)
        self.list.setMinimumWidth(letter * _NAMES)

    # --- What it shows

    def say_opening(self) -> None:
        """Say that the data is being opened; the password may be typed already."""
        self.title.setText(_("Đăng nhập"))
        self.words.setText(_("Đang mở dữ liệu…"))
        self.enter.set_text(_("Đăng nhập"))
        self._show_state()

    def begin(self, people: Sequence[PersonHere], chosen: str) -> None:
        """Ask who signs in; what was typed meanwhile stays."""
        self.title.setText(_("Đăng nhập"))
        self.words.setText(_("Chọn tên (chuột hoặc phím ↑ ↓), gõ mật khẩu, bấm Enter."))
        self.enter.set_text(_("Đăng nhập"))
        self._show_people(people, chosen)

    def begin_locked(self, people: Sequence[PersonHere], present: PersonHere, *, switching: bool) -> None:
        """Ask for the password of the one at the desk, or of whoever takes their place."""
        self.title.setText(_("Đổi người làm việc") if switching else _("Màn hình đang khóa"))
        self.words.setText(
            _(
                "Việc đang làm dở của {name} được giữ nguyên. Người khác đăng nhập thì việc ấy nằm trong "
                "bản nháp của {name}."
            ).format(name=present.full_name)
        )
        self._show_people(people, present.account_id)
        if switching:
            self.list.choose_other_than(present.account_id)
        self.enter.set_text(_("Đăng nhập") if switching else _("Mở khóa"))
        self.forget_password()

    def forget_password(self) -> None:
        """Empty the field; nothing typed stays for whoever comes next."""
        self.password.clear()
        self.shown.setChecked(False)
        self._say_state()

    def take_keyboard(self) -> None:
        """Be where the password is typed; the field left behind keeps its text, caret and all."""
        self.password.setFocus(Qt.FocusReason.PopupFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        """Take nothing while a password is tried."""
        self._busy = busy
        if busy:
            self.message.say(_("Đang kiểm tra mật khẩu…"), "info")
        self._show_state()

    def turned_away(self, person: PersonHere, text: str, *, until: datetime | None, locked: bool) -> None:
        """Say what a try came to; a wait is counted down."""
        self._busy = False
        self.password.clear()
        if until is not None:
            self._waits[person.account_id] = until
            self._timer.start()
        if locked:
            self._locked.add(person.account_id)
        self.message.say(text)
        self._show_state()
        self.tick()
        self.take_keyboard()

    # --- What is done

    @property
    def person(self) -> PersonHere | None:
        """Who is chosen."""
        return self.list.person

    def submit(self) -> None:
        """Try the password; nothing happens while one is tried, or the next one must wait."""
        person, password = self.person, self.password.value()
        if person is None or self._busy or not self.enter.isEnabled():
            return
        if not password:
            self.message.say(_("Hãy gõ mật khẩu."), "info")
            return
        self._submitted(person, password)

    def tick(self) -> None:
        """Count down."""
        now = self._now()
        self._waits = {who: until for who, until in self._waits.items() if until > now}
        person = self.person
        until = self._waits.get(person.account_id) if person is not None else None
        counts = until is not None and not self._busy and not self._is_locked()
        if until is not None and counts:
            self.message.say(wait_words(until - now), "warn")
        elif self._counting:
            self.message.say("")
        self._counting = counts
        if not self._waits:
            self._timer.stop()
        self._show_state()

    _counting = False

    def _show_people(self, people: Sequence[PersonHere], chosen: str) -> None:
        self._locked = {each.account_id for each in people if each.locked}
        self.list.show_people(people, chosen)

    def _chosen(self, person: PersonHere) -> None:
        self._name.setText(person.full_name)
        self._role.setText(role_words(person.role))
        self._say_state()
        if self.isVisible():
            self.take_keyboard()

    def _say_state(self) -> None:
        """Say whether this account is locked or must wait; else nothing."""
        locked = _("Tài khoản này bị khóa vì gõ sai mật khẩu nhiều lần.")
        self.message.say(locked if self._is_locked() else "")
        self._counting = False
        self.tick()

    def _is_locked(self) -> bool:
        return self.person is not None and self.person.account_id in self._locked

    def _show_state(self) -> None:
        person = self.person
        waits = person is not None and person.account_id in self._waits
        locked = self._is_locked()
        self.enter.setEnabled(person is not None and not self._busy and not waits and not locked)
        self.password.setReadOnly(self._busy)
        self.enter.setVisible(not locked)
        self.unlock.setVisible(locked)
        self.forgot.setEnabled(person is not None)

    def _about(self, act: Callable[[PersonHere], None]) -> None:
        if self.person is not None and not self._busy:
            act(self.person)
