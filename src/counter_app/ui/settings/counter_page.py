"""Which desk this is and who sits at it."""

from collections.abc import Callable
from dataclasses import replace

from counter_app.domain.office import Counter
from counter_app.i18n import _
from counter_app.services.office_settings import OfficeSettings, with_clerk
from counter_app.ui.settings.form_page import FormPage
from counter_app.ui.widgets.choice_field import ComboField, ListField
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.widgets.tick_field import TickField


class CounterPage(FormPage):
    """The counter's number can be chosen in the first run only: it owns a block of numbers."""

    def __init__(
        self,
        *,
        first_run: bool = False,
        clerks: tuple[str, ...] = (),
        signed_in: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(_("Mỗi quầy có dải số hồ sơ riêng nên các quầy không bao giờ cấp trùng số."))
        self._first_run, self._signed_in = first_run, signed_in
        name = _("Họ tên cán bộ tiếp nhận")
        self.clerk: TextField | ListField = (
            TextField(name, max_length=200) if first_run else ListField(name, clerks, free=True)
        )
        numbers = [(str(n), _("Quầy {n}").format(n=n)) for n in range(1, 10)]
        self.number = ComboField(_("Số quầy"), numbers)
        self.number.setEnabled(first_run)
        self.training = TickField(_("Chế độ tập huấn"), _("Máy này chỉ dùng để tập huấn"), self)
        if not first_run:
            self.training.hide()
        self.add(
            name,
            self.clerk,
            _("In ở chỗ ký “Người tiếp nhận hồ sơ”.")
            if first_run
            else _(
                "In ở chỗ ký “Người tiếp nhận hồ sơ”. Gõ tên mới khi đổi ca; tên cũ được nhớ. "
                "Máy có tài khoản thì in tên người đăng nhập."
            ),
        )
        self.add(
            _("Số quầy"),
            self.number,
            _("Hai máy trong cùng đơn vị phải có số khác nhau.")
            if first_run
            else _("Gắn với dải số hồ sơ của máy này nên không đổi được."),
        )
        if first_run:
            self.add("", self.training, _("Giấy in ra có chữ BẢN TẬP HUẤN – KHÔNG CÓ GIÁ TRỊ."))

    def show_settings(self, settings: OfficeSettings) -> None:
        """Show counter and clerk."""
        self.clerk.set_value(settings.clerk)
        self.clerk.setEnabled(not self._signed_in())
        self.number.set_value(str(settings.counter.number))
        self.training.set_value(settings.counter.training)

    def read(self, settings: OfficeSettings) -> OfficeSettings:
        """Return the settings with this clerk, and in the first run this counter."""
        if self._first_run:
            counter = Counter(
                number=int(str(self.number.value())),
                device_id=settings.counter.device_id,
                training=bool(self.training.value()),
            )
            settings = replace(settings, counter=counter)
        return settings if self._signed_in() else with_clerk(settings, str(self.clerk.value()))
