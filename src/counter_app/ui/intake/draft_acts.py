"""Drafts: put aside, opened again, brought back after a crash."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.domain.errors import KnownError
from counter_app.i18n import _
from counter_app.services import intake_drafts
from counter_app.ui.intake.people_acts import PeopleActs
from counter_app.ui.intake.state import (
    has_content,
)
from counter_app.ui.workspace import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from counter_app.domain.dossier import Dossier
    from counter_app.services.ports import Draft
    from counter_app.services.visit import Visit
    from counter_app.ui.intake.correction import Correction


class DraftActs(PeopleActs):
    """What happens to visits that are not finished."""

    restored = False
    taken_up: Callable[[], None] | None = None  # told when a visit that was kept is on the screen again

    def new_visit(self) -> None:
        """Put what is on the screen aside as a draft and start with an empty visit."""
        self._put_aside()
        super().new_visit()

    def open_draft(self, draft_id: str) -> None:
        """Continue a draft; what is on the screen becomes a draft itself. Somebody else's is asked about."""
        if draft_id == self.state.draft_id:
            return

        def open_(draft: Draft | None) -> None:
            if draft is not None and intake_drafts.is_anothers(self._desk, draft):
                self._ask_to_take_over(draft)
                return
            self._put_aside()
            self._continue(draft)

        self._operations.run_query(lambda: self._draft(draft_id), done=open_)

    def is_anothers(self, draft: Draft) -> bool:
        """Tell whether a draft is of another clerk than the one who signed in."""
        return intake_drafts.is_anothers(self._desk, draft)

    def _ask_to_take_over(self, draft: Draft) -> None:
        def take_over() -> None:
            self._operations.run_command(
                lambda: intake_drafts.take_over(self._desk, draft.draft_id),
                done=lambda _taken: self.open_draft(draft.draft_id),
            )

        text = _("Bản nháp này của {name}. Nhận làm tiếp thì nó chuyển sang tên anh/chị.")
        self._shell.notify(
            Notice(
                text=text.format(name=draft.clerk), tone="warn", label=_("Nhận làm tiếp"), action=take_over
            )
        )

    def restore(self) -> None:
        """Bring back the visit a crash, a power cut or the end of a shift interrupted; list other drafts.

        Before anybody has signed in nothing happens: each gets their own back.
        """
        self._operations.run_query(self._drafts_at_start, done=self._restore)

    def resume(self) -> None:
        """Be back after somebody else sat here: the visit may have been taken over meanwhile."""
        draft_id = self.state.draft_id
        if self.state.draft_saved_at is None:
            self.refresh_drafts()
        elif not self.state.receiving:
            self._operations.run_query(lambda: self._draft(draft_id), done=self._still_mine)

    def _still_mine(self, draft: Draft | None) -> None:
        if draft is not None and not intake_drafts.is_anothers(self._desk, draft):
            return
        self.keeper.forget()
        self._show(self._blank())
        self.refresh_drafts()
        if draft is not None:
            text = _("Hồ sơ đang làm dở của anh/chị đã được {name} nhận làm tiếp.").format(name=draft.clerk)
        else:
            text = _("Hồ sơ đang làm dở của anh/chị đã được người khác làm xong hoặc bỏ; xem trong Nhật ký.")
        self._shell.notify(Notice(text=text, tone="warn"))

    def _drafts_at_start(self) -> tuple[Draft, ...] | None:
        with self._desk.store.reading() as queries:
            nobody = self._desk.session.present is None and queries.has_accounts()
            found = queries.drafts()
        return None if nobody else tuple(intake_drafts.own_first(self._desk, found))

    def refresh_drafts(self) -> None:
        """Look again which drafts there are, for the empty screen."""
        if not has_content(self.state.visit):
            self._operations.run_query(
                lambda: tuple(intake_drafts.drafts(self._desk)),
                done=lambda drafts: self._become(drafts=drafts),
            )

    def save(self) -> None:
        """Save the draft now and say so."""
        if not has_content(self.state.visit):
            self._shell.notify(Notice(text=_("Chưa có gì để lưu.")))
            return
        self._note()
        self.keeper.flush()
        self._shell.notify(Notice(text=_("Đã lưu nháp."), tone="ok"))

    def keep_for_scans(self) -> str:
        """Put the visit into a draft now and return its id, "" while there is nothing worth keeping.

        The save is on its way before whatever is asked of the writer next.
        """
        if not has_content(self.state.visit):
            return ""
        if self.state.carried:
            self._become(carried=False)  # from now on more than the applicant would be lost
        self.keeper.note(self._content())
        self.keeper.flush()
        return self.state.draft_id

    def before_leaving(self) -> None:
        """Save what is not yet saved; the visit stays on the screen."""
        self.keeper.flush()

    def _put_aside(self) -> None:
        if has_content(self.state.visit) and not self.state.carried:
            draft_id = self.state.draft_id
            self.keeper.put_aside(self._content())
            self._shell.notify(
                Notice(
                    text=_("Hồ sơ đang làm dở đã nằm trong Bản nháp."),
                    label=_("Mở lại"),
                    action=lambda: self.open_draft(draft_id),
                )
            )
        else:
            self.keeper.forget()

    def _draft(self, draft_id: str) -> Draft | None:
        with self._desk.store.reading() as queries:
            return queries.draft(draft_id)

    def _continue(self, draft: Draft | None) -> None:
        from counter_app.ui.intake import correction

        if draft is None:
            self._shell.notify(Notice(text=_("Bản nháp này không còn nữa."), tone="warn"))
            return
        corrected = correction.dossier_in(draft.state)
        if corrected:
            self._operations.run_query(
                lambda: self._dossier(corrected),
                done=lambda dossier: self._continue_correcting(draft, dossier),
            )
            return
        self._take_over(draft)

    def _dossier(self, dossier_id: str) -> Dossier | None:
        with self._desk.store.reading() as queries:
            return queries.dossier(dossier_id)

    def _continue_correcting(self, draft: Draft, dossier: Dossier | None) -> None:
        """Go on correcting a received dossier: never does its draft become a dossier of its own."""
        from counter_app.services.acts.correct_intake import why_not_correctable
        from counter_app.ui.intake import correction

        refusal = why_not_correctable(dossier) if dossier is not None else None
        if dossier is None or refusal is not None:
            if refusal is not None:
                self._shell.show_error(refusal)
            self._operations.run_command(lambda: intake_drafts.discard_draft(self._desk, draft.draft_id))
            return
        taken, stale = correction.taken_up(draft.state, dossier)
        if stale:
            text = _("Hồ sơ {code} đã thay đổi từ lúc sửa dở. Hãy xem kỹ những gì sẽ đổi.")
            self._shell.notify(Notice(text=text.format(code=dossier.dossier_code), tone="warn"))
        self._take_over(draft, taken)

    def _take_over(self, draft: Draft, correcting: Correction | None = None) -> None:
        from counter_app.ui.intake import draft_state

        try:
            visit, origins = draft_state.from_json(draft.state)
        except KnownError as problem:
            self._shell.show_error(problem)
            return
        blank = self._blank(visit=visit, origins=origins)
        law = {} if correcting else draft_state.law_of(draft.state)
        self.state = replace(
            blank,
            draft_id=draft.draft_id,
            draft_saved_at=draft.updated_at,
            law=law,
            correcting=correcting,
        )
        self._take_up(visit)
        if correcting is None:
            self._say_what_was_told(draft.draft_id)

    def _say_what_was_told(self, draft_id: str) -> None:
        """Remind of the request or refusal this visit already ended with."""

        def work() -> str:
            with self._desk.store.reading() as queries:
                told = queries.last_notices([draft_id]).get(draft_id)
            if told is None:
                return ""
            from counter_app.ui.intake.notice_acts import given_words

            return given_words(told)

        def done(words: str) -> None:
            if words:
                self._shell.notify(Notice(text=words))

        self._operations.run_query(work, done=done)

    def _take_up(self, visit: Visit) -> None:
        """Show a visit that was kept: worked out anew, its people looked up."""
        from counter_app.services import place_people

        self._assessed(self._without_unknown_answers(visit))
        for _role, person in place_people.everybody(visit):
            self._look_up(person.personal_id)
        self._ask_about_applicant()
        if self.taken_up is not None:
            self.taken_up()

    def _without_unknown_answers(self, visit: Visit) -> Visit:
        """Drop answers a newer form no longer asks: nobody could correct them on the screen."""
        assessment, _problem = self._assess(visit, self._moment())
        fields = dict(visit.fields)
        for form in assessment.forms if assessment else ():
            known = {each.key for each in form.template.fields}
            answers = fields.get(form.template.form_id, {})
            fields[form.template.form_id] = {key: each for key, each in answers.items() if key in known}
        return replace(visit, fields=fields)

    def _restore(self, drafts: tuple[Draft, ...] | None) -> None:
        if drafts is None:
            return
        self.restored = True
        self._become(drafts=drafts)
        from counter_app.ui.intake import draft_state

        if has_content(self.state.visit):
            return
        own = (draft for draft in drafts if not intake_drafts.is_anothers(self._desk, draft))
        interrupted = next((draft for draft in own if draft_state.is_under_way(draft.state)), None)
        if interrupted is None:
            return
        self._continue(interrupted)
        at = f"{interrupted.updated_at:%H:%M %d/%m}"
        text = _("Đã mở lại hồ sơ đang làm dở lúc {time}; không mất gì.").format(time=at)
        self._shell.notify(Notice(text=text))
