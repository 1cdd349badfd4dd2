"""What can be done with the dossier in front: the acts, and the form of the one that was chosen."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from counter_app.domain.clerks import Permission
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.ui.dossier.acts.act_form import ActForm, Asked, FormContext
from counter_app.ui.dossier.acts.act_keys import ActKey, Offer, name_of, offer
from counter_app.ui.dossier.acts.presenter import problem_of
from counter_app.ui.dossier.state_words import mistake_words, owed_words, promise_words, where_words
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.session.allowed import refusal_of
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.flow_row import FlowBox
from counter_app.ui.widgets.layouts import Card, column

if TYPE_CHECKING:
    from counter_app.domain.errors import KnownError
    from counter_app.domain.person import Person
    from counter_app.services.acts.act_facts import ActFacts
    from counter_app.ui.workspace import Workspace

_FORMS = {
    ActKey.HAND_OVER: ("hand_over_card", "HandOverCard"),
    ActKey.SUPPLEMENT: ("supplement_card", "SupplementCard"),
    ActKey.RESUME: ("resume_card", "ResumeCard"),
    ActKey.REFUSE: ("ending_cards", "RefusalCard"),
    ActKey.STOP: ("ending_cards", "StopCard"),
    ActKey.WITHDRAW: ("ending_cards", "WithdrawCard"),
    ActKey.ASK_PAYMENT: ("payment_cards", "AskPaymentCard"),
    ActKey.TAKE_PAYMENT: ("payment_cards", "TakePaymentCard"),
    ActKey.EXTEND: ("extend_card", "ExtendCard"),
    ActKey.RESULT: ("result_card", "ResultCard"),
    ActKey.GIVE_BACK: ("give_back_card", "GiveBackCard"),
    ActKey.COLLECT: ("money_cards", "CollectCard"),
    ActKey.VOID: ("money_cards", "VoidCard"),
    ActKey.UNDO: ("undo_card", "UndoCard"),
}
KEYS = {ActKey.SUPPLEMENT: "F7", ActKey.COLLECT: "F8"}
_FORM_FOLDER = "counter_app.ui.dossier.acts"


class ActPanel(QWidget):
    """Shows where the dossier is and its acts, or one act's form.

    Args:
        workspace: The window's.
        changed: Called when a form opened, closed or its readiness changed.
        elsewhere: Called with an act another screen does.
        ready: Called when Enter left the last field: the confirming button is next.
    """

    def __init__(
        self,
        workspace: "Workspace",
        *,
        changed: Callable[[], None],
        elsewhere: Callable[[ActKey], None],
        ready: Callable[[], None],
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._changed, self._elsewhere, self._ready = changed, elsewhere, ready
        self.facts: ActFacts | None = None
        self.holders: tuple[str, ...] = ()
        self.offer = Offer(first=None, next=(), others=())
        self.key: ActKey | None = None
        self.form: ActForm | None = None
        self.sure = False  # the clerk was asked once whether the dossier may end
        self._unfinished: dict[tuple[str, ActKey], dict[str, object]] = {}
        self._card = Card(_("Việc tiếp theo"))
        self._where = WrapLabel(bold=True)
        self._owed = WrapLabel(type="small")
        self._next = FlowBox()
        self._others = FlowBox()
        self._more = Button(_("Việc khác"), key="F6", variant="link", clicked=self.show_others)
        self._card.heading.addWidget(self._more)
        for each in (self._where, self._owed, self._next, self._others):
            self._card.body.addWidget(each)
        self._others.hide()
        self._place = column(self._card, spacing=0)
        self.setLayout(self._place)

    def show_facts(self, facts: "ActFacts", holders: tuple[str, ...]) -> None:
        """Show the acts of a dossier; a form the clerk is filling in for the same one stays."""
        same = self.facts is not None and self.facts.dossier.dossier_id == facts.dossier.dossier_id
        if self.form is not None and same:
            return
        self.close()
        now = self._workspace.desk.clock.now()
        self.facts, self.holders, self.offer = facts, holders, offer(facts, now.date())
        self.show()
        dossier = facts.dossier
        self._where.setText(where_words(dossier))
        due, tone = promise_words(dossier, now)
        self._owed.setText(" ".join(each for each in (due, *owed_words(facts), mistake_words(facts)) if each))
        self._owed.set_tone(tone or "muted")
        self._owed.setVisible(bool(self._owed.text()))
        self._next.show_only(self._buttons(self.offer.next))
        self._next.setVisible(bool(self.offer.next))
        self._others.show_only(self._buttons(self.offer.others))
        self._show_others(False)
        self._more.setVisible(bool(self.offer.others))

    def show_nothing(self) -> None:
        """Offer no act: what they depend on cannot be read."""
        self.close()
        self.facts, self.offer = None, Offer(first=None, next=(), others=())
        self.hide()

    def take_person(self, person: "Person") -> bool:
        """Let the open form use a scanned card; False when it has no use for one."""
        return self.form is not None and self.form.take_person(person)

    def open(self, key: ActKey) -> None:
        """Open the form of an act, or go where it is done."""
        if self.facts is None:
            return
        if (refusal := refusal_of(self._workspace, Permission.RECEIVE)) is not None:
            self._workspace.shell.show_error(refusal)
            return
        if key not in _FORMS:
            self._elsewhere(key)
            return
        self.close()
        module, name = _FORMS[key]
        context = FormContext(
            facts=self.facts,
            now=self._workspace.desk.clock.now(),
            theme=self._workspace.theme,
            holders=self.holders,
        )
        made: ActForm = getattr(import_module(f"{_FORM_FOLDER}.{module}"), name)(context)
        self.key, self.form = key, made
        made.begin(self._unfinished.get((self.facts.dossier.dossier_id, key), {}))
        made.edited.connect(self._edited)
        made.finished.connect(self._ready)
        self._place.addWidget(made)
        self._card.hide()
        self._edited()
        QTimer.singleShot(0, made, self._begin)

    def open_if_offered(self, key: ActKey) -> None:
        """Open the form of an act by its key, where the dossier allows the act."""
        offered = (self.offer.first, *self.offer.next, *self.offer.others)
        if self.form is None and key in offered:
            self.open(key)

    def close(self, *, done: bool = False) -> bool:
        """Put the form away, keeping what was typed unless it is done; False when there is none."""
        if self.form is None or self.key is None or self.facts is None:
            return False
        kept, unfinished = (self.facts.dossier.dossier_id, self.key), self.form.unfinished()
        self._unfinished.pop(kept, None)
        if unfinished and not done:
            self._unfinished[kept] = unfinished
        self.sure = False
        self._place.removeWidget(self.form)
        self.form.hide()
        self.form.deleteLater()
        self.form, self.key = None, None
        self._card.show()
        self._changed()
        return True

    def asked(self) -> "Asked | None":
        """Return what the open form asks for."""
        if self.form is None:
            return None
        self.form.commit()
        return self.form.asked()

    def problem(self) -> "KnownError | None":
        """Return what the rules say against the form as it stands."""
        if self.facts is None or self.form is None:
            return None
        rule = problem_of(self.facts, self.form.asked(), self._workspace.desk.clock.now())
        return rule or self.form.problem()

    def focus_acts(self) -> bool:
        """Go to the first act's button; False when there is none."""
        for box in (self._next, self._others):
            if not box.isHidden() and (button := box.findChild(Button)) is not None:
                button.setFocus()
                return True
        return False

    def show_problem(self, problem: "KnownError") -> None:
        """Go to the field the problem is about."""
        if self.form is not None:
            self.form.show_missing(field_of(problem))

    def _begin(self) -> None:
        if self.form is not None:
            self.form.focus_first()
            area = self._scroll_area()
            if area is not None:
                area.ensureWidgetVisible(self.form, 0, 0)

    def _edited(self) -> None:
        self.sure = False
        if self.form is not None:
            self.form.show_marks("")
        self._changed()

    def _buttons(self, keys: tuple[ActKey, ...]) -> list[QWidget]:
        assert self.facts is not None  # noqa: S101  (buttons belong to a dossier)
        dossier = self.facts.dossier
        return [
            Button(name_of(key, dossier), key=KEYS.get(key, ""), clicked=partial(self.open, key))
            for key in keys
        ]

    def show_others(self) -> None:
        """Show the acts that are rarely wanted, ready to be walked, or fold them again."""
        if self.form is not None or not self.offer.others:
            return
        self._show_others(self._others.isHidden())
        first = self._others.findChild(Button)
        if not self._others.isHidden() and first is not None:
            first.setFocus()

    def _show_others(self, shown: bool) -> None:
        self._others.setVisible(shown)
        self._more.set_text(_("Thu gọn") if shown else _("Việc khác"))

    def _scroll_area(self) -> QScrollArea | None:
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        return around


_FIELDS = {
    "second_supplement_needs_reason": "repeat_reason",
    "extension_late_needs_reason": "late_reason",
    "extension_day_missing": "days",
    "extension_not_later": "days",
    "bad_processing_time": "days",
    "more_than_due": "over_reason",
    "bad_amount": "amount",
}


def field_of(problem: "KnownError") -> str:
    """Return the field a problem is about, "" when it is about none."""
    named, fee_id = problem.params.get("field"), problem.params.get("fee_id")
    if fee_id and fee_id != "payment":
        return f"fee:{fee_id}"
    return str(named) if named else _FIELDS.get(problem.code, "")


def words_of(problem: "KnownError | None") -> str:
    """Return what is missing in words, "" when nothing is."""
    return "" if problem is None else text_of(problem)
