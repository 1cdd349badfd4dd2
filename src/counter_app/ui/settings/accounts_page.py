"""The page of the accounts: everybody's for administrators, one's own password for everybody."""

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from counter_app.services.office_settings import OfficeSettings
from counter_app.ui.settings.accounts.first_account import FirstAccountForm
from counter_app.ui.settings.accounts.manage_accounts import ManageAccounts
from counter_app.ui.settings.accounts.own_password import OwnPasswordForm
from counter_app.ui.settings.accounts.panel_form import PanelForm
from counter_app.ui.settings.accounts.presenter import AccountsPresenter, Standing
from counter_app.ui.settings.values_page import EditsValues
from counter_app.ui.widgets.layouts import Line, clear
from counter_app.ui.workspace import Workspace


class AccountsPage(EditsValues):
    """Made of what the database says each time it is shown."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.presenter = AccountsPresenter(workspace)
        self._kind: tuple[bool, ...] = ()
        self.first: FirstAccountForm | None = None
        self.manage: ManageAccounts | None = None
        self.own: OwnPasswordForm | None = None
        workspace.operations.data_changed.connect(self._look_again)

    def show_settings(self, settings: OfficeSettings) -> None:
        """Leave it: the page reads for itself when it is shown."""

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt)
        """Read when somebody looks."""
        super().showEvent(event)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  (Qt)
        """Forget every password that was typed."""
        super().hideEvent(event)
        for form in self.findChildren(PanelForm):
            form.forget_passwords()

    def enter(self) -> None:
        """Do what the form with the keyboard does (Ctrl+S)."""
        at: QWidget | None = self.focusWidget()
        while at is not None and not isinstance(at, PanelForm):
            at = at.parentWidget()
        if isinstance(at, PanelForm):
            at.do.click()

    def _look_again(self) -> None:
        if self.isVisible():
            self._look()

    def _look(self) -> None:
        self.presenter.load(self._show)

    def _show(self, standing: Standing) -> None:
        kind = (standing.has_accounts, bool(standing.accounts), standing.old_proof)
        if kind != self._kind:
            self._kind = kind
            self._build(standing)
        if self.manage is not None:
            self.manage.show_accounts(standing.accounts)

    def _build(self, standing: Standing) -> None:
        clear(self.below)
        self.first = self.manage = self.own = None
        if not standing.has_accounts:
            self.first = FirstAccountForm(self.presenter, standing.names, old_proof=standing.old_proof)
            self.below.addWidget(self.first)
            return
        if standing.accounts:
            scale = self._workspace.theme.text_scale / 100
            self.manage = ManageAccounts(self.presenter, standing.names, scale=scale, look_again=self._look)
            self.below.addWidget(self.manage)
            self.below.addWidget(Line())
        self.own = OwnPasswordForm(self._workspace, self.presenter)
        self.below.addWidget(self.own)
