"""Backups: when the last was made, where the second place is, one now, one to take away, and putting back."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar

from counter_app.domain.backups import Occasion, Place
from counter_app.domain.clerks import Permission
from counter_app.domain.errors import KnownError
from counter_app.i18n import _
from counter_app.messages import text_of, text_of_code
from counter_app.services.backup.backup_port import SUFFIX, BackupRun
from counter_app.services.backup.create import backup_name, create
from counter_app.services.backup.second_place import catch_up, choose_second_folder
from counter_app.services.backup.standing import BackupStanding, backup_standing
from counter_app.services.office_settings import OfficeSettings
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.session.cover_form import Message
from counter_app.ui.settings.values_page import EditsValues
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.layouts import Line, row
from counter_app.ui.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable


class BackupPage(EditsValues):
    """Every act has its own button; the work runs beside the clerk's."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(
            _(
                "Máy tự sao lưu mỗi ngày và khi đóng chương trình, giữ 7 ngày và 4 tuần gần nhất. "
                "Bản sao lưu được mã hóa: muốn mở trên máy khác phải có giấy khôi phục hoặc mật khẩu khóa."
            )
        )
        self._workspace = workspace
        self.last, self.second = WrapLabel(selectable=True), WrapLabel(selectable=True)
        self.add(_("Bản tốt gần nhất"), self.last)
        self.add(_("Nơi thứ hai"), self.second)
        self.message = Message()
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(_("Đang làm"))
        self.busy.hide()
        self.now = primary_button(_("Sao lưu ngay"), clicked=self.make_now)
        self.away = Button(_("Sao lưu ra USB, tệp khác…"), clicked=self._ask_target)
        self.choose = Button(_("Chọn nơi thứ hai…"), clicked=self._ask_folder)
        self.forget = Button(_("Bỏ nơi thứ hai"), clicked=lambda: self.take_folder(""))
        self.restore = Button(_("Khôi phục từ bản sao lưu…"), clicked=self._restore)
        self._buttons = (self.now, self.away, self.choose, self.forget, self.restore)
        for item in (self.message, self.busy):
            self.below.addWidget(item)
        self.below.addLayout(row(self.now, self.away, None))
        self.below.addLayout(row(self.choose, self.forget, None))
        self.below.addWidget(Line())
        self.below.addLayout(row(self.restore, None))
        self.fields = list(self._buttons)

    def show_settings(self, settings: OfficeSettings) -> None:  # noqa: ARG002  (FormPage)
        """Look again when the page is next shown."""
        if self.isVisible():
            self._look()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt)
        """Look only when somebody looks at the page."""
        super().showEvent(event)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  (Qt)
        """Take back what was said of the last act: it is old news when the page is shown again."""
        super().hideEvent(event)
        self.message.say("")

    def make_now(self) -> None:
        """Make an automatic one now, and copy it to the second place."""
        desk = self._workspace.desk

        def work() -> BackupRun:
            desk.require(Permission.SAFEKEEP)
            target = desk.backups.own_folder / backup_name(desk, desk.clock.now())
            run, _made = create(desk, target, occasion=Occasion.CHOSEN, place=Place.OWN, with_scans=False)
            catch_up(desk)
            return run

        self._do(work, _("Đã sao lưu và kiểm tra xong."))

    def save_to(self, target: Path) -> None:
        """Write one that holds everything, scans too, to a file."""
        desk = self._workspace.desk

        def work() -> BackupRun:
            desk.require(Permission.SAFEKEEP)
            return create(desk, target)[0]

        self._do(work, _("Đã sao lưu ra tệp và kiểm tra xong. Cất tệp ở nơi khác với máy này."))

    def take_folder(self, folder: str) -> None:
        """Let backups go to a folder as well, "" to none."""
        desk = self._workspace.desk

        def work() -> None:
            choose_second_folder(desk, folder)
            catch_up(desk)

        self._do(work, _("Đã lưu nơi sao lưu thứ hai.") if folder else _("Đã bỏ nơi sao lưu thứ hai."))

    def _ask_target(self) -> None:
        desk = self._workspace.desk
        target = Path(_home()) / backup_name(desk, desk.clock.now())
        kinds = f"{_('Bản sao lưu')} (*{SUFFIX})"
        chosen = QFileDialog.getSaveFileName(self, _("Sao lưu ra tệp"), str(target), kinds)[0]
        if chosen:
            self.save_to(Path(chosen) if chosen.endswith(SUFFIX) else Path(chosen + SUFFIX))

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Chọn nơi sao lưu thứ hai"), _home())
        if chosen:
            self.take_folder(chosen)

    def _restore(self) -> None:
        try:
            self._workspace.desk.require(Permission.SAFEKEEP)
        except KnownError as error:
            self.message.say(text_of(error), "bad")
            return
        self._workspace.shell.open_restore()

    def _do(self, work: "Callable[[], object]", words: str) -> None:
        at = self.window().focusWidget()
        pressed = at if at in self._buttons else None
        self._set_busy(busy=True)
        self.message.say("")

        def over(said: str, tone: str) -> None:
            self._set_busy(busy=False)
            if pressed is not None and self.isVisible():
                pressed.setFocus()  # a dimmed button gave the keyboard away
            self.message.say(said, tone)
            self._look()

        def done(_value: object) -> None:
            over(words, "ok")

        def failed(error: KnownError) -> None:
            over(text_of(error), "bad")

        self._workspace.operations.beside().run_command(work, done=done, failed=failed, changes=False)

    def _set_busy(self, *, busy: bool) -> None:
        self.busy.setVisible(busy)
        for button in self._buttons:
            button.setEnabled(not busy)

    def _look(self) -> None:
        desk = self._workspace.desk
        self._workspace.operations.run_query(lambda: backup_standing(desk), done=self._show)

    def _show(self, standing: BackupStanding) -> None:
        self.last.setText(last_words(standing))
        self.second.setText(second_words(standing))
        self.forget.setVisible(bool(standing.second_folder))


def last_words(standing: BackupStanding) -> str:
    """Return when the last good backup was made, and what kept the newest from it."""
    if standing.last_good is None:
        words = _("Chưa có bản nào.")
    else:
        words = f"{standing.last_good:%H:%M %d/%m/%Y}"
        if standing.old:
            words += " · " + _("đã quá 3 ngày")
    if standing.problem:
        words += "\n" + _("Lần gần nhất chưa được: {why}").format(why=_why(standing.problem))
    return words


def _why(code: str) -> str:
    """Return why in words; the table of runs keeps the code alone."""
    if code == "backup_needs_room":
        return _("ổ đĩa không đủ chỗ.")
    if code == "backup_not_written":
        return _("không ghi được vào nơi lưu.")
    return text_of_code(code, {"detail": code})


def second_words(standing: BackupStanding) -> str:
    """Return where the second place is, and whether it is there now."""
    if not standing.second_folder:
        return _("Chưa chọn. Ổ cứng hỏng thì bản sao lưu trên máy cũng mất: nên có thêm USB hoặc ổ đĩa khác.")
    state = (
        _("đang có")
        if standing.second_place == "there"
        else _("đang không có mặt, khi có lại máy tự chép bù")
    )
    words = f"{standing.second_folder} ({state})"
    if standing.last_second is not None:
        words += "\n" + _("Chép lần cuối {at}").format(at=f"{standing.last_second:%H:%M %d/%m/%Y}")
    return words


def _home() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.HomeLocation)
