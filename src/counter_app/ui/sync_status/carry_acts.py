"""The carry file: what waits goes to a USB stick, the server's answer comes back from one."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from counter_app.i18n import _
from counter_app.ui.scans.words import size_words
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from counter_app.services.carry.export_carry import Exported
    from counter_app.services.carry.import_carry import Imported


class CarryActs:
    """Asks for files and does the work beside the acts: a stick may take minutes.

    Args:
        workspace: The window's.
        parent: Dialogs stand on it.
        scans: Gets how many scans wait, and their bytes.
    """

    def __init__(self, workspace: Workspace, parent: QWidget, scans: Callable[[], tuple[int, int]]) -> None:
        self._workspace = workspace
        self._parent = parent
        self._scans = scans
        self.choice = QMenu(parent)

    def export(self) -> None:
        """Ask whether waiting scans go along, which may not fit on a stick; then where to."""
        count, size = self._scans()
        if not count:
            self._ask_where(with_scans=True)
            return
        self.choice.clear()
        told = _("Kèm {count} bản quét ({size})").format(count=count, size=size_words(size))
        self.choice.addAction(told, lambda: self._ask_where(with_scans=True))
        self.choice.addAction(_("Chỉ việc, không kèm bản quét"), lambda: self._ask_where(with_scans=False))
        pressed = QApplication.focusWidget() or self._parent
        self.choice.popup(pressed.mapToGlobal(pressed.rect().topLeft()))
        self.choice.setActiveAction(self.choice.actions()[0])

    def _ask_where(self, *, with_scans: bool) -> None:
        now, counter = self._workspace.desk.clock.now(), self._workspace.desk.settings.counter.number
        name = f"quay-{counter}-{now:%Y%m%d-%H%M}{_ending()}"
        chosen = QFileDialog.getSaveFileName(
            self._parent, _("Xuất ra USB"), str(Path(_home()) / name), _kinds()
        )[0]
        if chosen:
            target = Path(chosen)
            named = target if target.suffix else target.with_name(target.name + _ending())
            self.export_to(named, with_scans=with_scans)

    def take_in(self) -> None:
        """Ask which file, and take it in."""
        chosen = QFileDialog.getOpenFileName(self._parent, _("Nhận tệp USB"), _home(), _kinds())[0]
        if chosen:
            self.take_from(Path(chosen))

    def export_to(self, target: Path, *, with_scans: bool = True) -> None:
        """Write the carry file; nothing counts as sent by that."""
        from counter_app.services.carry.export_carry import export_carry
        from counter_app.sync.carry_file import CarryFilesOnDisk

        desk = self._workspace.desk
        self._say(Notice(text=_("Đang ghi tệp USB…")))
        self._workspace.operations.beside().run_command(
            lambda: export_carry(desk, CarryFilesOnDisk(), target, with_scans=with_scans),
            done=lambda made: self._exported(made, target),
            changes=False,
        )

    def take_from(self, source: Path) -> None:
        """Take the server's file in; one taken before does no harm."""
        from counter_app.services.carry.import_carry import import_carry
        from counter_app.sync.carry_file import CarryFilesOnDisk
        from counter_app.sync.carry_packs import CarriedPacks

        desk, control = self._workspace.desk, self._workspace.desk.sync
        if control is None:
            self._say(Notice(text=_("Chương trình chưa sẵn sàng. Hãy thử lại sau ít phút."), tone="warn"))
            return
        shelf = CarriedPacks(control.pack_file("").parent)
        self._say(Notice(text=_("Đang đọc tệp USB…")))
        self._workspace.operations.beside().run_command(
            lambda: import_carry(desk, CarryFilesOnDisk(), shelf, source), done=self._taken
        )

    def _exported(self, made: "Exported", target: Path) -> None:
        words = _(
            "Đã ghi {name} ({size}). Việc chỉ được coi là đã gửi khi có tệp trả lời của máy chủ."
        ).format(name=target.name, size=size_words(made.size))
        if made.scans_left:
            left = _("Còn {count} bản quét cho tệp sau.").format(count=made.scans_left)
            words = f"{words} {left}"
        self._say(Notice(text=words, tone="ok"))

    def _taken(self, found: "Imported") -> None:
        self._workspace.operations.data_changed.emit()
        if found.repeated or found.older:
            self._say(Notice(text=_("Tệp này đã nhận trước đây, hoặc cũ hơn tệp đã nhận; không có gì mới.")))
            return
        told = [
            _("máy chủ xác nhận {count} việc").format(count=found.acked) if found.acked else "",
            _("{count} việc từ nơi khác").format(count=found.entries) if found.entries else "",
            _("{count} gói dữ liệu").format(count=found.packs) if found.packs else "",
        ]
        said = ", ".join(part for part in told if part) or _("không có gì mới")
        text = _("Đã nhận tệp: {said}.").format(said=said)
        again = bool(found.chain) or found.gap
        if again:
            text = f"{text} {_('Hãy xuất một tệp mới cho máy chủ: tệp này chưa đủ.')}"
        self._say(Notice(text=text, tone="warn" if again else "ok"))

    def _say(self, notice: Notice) -> None:
        self._workspace.shell.notify(notice)


def _home() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _kinds() -> str:
    return _("Tệp bàn giao USB (*{ending});;Mọi tệp (*)").format(ending=_ending())


def _ending() -> str:
    from counter_app.sync.carry_file import ENDING

    return ENDING
