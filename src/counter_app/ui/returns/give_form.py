"""Everything of one return: who, the result while the citizen waits, fees, originals."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from counter_app.domain.dossier_acts import EnterResult, GiveResult
from counter_app.domain.dossier_acts.giving import check_taker
from counter_app.domain.errors import BadInput, KnownError
from counter_app.domain.receipt import PaidBy
from counter_app.i18n import _
from counter_app.services.acts import usual_words
from counter_app.services.receipts import Payment
from counter_app.services.returns import Giving
from counter_app.ui.dossier.acts.fee_amounts import FeeAmounts
from counter_app.ui.dossier.acts.give_back_card import OriginalTicks
from counter_app.ui.dossier.acts.item_picks import tick_row
from counter_app.ui.dossier.acts.money_cards import method_choices
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.returns.originals_question import OriginalsQuestion
from counter_app.ui.returns.who_card import WhoCard
from counter_app.ui.widgets.layouts import Card, column
from counter_app.ui.widgets.list_field import ListField
from counter_app.ui.widgets.options_field import OptionsField
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.widgets.tick_field import TickField

if TYPE_CHECKING:
    from datetime import datetime

    from counter_app.services.returns import ReturnFile


class GiveForm(QWidget):
    """Made anew for each dossier; `asked` is what F9 does, `problem` what keeps it from being done."""

    edited = Signal()
    finished = Signal()

    def __init__(self, file: "ReturnFile", *, now_resolved: bool, narrow: bool = False) -> None:
        super().__init__()
        self._file = file
        self._now_resolved = now_resolved
        self._go_on: Callable[[], None] = lambda: None
        self._leaves = ""  # why originals stay here, once the clerk was asked
        self.who = WhoCard(file)
        self.who.edited.connect(self._changed)
        self.who.finished.connect(self.finished)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(12)
        right.setSpacing(12)
        left.addWidget(self.who)
        self._amounts = FeeAmounts(file.facts.due)
        self._originals = OriginalTicks(file.facts.dossier)
        if now_resolved:
            right.addWidget(self._result_card())
        right.addWidget(self._result_words())
        if file.facts.due:
            right.addWidget(self._fee_card())
        if self._originals.held:
            right.addWidget(self._originals_card())
        left.addStretch(1)
        right.addStretch(1)
        # Large text leaves no room for two columns.
        both = QBoxLayout(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(12)
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        self.setLayout(both)
        self._changed()

    def asked(self) -> Giving:
        """Return what one press would do."""
        self._commit()
        to_collect = bool(self._file.facts.due) and self.collect.isChecked()
        unpaid = "" if not self._file.facts.due or to_collect else str(self.unpaid.value())
        give = GiveResult(
            to=self.who.way,
            full_name=self.who.full_name,
            personal_id=self.who.personal_id,
            identity_checked=self.who.identity,
            authorisation=str(self.who.letter.value() or ""),
            postal_code=str(self.who.postal.value() or ""),
            note="; ".join(each for each in (unpaid, self._leaves) if each),
            originals=self._originals.chosen(),
        )
        payment = None
        if to_collect:
            amounts, method = self._amounts.amounts(), str(self.method.value() or PaidBy.CASH.value)
            payment = Payment(amounts=amounts, method=PaidBy(method))
        return Giving(give=give, result=self._result(), payment=payment)

    def problem(self, now: "datetime") -> KnownError | None:
        """Return what the rules say against it, or None; nothing is written."""
        giving, facts = self.asked(), self._file.facts
        try:
            check_taker(giving.give, facts.dossier.applicant)
            if giving.payment is not None and self._amounts.missing():
                raise BadInput("fee_amount_unknown", names=[self._amounts.missing()])
            if facts.due and giving.payment is None and not self.unpaid.value():
                raise BadInput("entry_missing", field="unpaid_reason")
            if giving.result is None:
                facts.after(giving.give, now)
            elif giving.give.to.value == "delegate" and not giving.give.authorisation:
                raise BadInput("entry_missing", field="authorisation")
        except KnownError as problem:
            return problem
        return None

    def show_missing(self, problem: KnownError) -> None:
        """Go to the field a problem is about."""
        if problem.code == "identity_not_checked":
            self.who.show_missing("identity")
        elif problem.code == "authorisation_needed":
            self.who.show_missing("authorisation")
        elif problem.code in ("fee_amount_unknown", "bad_amount"):
            next(iter(self._amounts.fields.values())).setFocus()
        elif problem.params.get("field") == "unpaid_reason":
            self.unpaid.setFocus()
        else:
            self.who.show_missing(str(problem.params.get("field", "")))

    def must_ask(self) -> bool:
        """Tell whether originals would stay here without a word."""
        return self._originals.left() > 0 and not self._leaves

    @property
    def asking(self) -> bool:
        """Whether the question about the originals stands in the page."""
        return bool(self._originals.held) and not self.question.isHidden()

    def ask_originals(self, go_on: Callable[[], None]) -> None:
        """Ask in the page what becomes of the originals still here; `go_on` gives the result."""
        self._go_on = go_on
        names = "; ".join(self._originals.words_left())
        asked = _("Còn giữ {count} bản chính: {names}. Trả luôn?")
        self.question.ask(asked.format(count=self._originals.left(), names=names))
        self.edited.emit()

    def give_all(self) -> None:
        """Give every original along with the result."""
        for tick in self._originals.ticks.values():
            tick.set_value(True)
        self._changed()
        self._go_on()

    def _leave(self, reason: str) -> None:
        self.question.hide()
        self._leaves = usual_words.LEFT_ORIGINALS.format(reason=reason)
        self._go_on()

    def _result_card(self) -> Card:
        card = Card(_("Kết quả vừa có"))
        procedure = self._file.facts.procedure
        names = [result.name for result in procedure.results] if procedure else []
        self.result_name = ListField(_("Tên kết quả"), names, free=True)
        if names:
            self.result_name.set_value(names[0])
        self.result_number = TextField(_("Số của kết quả"), max_length=200)
        for words, field in (
            (_("Tên kết quả"), self.result_name),
            (_("Số của kết quả (không bắt buộc)"), self.result_number),
        ):
            card.body.addLayout(column(WrapLabel(words, type="small"), field, spacing=2))
        self.result_name.accepted.connect(self.result_number.setFocus)
        self.result_number.accepted.connect(self.finished)
        return card

    def _result_words(self) -> Card:
        """Say which paper to take off the shelf."""
        result, card = self._file.facts.dossier.life.result, Card(_("Kết quả"))
        if result is None:
            card.hide()
            return card
        number = " · " + _("số {number}").format(number=result.number) if result.number else ""
        card.body.addWidget(WrapLabel(result.name + number, bold=True))
        if not result.granted:
            no = _("Không đồng ý: giải thích lý do ghi trong văn bản.")
            card.body.addWidget(WrapLabel(no, tone="warn"))
        return card

    def _fee_card(self) -> Card:
        card = Card(_("Phí, lệ phí còn phải thu"))
        words = _("Thu ngay và in phiếu thu")
        self.collect = TickField(words)
        self.collect.set_value(True)
        self.collect.edited.connect(self._changed)
        self.collect.accepted.connect(self.finished)
        for charge in self._file.facts.due:
            field = self._amounts.fields[charge.fee_id]
            field.edited.connect(self._changed)
            field.accepted.connect(self.finished)
            card.body.addLayout(column(WrapLabel(charge.name, type="small"), field, spacing=2))
        self.method = OptionsField(_("Hình thức"), method_choices())
        self.method.set_value(PaidBy.CASH.value)
        self.method.accepted.connect(self.finished)
        self.unpaid = TextField(_("Lý do chưa thu"), max_length=1000, placeholder=_("Lý do chưa thu"))
        self.unpaid.edited.connect(self._changed)
        self.unpaid.accepted.connect(self.finished)
        card.body.addWidget(self.method)
        card.body.addLayout(tick_row(self.collect, words))
        card.body.addWidget(self.unpaid)
        return card

    def _originals_card(self) -> Card:
        card = Card(_("Bản chính phải trả lại"))
        card.body.addWidget(WrapLabel(_("Trao từng giấy và đánh dấu."), type="small", tone="muted"))
        for part_id, tick in self._originals.ticks.items():
            card.body.addLayout(tick_row(tick, self._originals.words(part_id)))
            tick.edited.connect(self._changed)
            tick.accepted.connect(self.finished)
        self._left = WrapLabel(tone="warn", type="small")
        card.body.addWidget(self._left)
        self.question = OriginalsQuestion(give_all=self.give_all, leave=self._leave)
        card.body.addWidget(self.question)
        return card

    def _result(self) -> EnterResult | None:
        if not self._now_resolved:
            return None
        return EnterResult(name=str(self.result_name.value()), number=str(self.result_number.value()))

    def _changed(self) -> None:
        if self._file.facts.due:
            taking = self.collect.isChecked()
            self.unpaid.setVisible(not taking)
            self.method.setVisible(taking)
        if self._originals.held:
            left = self._originals.left()
            self._left.setText(_("Chưa đánh dấu {count} bản chính: vẫn giữ lại.").format(count=left))
            self._left.setVisible(left > 0)
            self._leaves = ""
            self.question.hide()
        self.edited.emit()

    def _commit(self) -> None:
        for field in (self.who.name, self.who.number, self.who.letter, self.who.postal):
            field.commit()
