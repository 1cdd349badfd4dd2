"""The pages where something is decided: answering a request, giving the data out."""

from collections.abc import Callable

from counter_app.domain.personal_data import Outcome, PersonRequest, RequestKind
from counter_app.i18n import _
from counter_app.services.personal_data.words import KEPT_BY_LAW
from counter_app.storage.sealed_archive import new_password
from counter_app.ui.people.typed_page import TypedPage
from counter_app.ui.personal_data import words
from counter_app.ui.widgets.choice_field import OptionsField
from counter_app.ui.widgets.text_field import TextField
from counter_app.ui.widgets.tick_field import TickField


class AnswerPage(TypedPage):
    """How a request is answered; the letter is printed at once."""

    def __init__(self, *, done: Callable[[str, Outcome, str], None], back: Callable[[], None]) -> None:
        super().__init__(_("Ghi và in thư trả lời"), self._finish, back)
        self._done = done
        self._request: PersonRequest | None = None
        self.outcome = OptionsField(
            _("Kết quả"),
            [(Outcome.ANSWERED.value, _("Đáp ứng")), (Outcome.REFUSED.value, _("Từ chối"))],
        )
        self.text = TextField(_("Nội dung, lý do"), max_length=600)
        self.outcome.edited.connect(self._suggest)
        for field in (self.outcome, self.text):
            self.add(field)
        self.end_walk()

    def open_for(self, request: PersonRequest) -> None:
        """Answer one request; a deletion meets the archive's duty, so that is offered as the reason."""
        self._request = request
        self.title.setText(_("Trả lời: {what}").format(what=words.kind_words(request.kind)))
        self.note.setText(
            _(
                "Từ chối phải nêu lý do; công dân được báo bằng thư in ra. Dữ liệu trong hồ sơ còn thời hạn "
                "lưu trữ không xóa được."
            )
        )
        self.text.set_value("")
        self.outcome.set_value(Outcome.ANSWERED.value)
        if request.kind is RequestKind.DELETE:
            self.outcome.set_value(Outcome.REFUSED.value)
            self._suggest()
        self.begin()

    def _suggest(self) -> None:
        refused = self.outcome.value() == Outcome.REFUSED.value
        deletion = self._request is not None and self._request.kind is RequestKind.DELETE
        if refused and deletion and not self.text.value():
            self.text.set_value(KEPT_BY_LAW)
        elif not refused and self.text.value() == KEPT_BY_LAW:
            self.text.set_value("")

    def _finish(self) -> None:
        if self._request is not None:
            outcome = Outcome(str(self.outcome.value()))
            self._done(self._request.request_id, outcome, str(self.text.value() or ""))


class ExportPage(TypedPage):
    """Whether the archive is sealed, and whether scans go along."""

    def __init__(self, *, done: Callable[[str, bool], None], back: Callable[[], None]) -> None:
        super().__init__(_("Chọn nơi lưu…"), self._finish, back)
        self._done = done
        self.sealed = TickField(_("Mật khẩu"), _("Đặt mật khẩu cho tệp"))
        self.password = TextField(_("Mật khẩu của tệp"), max_length=60)
        self.scans = TickField(_("Giấy tờ quét"), _("Kèm giấy tờ đã quét của hồ sơ người này nộp"))
        self.sealed.edited.connect(lambda: self.password.setEnabled(self.sealed.isChecked()))
        for field in (self.sealed, self.password, self.scans):
            self.add(field)
        self.end_walk()

    def open_for(self, name: str) -> None:
        """Ask how the data of a citizen is given."""
        self.title.setText(_("Bản sao dữ liệu của {name}").format(name=name))
        self.note.setText(
            _(
                "Tệp ZIP gồm bản đọc (PDF), bản cho máy đọc (JSON) và giấy tờ quét; tên, số của người khác "
                "được che. Chép mật khẩu ra giấy cho công dân: chương trình không giữ lại. Tệp có mật khẩu "
                "mở bằng 7-Zip, WinRAR."
            )
        )
        self.sealed.set_value(True)
        self.scans.set_value(True)
        self.password.setEnabled(True)
        self.password.set_value(new_password())
        self.begin()

    def _finish(self) -> None:
        password = str(self.password.value() or "") if self.sealed.isChecked() else ""
        self._done(password, self.scans.isChecked())
