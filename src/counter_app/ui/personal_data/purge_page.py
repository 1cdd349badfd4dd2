"""The dossiers whose time is over: looked through, then destroyed for good."""

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from counter_app.i18n import _
from counter_app.services.personal_data.retention import DueForPurge, KeptDossiers
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.personal_data import words
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.layouts import action_bar, column
from counter_app.ui.widgets.tables import ListTable
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.widgets.tick_field import TickField

_Index = QModelIndex | QPersistentModelIndex
_CODE, _PROCEDURE, _ENDED, _OVER, _RULE, _STATE = range(6)
_WIDTHS = {_CODE: 210, _ENDED: 110, _OVER: 110, _RULE: 190, _STATE: 260}
_ROW = 34


class DueModel(QAbstractTableModel):
    """Dossiers, not people: no name stands in this list."""

    def __init__(self) -> None:
        super().__init__()
        self.due: tuple[DueForPurge, ...] = ()

    def show_due(self, due: tuple[DueForPurge, ...]) -> None:
        """Replace the rows."""
        self.beginResetModel()
        self.due = due
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:  # noqa: N802  (Qt)
        """Return how many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.due)

    def columnCount(self, parent: _Index | None = None) -> int:  # noqa: N802  (Qt)
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else _STATE + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:  # noqa: N802
        """Return the heads."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        heads = (_("Mã hồ sơ"), _("Thủ tục"), _("Kết thúc"), _("Hết hạn"), _("Thời hạn lưu"), _("Tình trạng"))
        return heads[section]

    def data(self, index: _Index, role: int = 0) -> object:
        """Return a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        each = self.due[index.row()]
        return (
            each.dossier.dossier_code,
            each.dossier.procedure_name,
            f"{each.dossier.ended_at:%d/%m/%Y}",
            f"{each.over_on:%d/%m/%Y}",
            words.rule_words(each.rule),
            words.hindrance_words(each),
        )[index.column()]


class PurgePage(QWidget):
    """`done` gets the ids and what periods were compared with."""

    def __init__(self, *, done: Callable[[list[str], str], None], back: Callable[[], None]) -> None:
        super().__init__()
        self._done = done
        self.model = DueModel()
        self.table = ListTable(_("Hồ sơ hết thời hạn lưu"))
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS, (_PROCEDURE,))
        self.table.fit_rows(_ROW)
        self.told = WrapLabel(tone="muted", type="small")
        self.checked = TextField(
            _("Căn cứ đã đối chiếu"),
            placeholder=_("Căn cứ đã đối chiếu với cơ quan lưu trữ (cần khi thời hạn chưa đối chiếu)"),
            max_length=200,
        )
        self.sure = TickField(
            _("Xác nhận hủy"), _("Tôi đã kiểm tra danh sách. Hủy rồi không khôi phục được.")
        )
        for field in (self.checked, self.sure):
            field.edited.connect(self._weigh)
        self.button = primary_button("", key="F9", clicked=self._finish)
        title = WrapLabel(_("Hủy hồ sơ hết thời hạn lưu"), type="title")
        bar = action_bar(Button(_("Quay lại"), key="Esc", clicked=back), None, self.button)
        whole = column(title, self.told, self.table, self.checked, self.sure, bar, spacing=8)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def open_for(self, kept: KeptDossiers) -> None:
        """Show what may go, and what stands in the way of the rest."""
        self.model.show_due(kept.due)
        self.checked.set_value("")
        self.sure.set_value(False)
        self.told.setText(
            _(
                "Còn lại biên bản: mã, thủ tục, ngày, kết quả, dấu kiểm; nội dung, giấy tờ quét, tên người "
                "bị xóa khỏi máy này. Mã không cấp lại, số liệu báo cáo không đổi."
            )
        )
        self._weigh()
        self.table.setFocus()
        if kept.due:
            self.table.selectRow(0)

    def ready(self) -> list[str]:
        """Return the ids of dossiers nothing stands in the way of.

        A period nobody compared with the law counts once somebody says what it was compared with.
        """
        compared = bool(str(self.checked.value() or "").strip())
        return [
            each.dossier.dossier_id
            for each in self.model.due
            if not each.hindrance and (each.rule.verified or compared)
        ]

    def _weigh(self) -> None:
        count = len(self.ready())
        self.button.set_text(_("Hủy {n} hồ sơ").format(n=count))
        self.button.setEnabled(bool(count) and self.sure.isChecked())

    def _finish(self) -> None:
        if self.button.isEnabled():
            self.button.setEnabled(False)  # once: it takes a while, and nothing brings them back
            self._done(self.ready(), str(self.checked.value() or ""))
