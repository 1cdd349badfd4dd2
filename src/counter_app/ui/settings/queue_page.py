"""The queue's groups, the voice, and where the citizen's screen is shown."""

from PySide6.QtWidgets import QGridLayout, QWidget

from counter_app.domain.errors import KnownError
from counter_app.domain.ticket_group import MAX_GROUPS, MAX_NAME, TicketGroup
from counter_app.i18n import _
from counter_app.services.office_settings import OfficeSettings
from counter_app.services.queue.queue_settings import (
    QueueSettings,
    SecondScreen,
    queue_settings,
    save_queue_settings,
)
from counter_app.ui.settings.values_page import EditsValues
from counter_app.ui.widgets.buttons import primary_button
from counter_app.ui.widgets.combo_field import ComboField
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column, row
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.widgets.tick_field import TickField
from counter_app.ui.workspace import Notice, Workspace


class QueuePage(EditsValues):
    """Saved by its own button: these are not settings of one clerk's desk."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(_("Mỗi nhóm có một phím số và một chữ cái đứng trước số. Xóa tên để bỏ nhóm."))
        from counter_app.devices.platform.voice import find_voice

        self._workspace = workspace
        self._loaded = False
        self._ids: list[str] = []
        self.rows: list[tuple[TextField, TextField]] = []
        self._table = QWidget()
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        for place in range(MAX_GROUPS):
            letter = TextField(_("Chữ cái của nhóm {n}").format(n=place + 1), max_length=1)
            name = TextField(_("Tên nhóm {n}").format(n=place + 1), max_length=MAX_NAME)
            letter.setMaximumWidth(52)
            grid.addWidget(letter, place, 0)
            grid.addWidget(name, place, 1)
            self.rows.append((name, letter))
        self.add(_("Nhóm lấy số"), self._table)
        self.paper = TickField(_("In số thứ tự"), _("In số ra giấy khi lấy số"))
        self.add("", self.paper)
        voice = find_voice()
        self.voice = TickField(_("Đọc số khi gọi"), _("Đọc số khi gọi"))
        self.voice.setEnabled(voice is not None)
        self.add(
            _("Giọng đọc"),
            self.voice,
            _("Máy này có: {name}.").format(name=voice.name)
            if voice is not None
            else _("Không có. Máy này chưa cài giọng đọc nào; số vẫn hiện trên màn hình."),
        )
        self.monitor = ComboField(
            _("Màn hình công dân"),
            [
                (SecondScreen.AUTO.value, _("Màn hình thứ hai khi có")),
                (SecondScreen.PAGE.value, _("Chỉ mở trên màn hình này (F11)")),
            ],
        )
        self.add(_("Màn hình công dân"), self.monitor)
        self.save = primary_button(_("Lưu"), key="Ctrl S", clicked=self.enter)
        self.below.addLayout(row(None, self.save))
        self.below.addLayout(
            column(
                PlainLabel(
                    _("Hàng chờ là của máy này. Các máy khác trong đơn vị có hàng chờ riêng."),
                    type="caption",
                    tone="muted",
                    wrap=True,
                )
            )
        )

    def showEvent(self, event: object) -> None:  # noqa: N802  (Qt)
        """Read the settings only when somebody looks."""
        super().showEvent(event)  # type: ignore[arg-type]
        if not self._loaded:
            self._show(queue_settings(self._workspace.desk))

    def show_settings(self, settings: OfficeSettings) -> None:  # noqa: ARG002  (FormPage)
        """Read again when the page is next shown."""
        self._loaded = False

    def enter(self) -> None:
        """Save."""
        try:
            wanted = QueueSettings(
                groups=tuple(self._groups()),
                voice=bool(self.voice.value()),
                print_tickets=bool(self.paper.value()),
                second_screen=SecondScreen(str(self.monitor.value())),
            )
        except KnownError as error:
            self._workspace.shell.show_error(error)
            return
        desk = self._workspace.desk
        self._workspace.operations.run_command(lambda: save_queue_settings(desk, wanted), done=self._saved)

    def _groups(self) -> list[TicketGroup]:
        groups = []
        for group_id, (name, letter) in zip(self._ids, self.rows, strict=True):
            if name.value():
                groups.append(
                    TicketGroup(
                        group_id=group_id or str(letter.value()).lower(),
                        name=str(name.value()),
                        letter=str(letter.value()),
                    )
                )
        return groups

    def _saved(self, kept: QueueSettings) -> None:
        self._show(kept)
        self._workspace.stage.settings_changed()
        self._workspace.shell.notify(Notice(text=_("Đã lưu cài đặt hàng chờ."), tone="ok"))

    def _show(self, settings: QueueSettings) -> None:
        self._loaded = True
        self._ids = [group.group_id for group in settings.groups]
        self._ids += [""] * (MAX_GROUPS - len(self._ids))
        for place, (name, letter) in enumerate(self.rows):
            group = settings.groups[place] if place < len(settings.groups) else None
            name.set_value(group.name if group else "")
            letter.set_value(group.letter if group else "")
        self.voice.set_value(settings.voice and self.voice.isEnabled())
        self.paper.set_value(settings.print_tickets)
        self.monitor.set_value(settings.second_screen.value)
