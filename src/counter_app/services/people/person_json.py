"""Citizens as JSON values, for the command line; whole numbers only when somebody asked for them."""

from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.domain.person import Person, mask_personal_id
from counter_app.services.dossier_json import row_to_json
from counter_app.services.visit_json import person_to_json

if TYPE_CHECKING:
    from counter_app.services.kinship_port import Merge
    from counter_app.services.people.person_file import Letter, PersonFile


def masked(person: Person) -> dict[str, object]:
    """Return a citizen with masked numbers."""
    hidden = replace(
        person, personal_id=mask_personal_id(person.personal_id), old_id=mask_personal_id(person.old_id)
    )
    return person_to_json(hidden)


def file_to_json(file: "PersonFile", *, reveal: bool) -> dict[str, object]:
    """Return everything known of a citizen; relatives and namesakes always masked."""
    return {
        "number": file.records[0].number,
        "person": person_to_json(file.person) if reveal else masked(file.person),
        "records": [
            {"number": each.number, "seen_at": each.seen_at.isoformat(), "source": each.source}
            for each in file.records
        ],
        "earlier": [
            {
                "field": each.field,
                "value": each.value if reveal or each.field != "old_id" else mask_personal_id(each.value),
                "replaced_at": each.replaced_at.isoformat(),
                "source": each.source,
                "reason": each.reason,
            }
            for each in file.earlier
        ],
        "visits": [row_to_json(row) for row in file.visits],
        "relatives": [
            {"kin": each.kin.value, "full_name": each.person.full_name, "birth_date": each.person.birth_date}
            for each in file.relatives
        ],
        "authorisations": [_letter(each) for each in file.letters],
        "alike": [masked(each) for each in file.alike],
        "merges": [merge_to_json(each) for each in file.merges],
    }


def merge_to_json(merge: "Merge") -> dict[str, object]:
    """Return a merge; what it joined is named by the masked numbers."""
    return {
        "merge_id": merge.merge_id,
        "kept": mask_personal_id(merge.keep_id),
        "other": mask_personal_id(merge.other_id),
        "reason": merge.reason,
        "merged_at": merge.merged_at.isoformat(),
        "clerk": merge.clerk,
        "undone_at": merge.undone_at.isoformat() if merge.undone_at else None,
    }


def _letter(letter: "Letter") -> dict[str, object]:
    paper = letter.authorisation
    return {
        "authorisation_id": paper.authorisation_id,
        "gave": letter.gave,
        "other": letter.other.full_name if letter.other else "",
        "scope": paper.scope.value,
        "subject": letter.subject,
        "paper_number": paper.paper_number,
        "signed_on": paper.signed_on.isoformat() if paper.signed_on else None,
        "certified_by": paper.certified_by,
        "valid_until": paper.valid_until.isoformat() if paper.valid_until else None,
        "ended_at": paper.ended_at.isoformat() if paper.ended_at else None,
    }
