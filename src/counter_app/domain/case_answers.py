"""The case decides some answers of its forms: paper and promise must not speak of different matters.

"Bổ sung thông tin hộ tịch" is answered the same day, "Cải chính hộ tịch" takes three working days;
a form that names the other one would contradict the promise on the slip.
"""

from collections.abc import Mapping

from counter_app.domain.form_template import FormTemplate
from counter_app.domain.form_validation import FieldProblem
from counter_app.domain.procedure import ProcedureCase


def decided_answers(case: ProcedureCase, form_id: str) -> dict[str, object]:
    """Return the answers the case gives to a form, field key to stored value."""
    return {answer.field: answer.value for answer in case.sets if answer.form_id == form_id}


def differing_answers(
    case: ProcedureCase, template: FormTemplate, answers: Mapping[str, object]
) -> tuple[FieldProblem, ...]:
    """Return a ``differs_from_case`` for every answer that contradicts the case.

    Params: ``case`` is the name of the case, ``value`` the answer that goes with it ("" for a tick).
    """
    return tuple(
        FieldProblem(
            key=key,
            code="differs_from_case",
            params={"case": case.name, "value": "" if isinstance(value, bool) else str(value)},
        )
        for key, value in decided_answers(case, template.form_id).items()
        if key in answers and answers[key] != value
    )
