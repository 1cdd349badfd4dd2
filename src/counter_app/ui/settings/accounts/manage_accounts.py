"""Everybody's accounts in a table, and below it what can be done with the chosen one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from counter_app.domain.clerks import Account
from counter_app.i18n import _
from counter_app.ui.settings.accounts.account_table import LAST, NAME, ROLE, STATE, USER, AccountTableModel
from counter_app.ui.settings.accounts.add_account import AddAccountForm
from counter_app.ui.settings.accounts.chosen_account import ChosenAccountForm
from counter_app.ui.settings.accounts.one_time_panel import OneTimePanel
from counter_app.ui.settings.accounts.presenter import AccountsPresenter, Made
from counter_app.ui.settings.accounts.unlock_form import UnlockForm
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.layouts import column, row
from counter_app.ui.widgets.tables import ListTable

_WIDTHS = {USER: 140, ROLE: 160, STATE: 150, LAST: 170}  # pixels at 100 %
_LARGE = 1.5


class ManageAccounts(QWidget):
    """For administrators; `look_again` reads the accounts anew."""

    def __init__(
        self,
        presenter: AccountsPresenter,
        names: Sequence[str],
        *,
        scale: float,
        look_again: Callable[[], None],
    ) -> None:
        super().__init__()
        self._presenter = presenter
        self._accounts: Sequence[Account] = ()
        self._chosen_id = ""
        self.model = AccountTableModel()
        self.table = ListTable(_("Tài khoản"))
        self.table.setModel(self.model)
        self.table.fit_rows(round(32 * scale))
        self.table.setFixedHeight(round(210 * scale))
        widths = {at: round(width * scale) for at, width in _WIDTHS.items()}
        self.table.set_widths(widths, stretch=(NAME,))
        for at in (USER, LAST):  # large text needs the room for names; the form below tells the rest
            self.table.setColumnHidden(at, scale >= _LARGE)
        self.add = Button(_("Thêm tài khoản"), clicked=self._to_add)
        self.chosen = ChosenAccountForm(
            presenter, changed=look_again, made=self._made, unlock=self._to_unlock
        )
        self.add_form = AddAccountForm(presenter, names, self._made, self._to_chosen)
        self.unlock = UnlockForm(presenter, self._was_unlocked, self._to_chosen)
        self.one_time = OneTimePanel(self._to_chosen)
        self._panels: tuple[QWidget, ...] = (self.chosen, self.add_form, self.unlock, self.one_time)
        self.setLayout(column(self.table, row(self.add, None), *self._panels, spacing=10))
        self._turn(self.chosen)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._choose(now.row()))
        self.table.opened.connect(lambda _row: self.chosen.focus_first())

    def show_accounts(self, accounts: Sequence[Account]) -> None:
        """Show how the accounts stand now; the chosen one stays chosen."""
        self._accounts = accounts
        self.model.show(accounts)
        ids = [each.account_id for each in self.model.rows]
        at = ids.index(self._chosen_id) if self._chosen_id in ids else 0
        self.table.selectRow(at)
        self._choose(at)

    def _choose(self, at: int) -> None:
        if not 0 <= at < len(self.model.rows):
            return
        account = self.model.rows[at]
        other = account.account_id != self._chosen_id
        self._chosen_id = account.account_id
        self.chosen.show_for(account)
        if other:
            self._turn(self.chosen)

    def _to_add(self) -> None:
        self.add_form.begin()
        self._turn(self.add_form)
        self.add_form.focus_first()

    def _to_unlock(self, account: Account) -> None:
        self.unlock.begin_for(account, self._accounts)
        self._turn(self.unlock)
        self.unlock.focus_first()

    def _to_chosen(self) -> None:
        self._turn(self.chosen)
        self.table.setFocus()

    def _was_unlocked(self, _account: Account) -> None:
        self._presenter.say(_("Đã mở khóa tài khoản."))
        self._to_chosen()

    def _made(self, made: Made) -> None:
        self._chosen_id = made[0].account_id
        self._turn(self.one_time)
        self.one_time.show_for(made)

    def _turn(self, panel: QWidget) -> None:
        for each in self._panels:
            each.setVisible(each is panel)
        if panel is not self.chosen:
            QTimer.singleShot(0, panel, lambda: _bring_into_view(panel))  # once it has its place


def _bring_into_view(panel: QWidget) -> None:
    area = panel.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if isinstance(area, QScrollArea) and panel.isVisible():
        area.ensureWidgetVisible(panel, 0, 12)
