"""By what a citizen is looked for in the database: every record, every number and name they ever had."""

from typing import TYPE_CHECKING

from counter_app.domain.personal_data import Identity
from counter_app.services.people.subject import record_of

if TYPE_CHECKING:
    from counter_app.services.ports import Queries


def identity_of(queries: "Queries", personal_id: str) -> Identity:
    """Return what names a citizen, merged records and replaced values included.

    Raises:
        BadInput: ``person_unknown``.
    """
    record_of(queries, personal_id)
    ids = queries.together(personal_id)
    records = queries.stored_people(ids)
    earlier = queries.earlier_values(ids)
    numbers = [*ids, *(each.person.old_id for each in records)]
    numbers += [each.value for each in earlier if each.field == "old_id"]
    names = [each.person.full_name for each in records]
    names += [each.value for each in earlier if each.field == "full_name"]
    return Identity(
        record_numbers=tuple(each.number for each in records),
        numbers=tuple(dict.fromkeys(filter(None, numbers))),
        names=tuple(dict.fromkeys(filter(None, names))),
    )
