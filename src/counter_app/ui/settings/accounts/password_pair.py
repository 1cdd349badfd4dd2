"""A new password twice in a form, with a line that says whether it will do."""

from counter_app.i18n import _
from counter_app.ui.session.new_password_page import not_the_same
from counter_app.ui.session.password_field import PasswordField
from counter_app.ui.session.strength_line import Judge, StrengthLine
from counter_app.ui.settings.accounts.panel_form import PanelForm
from counter_app.ui.widgets.tick_field import TickField


class PasswordPair:
    """Added to a form where it stands; `agreed` is the password, or None when both differ."""

    def __init__(self, form: PanelForm, judge: Judge) -> None:
        self._form = form
        self.new = PasswordField(_("Mật khẩu mới"))
        self.again = PasswordField(_("Gõ lại mật khẩu mới"))
        self.strength = StrengthLine(self.new, judge)
        self.shown = TickField(_("Hiện mật khẩu"), _("Hiện mật khẩu"))
        form.ask(self.new)
        form.add_below(self.strength)
        form.ask(self.again)
        form.add_below(self.shown)
        self.shown.toggled.connect(self._show)

    def agreed(self) -> str | None:
        """Return the password both fields say; None after saying that they differ."""
        if self.new.value() == self.again.value():
            return self.new.value()
        self._form.refuse(not_the_same())
        self.new.setFocus()
        return None

    def hide_letters(self) -> None:
        """Show dots again."""
        self.shown.setChecked(False)

    def _show(self, shown: bool) -> None:
        for field in (self.new, self.again):
            field.show_letters(shown=shown)
