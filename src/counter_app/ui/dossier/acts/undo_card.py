"""Taking the last act back, where that needs the clerk's word."""

from counter_app.domain.dossier_acts import Undo
from counter_app.i18n import _
from counter_app.services.acts.undo import HANDED_OUT
from counter_app.ui.dossier.acts.act_form import ActForm, FormContext
from counter_app.ui.dossier.acts.item_picks import tick_row
from counter_app.ui.dossier.history_words import history_words
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.widgets.tick_field import TickField


class UndoCard(ActForm):
    """What would be taken back; a result recorded as given needs that nobody got it, and why."""

    def __init__(self, context: FormContext) -> None:
        super().__init__(_("Hoàn tác bước vừa làm"), context)
        step = context.facts.undoable
        if step is not None:
            self.add(WrapLabel(history_words(step), bold=True))
        self.given = step is not None and step.act in HANDED_OUT
        if self.given:
            words = _("Tôi xác nhận kết quả chưa giao cho ai, còn ở quầy.")
            tick = TickField(words)
            self.add(tick_row(tick, words))
            self.watch("nothing_handed_out", tick)
        later = step is not None and step.at.date() != context.now.date()
        label = _("Lý do") if self.given or later else _("Lý do (không bắt buộc)")
        self.add_field("reason", label, TextField(_("Lý do"), max_length=1000))

    def asked(self) -> Undo:
        """Return the undoing."""
        tick = self.fields.get("nothing_handed_out")
        return Undo(reason=self.text("reason"), nothing_handed_out=tick is not None and bool(tick.value()))
