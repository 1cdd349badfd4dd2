"""What was entered for a visit as lines for its citizen to read; plain Python.

The applicant comes first, then every person of the forms under a heading that says whose lines these
are. Every number stands whole: it is the citizen's own page, read to be checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from counter_app.domain import field_values
from counter_app.domain.form_filling import Source
from counter_app.domain.form_template import FieldType
from counter_app.i18n import _
from counter_app.ui.citizen_screen.stage_port import ReadingLine
from counter_app.ui.intake.people_cards import role_labels
from counter_app.ui.intake.questions import Question, form_column
from counter_app.ui.intake.state import APPLICANT

if TYPE_CHECKING:
    from counter_app.ui.intake.state import IntakeState


def reading_lines(state: IntakeState) -> tuple[ReadingLine, ...]:
    """Return the lines of a visit: the applicant, then person after person, what was typed first.

    What stands in a form already is not told twice; a box nobody ticked tells nothing.
    """
    groups = _answers(state)
    told = {line.value for lines in groups.values() for line in lines}
    person = _applicant_lines(state)
    lines = person[:1] + [line for line in person[1:] if line.value not in told]
    lines += [
        line for line in groups.pop(APPLICANT, ()) if line.value not in [each.value for each in person[:1]]
    ]
    labels = role_labels(state)
    for role, answers in groups.items():
        heading = labels.get(role) or _("Nội dung hồ sơ")
        lines += [ReadingLine(label=f"{heading} · {line.label}", value=line.value) for line in answers]
    return tuple(dict.fromkeys(lines))


def _answers(state: IntakeState) -> dict[str, tuple[ReadingLine, ...]]:
    """Return the answers of every role, "" for what is nobody's, in the order of the forms."""
    column = form_column(state)
    known = [q for q in (*column.asked, *column.optional, *column.known) if q.text and not _says_nothing(q)]
    groups: dict[str, list[Question]] = {}
    applicants = _applicant_roles(state)
    for question in sorted(known, key=_from_card):
        role = APPLICANT if question.field.role in applicants else question.field.role
        groups.setdefault(role, []).append(question)
    return {
        role: tuple(dict.fromkeys(ReadingLine(label=q.label, value=_value(q)) for q in questions))
        for role, questions in groups.items()
    }


def _applicant_roles(state: IntakeState) -> frozenset[str]:
    forms = state.assessment.forms if state.assessment is not None else ()
    return frozenset(role.role_id for form in forms for role in form.template.roles if role.applicant)


def _says_nothing(question: Question) -> bool:
    unticked = question.field.type is FieldType.TICK and question.value is not True
    return unticked or question.field.type is FieldType.COMPUTED


def _applicant_lines(state: IntakeState) -> list[ReadingLine]:
    person = state.visit.applicant
    if person is None:
        return []
    rows = (
        (_("Người nộp hồ sơ"), person.full_name),
        (_("Số định danh"), _personal_id(person.personal_id)),
        (_("Ngày sinh"), field_values.printed_date(person.birth_date) or person.birth_date),
        (_("Nơi cư trú"), person.address),
        (_("Điện thoại"), person.phone),
    )
    return [ReadingLine(label=label, value=value) for label, value in rows if value]


def _value(question: Question) -> str:
    value = question.value
    if question.field.type is FieldType.PERSONAL_ID:
        return _personal_id(str(value))
    if question.field.type is FieldType.ID_DOCUMENT and isinstance(value, Mapping):
        return field_values.printed_id_document(value)
    return question.text


def _personal_id(number: str) -> str:
    return " ".join(number[i : i + 3] for i in range(0, len(number), 3))


def _from_card(question: Question) -> bool:
    return question.source in (Source.CARD, Source.APPLICANT)
