"""Taking fees against a receipt, and voiding one."""

from counter_app.domain.errors import KnownError, RuleRefusal
from counter_app.domain.fee import format_vnd
from counter_app.domain.receipt import PaidBy, check_not_more, paid_lines
from counter_app.i18n import _, moment
from counter_app.services.acts import usual_words
from counter_app.services.receipts import Payment
from counter_app.ui.dossier.acts.act_form import ActForm, FormContext, VoidReceipt
from counter_app.ui.dossier.acts.act_keys import can_be_voided
from counter_app.ui.dossier.acts.fee_amounts import FeeAmounts
from counter_app.ui.widgets.combo_field import ComboField
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column
from counter_app.ui.widgets.list_field import ListField
from counter_app.ui.widgets.options_field import OptionsField
from counter_app.ui.widgets.text_field import TextField


class CollectCard(ActForm):
    """What is still due stands in the fields; an amount nobody knew is entered here."""

    def __init__(self, context: FormContext) -> None:
        super().__init__(_("Thu phí, lệ phí"), context)
        self._amounts = FeeAmounts(context.facts.due)
        for charge in context.facts.due:
            self.add_field(f"fee:{charge.fee_id}", charge.name, self._amounts.fields[charge.fee_id])
        self._total = PlainLabel(type="strong")
        self.add(self._total)
        method = OptionsField(_("Hình thức"), method_choices())
        method.set_value(PaidBy.CASH.value)
        self.add_field("method", _("Hình thức"), method)
        self.add_field("payer", _("Người nộp tiền"), TextField(_("Người nộp tiền"), max_length=200))
        self.fields["payer"].set_value(context.facts.dossier.applicant.full_name)
        self.add_field("over_reason", _("Lý do thu thêm"), TextField(_("Lý do thu thêm"), max_length=1000))
        self.refresh()

    def refresh(self) -> None:
        """Show the sum, and ask why only when more is taken than is due."""
        amounts = self._amounts.amounts()
        self._total.setText(_("Cộng: {sum}").format(sum=format_vnd(sum(amounts.values()))))
        self.show_field("over_reason", self._is_more(amounts))

    def asked(self) -> Payment:
        """Return what is paid."""
        return Payment(
            amounts=self._amounts.amounts(),
            method=PaidBy(self.text("method") or PaidBy.CASH.value),
            payer=self.text("payer"),
            over_reason=self.text("over_reason"),
        )

    def _is_more(self, amounts: dict[str, int]) -> bool:
        due = self.context.facts.due
        try:
            check_not_more(due, paid_lines(due, amounts), "")
        except RuleRefusal:
            return True
        except KnownError:
            return False
        return False


class VoidCard(ActForm):
    """Which receipt of today, and why."""

    def __init__(self, context: FormContext) -> None:
        lead = _("Chỉ hủy được phiếu thu trong ngày. Số phiếu vẫn giữ, tiền được trừ khỏi sổ quỹ.")
        super().__init__(_("Hủy phiếu thu"), context, lead)
        today = context.now.date()
        valid = [receipt for receipt in context.facts.receipts if can_be_voided(receipt, today)]
        names = [
            (
                receipt.receipt_id,
                _("Số {number} · {sum} · {at}").format(
                    number=receipt.number, sum=format_vnd(receipt.total_vnd), at=moment(receipt.at)
                ),
            )
            for receipt in reversed(valid)
        ]
        self._receipt = ComboField(_("Phiếu thu"), names)
        self.add(column(PlainLabel(_("Phiếu thu"), type="small"), self._receipt, spacing=2))
        reasons = ListField(_("Lý do hủy"), usual_words.VOIDED_RECEIPTS, free=True)
        self.add_field("reason", _("Lý do hủy"), reasons)

    def asked(self) -> VoidReceipt:
        """Return which receipt is voided."""
        return VoidReceipt(receipt_id=str(self._receipt.value()), reason=self.text("reason"))


def method_choices() -> list[tuple[str, str]]:
    """Return the ways of paying with their words."""
    return [
        (PaidBy.CASH.value, _("Tiền mặt")),
        (PaidBy.TRANSFER.value, _("Chuyển khoản")),
        (PaidBy.ONLINE.value, _("Trực tuyến")),
    ]
