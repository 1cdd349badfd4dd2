"""The results that wait, for the table: whose, which, since when."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from counter_app.domain.dossier import ReturnBy
from counter_app.i18n import _, moment
from counter_app.services.ports import DossierRow
from counter_app.services.worklists_port import WorkRow

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    """One line, in words."""

    dossier_code: str
    applicant: str
    personal_id: str
    procedure: str
    since: str
    way: str

    @classmethod
    def of_work(cls, row: WorkRow) -> "WaitingRow":
        """Return the line of a result on the list of today's work."""
        return cls(
            dossier_code=row.dossier_code,
            applicant=row.applicant,
            personal_id=row.personal_id_masked,
            procedure=row.procedure,
            since=moment(row.resolved_at) if row.resolved_at else "",
            way=_("Bưu chính") if row.return_by is ReturnBy.POSTAL else _("Tại quầy"),
        )

    @classmethod
    def of_citizen(cls, row: DossierRow) -> "WaitingRow":
        """Return the line of a citizen's dossier."""
        return cls(
            dossier_code=row.dossier_code,
            applicant=row.applicant,
            personal_id=row.personal_id_masked,
            procedure=row.procedure,
            since=moment(row.due_at) if row.due_at else "",
            way="",
        )


class WaitingModel(QAbstractTableModel):
    """Read-only rows."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[WaitingRow, ...] = ()

    def show(self, rows: Sequence[WaitingRow]) -> None:
        """Show other rows."""
        if tuple(rows) == self.rows:
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  (Qt)
        """Return how many wait."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  (Qt)
        """Return the number of columns."""
        return 0 if parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:  # noqa: N802
        """Return the heading of a column."""
        if role != _DISPLAY or orientation != Qt.Orientation.Horizontal:
            return None
        return (
            _("Mã hồ sơ"),
            _("Người nộp"),
            _("Số định danh"),
            _("Thủ tục"),
            _("Từ lúc"),
            _("Nhận qua"),
        )[section]

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Return the text of a cell."""
        if role not in (_DISPLAY, _SPOKEN):
            return None
        row = self.rows[index.row()]
        return (row.dossier_code, row.applicant, row.personal_id, row.procedure, row.since, row.way)[
            index.column()
        ]
