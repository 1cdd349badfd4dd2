"""Who looked at, printed, took out or changed what is kept of a citizen, by the audit log."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from counter_app.domain.clerks import Permission
from counter_app.services.audit_port import AuditFilter
from counter_app.services.list_export import ColumnKind, ListColumn, ListTable, list_pdf
from counter_app.services.people.subject import audit_name, record_of
from counter_app.services.personal_data.find import Inventory, inventory
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries

_PAGE = 500
FILE_NAME = "bao-cao-truy-cap-du-lieu.pdf"


class AccessKind(StrEnum):
    """What somebody did with the data."""

    VIEWED = "viewed"
    PRINTED = "printed"
    TAKEN_OUT = "taken_out"
    CHANGED = "changed"


KIND_WORDS: dict[AccessKind, str] = {
    AccessKind.VIEWED: "Xem",
    AccessKind.PRINTED: "In",
    AccessKind.TAKEN_OUT: "Xuất tệp",
    AccessKind.CHANGED: "Ghi, sửa",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One access; ``about`` is a dossier's code, "" for the citizen's own record."""

    at: datetime
    clerk: str
    kind: AccessKind
    act: str
    about: str = ""


def access_report(desk: "Desk", personal_id: str, *, clerk: str = "") -> tuple[Access, ...]:
    """Return every access, newest first; that somebody asked goes on record.

    Raises:
        BadInput: ``person_unknown``.
        RuleRefusal: ``sign_in_needed``, ``not_permitted``.
    """
    desk.require(Permission.PERSONAL_DATA, clerk)
    with desk.store.reading() as queries:
        found = accesses(queries, inventory(queries, personal_id))
    with desk.store.writing() as transaction:
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=clerk or desk.clerk,
                act="personal_data_access_reported",
                subject_id=audit_name(record_of(transaction, personal_id)),
                detail={"accesses": len(found)},
            )
        )
    return found


def accesses(queries: "Queries", found: Inventory) -> tuple[Access, ...]:
    """Return the accesses to what was found, as part of a larger read, newest first."""
    subjects = {f"person:{number}": "" for number in found.identity.record_numbers}
    subjects |= {dossier_id: found.codes.get(dossier_id, "") for dossier_id in found.dossiers}
    lines = [
        Access(at=entry.at, clerk=entry.clerk, kind=kind_of(entry.act), act=entry.act, about=about)
        for subject, about in subjects.items()
        for entry in _entries(queries, subject)
    ]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))


def kind_of(act: str) -> AccessKind:
    """Return what an act of the audit log did with the data."""
    if act.endswith("_viewed") or act in ("personal_data_searched", "personal_data_access_reported"):
        return AccessKind.VIEWED
    if act.endswith("_printed"):
        return AccessKind.PRINTED
    if act.endswith(("_exported", "_saved")):
        return AccessKind.TAKEN_OUT
    return AccessKind.CHANGED


def report_paper(desk: "Desk", name: str, lines: Sequence[Access]) -> bytes:
    """Return the report as PDF, to be handed to the citizen."""
    table = ListTable(
        title="Báo cáo truy cập dữ liệu cá nhân",
        subtitle=f"Của {name} · {len(lines)} lần",
        columns=(
            ListColumn(label="Lúc", width=16, kind=ColumnKind.MOMENT),
            ListColumn(label="Cán bộ", width=22),
            ListColumn(label="Việc", width=12),
            ListColumn(label="Hồ sơ", width=24),
        ),
        rows=[
            (line.at, line.clerk, KIND_WORDS[line.kind], line.about or "Thông tin công dân") for line in lines
        ],
        note="Lập từ nhật ký của quầy này. Quầy khác và máy chủ có nhật ký riêng.",
        landscape=False,
    )
    return list_pdf(desk, table, desk.clock.now().date())


def _entries(queries: "Queries", subject: str) -> Iterator[AuditEntry]:
    before: int | None = None
    while page := queries.audit_page(AuditFilter(subject_id=subject), before=before, limit=_PAGE):
        yield from (each.entry for each in page)
        before = page[-1].seq
