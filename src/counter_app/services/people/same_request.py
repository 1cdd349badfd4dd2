"""The same request twice: an open dossier of one procedure about the same child, dead person, ward.

The applicant may be another: both parents, or a grandmother after the mother, come for one birth.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.form_template import CardFact, FieldType, FormTemplate
from counter_app.domain.vietnamese_text import fold

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier
    from counter_app.services.assess_visit import FormState
    from counter_app.services.ports import Queries

# Whom a dossier can be about only once at a time; a mother may well register two births.
_SUBJECTS = frozenset({"nguoi_chet", "nguoi_duoc_khai_sinh", "nguoi_duoc_giam_ho", "doi_tuong"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom a form is about, with the keys of the answers that say so."""

    form_id: str
    name_key: str
    birth_key: str
    name: str
    birth_date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SameRequest:
    """An unfinished dossier about the same person."""

    dossier_code: str
    applicant: str
    received_at: datetime
    status: DossierStatus


def subjects_of(forms: "Sequence[FormState]") -> tuple[Subject, ...]:
    """Return whom the forms are about, as far as name and whole birth date are answered."""
    return tuple(
        Subject(form_id=form.template.form_id, name_key=name, birth_key=birth, name=said, birth_date=born)
        for form in forms
        for name, birth in _keys(form.template)
        if len(said := fold(str(form.filled.values.get(name) or ""))) > 3
        and len(born := str(form.filled.values.get(birth) or "")) == len("2000-01-01")
    )


def same_requests(
    queries: "Queries", procedure_id: str, subjects: "Sequence[Subject]"
) -> tuple[SameRequest, ...]:
    """Return the unfinished dossiers of the procedure about one of these people, newest first."""
    found: dict[str, SameRequest] = {}
    for subject in subjects:
        for dossier in queries.open_dossiers_naming(subject.name, procedure_id):
            if _is_about(dossier, subject):
                found[dossier.dossier_id] = SameRequest(
                    dossier_code=dossier.dossier_code,
                    applicant=dossier.applicant.full_name,
                    received_at=dossier.received_at,
                    status=dossier.status,
                )
    return tuple(found.values())


def _keys(template: FormTemplate) -> Iterator[tuple[str, str]]:
    """Yield the keys of name and birth date of everybody the form is about."""
    for role in _SUBJECTS:
        card = {each.card: each.key for each in template.fields if each.role == role}
        if CardFact.FULL_NAME in card and CardFact.BIRTH_DATE in card:
            yield card[CardFact.FULL_NAME], card[CardFact.BIRTH_DATE]
    dates = {each.key for each in template.fields if each.type is FieldType.DATE and not each.role}
    for each in template.fields:
        birth = each.key.partition("_")[0] + "_ngay_sinh"
        if each.type is FieldType.PERSON_NAME and not each.role and birth in dates:
            yield each.key, birth


def _is_about(dossier: "Dossier", subject: Subject) -> bool:
    return any(
        form.form_id == subject.form_id
        and fold(str(form.answers.get(subject.name_key) or "")) == subject.name
        and form.answers.get(subject.birth_key) == subject.birth_date
        for form in dossier.forms
    )
