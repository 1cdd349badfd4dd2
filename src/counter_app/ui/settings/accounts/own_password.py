"""Everybody's own password: the present one, and a new one twice."""

from counter_app.domain.errors import KnownError
from counter_app.i18n import _
from counter_app.ui.session.password_field import PasswordField
from counter_app.ui.settings.accounts.panel_form import PanelForm
from counter_app.ui.settings.accounts.password_pair import PasswordPair
from counter_app.ui.settings.accounts.presenter import AccountsPresenter
from counter_app.ui.workspace import Workspace


class OwnPasswordForm(PanelForm):
    """What is typed here is forgotten as soon as it was used, or the page is left."""

    def __init__(self, workspace: Workspace, presenter: AccountsPresenter) -> None:
        super().__init__(
            _("Đổi mật khẩu của tôi"),
            _("Mật khẩu không hết hạn; hãy đổi khi nghĩ có người khác biết."),
            _("Đổi mật khẩu"),
            self._change,
        )
        self._workspace, self._presenter = workspace, presenter
        self.present = PasswordField(_("Mật khẩu đang dùng"))
        self.ask(self.present)
        self.pair = PasswordPair(self, presenter.judge_for(self._names))

    def begin(self) -> None:
        """Ask anew."""
        super().begin()
        self.pair.hide_letters()

    def _names(self) -> tuple[str, ...]:
        present = self._workspace.desk.session.present
        return () if present is None else (present.username, present.full_name)

    def _change(self) -> None:
        new = self.pair.agreed()
        if new is None:
            return
        self.set_busy(busy=True)
        self._presenter.change_own(self.present.value(), new, self._done, self._failed)

    def _done(self) -> None:
        self.begin()
        self._presenter.say(_("Đã đổi mật khẩu. Lần đăng nhập sau dùng mật khẩu mới."))

    def _failed(self, error: KnownError) -> None:
        self.refuse(error)
        self.present.setFocus()
