"""The self-check in words, and what may be handed to support: shown whole before it is saved."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QListWidget, QPlainTextEdit

from counter_app.i18n import _
from counter_app.messages import text_of_code
from counter_app.services.check_health import Check, as_checks, check_health
from counter_app.services.office_settings import OfficeSettings
from counter_app.services.support.bundle import BundlePart, bundle_parts, write_bundle
from counter_app.ui.settings.values_page import EditsValues
from counter_app.ui.widgets.buttons import Button, primary_button
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Card, clear, column, row
from counter_app.ui.workspace import Notice, Workspace

if TYPE_CHECKING:
    from counter_app.services.support.incidents_port import Incidents

_FILE_NAME = "goi-ho-tro.zip"
_LOWEST = 220  # pixels of the preview at 100 %


class SupportPage(EditsValues):
    """Looks when it is shown, never before: the whole database is read for it."""

    def __init__(self, workspace: Workspace, incidents: "Incidents | None") -> None:
        super().__init__(
            _("Tự kiểm tra máy quầy. Gói hỗ trợ chỉ có mã lỗi và con số, không có dữ liệu công dân.")
        )
        self._workspace = workspace
        self._incidents = incidents
        self._looked = False
        self._parts: tuple[BundlePart, ...] = ()
        self.findings = column(spacing=6)
        self._state = PlainLabel(tone="muted", wrap=True)
        self.again = Button(_("Kiểm tra lại"), clicked=self.look)
        checks = Card(_("Tự kiểm tra"))
        checks.heading.addWidget(self.again)
        checks.body.addWidget(self._state)
        checks.body.addLayout(self.findings)
        self.names = QListWidget()
        self.names.setAccessibleName(_("Các phần của gói hỗ trợ"))
        self.names.setFixedWidth(190)
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setAccessibleName(_("Nội dung phần đang chọn"))
        self.names.setMinimumHeight(_LOWEST)
        self.text.setMinimumHeight(_LOWEST)
        self.names.currentRowChanged.connect(self._show_part)
        self.save = primary_button(_("Lưu gói hỗ trợ…"), clicked=self._ask_where)
        bundle = Card(_("Gói hỗ trợ"))
        bundle.heading.addWidget(self.save)
        bundle.body.addWidget(
            PlainLabel(_("Xem hết những gì sẽ gửi, rồi mới lưu."), type="caption", tone="muted", wrap=True)
        )
        bundle.body.addLayout(row(self.names, self.text, spacing=10))
        self.below.addWidget(checks)
        self.below.addWidget(bundle)
        self.fields = [self.again]

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt)
        """Look once when the page is first seen."""
        super().showEvent(event)
        if not self._looked:
            self.look()

    def show_settings(self, settings: OfficeSettings) -> None:  # noqa: ARG002  (FormPage)
        """Look again when the page is next seen."""
        self._looked = False

    def look(self) -> None:
        """Run the self-check and gather the bundle's parts."""
        self._looked = True
        self._state.setText(_("Đang kiểm tra…"))
        self._state.show()
        self.save.setEnabled(False)
        desk, incidents = self._workspace.desk, self._incidents

        def work() -> tuple[list[Check], tuple[BundlePart, ...]]:
            found = incidents.machine_findings() if incidents is not None else ()
            checks = [*as_checks(found), *check_health(desk)]
            parts = bundle_parts(desk, checks, incidents) if incidents is not None else ()
            return checks, parts

        self._workspace.operations.beside().run_query(work, done=lambda found: self._show(*found))

    def _show(self, checks: Sequence[Check], parts: tuple[BundlePart, ...]) -> None:
        clear(self.findings)
        wrong = [check for check in checks if not check.ok]
        self._state.setVisible(not wrong)
        self._state.setText(_("Không thấy điều gì phải sửa ({n} điều đã kiểm tra).").format(n=len(checks)))
        for check in (*wrong, *(each for each in checks if each.ok)):
            mark = PlainLabel("✓" if check.ok else "!", tone="ok" if check.ok else "bad", type="section")
            mark.setFixedWidth(22)
            words = PlainLabel(text_of_code(check.code, check.params), wrap=True)
            line = row(mark, words, spacing=6)
            line.setStretch(1, 1)
            self.findings.addLayout(line)
        self._parts = parts
        self.names.clear()
        self.names.addItems([part.name for part in parts])
        self.names.setCurrentRow(0 if parts else -1)
        self.save.setEnabled(bool(parts))

    def _show_part(self, place: int) -> None:
        self.text.setPlainText(self._parts[place].text if 0 <= place < len(self._parts) else "")

    def _ask_where(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Lưu gói hỗ trợ"), _FILE_NAME, _("Tệp nén (*.zip)")
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, target: Path) -> None:
        """Write the bundle that is on show."""
        desk, parts = self._workspace.desk, self._parts

        def saved(_none: None) -> None:
            self._workspace.shell.notify(Notice(text=_("Đã lưu gói hỗ trợ."), tone="ok"))

        self._workspace.operations.run_command(lambda: write_bundle(desk, parts, target), done=saved)
