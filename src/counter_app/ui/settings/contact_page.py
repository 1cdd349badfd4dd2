"""The office's telephone and who signs its lists, each from a day on."""

from PySide6.QtWidgets import QWidget

from counter_app.domain.errors import BadInput
from counter_app.i18n import _
from counter_app.services.office_settings import OfficeSettings
from counter_app.ui.settings.value_editor import ValueEditor
from counter_app.ui.settings.values_page import EditsValues
from counter_app.ui.settings.values_presenter import ValuesPresenter
from counter_app.ui.widgets.labels import PlainLabel
from counter_app.ui.widgets.layouts import Line, row
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.workspace import Workspace


class ContactPage(EditsValues):
    """Two values, each with its own days and history."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(_("Thay người ký hoặc đổi số điện thoại: ghi trước, đến ngày máy tự dùng."))
        self.presenter = ValuesPresenter(workspace)
        self.phone = TextField(_("Điện thoại"), placeholder="0218 3851 234", max_length=40)
        self.name = TextField(_("Họ tên người ký"), max_length=120)
        self.position = TextField(_("Chức vụ"), placeholder=_("Giám đốc Trung tâm"), max_length=150)
        self.phone_editor = ValueEditor(
            workspace,
            self.presenter,
            label=_("Điện thoại"),
            basis=_("Quyết định số …, nếu có"),
            field=self.phone,
            read=self.phone.value,
            entered=self._show,
        )
        signer = QWidget()
        signer.setLayout(row(self.name, self.position))
        self.name.accepted.connect(self.position.setFocus)
        self.signer_editor = ValueEditor(
            workspace,
            self.presenter,
            label=_("Người ký"),
            basis=_("Quyết định số …, nếu có"),
            field=signer,
            read=self._signatory,
            entered=self._show,
        )
        self.position.accepted.connect(self.signer_editor.first_day.setFocus)
        self.below.addWidget(PlainLabel(_("Điện thoại của bộ phận một cửa"), type="section"))
        self.below.addWidget(self.phone_editor)
        self.below.addWidget(Line())
        self.below.addWidget(PlainLabel(_("Người ký danh sách, bảng niêm yết"), type="section"))
        self.below.addWidget(self.signer_editor)

    def show_settings(self, settings: OfficeSettings) -> None:  # noqa: ARG002  (FormPage)
        """Show what holds today."""
        self._show()

    def enter(self) -> None:
        """Enter the value whose fields have the keyboard, the telephone first."""
        focus = self.focusWidget()
        of_signer = focus is not None and self.signer_editor.isAncestorOf(focus)
        (self.signer_editor if of_signer else self.phone_editor).enter()

    def _show(self) -> None:
        self.phone.set_value(self.presenter.phone())
        entry = self.presenter.current("signatory")
        value = entry.value if entry is not None and isinstance(entry.value, dict) else {}
        self.name.set_value(value.get("name", ""))
        self.position.set_value(value.get("title", ""))
        phone = self.presenter.current("phone")
        self.phone_editor.edit("phone", phone.basis if phone else "")
        self.signer_editor.edit("signatory", entry.basis if entry else "")

    def _signatory(self) -> object:
        name, title = str(self.name.value()), str(self.position.value())
        if not name or not title:
            raise BadInput("signatory_missing")
        return {"name": name, "title": title}
