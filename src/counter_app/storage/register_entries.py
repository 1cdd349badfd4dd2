"""The register (sổ theo dõi) as the database has it: one book a counter and year, by running number."""

import json
from collections.abc import Sequence
from typing import Any

from counter_app.domain.dossier import ReturnBy
from counter_app.domain.dossier_life import ReturnTo
from counter_app.domain.dossier_status import DossierStatus
from counter_app.domain.period import Period
from counter_app.services.figures_port import RegisterEntry, RegisterPlace
from counter_app.storage import moments
from counter_app.storage.local_days import bounds
from counter_app.storage.sql import Sql

_SERIES = "register"
_PLACES = (
    "SELECT register_no, number, received_at >= :begins AND received_at < :ends FROM dossier "
    "WHERE register_no > 0 AND counter = :counter AND received_at >= :year_begins "
    "AND received_at < :year_ends ORDER BY register_no, number"
)
_ENTRIES = (
    "SELECT d.number, register_no, dossier_code, procedure_name, copies, applicant_name, applicant_address, "
    "applicant_phone, life ->> '$.handed_to.name' AS handed_to, "
    "status, received_at, due_at, first_due_at, handed_over_at, resolved_at, "
    "ended_at, return_by, supplements, extended, life ->> '$.handed_to.agency' AS by_agency, "
    "life ->> '$.returned.to' AS returned_to, life ->> '$.returned.full_name' AS taken_by, "
    "life ->> '$.returned.postal_code' AS postal_code "
    "FROM dossier d JOIN dossier_content USING (number) WHERE d.number IN (SELECT value FROM json_each(?))"
)
_LAST = "SELECT last_number FROM paper_number WHERE series = ? AND year = ? AND counter = ?"


def places(sql: Sql, counter: int, year: int, period: Period) -> list[RegisterPlace]:
    """Return the numbers of the book of a counter and year, ascending."""
    of_year = bounds(Period.of_year(year))
    values = {
        **bounds(period),
        "counter": counter,
        "year_begins": of_year["begins"],
        "year_ends": of_year["ends"],
    }
    return [
        RegisterPlace(register_no=register_no, number=number, inside=bool(inside))
        for register_no, number, inside in sql.rows(_PLACES, values)
    ]


def entries(sql: Sql, numbers: Sequence[int]) -> list[RegisterEntry]:
    """Return the lines of these rows of the dossier table, in the order given."""
    found = {row["number"]: _entry(row) for row in sql.rows(_ENTRIES, (json.dumps(list(numbers)),))}
    return [found[number] for number in numbers]


def last_number(sql: Sql, counter: int, year: int) -> int:
    """Return the last number given in the book of a counter and year, 0 before the first."""
    return int(sql.value(_LAST, (_SERIES, year, counter)) or 0)


def _entry(row: Any) -> RegisterEntry:
    return RegisterEntry(
        register_no=row["register_no"],
        dossier_code=row["dossier_code"],
        procedure=row["procedure_name"],
        copies=row["copies"],
        applicant=row["applicant_name"],
        address=row["applicant_address"],
        phone=row["applicant_phone"],
        holder=row["handed_to"] or "",
        agency=row["handed_to"] or "" if row["by_agency"] else "",
        status=DossierStatus(row["status"]),
        received_at=moments.from_text(row["received_at"]),
        due_at=moments.from_text(row["due_at"]) if row["due_at"] else None,
        first_due_at=moments.from_text(row["first_due_at"]) if row["first_due_at"] else None,
        handed_over_at=moments.from_text(row["handed_over_at"]) if row["handed_over_at"] else None,
        resolved_at=moments.from_text(row["resolved_at"]) if row["resolved_at"] else None,
        ended_at=moments.from_text(row["ended_at"]) if row["ended_at"] else None,
        return_by=ReturnBy(row["return_by"]),
        returned_to=ReturnTo(row["returned_to"]) if row["returned_to"] else None,
        taken_by=row["taken_by"] or "",
        postal_code=row["postal_code"] or "",
        supplements=row["supplements"],
        extended=bool(row["extended"]),
    )
