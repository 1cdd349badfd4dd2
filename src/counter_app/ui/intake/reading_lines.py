"""What was entered for a visit as lines for its citizen to read; plain Python.

What the clerk typed comes before what cards said, and in full: it must be checked. Numbers read from a
card stand masked; a machine read them, and somebody may look over the citizen's shoulder.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from counter_app.domain import field_values
from counter_app.domain.form_filling import Source
from counter_app.domain.form_template import FieldType
from counter_app.i18n import _
from counter_app.ui.citizen_screen.stage_port import ReadingLine
from counter_app.ui.intake.answer_words import masked
from counter_app.ui.intake.questions import Question, form_column
from counter_app.ui.intake.state import APPLICANT, FROM_CARD

if TYPE_CHECKING:
    from counter_app.ui.intake.state import IntakeState


def reading_lines(state: IntakeState) -> tuple[ReadingLine, ...]:
    """Return the lines of a visit: the applicant, what was typed or chosen, what cards said.

    What stands in a form already is not told twice; a box nobody ticked tells nothing.
    """
    answers = _answers(state)
    told = {line.value for line in answers}
    applicant = [line for line in _applicant_lines(state) if line.value not in told]
    return (*applicant, *answers)


def _answers(state: IntakeState) -> tuple[ReadingLine, ...]:
    column = form_column(state)
    known = (q for q in (*column.asked, *column.optional, *column.known) if q.text and not _says_nothing(q))
    lines = (ReadingLine(label=q.label, value=_value(q)) for q in sorted(known, key=_from_card))
    return tuple(dict.fromkeys(lines))


def _says_nothing(question: Question) -> bool:
    unticked = question.field.type is FieldType.TICK and question.value is not True
    return unticked or question.field.type is FieldType.COMPUTED


def _applicant_lines(state: IntakeState) -> list[ReadingLine]:
    person = state.visit.applicant
    if person is None:
        return []
    origin = state.origins.get(APPLICANT)
    scanned = origin is not None and origin.kind == FROM_CARD
    rows = (
        (_("Người nộp hồ sơ"), person.full_name),
        (_("Số định danh"), _personal_id(person.personal_id, hidden=scanned)),
        (_("Ngày sinh"), field_values.printed_date(person.birth_date) or person.birth_date),
        (_("Nơi cư trú"), person.address),
        (_("Điện thoại"), person.phone),
    )
    return [ReadingLine(label=label, value=value) for label, value in rows if value]


def _value(question: Question) -> str:
    value = question.value
    if _from_card(question):
        return question.text
    if question.field.type is FieldType.PERSONAL_ID:
        return _personal_id(str(value), hidden=False)
    if question.field.type is FieldType.ID_DOCUMENT and isinstance(value, Mapping):
        return field_values.printed_id_document(value)
    return question.text


def _personal_id(number: str, *, hidden: bool) -> str:
    return masked(number) if hidden else " ".join(number[i : i + 3] for i in range(0, len(number), 3))


def _from_card(question: Question) -> bool:
    return question.source in (Source.CARD, Source.APPLICANT)
