"""What the province's council decides: amounts to enter, unknown until then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from counter_app.domain.errors import BadInput
from counter_app.domain.fee import FeeSetter
from counter_app.domain.procedure import Procedure
from counter_app.i18n import _
from counter_app.services.office_settings import OfficeSettings
from counter_app.ui.settings.form_page import FormPage
from counter_app.ui.widgets.text_field import NumberField


@dataclass(frozen=True, slots=True)
class ProvinceFee:
    """A fee the province sets, and the procedures that use it."""

    fee_id: str
    name: str
    used_by: str
    basis: str


def province_fees(procedures: Sequence[Procedure]) -> list[ProvinceFee]:
    """Return each province-set fee once, in the order of the catalogue."""
    found: dict[str, ProvinceFee] = {}
    for procedure in procedures:
        for case in procedure.cases:
            for rule in case.fees:
                if rule.set_by is not FeeSetter.PROVINCE_COUNCIL:
                    continue
                known = found.get(rule.fee_id)
                users = known.used_by.split(", ") if known else []
                name = procedure.short_name or procedure.name
                users += [name] if name not in users else []
                found[rule.fee_id] = ProvinceFee(rule.fee_id, rule.name, ", ".join(users), rule.basis_text)
    return list(found.values())


class FeesPage(FormPage):
    """One amount a fee; an empty field stays unknown."""

    def __init__(self, fees: Sequence[ProvinceFee]) -> None:
        super().__init__(
            _(
                "Mức do Hội đồng nhân dân tỉnh quyết định. Ô trống là chưa biết: khi tiếp nhận, "
                "cán bộ phải nhập hoặc xác nhận mức thu. Không thu thì ghi 0."
            )
        )
        self.amounts: dict[str, NumberField] = {}
        for fee in fees:
            field = NumberField(fee.name, money=True, placeholder=_("chưa biết"))
            self.amounts[fee.fee_id] = field
            self.add(fee.name, field, fee.used_by, width=180)

    def show_settings(self, settings: OfficeSettings) -> None:
        """Show the amounts known."""
        for fee_id, field in self.amounts.items():
            field.set_value(settings.province_amounts.get(fee_id))

    def read(self, settings: OfficeSettings) -> OfficeSettings:
        """Return the settings with these amounts; an amount of a fee not on show is kept.

        Raises:
            BadInput: ``not_money``.
        """
        amounts = {
            fee: amount for fee, amount in settings.province_amounts.items() if fee not in self.amounts
        }
        for fee_id, field in self.amounts.items():
            value = field.value()
            field.set_state("error" if isinstance(value, str) else "")
            if isinstance(value, str):
                raise BadInput("not_money")
            if isinstance(value, int):
                amounts[fee_id] = value
        return replace(settings, province_amounts=amounts)
