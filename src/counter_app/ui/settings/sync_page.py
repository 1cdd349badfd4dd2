"""The server this counter is connected to, and how much of the line scans may take."""

from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent

from counter_app.domain.errors import BadInput
from counter_app.domain.working_time import office_moment
from counter_app.i18n import _, moment
from counter_app.services.office_settings import OfficeSettings
from counter_app.services.sync.line_settings import read_line, save_line
from counter_app.services.sync_settings import MAX_RATE, SyncSettings
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.settings.values_page import EditsValues
from counter_app.ui.sync_status.enrol_card import EnrolCard
from counter_app.ui.sync_status.presenter import SyncPresenter
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.layouts import row
from counter_app.ui.widgets.text_field import NumberField, TextField
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from counter_app.services.sync_port import Enrolment

_NARROW = 120


class SyncPage(EditsValues):
    """Saved by its own button: these are settings of the machine's line, not of one clerk's desk."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._loaded = False
        self._presenter = SyncPresenter(workspace, lambda _state: None)
        self.server = WrapLabel(selectable=True)
        self.add(_("Máy chủ"), self.server)
        self.rate = NumberField(_("Tốc độ gửi bản quét"), placeholder=_("không giới hạn"))
        self.add(
            _("Tốc độ gửi bản quét, kB/giây"),
            self.rate,
            _("Để trống là không giới hạn. Hồ sơ luôn được gửi trước bản quét."),
            width=2 * _NARROW,
        )
        self.scan_from = TextField(_("Gửi bản quét từ giờ"), placeholder="18:00", max_length=5)
        self.scan_until = TextField(_("Gửi bản quét đến giờ"), placeholder="06:00", max_length=5)
        self.add(_("Gửi bản quét từ"), self.scan_from, width=_NARROW)
        self.add(
            _("đến"),
            self.scan_until,
            _("Để trống cả hai là lúc nào cũng gửi. Có thể qua đêm: 18:00 đến 06:00."),
            width=_NARROW,
        )
        self.rate.accepted.connect(self.scan_from.setFocus)
        self.scan_from.accepted.connect(self.scan_until.setFocus)
        self.scan_until.accepted.connect(self.enter)
        self.save = primary_button(_("Lưu"), key="Ctrl S", clicked=self.enter)
        show = Button(_("Mở Đồng bộ"), clicked=lambda: workspace.shell.open_screen("sync"))
        self.below.addLayout(row(show, None, self.save))
        self.enrol = EnrolCard(self._presenter.enrol, beside=True)
        self.below.addWidget(self.enrol)
        workspace.operations.data_changed.connect(self._look_again)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt)
        """Read the settings only when somebody looks."""
        super().showEvent(event)
        if not self._loaded:
            self._look()

    def show_settings(self, settings: OfficeSettings) -> None:  # noqa: ARG002  (FormPage)
        """Read again when the page is next shown."""
        self._loaded = False

    def enter(self) -> None:
        """Save."""
        try:
            wanted = SyncSettings(
                scan_rate_kbps=self._rate(),
                scan_from=_time(self.scan_from),
                scan_until=_time(self.scan_until),
            )
        except BadInput as error:
            self._workspace.shell.show_error(error)
            return
        desk = self._workspace.desk
        self._workspace.operations.run_command(lambda: save_line(desk, wanted), done=self._saved)

    def _rate(self) -> int:
        value = self.rate.value()
        if value is None:
            return 0
        if not isinstance(value, int):
            raise BadInput("sync_bad_rate", limit=MAX_RATE)
        return value

    def _saved(self, kept: SyncSettings) -> None:
        self._show(kept)
        self._workspace.shell.notify(Notice(text=_("Đã lưu cài đặt đồng bộ."), tone="ok"))

    def _look_again(self) -> None:
        if self.isVisible():
            self._look_at_server()

    def _look(self) -> None:
        self._loaded = True
        desk = self._workspace.desk

        def show(found: "tuple[SyncSettings, Enrolment | None]") -> None:
            self._show(found[0])
            self._name_server(found[1])

        self._workspace.operations.run_query(lambda: read_line(desk), done=show)

    def _look_at_server(self) -> None:
        desk = self._workspace.desk
        self._workspace.operations.run_query(
            lambda: read_line(desk), done=lambda found: self._name_server(found[1])
        )

    def _show(self, settings: SyncSettings) -> None:
        self.rate.set_value(settings.scan_rate_kbps or None)
        self.scan_from.set_value(_text(settings.scan_from))
        self.scan_until.set_value(_text(settings.scan_until))

    def _name_server(self, enrolment: "Enrolment | None") -> None:
        training = self._workspace.desk.settings.counter.training
        self.enrol.setVisible(not training)
        if enrolment is None:
            said = _("Máy tập huấn không nối máy chủ.") if training else _("Chưa nối máy chủ.")
            self.server.setText(said)
            return
        since = moment(office_moment(enrolment.enrolled_at))
        words = _("{address}, nối từ {since}").format(address=enrolment.server_url, since=since)
        self.server.setText(words)
        self.enrol.title.setText(_("Nối lại bằng mã mới (đổi máy chủ, hoặc máy chủ từ chối thiết bị này)"))


def _time(field: TextField) -> time | None:
    text = str(field.value())
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput("sync_bad_hour", text=text) from None


def _text(at: time | None) -> str:
    return f"{at:%H:%M}" if at is not None else ""
