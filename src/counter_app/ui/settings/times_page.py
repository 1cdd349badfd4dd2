"""Time limits of the cases for which the law sets none."""

from counter_app.i18n import _
from counter_app.ui.settings.values_page import ValuesPage
from counter_app.ui.settings.values_presenter import ValuesPresenter, typed_time
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.workspace import Workspace


class TimesPage(ValuesPage):
    """Written as people say it: "3 ngày làm việc"."""

    def __init__(self, workspace: Workspace) -> None:
        limit = TextField(_("Thời hạn"), placeholder=_("3 ngày làm việc"), max_length=40)
        super().__init__(
            workspace,
            introduction=_(
                "Trường hợp pháp luật không định thời hạn: cơ quan có thể tự hẹn. "
                "Viết: 3 ngày làm việc, 8 giờ làm việc, hoặc 15 ngày."
            ),
            load=ValuesPresenter.times,
            field=limit,
            label=_("Thời hạn"),
            basis=_("Quyết định số …, nếu có"),
            read=lambda: typed_time(str(limit.value())),
        )
