"""Waiting for a payment the law demands before the result, and that it was made."""

from counter_app.domain.dossier_acts import AskPayment, TakePayment
from counter_app.domain.dossier_life import PaymentPolicy
from counter_app.domain.fee import format_vnd
from counter_app.i18n import _, moment
from counter_app.services.acts import usual_words
from counter_app.ui.dossier.acts.act_form import ActForm, FormContext
from counter_app.ui.dossier.acts.promise_side import PromiseSide
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.options_field import OptionsField
from counter_app.ui.widgets.text_field import NumberField, TextField


class AskPaymentCard(ActForm):
    """What is to be paid, how much where it is known, and whether the time runs on."""

    def __init__(self, context: FormContext) -> None:
        super().__init__(_("Chờ công dân nộp tiền"), context)
        what = TextField(_("Phải nộp gì"), max_length=1000)
        what.set_suggestion(usual_words.PAYMENT, _("Enter để dùng"))
        self.add_field("text", _("Phải nộp gì"), what)
        self.add_field("amount", _("Số tiền, nếu đã biết"), NumberField(_("Số tiền"), money=True))
        policy = OptionsField(
            _("Trong lúc chờ"),
            [
                (PaymentPolicy.RUN.value, _("Vẫn tính thời hạn")),
                (PaymentPolicy.SHIFT.value, _("Không tính ngày chờ")),
            ],
        )
        policy.set_value(PaymentPolicy.RUN.value)
        self.add_field("policy", _("Trong lúc chờ"), policy)

    def asked(self) -> AskPayment:
        """Return the demand."""
        amount = self.fields["amount"].value()
        return AskPayment(
            text=self.text("text"),
            amount_vnd=amount if isinstance(amount, int) else None,
            policy=PaymentPolicy(self.text("policy") or PaymentPolicy.RUN.value),
        )


class TakePaymentCard(ActForm):
    """The proof of payment, and what becomes of the promise."""

    def __init__(self, context: FormContext) -> None:
        super().__init__(_("Công dân đã nộp tiền"), context)
        demand = context.facts.dossier.life.payment
        if demand is not None:
            amount = "" if demand.amount_vnd is None else f" · {format_vnd(demand.amount_vnd)}"
            words = _("Chờ từ {at}: {what}").format(at=moment(demand.at), what=demand.text) + amount
            self.add(WrapLabel(words, tone="muted", type="small"))
        self.add_field("note", _("Chứng từ (số, ngày)"), TextField(_("Chứng từ"), max_length=1000))
        side = PromiseSide(context.theme, context.facts.dossier.promise, context.now.date())
        after = context.facts.after(TakePayment(), context.now).promise
        if after.due_at != context.facts.dossier.due_at:
            side.show_new(after, _("Cộng thêm những ngày làm việc đã chờ. In lại giấy hẹn."))
        else:
            side.show_words(_("Ngày hẹn không đổi."))
        self.add_side(side)
        self.close_side()

    def asked(self) -> TakePayment:
        """Return that it was paid."""
        return TakePayment(note=self.text("note"))
