"""What is missing, as ONE complete list; what that does to the promise."""

from counter_app.domain.dossier_acts import AskSupplement
from counter_app.domain.procedure import SupplementPolicy
from counter_app.i18n import _
from counter_app.services.acts import usual_words
from counter_app.ui.dossier.acts.act_form import ActForm, FormContext
from counter_app.ui.dossier.acts.item_picks import ItemPicks
from counter_app.ui.dossier.acts.promise_side import PromiseSide
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.text_field import TextField


class SupplementCard(ActForm):
    """The missing papers of the case are ticked already; a second request must be explained."""

    def __init__(self, context: FormContext) -> None:
        lead = _("Ghi đủ mọi thứ còn thiếu trong một lần.")
        super().__init__(_("Yêu cầu bổ sung (Mẫu 02)"), context, lead)
        facts = context.facts
        asked_before = bool(facts.dossier.life.supplements)
        if asked_before:
            warning = _("Hồ sơ này đã được yêu cầu bổ sung. Yêu cầu lần nữa bị tính quá hạn theo bộ chỉ số.")
            self.add(WrapLabel(warning, tone="bad"))
            why = TextField(_("Lý do yêu cầu lần nữa"), max_length=1000)
            self.add_field("repeat_reason", _("Vì sao phải yêu cầu lần nữa"), why)
        known = [(part.name, not (part.optional or part.not_needed_if)) for part in facts.missing]
        self._items = ItemPicks(self, "items", known, other=_("Nội dung khác cần bổ sung"))
        reason = TextField(_("Lý do"), max_length=1000)
        reason.set_suggestion(usual_words.SUPPLEMENT, _("Enter để dùng"))
        self.add_field("reason", _("Lý do"), reason)
        side = PromiseSide(context.theme, facts.dossier.promise, context.now.date())
        side.show_words(_waits(facts.policy))
        self.add_side(side)
        self.close_side()

    def focus_first(self) -> None:
        """Begin at the top of the list: every paper is looked at once."""
        next(iter(self.fields.values())).setFocus()

    def asked(self) -> AskSupplement:
        """Return the request for the list."""
        again = self.text("repeat_reason") if "repeat_reason" in self.fields else ""
        return AskSupplement(items=self._items.chosen(), reason=self.text("reason"), repeat_reason=again)


def _waits(policy: SupplementPolicy) -> str:
    """Return what waiting does to the promise of this case."""
    return {
        SupplementPolicy.RESET: _(
            "Trong lúc chờ, hồ sơ không bị tính quá hạn. Khi nhận đủ, thời hạn được tính lại từ đầu "
            "và in phiếu hẹn mới."
        ),
        SupplementPolicy.PAUSE: _(
            "Trong lúc chờ, thời hạn dừng lại. Khi nhận đủ, phần thời hạn còn lại được tính tiếp "
            "và in phiếu hẹn mới."
        ),
        SupplementPolicy.SHIFT: _(
            "Khi nhận đủ, số ngày làm việc đã chờ được cộng vào ngày hẹn và in phiếu hẹn mới."
        ),
    }[policy]
