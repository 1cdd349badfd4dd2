"""The data key: where it lies, what gives it back, another key."""

from PySide6.QtGui import QHideEvent, QShowEvent

from counter_app.i18n import _
from counter_app.messages import text_of, text_of_code
from counter_app.services.keys.sheet import SheetInHand
from counter_app.services.keys_port import KeyStanding, WrapKind
from counter_app.services.office_settings import OfficeSettings
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.session.cover_form import Message
from counter_app.ui.session.password_field import PasswordField
from counter_app.ui.settings.accounts.panel_form import PanelForm
from counter_app.ui.settings.keys.presenter import KeysPresenter, made_words, place_words, print_words
from counter_app.ui.settings.keys.sheet_on_screen import SheetOnScreen
from counter_app.ui.settings.values_page import EditsValues
from counter_app.ui.widgets.buttons import Button
from counter_app.ui.widgets.layouts import Line
from counter_app.ui.widgets.properties import restyle
from counter_app.ui.widgets.tick_field import TickField
from counter_app.ui.workspace import Workspace

_PHRASE_WIDTH = 400


class KeysPage(EditsValues):
    """Each act has its own button; nothing typed here stays when the page is left."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(
            _("Dữ liệu được mã hóa. Mất khóa là mất dữ liệu: giấy khôi phục cất trong két là đường lấy lại.")
        )
        self._presenter = KeysPresenter(workspace)
        self.place, self.print, self.sheet_of, self.phrase_of = (
            WrapLabel(selectable=True) for _n in range(4)
        )
        self.add(_("Khóa nằm ở"), self.place)
        self.add(_("Dấu nhận biết khóa"), self.print)
        self.add(_("Giấy khôi phục"), self.sheet_of)
        self.add(_("Mật khẩu khóa"), self.phrase_of)
        self.problem = Message()
        self.waiting = Message()
        self.sheet = self._sheet_form()
        self.on_screen = SheetOnScreen(self._keep, self._take_back)
        self.phrase = self._phrase_form()
        self.change = self._change_form()
        for form in (self.phrase, self.change):
            restyle(form.do, "variant", "")  # one primary button a screen
        for item in (
            *(self.problem, self.waiting, Line(), self.sheet, self.on_screen),
            *(Line(), self.phrase, Line(), self.change),
        ):
            self.below.addWidget(item)
        self._forms = (self.sheet, self.phrase, self.change)

    def show_settings(self, settings: OfficeSettings) -> None:  # noqa: ARG002  (FormPage)
        """Look again when the page is next shown."""
        if self.isVisible():
            self._look()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  (Qt)
        """Look at the key only when somebody looks at the page."""
        super().showEvent(event)
        self._begin()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  (Qt)
        """Leave nothing typed behind."""
        super().hideEvent(event)
        for form in self._forms:
            form.begin()

    def _sheet_form(self) -> PanelForm:
        form = PanelForm(
            _("In giấy khôi phục"),
            _("Mỗi lần in là một mã mới. Tờ cũ hết tác dụng trên máy, nhưng vẫn mở bản sao lưu thời đó."),
            _("In giấy mới"),
            self._print_sheet,
        )
        words = _("Không có máy in: hiện trên màn hình")
        self.on_demand = form.add_button(Button(words, clicked=self._show_sheet))
        return form

    def _phrase_form(self) -> PanelForm:
        form = PanelForm(
            _("Mật khẩu khóa"),
            _(
                "Một câu dài chỉ người quản trị biết, từ 12 ký tự. Khác mật khẩu đăng nhập: "
                "ai biết nó và có bản sao lưu thì đọc được mọi dữ liệu."
            ),
            _("Đặt mật khẩu khóa"),
            self._set_phrase,
        )
        self.new = PasswordField(_("Mật khẩu khóa mới"))
        self.again = PasswordField(_("Gõ lại mật khẩu khóa"))
        self.shown = TickField(_("Hiện mật khẩu khóa"), _("Hiện chữ đang gõ"))
        self.shown.toggled.connect(self._show_letters)
        for field in (self.new, self.again):
            form.ask(field)
            field.setMinimumWidth(_PHRASE_WIDTH)
        form.add_below(self.shown)
        return form

    def _change_form(self) -> PanelForm:
        form = PanelForm(
            _("Đổi khóa dữ liệu"),
            _(
                "Khi nghi khóa, giấy hoặc mật khẩu khóa bị lộ. Giấy của khóa mới được in ngay; dữ liệu được "
                "chép sang khóa mới khi đóng chương trình và mở lại. Bản sao lưu cũ vẫn mở bằng giấy cũ."
            ),
            _("Đổi khóa và in giấy mới"),
            self._change_key,
        )
        self.present = PasswordField(_("Mật khẩu khóa đang dùng"))
        form.ask(self.present)
        self.present.setMinimumWidth(_PHRASE_WIDTH)
        self.cancel = form.add_button(Button(_("Bỏ việc đổi khóa"), clicked=self._cancel))
        return form

    def _begin(self) -> None:
        for form in self._forms:
            form.begin()
        self.shown.setChecked(False)
        self._look()

    def _look(self) -> None:
        self._presenter.look(self._show, lambda error: self.problem.say(text_of(error)))

    def _show(self, standing: KeyStanding) -> None:
        self.place.setText(place_words(standing))
        self.print.setText(print_words(standing))
        self.sheet_of.setText(made_words(standing, WrapKind.RECOVERY))
        self.phrase_of.setText(made_words(standing, WrapKind.PASSPHRASE))
        self.problem.say(text_of_code("key_change_stuck", {}) if standing.change_problem else "")
        waits = bool(standing.change_to)
        words = _("Khóa mới đã có giấy, đang chờ: hãy đóng chương trình rồi mở lại để đổi khóa.")
        self.waiting.say(words if waits else "", "warn")
        has = standing.has(WrapKind.PASSPHRASE)
        self.present.setEnabled(has and not waits)
        self.present.setPlaceholderText("" if has else _("chưa đặt"))
        self.cancel.setVisible(waits)
        self.on_demand.setEnabled(not waits)
        for form in self._forms:
            form.set_busy(busy=waits)

    def _print_sheet(self) -> None:
        self.sheet.set_busy(busy=True)
        self._presenter.print_sheet(self._begin, self.sheet.refuse)

    def _show_sheet(self) -> None:
        self._presenter.show_sheet(self.on_screen.show_sheet, self.sheet.refuse)

    def _keep(self, sheet: SheetInHand) -> None:
        self._presenter.keep(sheet, self._look, self.sheet.refuse)

    def _take_back(self, sheet: SheetInHand) -> None:
        self._presenter.take_back(sheet, self._look, self.sheet.refuse)

    def _set_phrase(self) -> None:
        if self.new.value() != self.again.value():
            self.phrase.refuse(text_of_code("passphrase_not_repeated", {}))
            self.new.setFocus()
            return
        self.phrase.set_busy(busy=True)
        self._presenter.set_passphrase(self.new.value(), self._begin, self.phrase.refuse)

    def _change_key(self) -> None:
        self.change.set_busy(busy=True)
        self._presenter.change_key(self.present.value(), self._begin, self.change.refuse)

    def _cancel(self) -> None:
        self._presenter.cancel_change(self._begin, self.change.refuse)

    def _show_letters(self, shown: bool) -> None:
        for field in (self.new, self.again):
            field.show_letters(shown=shown)
