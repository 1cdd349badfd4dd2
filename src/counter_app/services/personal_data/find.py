"""Everything the desk keeps about one citizen, by place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counter_app.domain.clerks import Permission
from counter_app.domain.person import Person
from counter_app.domain.personal_data import Identity, Place, Trace, counted
from counter_app.services.people.subject import audit_name, record_of
from counter_app.services.personal_data.identity import identity_of
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What was found. ``codes`` are the codes of the dossiers in ``traces``, by id."""

    person: Person
    identity: Identity
    traces: tuple[Trace, ...]
    codes: Mapping[str, str] = field(default_factory=dict)

    @property
    def by_place(self) -> dict[Place, tuple[int, int]]:
        """How many certain and possible traces each place has."""
        return counted(self.traces)

    @property
    def dossiers(self) -> tuple[str, ...]:
        """The ids of dossiers a number of the citizen stands in, each once."""
        found = (trace.dossier_id for trace in self.traces if trace.certain and trace.dossier_id)
        return tuple(dict.fromkeys(found))


def find_all(desk: "Desk", personal_id: str, *, clerk: str = "") -> Inventory:
    """Look through the whole database for one citizen; that goes on record. Seconds for a large one.

    Raises:
        BadInput: ``person_unknown``.
        RuleRefusal: ``sign_in_needed``, ``not_permitted``.
    """
    desk.require(Permission.PERSONAL_DATA, clerk)
    with desk.store.reading() as queries:
        found = inventory(queries, personal_id)
    with desk.store.writing() as transaction:
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=clerk or desk.clerk,
                act="personal_data_searched",
                subject_id=audit_name(record_of(transaction, personal_id)),
                detail={"traces": len(found.traces)},
            )
        )
    return found


def inventory(queries: "Queries", personal_id: str) -> Inventory:
    """Return what is kept of a citizen, as part of a larger read; BadInput ``person_unknown``."""
    identity = identity_of(queries, personal_id)
    known = queries.person(personal_id)
    traces = tuple(queries.traces(identity))
    codes: dict[str, str] = {}
    for dossier_id in dict.fromkeys(trace.dossier_id for trace in traces if trace.dossier_id):
        dossier = queries.dossier(dossier_id)
        if dossier is not None:
            codes[dossier_id] = dossier.dossier_code
    return Inventory(
        person=known.person if known else record_of(queries, personal_id).person,
        identity=identity,
        traces=traces,
        codes=codes,
    )
