"""Answers, facts, fees, papers: everything the clerk types or ticks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from counter_app.domain.condition import is_filled
from counter_app.ui.intake.visit_sheet import VisitSheet

if TYPE_CHECKING:
    from counter_app.domain.dossier import Channel, ReturnBy


class AnswerActs(VisitSheet):
    """What the clerk says about the visit."""

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

    def tick_part(self, part_id: str, brought: bool) -> None:
        """Tick a paper as brought, in the numbers the case asks for."""
        from counter_app.services import visit_papers

        if (case := self._case()) is not None:
            self._revise(visit_papers.tick(self.state.visit, case, part_id, brought=brought))

    def count_part(self, part_id: str, kind: str, count: int) -> None:
        """Set how many of a paper were brought; `kind` is original, copy, electronic or held."""
        from counter_app.services import visit_papers

        if (case := self._case()) is not None:
            self._revise(visit_papers.count(self.state.visit, case, part_id, kind, count))

    def waive_part(self, part_id: str, waived: bool) -> None:
        """Mark a paper as not needed because a database answers."""
        from counter_app.services import visit_papers

        self._revise(visit_papers.waive(self.state.visit, part_id, waived=waived))
