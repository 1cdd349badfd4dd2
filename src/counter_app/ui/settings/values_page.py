"""A searchable table of values over the editor of the chosen one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from counter_app.i18n import _
from counter_app.services.office_settings import OfficeSettings
from counter_app.ui.settings.form_page import FormPage
from counter_app.ui.settings.value_editor import ValueEditor
from counter_app.ui.settings.value_table import SHOWN, SINCE, USED_BY, ValueTableModel
from counter_app.ui.settings.values_presenter import ValueRow, ValuesPresenter, matching
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import column, row
from counter_app.ui.widgets.tables import ListTable
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.widgets.tick_field import TickField
from counter_app.ui.workspace import Workspace


class EditsValues(FormPage):
    """A page whose values are entered one by one and not with the settings' own button."""

    def enter(self) -> None:
        """Enter what is being edited (Ctrl+S)."""


class ValuesPage(EditsValues):
    """Type to search, Down into the table, Enter into the editor; Enter there goes on and enters.

    Args:
        workspace: The window.
        introduction: What the values are.
        load: Returns every row.
        field: Takes a value; has ``value()`` and ``set_value()``.
        label: What a value is called.
        basis: An example of what a value rests on.
        read: Returns the value of the field; raises BadInput.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        introduction: str,
        load: Callable[[ValuesPresenter], Sequence[ValueRow]],
        field: TextField,
        label: str,
        basis: str,
        read: Callable[[], object],
    ) -> None:
        super().__init__(introduction)
        self.presenter = ValuesPresenter(workspace)
        self._load = load
        self._rows: Sequence[ValueRow] = ()
        self._key = ""
        self.search = TextField(_("Tìm"), placeholder=_("Tên khoản, thủ tục…"), max_length=120)
        self.only_missing = TickField(_("Chỉ hiện mục chưa biết"), _("Chỉ hiện mục chưa biết"))
        self._count = PlainLabel(tone="muted", type="small")
        self.model = ValueTableModel()
        self.table = ListTable(label)
        self.table.setModel(self.model)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setMinimumHeight(190)
        scale = workspace.theme.text_scale / 100
        self.table.fit_rows(round(32 * scale))
        self.table.set_widths({SHOWN: round(170 * scale), SINCE: round(118 * scale)}, stretch=(0, USED_BY))
        self.name = PlainLabel(type="strong", wrap=True)
        self.used_by = PlainLabel(type="small", tone="muted", wrap=True)
        field.setMaximumWidth(220)
        self.field = field
        self.editor = ValueEditor(
            workspace, self.presenter, label=label, field=field, basis=basis, read=read, entered=self.reload
        )
        self._below = QWidget()
        self._below.setLayout(column(self.name, self.used_by, self.editor, spacing=6))
        head = row(self.search, self.only_missing, self._count)
        head.setStretchFactor(self.search, 1)
        self.below.addLayout(column(head, self.table, self._below, spacing=10))
        self.search.edited.connect(self._filter)
        self.only_missing.edited.connect(self._filter)
        self.search.accepted.connect(self._into_table)
        self.table.opened.connect(lambda _row: self._into_editor())
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._choose(now.row()))

    def show_settings(self, settings: OfficeSettings) -> None:  # noqa: ARG002  (FormPage)
        """Read the values anew when the page is on show; it reads them itself when it is first shown."""
        if self._rows:
            self.reload()

    def showEvent(self, event: object) -> None:  # noqa: N802  (Qt)
        """Read the catalogue only when somebody looks."""
        super().showEvent(event)  # type: ignore[arg-type]
        if not self._rows:
            self.reload()

    def reload(self) -> None:
        """Show the values as they are now; the chosen one stays chosen."""
        self._rows = self._load(self.presenter)
        self.table.setColumnHidden(USED_BY, not any(row.used_by for row in self._rows))
        self._filter()

    def enter(self) -> None:
        """Enter the value on show."""
        if self._key:
            self.editor.enter()

    def _filter(self) -> None:
        found = matching(self._rows, str(self.search.value()), only_missing=bool(self.only_missing.value()))
        self.model.show(found)
        missing = sum(row.missing for row in self._rows)
        self._count.setText(_("{shown} mục · {missing} chưa biết").format(shown=len(found), missing=missing))
        line = next((line for line, row in enumerate(found) if row.key == self._key), 0)
        self._below.setVisible(bool(found))
        if found:
            index = self.model.index(line, 0)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(index, flags)
            self._choose(line)
        else:
            self._key = ""

    def _choose(self, line: int) -> None:
        if not 0 <= line < len(self.model.rows):
            return
        row_ = self.model.rows[line]
        self.name.setText(row_.name)
        self.used_by.setText(_("Dùng cho: {procedures}").format(procedures=row_.used_by))
        self.used_by.setVisible(bool(row_.used_by))
        if row_.key != self._key or not self.field.hasFocus():
            self._key = row_.key
            self.field.set_value(row_.current)
            self.field.set_state("")
            self.editor.edit(row_.key, row_.basis)

    def _into_table(self) -> None:
        if self.model.rows:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _into_editor(self) -> None:
        self.field.setFocus(Qt.FocusReason.TabFocusReason)
        self.field.selectAll()
