"""The missing papers came: which, how many, and the new promise before it is made."""

from counter_app.domain.dossier_acts import Resume
from counter_app.domain.dossier_acts.extra_papers import extra_papers
from counter_app.domain.errors import BadInput, KnownError
from counter_app.i18n import _, moment
from counter_app.messages import text_of
from counter_app.ui.dossier.acts.act_form import ActForm, FormContext
from counter_app.ui.dossier.acts.part_counts import PartCounts
from counter_app.ui.dossier.acts.promise_side import PromiseSide
from counter_app.ui.intake.wrap_label import WrapLabel
from counter_app.ui.widgets.text_field import TextField


class ResumeCard(ActForm):
    """Everything that was asked for, to be ticked as it comes."""

    def __init__(self, context: FormContext) -> None:
        super().__init__(_("Nhận bổ sung"), context)
        facts = context.facts
        asked = facts.dossier.life.open_supplement
        extra = extra_papers(facts.dossier.life)
        if asked is not None:
            since = _("Đã yêu cầu lúc {at}: {reason}").format(at=moment(asked.at), reason=asked.reason)
            self.add(WrapLabel(since, tone="muted", type="small"))
        by_name = {part.name: part for part in facts.missing}
        self._parts: list[PartCounts] = []
        for extra_id, item in extra.items():
            part = by_name.get(item)
            part_id = part.part_id if part else extra_id
            original = (part.original or int(not part.copy)) if part else 0
            self._parts.append(
                PartCounts(self, part_id, item, original=original, copy=part.copy if part else 0)
            )
        for each in self._parts:
            self.add(each)
        self._open = WrapLabel(tone="warn", type="small")
        self.add(self._open)
        why = _("Không nhận thêm giấy nào: lý do")
        self.add_field("reason", why, TextField(why, max_length=1000))
        self.show_field("reason", False)
        side = PromiseSide(context.theme, facts.dossier.promise, context.now.date())
        try:
            side.show_new(facts.after(Resume(), context.now).promise, _("In lại giấy hẹn với ngày mới."))
        except KnownError as problem:
            side.show_words(text_of(problem))
        self.add_side(side)
        self.close_side()
        self.refresh()

    def focus_first(self) -> None:
        """Begin with the papers: each is ticked as it comes."""
        next(iter(self.fields.values())).setFocus()

    def problem(self) -> KnownError | None:
        """Going on with nothing in hand is for a reason, never a slip of the finger."""
        asked = self.asked()
        return None if asked.parts or asked.reason else BadInput("nothing_came")

    def show_missing(self, name: str) -> None:
        """Ask why nothing came only once somebody tries to go on with nothing."""
        if self.problem() is not None:
            ticked = next((each for each in self._parts if each.tick.isChecked()), None)
            self.show_field("reason", ticked is None)
            name = "reason" if ticked is None else f"part:{ticked.part_id}:original"
        super().show_missing(name)

    def refresh(self) -> None:
        """Say what was asked for and is not ticked."""
        if self._ticked():
            self.show_field("reason", False)
        left = [each.tick.accessibleName() for each in self._parts if not each.tick.isChecked()]
        self._open.setText(_("Chưa nhận: {items}").format(items="; ".join(left)) if left else "")
        self._open.setVisible(bool(left))

    def asked(self) -> Resume:
        """Return the papers that came."""
        came = (each.part() for each in self._parts)
        reason = "" if self.fields["reason"].isHidden() else self.text("reason")
        return Resume(parts=tuple(part for part in came if part is not None), reason=reason)

    def _ticked(self) -> bool:
        return any(each.tick.isChecked() for each in self._parts)
