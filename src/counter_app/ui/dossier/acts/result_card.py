"""The result came: what it is called, its number, yes or no."""

from counter_app.domain.dossier_acts import EnterResult
from counter_app.i18n import _
from counter_app.ui.dossier.acts.act_form import ActForm, FormContext
from counter_app.ui.widgets.list_field import ListField
from counter_app.ui.widgets.options_field import OptionsField
from counter_app.ui.widgets.text_field import TextField

GRANTED, DENIED = "granted", "denied"


class ResultCard(ActForm):
    """Nearly always only Enter: the procedure says what its result is called."""

    def __init__(self, context: FormContext) -> None:
        super().__init__(_("Nhập kết quả"), context)
        procedure = context.facts.procedure
        names = [result.name for result in procedure.results] if procedure else []
        self.add_field("name", _("Tên kết quả"), ListField(_("Tên kết quả"), names, free=True))
        if names:
            self.fields["name"].set_value(names[0])
        self.add_field(
            "number", _("Số của kết quả (không bắt buộc)"), TextField(_("Số của kết quả"), max_length=200)
        )
        answer = OptionsField(
            _("Kết quả"), [(GRANTED, _("Đồng ý, cấp")), (DENIED, _("Không đồng ý, có văn bản trả lời"))]
        )
        answer.set_value(GRANTED)
        self.add_field("granted", _("Kết quả"), answer)

    def focus_first(self) -> None:
        """Begin at the number: the name is there already."""
        self.fields["number" if self.text("name") else "name"].setFocus()

    def asked(self) -> EnterResult:
        """Return the result."""
        granted = self.text("granted") != DENIED
        return EnterResult(name=self.text("name"), number=self.text("number"), granted=granted)
