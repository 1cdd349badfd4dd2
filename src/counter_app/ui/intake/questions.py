"""What the form column asks: missing answers first, what may be added, and what is known already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from counter_app.domain import form_filling
from counter_app.domain.form_filling import Source
from counter_app.domain.form_template import FieldType, FormField
from counter_app.domain.form_validation import FieldProblem
from counter_app.i18n import _
from counter_app.messages import text_of_code
from counter_app.services import place_people
from counter_app.services.assess_visit import FACT_LABELS, Assessment, FormState, facts_needed
from counter_app.services.visit import Visit
from counter_app.ui.intake.answer_words import in_words
from counter_app.ui.intake.state import APPLICANT, IntakeState

ASKED = "asked"
OPTIONAL = "optional"
KNOWN = "known"
PERSON = "person"  # waits for a card: one line a role, not one a field

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One line of the form column. ``key`` is (form id, field key); a fact's form id is "".

    ``source`` names a `Source` or is "" while nothing is known; ``note`` is shown beside the answer
    (a date in words); ``problem`` is the message of validation, which ``blocks`` or only warns.
    """

    key: Key
    field: FormField
    section: str
    label: str
    value: object = None
    text: str = ""
    source: str = ""
    missing: bool = False
    proposal: object = None
    note: str = ""
    problem: str = ""
    blocks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedPerson:
    """A role nobody fills yet, in place of its questions."""

    role: str
    label: str
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """The form column's content in the order shown."""

    asked: tuple[Question, ...]
    awaited: tuple[AwaitedPerson, ...]
    optional: tuple[Question, ...]
    known: tuple[Question, ...]
    still_to_ask: int

    def find(self, key: Key) -> Question | None:
        """Return the question of that key."""
        return next((q for q in (*self.asked, *self.optional, *self.known) if q.key == key), None)


def form_column(state: IntakeState, opened: frozenset[Key] = frozenset()) -> FormColumn:
    """Sort the questions of the visit; `opened` are known ones the clerk wants to change."""
    assessment = state.assessment
    if assessment is None:
        return FormColumn(asked=(), awaited=(), optional=(), known=(), still_to_ask=0)
    facts = [_fact(key, state.visit) for key in facts_needed(assessment.case, assessment.forms)]
    questions = [*facts]
    for form in assessment.forms:
        questions += _questions(form, state.visit, assessment, opened)
    missing = [item for item in assessment.missing if item.kind in ("field", "fact")]
    return FormColumn(
        asked=_in(questions, ASKED),
        awaited=_awaited(state.visit, assessment, questions),
        optional=_in(questions, OPTIONAL),
        known=_in(questions, KNOWN),
        still_to_ask=len(missing),
    )


def _in(questions: Sequence[Question], section: str) -> tuple[Question, ...]:
    return tuple(question for question in questions if question.section == section)


def _fact(key: str, visit: Visit) -> Question:
    label = _(FACT_LABELS.get(key, key))
    value = visit.facts.get(key)
    return Question(
        key=("", key),
        field=FormField(key=key, label=label, type=FieldType.NUMBER, required=True),
        section=ASKED,
        label=label,
        value=value,
        missing=not isinstance(value, int),
        source=Source.TYPED.value if value is not None else "",
        problem="" if value is None or isinstance(value, int) else _("Hãy nhập một số."),
        blocks=True,
    )


def _questions(
    form: FormState, visit: Visit, assessment: Assessment, opened: frozenset[Key]
) -> list[Question]:
    filled = form.filled
    template = form.template
    missing = {item.key for item in assessment.missing if item.form_id == template.form_id}
    problems = {each.key: each for each in reversed(form.problems) if each.code != "required"}
    awaited = {_place(role.role_id, role.applicant) for role in place_people.free_roles(visit, [form])}
    applicants = {role.role_id for role in template.roles if role.applicant}
    facts = {**visit.facts, "channel": visit.channel.value, "assisted": visit.assisted}
    known = form_filling.effective_answers(template, filled.values, facts)
    notes = _computed_notes(template.fields, filled.values)
    questions: list[Question] = []
    for field in form.visible:
        empty = filled.values.get(field.key) in (None, "")
        if field.key in notes.values() or (field.type is FieldType.COMPUTED and empty):
            continue
        key = (template.form_id, field.key)
        source = str(filled.sources.get(field.key, ""))
        problem = problems.get(field.key)
        required = form_filling.is_required(field, known)
        place = _place(field.role, field.role in applicants)
        section = _section(field, source, required=required, waits=place in awaited, opened=key in opened)
        if problem is not None and section in (KNOWN, PERSON):
            section = ASKED
        note_key = notes.get(field.key, "")
        questions.append(
            Question(
                key=key,
                field=field,
                section=section,
                label=_(field.ask or field.label),
                value=filled.values.get(field.key),
                text=in_words(field, filled.values.get(field.key)),
                source=source,
                missing=field.key in missing,
                proposal=filled.proposals.get(field.key),
                note=str(filled.values.get(note_key) or ""),
                problem=_words_of(problem) if problem else "",
                blocks=problem is not None and problem.blocks,
            )
        )
    return questions


def _words_of(problem: FieldProblem) -> str:
    return _(problem.message) or text_of_code(problem.code, problem.params)


def _section(field: FormField, source: str, *, required: bool, waits: bool, opened: bool) -> str:
    if field.type is FieldType.COMPUTED:
        return KNOWN
    if opened:
        return ASKED
    if source in (Source.CARD, Source.APPLICANT):
        return KNOWN
    if waits and source in ("", Source.DEFAULT):
        return PERSON
    if source == Source.DEFAULT:
        return KNOWN if required else OPTIONAL
    return ASKED if required else OPTIONAL


def _computed_notes(fields: Sequence[FormField], values: Mapping[str, object]) -> dict[str, str]:
    """Return answer key to the key of its wording, for values computed from that answer alone."""
    return {
        field.compute_from[0]: field.key
        for field in fields
        if field.type is FieldType.COMPUTED
        and len(field.compute_from) == 1
        and isinstance(values.get(field.key, ""), str)
    }


def _place(role_id: str, applicant: bool) -> str:
    return APPLICANT if applicant else role_id


def _awaited(
    visit: Visit, assessment: Assessment, questions: Sequence[Question]
) -> tuple[AwaitedPerson, ...]:
    """Return the roles whose questions are held back, with how many of them must be answered."""
    waiting = [q for q in questions if q.section == PERSON]
    rows: list[AwaitedPerson] = []
    for role in place_people.free_roles(visit, assessment.forms):
        of_role = [q for q in waiting if q.field.role == role.role_id]
        if of_role:
            count = sum(q.missing for q in of_role)
            place = _place(role.role_id, role.applicant)
            rows.append(AwaitedPerson(role=place, label=_(role.label), missing=count))
    return tuple(rows)
