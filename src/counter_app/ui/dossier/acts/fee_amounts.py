"""One amount field for each fee still due."""

from collections.abc import Sequence

from counter_app.domain.fee import Charge
from counter_app.i18n import _
from counter_app.ui.widgets.text_field import NumberField


class FeeAmounts:
    """Fields by fee; what is known stands in them, what is unknown must be entered."""

    def __init__(self, due: Sequence[Charge]) -> None:
        self._due = tuple(due)
        self.fields: dict[str, NumberField] = {}
        for charge in due:
            field = NumberField(
                _("Số tiền: {fee}").format(fee=charge.name), money=True, placeholder=_("nhập số tiền")
            )
            field.set_value(charge.amount_vnd)
            if charge.amount_vnd is None:
                field.set_state("missing")
            self.fields[charge.fee_id] = field

    def amounts(self) -> dict[str, int]:
        """Return what was entered above nothing, by fee."""
        values = {fee_id: field.value() for fee_id, field in self.fields.items()}
        return {fee_id: value for fee_id, value in values.items() if isinstance(value, int) and value > 0}

    def missing(self) -> str:
        """Return the name of the first fee whose amount is unknown or cannot be read, or ""."""
        for charge in self._due:
            value = self.fields[charge.fee_id].value()
            if not isinstance(value, int) and not (value is None and charge.amount_vnd is not None):
                return charge.name
        return ""
