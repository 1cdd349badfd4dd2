"""To whom the dossier goes now."""

from counter_app.domain.dossier_acts import HandOver
from counter_app.domain.dossier_life import Holder
from counter_app.i18n import _
from counter_app.ui.dossier.acts.act_form import ActForm, FormContext
from counter_app.ui.widgets.list_field import ListField
from counter_app.ui.widgets.options_field import OptionsField
from counter_app.ui.widgets.text_field import TextField

_AGENCY = "agency"


class HandOverCard(ActForm):
    """Officer or agency, by name; those it went to before are offered."""

    def __init__(self, context: FormContext) -> None:
        super().__init__(_("Chuyển xử lý"), context)
        self.add_field("to", _("Chuyển cho"), ListField(_("Chuyển cho"), context.holders, free=True))
        kinds = OptionsField(
            _("Nơi nhận"), [("officer", _("Công chức của xã")), (_AGENCY, _("Cơ quan khác"))]
        )
        self.add_field("kind", _("Nơi nhận"), kinds)
        self.add_field("note", _("Ghi chú (không bắt buộc)"), TextField(_("Ghi chú"), max_length=1000))
        holder = context.facts.dossier.life.holder
        kinds.set_value(_AGENCY if holder is not None and holder.agency else "officer")
        if context.holders and holder is None:
            self.fields["to"].set_value(context.holders[0])

    def focus_first(self) -> None:
        """Begin with who gets it, the usual one ready to be typed over."""
        self._enter(self.fields["to"])

    def asked(self) -> HandOver:
        """Return the hand-over."""
        holder = Holder(name=self.text("to"), agency=self.text("kind") == _AGENCY)
        return HandOver(to=holder, note=self.text("note"))
