"""Which answers of a received dossier somebody typed, and which only repeat what the people's data say.

A dossier keeps every answer. A correction must start from what was typed alone: then another person, or a
mended address, fills the form anew instead of contradicting it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from counter_app.domain.errors import KnownError
from counter_app.services.assess_visit import assess_at
from counter_app.services.desk import Desk
from counter_app.services.visit import Visit

Answers = dict[str, dict[str, object]]


def typed_alone(desk: Desk, visit: Visit, at: datetime) -> Visit:
    """Return the visit without the answers that come out the same when nobody types them.

    The answers of the whole stay exactly as they were; a visit that cannot be worked out stays as it is.
    """
    try:
        derived = _answers(desk, replace(visit, fields={}), at)
        typed: Answers = {
            form: {key: value for key, value in given.items() if derived.get(form, {}).get(key) != value}
            for form, given in visit.fields.items()
        }
        # What depends on an answer taken out may come out otherwise: those are kept as given.
        again = _answers(desk, replace(visit, fields=typed), at)
    except KnownError:
        return visit
    for form, given in visit.fields.items():
        typed[form] |= {key: value for key, value in given.items() if again.get(form, {}).get(key) != value}
    return replace(visit, fields=typed)


def _answers(desk: Desk, visit: Visit, at: datetime) -> Mapping[str, Mapping[str, object]]:
    return {form.template.form_id: form.answers for form in assess_at(desk, visit, at).forms}
