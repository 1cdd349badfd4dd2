"""What the province's council decides: every such fee of the catalogue once, unknown until entered."""

from counter_app.domain.errors import BadInput
from counter_app.i18n import _
from counter_app.ui.settings.values_page import ValuesPage
from counter_app.ui.settings.values_presenter import ValuesPresenter
from counter_app.ui.widgets.text_field import NumberField
from counter_app.ui.workspace import Workspace


class FeesPage(ValuesPage):
    """An empty amount stays unknown; a 0 is typed with its basis."""

    def __init__(self, workspace: Workspace) -> None:
        amount = NumberField(_("Mức thu (đồng)"), money=True, placeholder=_("chưa biết"))
        super().__init__(
            workspace,
            introduction=_(
                "Mức do Hội đồng nhân dân tỉnh quyết định. Chưa biết thì khi tiếp nhận cán bộ phải nhập "
                "hoặc xác nhận mức thu. Không thu thì ghi 0 và căn cứ miễn."
            ),
            load=ValuesPresenter.fees,
            field=amount,
            label=_("Mức thu (đồng)"),
            basis=_("Nghị quyết số … của HĐND tỉnh"),
            read=lambda: _read(amount),
        )


def _read(amount: NumberField) -> object:
    value = amount.value()
    amount.set_state("" if isinstance(value, int) else "error")
    if not isinstance(value, int):
        amount.setFocus()
        raise BadInput("not_money")
    return value
