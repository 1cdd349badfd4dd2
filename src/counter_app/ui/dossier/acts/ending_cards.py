"""The three ways to end a dossier before its result: refusal, stop, withdrawal."""

from counter_app.domain.dossier_acts import Refuse, Stop, Withdraw
from counter_app.i18n import _
from counter_app.services.acts import usual_words
from counter_app.ui.dossier.acts.act_form import ActForm, FormContext
from counter_app.ui.dossier.acts.item_picks import ItemPicks
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.list_field import ListField
from counter_app.ui.widgets.options_field import OptionsField
from counter_app.ui.widgets.text_field import TextField

_CITIZEN = "citizen"


class RefusalCard(ActForm):
    """Every ground is named; it is printed as Mẫu 03."""

    def __init__(self, context: FormContext) -> None:
        lead = _("Nêu rõ từng căn cứ. Nếu còn bổ sung được, hãy yêu cầu bổ sung thay vì từ chối.")
        super().__init__(_("Từ chối hồ sơ (Mẫu 03)"), context, lead)
        self.final = _("Hồ sơ sẽ kết thúc, giấy in ra là không hoàn tác được.")
        known = [(words, False) for words in usual_words.REFUSALS]
        self._reasons = ItemPicks(self, "reasons", known, other=_("Lý do khác, căn cứ pháp luật"))
        _say_originals(self, context)

    def asked(self) -> Refuse:
        """Return the refusal."""
        return Refuse(reasons=self._reasons.chosen())


class StopCard(ActForm):
    """Grounds, who decided, what becomes of fees and originals; printed as Mẫu 05."""

    def __init__(self, context: FormContext) -> None:
        super().__init__(_("Dừng giải quyết (Mẫu 05)"), context)
        self.final = _("Hồ sơ sẽ kết thúc, giấy in ra là không hoàn tác được.")
        self._reasons = ItemPicks(
            self, "reasons", [(words, False) for words in usual_words.STOPS], other=_("Lý do khác")
        )
        self.add_field(
            "decided_by", _("Người quyết định dừng"), TextField(_("Người quyết định"), max_length=200)
        )
        asked = OptionsField(
            _("Dừng theo"), [("office", _("Quyết định của cơ quan")), (_CITIZEN, _("Đề nghị của công dân"))]
        )
        asked.set_value("office")
        self.add_field("on_request", _("Dừng theo"), asked)
        self.add_field(
            "fees", _("Phí, lệ phí"), ListField(_("Phí, lệ phí"), usual_words.STOPPED_FEES, free=True)
        )
        self.add_field(
            "originals", _("Bản chính"), ListField(_("Bản chính"), usual_words.STOPPED_ORIGINALS, free=True)
        )
        held = context.facts.dossier.originals_held
        self.fields["originals"].set_value(usual_words.STOPPED_ORIGINALS[0 if held else 1])
        self.fields["fees"].set_value(
            usual_words.STOPPED_FEES[0] if not context.facts.dossier.life.paid_vnd else ""
        )
        _say_originals(self, context)

    def asked(self) -> Stop:
        """Return the stop."""
        return Stop(
            reasons=self._reasons.chosen(),
            decided_by=self.text("decided_by"),
            fees=self.text("fees"),
            originals=self.text("originals"),
            on_request=self.text("on_request") == _CITIZEN,
        )


class WithdrawCard(ActForm):
    """Why the citizen wants it back."""

    def __init__(self, context: FormContext) -> None:
        super().__init__(_("Công dân rút hồ sơ"), context)
        self.final = _("Hồ sơ sẽ kết thúc.")
        self.add_field("reason", _("Lý do"), ListField(_("Lý do"), usual_words.WITHDRAWALS, free=True))
        self.fields["reason"].set_value(usual_words.WITHDRAWALS[0])
        _say_originals(self, context)

    def asked(self) -> Withdraw:
        """Return the withdrawal."""
        return Withdraw(reason=self.text("reason"))


def _say_originals(form: ActForm, context: FormContext) -> None:
    held = context.facts.dossier.originals_held
    if held:
        words = _("Đang giữ {count} bản chính: sau bước này hãy trả lại cho công dân.").format(count=held)
        form.add(WrapLabel(words, tone="warn", type="small"))
