"""An apology and another day: once, in time, and with the day explained."""

from datetime import date, datetime, time

from counter_app.domain.dossier_acts import Extend
from counter_app.domain.errors import KnownError
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services.acts import usual_words
from counter_app.ui.dossier.acts.act_form import ActForm, FormContext
from counter_app.ui.dossier.acts.promise_side import PromiseSide
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.list_field import ListField
from counter_app.ui.widgets.text_field import DateField, NumberField, TextField

_LATE = "extension_late_needs_reason"


class ExtendCard(ActForm):
    """By working days, or a day; asked late, the clerk says why."""

    def __init__(self, context: FormContext) -> None:
        lead = _("Chỉ được hẹn lại một lần, chậm nhất 1 ngày làm việc trước ngày hẹn.")
        super().__init__(_("Xin lỗi và hẹn lại (Mẫu 04)"), context, lead)
        self.late = self._refused(Extend(reason=usual_words.EXTENSIONS[0], time="1wd")) == _LATE
        if self.late:
            words = _("Đã quá thời điểm phải xin lỗi và hẹn lại. Vẫn làm được, nhưng ghi lý do muộn.")
            self.add(WrapLabel(words, tone="bad"))
        self.add_field(
            "reason", _("Lý do phải hẹn lại"), ListField(_("Lý do"), usual_words.EXTENSIONS, free=True)
        )
        self.add_field("days", _("Thêm mấy ngày làm việc"), NumberField(_("Số ngày làm việc thêm")))
        self.add_field(
            "due_at", _("hoặc hẹn đến ngày"), DateField(_("Ngày hẹn mới"), today=context.now.date())
        )
        if self.late:
            self.add_field(
                "late_reason", _("Vì sao hẹn lại muộn"), TextField(_("Lý do muộn"), max_length=1000)
            )
        self._promise = PromiseSide(context.theme, context.facts.dossier.promise, context.now.date())
        self.add_side(self._promise)
        self.close_side()
        self.refresh()

    def asked(self) -> Extend:
        """Return the extension; a day typed outweighs the number of days."""
        day, days = self._day(), self.fields["days"].value()
        return Extend(
            reason=self.text("reason"),
            due_at=day,
            time=f"{days}wd" if isinstance(days, int) and days > 0 and day is None else "",
            late_reason=self.text("late_reason") if self.late else "",
        )

    def refresh(self) -> None:
        """Show the day the fields lead to."""
        asked = self.asked()
        if not asked.time and asked.due_at is None:
            self._promise.show_words("")
            return
        try:
            # The reasons are asked for elsewhere; here only the day counts.
            trial = Extend(reason="-", time=asked.time, due_at=asked.due_at, late_reason="-")
            self._promise.show_new(
                self.context.facts.after(trial, self.context.now).promise,
                _("Thống kê vẫn tính theo ngày hẹn đầu. In văn bản xin lỗi và giấy hẹn mới."),
            )
        except KnownError as problem:
            self._promise.show_words(text_of(problem))

    def _day(self) -> datetime | None:
        typed = str(self.fields["due_at"].value() or "")
        old = self.context.facts.dossier.due_at
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            return None
        at = old.timetz() if old is not None else time(17)
        return datetime.combine(day, at.replace(tzinfo=None), self.context.now.tzinfo)

    def _refused(self, request: Extend) -> str:
        try:
            self.context.facts.after(request, self.context.now)
        except KnownError as problem:
            return problem.code
        return ""
