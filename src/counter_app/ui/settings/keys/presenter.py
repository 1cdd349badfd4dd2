"""What the page of the data key does; plain Python."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from counter_app.domain.errors import KnownError
from counter_app.i18n import _, moment
from counter_app.services.keys.passphrase import set_passphrase
from counter_app.services.keys.rekey import cancel_change, order_change
from counter_app.services.keys.sheet import (
    SheetInHand,
    keep_sheet,
    make_sheet,
    print_recovery_sheet,
    take_back_sheet,
)
from counter_app.services.keys_port import KeyStanding, WrapKind
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

Failed = Callable[[KnownError], None]
_GROUP = 4
_DPI = 110


class KeysPresenter:
    """Everything the page asks for; errors go to ``failed``, successes are told in the message bar."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def look(self, show: Callable[[KeyStanding], None], failed: Failed) -> None:
        """Ask how the key is kept."""
        keys = self._workspace.desk.keys
        self._workspace.operations.run_query(keys.standing, done=show, failed=failed)

    def print_sheet(self, done: Callable[[], None], failed: Failed) -> None:
        """Print a sheet with a new code."""
        words = _("Đã in giấy khôi phục mới; tờ cũ hết tác dụng. Hãy niêm phong và cất vào két.")
        self._do(lambda: print_recovery_sheet(self._workspace.desk), words, done, failed)

    def show_sheet(self, show: "Callable[[SheetInHand, list[QImage]], None]", failed: Failed) -> None:
        """Make a sheet for the screen; it counts alone only after `keep`."""
        from counter_app.ui.widgets.pdf_preview import rasterize

        desk = self._workspace.desk

        def work() -> "tuple[SheetInHand, list[QImage]]":
            sheet = make_sheet(desk, "screen")
            return sheet, rasterize(sheet.pdf, _DPI)

        self._workspace.operations.run_command(work, done=lambda both: show(*both), failed=failed)

    def keep(self, sheet: SheetInHand, done: Callable[[], None], failed: Failed) -> None:
        """Let a sheet that was copied by hand count alone."""
        words = _("Mã mới đã có hiệu lực; tờ cũ hết tác dụng.")
        self._do(lambda: keep_sheet(self._workspace.desk, sheet), words, done, failed)

    def take_back(self, sheet: SheetInHand, done: Callable[[], None], failed: Failed) -> None:
        """Void a sheet nobody copied."""
        words = _("Đã bỏ mã mới; tờ cũ vẫn dùng được.")
        self._do(lambda: take_back_sheet(self._workspace.desk, sheet), words, done, failed)

    def set_passphrase(self, passphrase: str, done: Callable[[], None], failed: Failed) -> None:
        """Set the key's passphrase."""
        words = _("Đã đặt mật khẩu khóa. Mật khẩu này mở được dữ liệu và bản sao lưu từ nay về sau.")
        self._do(lambda: set_passphrase(self._workspace.desk, passphrase), words, done, failed)

    def change_key(self, passphrase: str, done: Callable[[], None], failed: Failed) -> None:
        """Order another key; its sheet is printed at once."""
        words = _("Đã in giấy của khóa mới. Khóa được đổi khi đóng chương trình và mở lại.")
        self._do(lambda: order_change(self._workspace.desk, passphrase), words, done, failed)

    def cancel_change(self, done: Callable[[], None], failed: Failed) -> None:
        """Take the ordered change back."""
        words = _("Đã bỏ việc đổi khóa. Giấy của khóa mới hết tác dụng: hãy hủy tờ đó.")
        self._do(lambda: cancel_change(self._workspace.desk), words, done, failed)

    def _do(self, work: Callable[[], object], words: str, done: Callable[[], None], failed: Failed) -> None:
        def finished(_result: object) -> None:
            self._workspace.shell.notify(Notice(text=words, tone="ok"))
            done()

        self._workspace.operations.run_command(work, done=finished, failed=failed)


def place_words(standing: KeyStanding) -> str:
    """Say where the key lies."""
    if standing.in_keyring:
        return _("Trong kho khóa của hệ điều hành, riêng cho người dùng máy này.")
    return _("Trong một tệp ở thư mục dữ liệu: máy này không có kho khóa. Hãy hạn chế người mở được thư mục.")


def print_words(standing: KeyStanding) -> str:
    """Say how the key is recognised."""
    digits = standing.fingerprint
    return " ".join(digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP))


def made_words(standing: KeyStanding, kind: WrapKind) -> str:
    """Say since when there is a sheet or a passphrase, or that there is none."""
    made = [wrap.made_at for wrap in standing.wraps if wrap.kind is kind]
    if made:
        from counter_app.domain.working_time import office_moment

        return _("Có, từ {since}").format(since=moment(office_moment(max(made))))
    if kind is WrapKind.RECOVERY:
        return _("Chưa in. Máy hỏng thì không mở lại được dữ liệu: hãy in ngay.")
    return _("Chưa đặt. Không bắt buộc khi đã có giấy khôi phục.")
