"""Cards and typed persons: who takes which role, and what we know of them from before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from counter_app.domain.person import Person
from counter_app.i18n import _
from counter_app.ui.intake.people_cards import role_labels
from counter_app.ui.intake.state import (
    APPLICANT,
    FROM_CARD,
    FROM_CLERK,
    FROM_RECORD,
    Caution,
    Origin,
)
from counter_app.ui.intake.visit_sheet import VisitSheet
from counter_app.ui.workspace import Notice

if TYPE_CHECKING:
    from counter_app.domain.procedure import Procedure
    from counter_app.services.kinship_port import Relative
    from counter_app.services.ports import PersonRecord
    from counter_app.services.visit import Visit

    _Known = tuple[PersonRecord | None, tuple[Relative, ...], tuple[Person, ...], tuple[Person, ...]]


_PARTS_OF_CITIZEN = ("phone", "email", "ethnicity")


class PeopleActs(VisitSheet):
    """What the clerk does with people and with the procedure that gives them roles."""

    _asked_about: object = None  # visit, procedure and whom it is about, when last looked for

    def choose_procedure(self, procedure: Procedure, override_reason: str = "") -> None:
        """Take a procedure; people already scanned take its roles.

        `override_reason` says why an expired one is received all the same.
        """
        if procedure.procedure_id == self.state.visit.procedure_id:
            if override_reason:
                self.receive_expired(override_reason)
            return
        visit = replace(
            self.state.visit,
            procedure_id=procedure.procedure_id,
            case_id=procedure.cases[0].case_id,
            parts=(),
            not_needed=(),
            entered_amounts={},
            exemptions={},
            override_reason=override_reason,
        )
        self.state = replace(self.state, law={}, switched=False, unasked=0)
        self._settle(visit)

    def receive_expired(self, reason: str) -> None:
        """Go on under the version that has expired, for a reason that is kept with the dossier."""
        self._settle(replace(self.state.visit, override_reason=reason))

    def take_back_reason(self) -> None:
        """Receive under the expired version no more; the reason is asked for again."""
        self._settle(replace(self.state.visit, override_reason=""))

    def choose_case(self, case_id: str) -> None:
        """Take another case of the procedure; papers it does not know are dropped."""
        self._settle(replace(self.state.visit, case_id=case_id))

    def take_card(
        self, person: Person, cautions: tuple[Caution, ...] = (), *, repaired: bool = False
    ) -> None:
        """Put a scanned person where they belong: applicant, next role, or a new visit."""
        from counter_app.services import place_people

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
        role = place_people.role_for(person, self.state.visit, forms)
        if role is None:
            self._offer_new_visit(person, cautions, repaired=repaired)
            return
        self._put(role, person, origin)
        self._look_up(person.personal_id)

    def would_join(self, person: Person) -> bool:
        """Tell whether a new citizen's card would join the unfinished visit of somebody else."""
        unfinished = self.state.visit.applicant is not None and not self.state.carried
        return unfinished and not self.state.receiving and self._role_of(person.personal_id) is None

    def role_it_would_take(self, person: Person) -> str | None:
        """Return the words for the role a card would take in this visit, None when nobody is missing."""
        from counter_app.services import place_people

        forms = self.state.assessment.forms if self.state.assessment else ()
        role = place_people.role_for(person, self.state.visit, forms)
        return None if role is None else role_labels(self.state).get(role, _("chưa có vai trò"))

    def take_known(self, role: str, person: Person) -> None:
        """Put a citizen known from before into a role; only the clerk's word brings them here."""
        if self._role_of(person.personal_id) is not None:
            return
        self._put(role, person, Origin(kind=FROM_RECORD, at=self._desk.clock.now()))
        self._look_up(person.personal_id)

    def _offer_new_visit(self, person: Person, cautions: tuple[Caution, ...], *, repaired: bool) -> None:
        def begin() -> None:
            self.new_visit()
            self.take_card(person, cautions, repaired=repaired)

        text = _("Hồ sơ này đã đủ người; thẻ của {name} chưa được dùng.").format(name=person.full_name)
        label = _("Mở lượt mới cho người này")
        self._shell.notify(Notice(text=text, tone="warn", label=label, action=begin))

    def edit_person(self, role: str, person: Person) -> None:
        """Take what the clerk typed about a person; an empty person leaves the role."""
        from counter_app.services import place_people

        old = place_people.person_in(self.state.visit, role)
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

    def renew_address(self, role: str, address: str) -> None:
        """Take the confirmed new address of a person; the card's own words stay beside it."""
        from counter_app.services import place_people

        person = place_people.person_in(self.state.visit, role)
        if person is not None:
            self.edit_person(role, replace(person, address=address, legacy_address=person.address))

    def remove_person(self, role: str) -> None:
        """Take a person out of the visit; Undo brings them back."""
        from counter_app.services import place_people

        person, origin = place_people.person_in(self.state.visit, role), self.state.origins.get(role)
        if person is None:
            return
        origins = {key: each for key, each in self.state.origins.items() if key != role}
        self._revise(place_people.take_out(self.state.visit, role), origins=origins)

        def undo() -> None:
            if place_people.person_in(self.state.visit, role) is None:
                self._put(role, person, origin)

        text = _("Đã bỏ {name} khỏi hồ sơ.").format(name=person.full_name)
        self._shell.notify(Notice(text=text, label=_("Hoàn tác"), action=undo))

    def move_person(self, role: str, target: str) -> None:
        """Give a person another role; whoever had it takes the old one."""
        from counter_app.services import place_people

        visit, origins = self.state.visit, dict(self.state.origins)
        person, other = place_people.person_in(visit, role), place_people.person_in(visit, target)
        if person is None or role == target:
            return
        mine, theirs = origins.pop(role, None), origins.pop(target, None)
        visit = place_people.put(place_people.take_out(visit, role), target, person)
        origins |= {target: mine} if mine else {}
        if other is not None:
            visit = place_people.put(visit, role, other)
            origins |= {role: theirs} if theirs else {}
        self._revise(visit, origins=origins)
        self._ask_about_applicant()

    def _settle(self, visit: Visit) -> None:
        from counter_app.services import place_people, visit_papers

        assessment, _problem = self._assess(visit, self._moment())
        origins = dict(self.state.origins)
        if assessment is not None:
            visit, moved = place_people.settle(visit, assessment.forms)
            taken = {new: origins.pop(old) for old, new in moved.items() if old in origins}
            origins |= taken
            visit = visit_papers.of_case(visit, assessment.case)
            applicant = origins.get(APPLICANT)
            visit = replace(visit, card_shown=applicant is not None and applicant.kind == FROM_CARD)
            self._recall([form.template.form_id for form in assessment.forms])
        self._revise(visit, origins=origins)
        self._ask_about_applicant()

    def _put(self, role: str, person: Person, origin: Origin | None) -> None:
        from counter_app.services import place_people

        origins = {**self.state.origins, role: origin} if origin else dict(self.state.origins)
        visit = place_people.put(self.state.visit, role, person)
        if role == APPLICANT:
            visit = replace(visit, card_shown=origin is not None and origin.kind == FROM_CARD)
        self._revise(visit, origins=origins)
        if role == APPLICANT:
            self._ask_about_applicant()

    def _role_of(self, personal_id: str) -> str | None:
        from counter_app.services import place_people

        people = place_people.everybody(self.state.visit)
        return next((role for role, each in people if personal_id and each.personal_id == personal_id), None)

    def _same_card_again(self, role: str, person: Person, origin: Origin) -> None:
        from counter_app.services import place_people

        before = self.state.origins.get(role)
        if before is not None and before.kind == FROM_CLERK:
            old = place_people.person_in(self.state.visit, role)
            kept = {name: getattr(old, name) for name in _PARTS_OF_CITIZEN}
            self._put(role, replace(person, **kept), origin)
            text = _("Đã thay thông tin nhập tay của {name} bằng thông tin trên thẻ.")
        else:
            text = _("Thẻ của {name} đã quét rồi ({role}).")
        words = role_labels(self.state).get(role, _("chưa có vai trò"))
        self._shell.notify(Notice(text=text.format(name=person.full_name, role=words)))

    def _look_up(self, personal_id: str) -> None:
        """Ask what is known of somebody in the visit: visits, relatives, who may be the same person."""
        from counter_app.services import place_people

        role = self._role_of(personal_id)
        person = place_people.person_in(self.state.visit, role) if role is not None else None
        if person is None:
            return

        today = self._desk.clock.now().date()

        def work() -> _Known:
            from counter_app.services.people.authorisations import givers_for

            with self._desk.store.reading() as queries:
                return (
                    queries.person(personal_id),
                    tuple(queries.relatives(personal_id)),
                    tuple(queries.alike(person)),
                    givers_for(queries, personal_id, today),
                )

        self._operations.run_query(work, done=lambda known: self._person_found(personal_id, known))

    def _person_found(self, personal_id: str, known: _Known) -> None:
        from counter_app.services import place_people

        record, relatives, alike, acts_for = known
        role = self._role_of(personal_id)
        if role is None:
            return
        self.state = replace(
            self.state,
            relatives={**self.state.relatives, personal_id: relatives},
            alike={**self.state.alike, personal_id: alike},
            acts_for={**self.state.acts_for, personal_id: acts_for},
        )
        if record is None:
            self.changed()
            return
        self.state = replace(self.state, records={**self.state.records, personal_id: record})
        person = place_people.person_in(self.state.visit, role)
        fresh = {
            name: getattr(record.person, name)
            for name in _PARTS_OF_CITIZEN
            if not getattr(person, name) and getattr(record.person, name)
        }
        if person is not None and fresh:
            self._revise(place_people.put(self.state.visit, role, replace(person, **fresh)))
        else:
            self.changed()

    def _ask_about_applicant(self) -> None:
        """Look for open dossiers of the same citizen and procedure; advice only."""
        self._ask_about_subject()
        visit = self.state.visit
        if visit.applicant is None or not visit.applicant.personal_id or not visit.procedure_id:
            if self.state.open_same:
                self._become(open_same=())
            return
        personal_id, procedure_id = visit.applicant.personal_id, visit.procedure_id
        own = self.state.correcting.before.dossier_id if self.state.correcting else ""

        def done(rows: Any) -> None:
            applicant = self.state.visit.applicant
            asked = applicant is not None and applicant.personal_id == personal_id
            if asked and self.state.visit.procedure_id == procedure_id:
                self._become(open_same=tuple(row for row in rows if row.dossier_id != own))

        def work() -> Any:
            with self._desk.store.reading() as queries:
                return queries.open_dossiers_of(personal_id, procedure_id)

        self._operations.run_query(work, done=done)

    def _revise(self, visit: Visit, **changes: Any) -> None:
        super()._revise(visit, **changes)
        self._ask_about_subject()

    def _ask_about_subject(self) -> None:
        """Look for open dossiers about the same child or dead person, once they are named; advice only."""
        assessment = self.state.assessment
        if assessment is None or not assessment.forms:
            return
        from counter_app.services.people.same_request import same_requests, subjects_of

        procedure_id = self.state.visit.procedure_id
        asked = (self.state.draft_id, procedure_id, subjects_of(assessment.forms))
        if asked == self._asked_about:
            return
        self._asked_about = asked
        if not asked[2]:
            if self.state.open_about:
                self._become(open_about=())
            return

        def work() -> Any:
            with self._desk.store.reading() as queries:
                return same_requests(queries, procedure_id, asked[2])

        def done(found: Any) -> None:
            if self._asked_about == asked:
                self._become(open_about=found)

        self._operations.run_query(work, done=done)
