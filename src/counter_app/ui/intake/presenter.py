"""The intake screen's acts: it holds a visit, has it assessed on every change, and receives it.

No rule lives here; `services.assess_visit` says what is missing, due and promised.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.domain.condition import is_filled
from counter_app.domain.dossier import Channel, Dossier, ReturnBy
from counter_app.domain.errors import KnownError
from counter_app.domain.person import Person
from counter_app.i18n import _
from counter_app.messages import text_of
from counter_app.services import intake_drafts
from counter_app.services.assess_visit import Assessment, Visit, assess
from counter_app.services.ports import Draft, PersonRecord
from counter_app.ui.intake import checklist_acts, draft_state, placing, receipt_text
from counter_app.ui.intake.draft_keeper import Content, DraftKeeper, Schedule
from counter_app.ui.intake.people_cards import role_labels
from counter_app.ui.intake.receiving import Receiving
from counter_app.ui.intake.state import (
    APPLICANT,
    FROM_CARD,
    FROM_CLERK,
    Caution,
    IntakeState,
    Origin,
    Received,
    has_content,
)
from counter_app.ui.workspace import Notice, Shell

if TYPE_CHECKING:
    from counter_app.domain.procedure import Procedure
    from counter_app.services.desk import Desk
    from counter_app.ui.operations import Operations

_PARTS_OF_CITIZEN = ("phone", "email", "ethnicity")


class IntakePresenter:
    """One clerk's intake, one visit at a time.

    ``changed`` is called after every change of ``state``; ``question_wanted`` when the focus should
    go to what is missing first.
    """

    def __init__(self, desk: "Desk", operations: "Operations", shell: Shell, *, schedule: Schedule) -> None:
        self._desk = desk
        self._operations = operations
        self._shell = shell
        self._last_answers: dict[str, Mapping[str, object]] = {}
        self.changed: Callable[[], None] = _nothing
        self.keeper = DraftKeeper(
            desk, operations, schedule=schedule, saved=self._draft_saved, failed=self._draft_failed
        )
        self._receiving = Receiving(desk, operations, self._received_changed)
        self.state = self._blank()

    # --- Visits

    def new_visit(self) -> None:
        """Put what is on the screen aside as a draft and start with an empty visit."""
        self._put_aside()
        self._show(self._blank())

    def open_draft(self, draft_id: str) -> None:
        """Continue a draft; what is on the screen becomes a draft itself."""
        if draft_id == self.state.draft_id:
            return
        self._put_aside()
        self._operations.run_query(lambda: self._draft(draft_id), done=self._continue)

    def restore(self) -> None:
        """Bring back the visit a crash or a power cut interrupted, and list the other drafts."""
        self._operations.run_query(lambda: tuple(intake_drafts.drafts(self._desk)), done=self._restore)

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

    def before_leaving(self) -> None:
        """Save what is not yet saved; the visit stays on the screen."""
        self.keeper.flush()

    def tick(self) -> None:
        """Assess again as time goes by: at 15:00 the promise changes."""
        if self.state.assessment is not None and not self.state.receiving:
            self._assessed(self.state.visit)

    # --- Procedure

    def choose_procedure(self, procedure: "Procedure") -> None:
        """Take a procedure; people already scanned take its roles."""
        if procedure.procedure_id == self.state.visit.procedure_id:
            return
        visit = replace(
            self.state.visit,
            procedure_id=procedure.procedure_id,
            case_id=procedure.cases[0].case_id,
            parts=(),
            not_needed=(),
            entered_amounts={},
            exemptions={},
        )
        self._settle(visit)

    def choose_case(self, case_id: str) -> None:
        """Take another case of the procedure; papers it does not know are dropped."""
        self._settle(replace(self.state.visit, case_id=case_id))

    # --- People

    def take_card(
        self, person: Person, cautions: tuple[Caution, ...] = (), *, repaired: bool = False
    ) -> None:
        """Put a scanned person where they belong: applicant, next role, or a new visit."""
        if self.state.receiving:
            self._shell.notify(Notice(text=_("Đang tiếp nhận, xin quét lại thẻ sau giây lát."), tone="warn"))
            return
        origin = Origin(
            kind=FROM_CARD, at=self._desk.clock.now(), cautions=tuple(cautions), repaired=repaired
        )
        known = self._role_of(person.personal_id)
        if known is not None:
            self._same_card_again(known, person, origin)
            return
        if self.state.carried:
            self._show(self._blank())
        forms = self.state.assessment.forms if self.state.assessment else ()
        role = placing.role_for(person, self.state.visit, forms)
        if role is None:
            text = _("Hồ sơ đã đủ người. Để nhận hồ sơ của {name}, bấm F2 rồi quét lại thẻ.")
            self._shell.notify(Notice(text=text.format(name=person.full_name), tone="warn"))
            return
        self._put(role, person, origin)
        self._look_up(person.personal_id)

    def edit_person(self, role: str, person: Person) -> None:
        """Take what the clerk typed about a person; an empty person leaves the role."""
        old = placing.person_in(self.state.visit, role)
        if old == person:
            return
        if person == Person(full_name=""):
            self.remove_person(role)
            return
        before = self.state.origins.get(role)
        now = self._desk.clock.now()
        origin = before if before is not None else Origin(kind=FROM_CLERK, at=now)
        self._put(role, person, origin)
        if len(person.personal_id) == 12 and (old is None or old.personal_id != person.personal_id):
            self._look_up(person.personal_id)

    def remove_person(self, role: str) -> None:
        """Take a person out of the visit; Undo brings them back."""
        person, origin = placing.person_in(self.state.visit, role), self.state.origins.get(role)
        if person is None:
            return
        origins = {key: each for key, each in self.state.origins.items() if key != role}
        self._revise(placing.take_out(self.state.visit, role), origins=origins)

        def undo() -> None:
            if placing.person_in(self.state.visit, role) is None:
                self._put(role, person, origin)

        text = _("Đã bỏ {name} khỏi hồ sơ.").format(name=person.full_name)
        self._shell.notify(Notice(text=text, label=_("Hoàn tác"), action=undo))

    def move_person(self, role: str, target: str) -> None:
        """Give a person another role; whoever had it takes the old one."""
        visit, origins = self.state.visit, dict(self.state.origins)
        person, other = placing.person_in(visit, role), placing.person_in(visit, target)
        if person is None or role == target:
            return
        mine, theirs = origins.pop(role, None), origins.pop(target, None)
        visit = placing.put(placing.take_out(visit, role), target, person)
        origins |= {target: mine} if mine else {}
        if other is not None:
            visit = placing.put(visit, role, other)
            origins |= {role: theirs} if theirs else {}
        self._revise(visit, origins=origins)
        self._ask_about_applicant()

    # --- Answers

    def answer(self, form_id: str, key: str, value: object) -> None:
        """Take an answer as typed; an emptied one lets card, default and suggestion speak again."""
        fields = {form: dict(answers) for form, answers in self.state.visit.fields.items()}
        answers = fields.setdefault(form_id, {})
        if is_filled(value) or value is False:
            answers[key] = value
        else:
            answers.pop(key, None)
        if fields != self.state.visit.fields:
            self._revise(replace(self.state.visit, fields=fields))

    def state_fact(self, key: str, value: object) -> None:
        """Take a fact of the visit no form asks: a number, or None to take it back."""
        facts = {name: each for name, each in self.state.visit.facts.items() if name != key}
        if isinstance(value, int | str) and value != "":
            facts[key] = value
        if facts != self.state.visit.facts:
            self._revise(replace(self.state.visit, facts=facts))

    def enter_amount(self, fee_id: str, amount: int | None) -> None:
        """Take the amount of a fee only the clerk knows."""
        amounts = {key: each for key, each in self.state.visit.entered_amounts.items() if key != fee_id}
        if amount is not None and amount >= 0:
            amounts[fee_id] = amount
        self._revise(replace(self.state.visit, entered_amounts=amounts))

    def exempt(self, fee_id: str, exemption_id: str) -> None:
        """Exempt from a fee by a class the clerk saw proof of; "" takes it back."""
        exemptions = {key: each for key, each in self.state.visit.exemptions.items() if key != fee_id}
        if exemption_id:
            exemptions[fee_id] = exemption_id
        self._revise(replace(self.state.visit, exemptions=exemptions))

    def set_way(
        self,
        *,
        channel: Channel | None = None,
        return_by: ReturnBy | None = None,
        copies: int | None = None,
        assisted: bool | None = None,
        slip_asked: bool | None = None,
    ) -> None:
        """Change how the dossier came and how the result goes back."""
        changes = {
            "channel": channel,
            "return_by": return_by,
            "copies": copies,
            "assisted": assisted,
            "slip_asked": slip_asked,
        }
        given: dict[str, Any] = {name: value for name, value in changes.items() if value is not None}
        self._revise(replace(self.state.visit, **given))

    def set_contact(self, phone: str) -> None:
        """Take the applicant's telephone number."""
        applicant = self.state.visit.applicant
        if applicant is not None and applicant.phone != phone:
            self._revise(replace(self.state.visit, applicant=replace(applicant, phone=phone)))

    # --- Checklist

    def tick_part(self, part_id: str, brought: bool) -> None:
        """Tick a paper as brought, in the numbers the case asks for."""
        if (case := self._case()) is not None:
            self._revise(checklist_acts.tick(self.state.visit, case, part_id, brought=brought))

    def count_part(self, part_id: str, kind: str, count: int) -> None:
        """Set how many of a paper were brought; `kind` is original, copy or electronic."""
        if (case := self._case()) is not None:
            self._revise(checklist_acts.count(self.state.visit, case, part_id, kind, count))

    def waive_part(self, part_id: str, waived: bool) -> None:
        """Mark a paper as not needed because a database answers."""
        self._revise(checklist_acts.waive(self.state.visit, part_id, waived=waived))

    # --- Receiving

    def receive(self, *, another: bool = False, clock_confirmed: bool = False) -> bool:
        """Receive the visit and print its papers; `another` keeps the applicant for the next dossier.

        Returns:
            False when something is still missing; nothing was done then.
        """
        self._assessed(self.state.visit)
        assessment = self.state.assessment
        if self.state.receiving or assessment is None or not assessment.ready:
            return False
        self.keeper.flush()
        self._become(receiving=True, clock_problem=None)
        visit = placing.without_waiting(self.state.visit)
        self._receiving.start(
            checklist_acts.with_printed_forms(visit, assessment),
            draft_id=self.state.draft_id,
            clock_confirmed=clock_confirmed,
            done=lambda dossier: self._received(dossier, assessment, another=another),
            failed=self._not_received,
        )
        return True

    def forget_clock_problem(self) -> None:
        """Go back without confirming the clock."""
        self._become(clock_problem=None)

    def print_again(self) -> None:
        """Print the papers of the dossier received last (again)."""
        self._receiving.print_again()

    def save_papers(self, folder: Path) -> None:
        """Save as PDF what the printer refused."""
        self._receiving.save_as_pdf(folder)

    def open_received(self) -> None:
        """Show the dossier received last."""
        if self.state.received is not None:
            self._shell.open_screen("dossier", dossier_id=self.state.received.dossier.dossier_id)

    # --- Inside

    def _blank(self, **kept: Any) -> IntakeState:
        previous = getattr(self, "state", None)
        return IntakeState(
            draft_id=self._desk.ids.new_id(),
            now=self._desk.clock.now(),
            visit=kept.pop("visit", Visit(procedure_id="")),
            received=previous.received if previous else None,
            drafts=previous.drafts if previous else (),
            **kept,
        )

    def _become(self, **changes: Any) -> None:
        self._show(replace(self.state, **changes))

    def _show(self, state: IntakeState) -> None:
        self.state = state
        self.changed()

    def _revise(self, visit: Visit, **changes: Any) -> None:
        """Take a changed visit: assess it, note it for the draft, show it."""
        self.state = replace(self.state, visit=visit, carried=False, **changes)
        self._assessed(visit)
        self._note()

    def _assessed(self, visit: Visit) -> None:
        now = self._desk.clock.now()
        assessment, problem = self._assess(visit, now)
        self._become(now=now, visit=visit, assessment=assessment, problem=problem)

    def _assess(self, visit: Visit, now: datetime) -> tuple[Assessment | None, KnownError | None]:
        if not visit.procedure_id:
            return None, None
        settings = self._desk.settings
        try:
            assessment = assess(
                visit,
                catalogue=self._desk.catalogue,
                office=settings.office,
                province_amounts=settings.province_amounts,
                now=now,
                last=self._last_answers,
            )
        except KnownError as problem:
            return None, problem
        return assessment, None

    def _settle(self, visit: Visit) -> None:
        assessment, _problem = self._assess(visit, self._desk.clock.now())
        origins = dict(self.state.origins)
        if assessment is not None:
            visit, moved = placing.settle(visit, assessment.forms)
            taken = {new: origins.pop(old) for old, new in moved.items() if old in origins}
            origins |= taken
            visit = checklist_acts.of_case(visit, assessment.case)
        self._revise(visit, origins=origins)
        self._ask_about_applicant()

    def _put(self, role: str, person: Person, origin: Origin | None) -> None:
        origins = {**self.state.origins, role: origin} if origin else dict(self.state.origins)
        self._revise(placing.put(self.state.visit, role, person), origins=origins)
        if role == APPLICANT:
            self._ask_about_applicant()

    def _role_of(self, personal_id: str) -> str | None:
        people = placing.everybody(self.state.visit)
        return next((role for role, each in people if personal_id and each.personal_id == personal_id), None)

    def _same_card_again(self, role: str, person: Person, origin: Origin) -> None:
        before = self.state.origins.get(role)
        if before is not None and before.kind == FROM_CLERK:
            old = placing.person_in(self.state.visit, role)
            kept = {name: getattr(old, name) for name in _PARTS_OF_CITIZEN}
            self._put(role, replace(person, **kept), origin)
            text = _("Đã thay thông tin nhập tay của {name} bằng thông tin trên thẻ.")
        else:
            text = _("Thẻ của {name} đã quét rồi ({role}).")
        words = role_labels(self.state).get(role, _("chưa có vai trò"))
        self._shell.notify(Notice(text=text.format(name=person.full_name, role=words)))

    def _look_up(self, personal_id: str) -> None:
        if not personal_id:
            return

        def work() -> PersonRecord | None:
            with self._desk.store.reading() as queries:
                return queries.person(personal_id)

        self._operations.run_query(work, done=lambda found: self._person_found(personal_id, found))

    def _person_found(self, personal_id: str, record: PersonRecord | None) -> None:
        role = self._role_of(personal_id)
        if record is None or role is None:
            return
        self.state = replace(self.state, records={**self.state.records, personal_id: record})
        person = placing.person_in(self.state.visit, role)
        fresh = {
            name: getattr(record.person, name)
            for name in _PARTS_OF_CITIZEN
            if not getattr(person, name) and getattr(record.person, name)
        }
        if person is not None and fresh:
            self._revise(placing.put(self.state.visit, role, replace(person, **fresh)))
        else:
            self.changed()

    def _ask_about_applicant(self) -> None:
        """Look for open dossiers of the same citizen and procedure; advice only."""
        visit = self.state.visit
        if visit.applicant is None or not visit.applicant.personal_id or not visit.procedure_id:
            if self.state.open_same:
                self._become(open_same=())
            return
        personal_id, procedure_id = visit.applicant.personal_id, visit.procedure_id

        def done(rows: Any) -> None:
            applicant = self.state.visit.applicant
            asked = applicant is not None and applicant.personal_id == personal_id
            if asked and self.state.visit.procedure_id == procedure_id:
                self._become(open_same=tuple(rows))

        def work() -> Any:
            with self._desk.store.reading() as queries:
                return queries.open_dossiers_of(personal_id, procedure_id)

        self._operations.run_query(work, done=done)

    def _case(self) -> Any:
        return self.state.assessment.case if self.state.assessment is not None else None

    # --- Drafts, inside

    def _content(self) -> Content:
        state = self.state
        name = state.assessment.procedure.name if state.assessment else ""
        return Content(draft_id=state.draft_id, procedure_name=name, visit=state.visit, origins=state.origins)

    def _note(self) -> None:
        if has_content(self.state.visit) or self.state.draft_saved_at is not None:
            self.keeper.note(self._content())

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
        if draft is None:
            self._shell.notify(Notice(text=_("Bản nháp này không còn nữa."), tone="warn"))
            return
        try:
            visit, origins = draft_state.from_json(draft.state)
        except KnownError as problem:
            self._shell.show_error(problem)
            return
        blank = self._blank(visit=visit, origins=origins)
        self.state = replace(blank, draft_id=draft.draft_id, draft_saved_at=draft.updated_at)
        self._assessed(self._without_unknown_answers(visit))
        for _role, person in placing.everybody(visit):
            self._look_up(person.personal_id)
        self._ask_about_applicant()

    def _without_unknown_answers(self, visit: Visit) -> Visit:
        """Drop answers a newer form no longer asks: nobody could correct them on the screen."""
        assessment, _problem = self._assess(visit, self._desk.clock.now())
        fields = dict(visit.fields)
        for form in assessment.forms if assessment else ():
            known = {each.key for each in form.template.fields}
            answers = fields.get(form.template.form_id, {})
            fields[form.template.form_id] = {key: each for key, each in answers.items() if key in known}
        return replace(visit, fields=fields)

    def _restore(self, drafts: tuple[Draft, ...]) -> None:
        self._become(drafts=drafts)
        if has_content(self.state.visit):
            return
        interrupted = next((draft for draft in drafts if draft_state.is_under_way(draft.state)), None)
        if interrupted is None:
            return
        self._continue(interrupted)
        at = f"{interrupted.updated_at:%H:%M %d/%m}"
        text = _("Đã mở lại hồ sơ đang làm dở lúc {time}; không mất gì.").format(time=at)
        self._shell.notify(Notice(text=text))

    def _draft_saved(self, at: datetime) -> None:
        self._become(draft_saved_at=at, draft_problem=None)

    def _draft_failed(self, problem: KnownError) -> None:
        if self.state.draft_problem is None:
            self._shell.show_error(problem)
        self._become(draft_problem=problem)

    # --- Receiving, inside

    def _received(self, dossier: Dossier, assessment: Assessment, *, another: bool) -> None:
        self.keeper.forget()
        for form in assessment.forms:
            self._last_answers[form.template.form_id] = form.answers
        applicant, origin = self.state.visit.applicant, self.state.origins.get(APPLICANT)
        records = self.state.records
        if another and applicant is not None:
            visit = Visit(procedure_id="", applicant=applicant)
            origins = {APPLICANT: origin} if origin else {}
            self._show(self._blank(visit=visit, origins=origins, records=records, carried=True))
        else:
            self._show(self._blank())
        self._shell.notify(
            Notice(
                text=receipt_text.notice(dossier),
                tone="ok",
                label=_("Mở hồ sơ"),
                action=lambda: self._shell.open_screen("dossier", dossier_id=dossier.dossier_id),
            )
        )

    def _not_received(self, problem: KnownError) -> None:
        if problem.code == "clock_set_back":
            self._become(receiving=False, clock_problem=problem)
            return
        self._become(receiving=False)
        self._shell.show_error(problem)

    def _received_changed(self, received: Received) -> None:
        before = self.state.received
        self._become(received=received)
        new = len(received.failures) > (len(before.failures) if before else 0)
        if new:
            failure = received.failures[-1]
            text = _("Hồ sơ {code} đã lưu an toàn, nhưng chưa in được: {why}").format(
                code=received.dossier.dossier_code, why=text_of(failure.error)
            )
            self._shell.notify(Notice(text=text, tone="bad", label=_("In lại"), action=self.print_again))


def _nothing() -> None:
    """Tell nobody."""
