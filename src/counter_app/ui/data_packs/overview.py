"""Which data counts on this counter, the packs installed, and where another one comes in."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from counter_app.domain.data_pack import InstalledPack
from counter_app.i18n import _
from counter_app.ui.data_packs import words
from counter_app.ui.data_packs.presenter import PacksState, can_go_back
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.labels import Chip, PlainLabel, fact_row
from counter_app.ui.widgets.layouts import Card, Line, clear, column, row
from counter_app.ui.widgets.text_field import NumberField

_LABEL_WIDTH = 210


class Overview(QWidget):
    """Cards of versions and packs.

    Args:
        choose_file: Asks for a pack file.
        look_back: Shows what taking a pack back would change.
        keep_max_age: Stores after how many days without a pack the clerk is told.
    """

    def __init__(
        self,
        *,
        choose_file: Callable[[], None],
        look_back: Callable[[InstalledPack], None],
        keep_max_age: Callable[[object], None],
    ) -> None:
        super().__init__()
        self._look_back = look_back
        self._versions, self._packs = QVBoxLayout(), QVBoxLayout()
        self._problems = Card(_("Dữ liệu có lỗi"))
        self._problem_box = column(spacing=4)
        self._problems.body.addLayout(self._problem_box)
        self.install = primary_button(_("Cài gói dữ liệu…"), clicked=choose_file)
        using, packs = Card(_("Dữ liệu đang dùng")), Card(_("Các gói đã cài"))
        using.body.addLayout(self._versions)
        packs.body.addLayout(self._packs)
        self.max_age = NumberField(_("Nhắc khi quá số ngày chưa có gói mới"))
        self.max_age.setMaximumWidth(70)
        keep = Button(_("Lưu"), clicked=lambda: keep_max_age(self.max_age.value()))
        keep.setAccessibleName(_("Lưu số ngày nhắc"))
        self.max_age.accepted.connect(lambda: keep_max_age(self.max_age.value()))
        remind = row(
            PlainLabel(_("Nhắc khi quá"), tone="muted"),
            self.max_age,
            PlainLabel(_("ngày chưa có gói dữ liệu mới"), tone="muted"),
            keep,
            None,
        )
        using.body.addWidget(Line())
        using.body.addLayout(remind)
        self.setLayout(column(self._drop(), self._problems, using, packs, None, spacing=12))

    def _drop(self) -> QFrame:
        drop = QFrame()
        drop.setProperty("frame", "drop")
        said = WrapLabel(
            _(
                "Gói dữ liệu (tệp .qmcpack) đến bằng USB hoặc thư. Kéo tệp thả vào đây, hoặc chọn tệp. "
                "Chương trình kiểm tra chữ ký và cho xem thay đổi trước khi cài."
            )
        )
        line = row(said, self.install, margins=(16, 14, 16, 14), spacing=16)
        line.setStretch(0, 1)
        line.setAlignment(self.install, Qt.AlignmentFlag.AlignVCenter)
        drop.setLayout(line)
        return drop

    def show_state(self, state: PacksState, today: date) -> None:
        """Show the versions and packs there are."""
        for box in (self._versions, self._packs, self._problem_box):
            clear(box)
        for version in state.versions:
            name = words.section_name(version.section) + (f" {version.unit}" if version.unit else "")
            line = words.version_line(version, today)
            self._versions.addWidget(fact_row(name, line, label_width=_LABEL_WIDTH))
        for number, pack in enumerate(state.packs):
            if number:
                self._packs.addWidget(Line())
            self._packs.addLayout(self._pack(state, pack))
        if not state.packs:
            none = _("Chưa cài gói nào: đang dùng dữ liệu có sẵn trong chương trình.")
            self._packs.addWidget(WrapLabel(none, tone="muted"))
        self._problems.setVisible(bool(state.problems))
        for problem in state.problems:
            self._problem_box.addWidget(WrapLabel(problem, tone="warn", selectable=True))
        if not self.max_age.hasFocus():
            self.max_age.set_value(state.max_age)

    def _pack(self, state: PacksState, pack: InstalledPack) -> QVBoxLayout:
        name = WrapLabel(f"{words.kind_name(pack.info)} · {pack.info.title}", bold=True)
        chip = Chip(_("Đang dùng"), "ok") if pack.active else Chip(_("Không dùng"), "neutral")
        head = row(name, chip, spacing=10)
        head.setStretch(0, 1)
        if can_go_back(state.packs, pack):
            back = Button(_("Quay lại trước gói này…"), clicked=partial(self._look_back, pack))
            back.setAccessibleName(f"{back.text()} {pack.info.version}")
            head.addWidget(back)
        return column(head, WrapLabel(words.pack_line(pack), type="small", tone="muted"), spacing=2)
