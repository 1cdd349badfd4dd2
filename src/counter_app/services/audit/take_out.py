"""The audit log out of the program: as a list on A4 or a workbook; that it left is an entry of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.clerks import Permission
from counter_app.domain.errors import RuleRefusal
from counter_app.services.audit.subject_codes import code_of, subject_of
from counter_app.services.audit_port import AuditFilter, NumberedEntry
from counter_app.services.list_export import ColumnKind, ListColumn, ListTable, list_pdf, write_xlsx
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries

MOST_ON_PAPER = 5000
_PAGE = 1000
_COLUMNS = (
    ListColumn(label="Mục", width=9, kind=ColumnKind.NUMBER),
    ListColumn(label="Thời điểm", width=18, kind=ColumnKind.MOMENT),
    ListColumn(label="Cán bộ", width=24),
    ListColumn(label="Việc", width=40),
    ListColumn(label="Hồ sơ, đối tượng", width=40),
)


def read_page(
    desk: "Desk", wanted: AuditFilter, *, dossier_code: str = "", before: int | None = None, limit: int = 200
) -> tuple[list[NumberedEntry], dict[str, str]]:
    """Return entries, newest first, with the codes of the dossiers they are about.

    Args:
        desk: The counter.
        wanted: Which entries.
        dossier_code: Only those about this dossier.
        before: The place to go on from.
        limit: How many.

    Raises:
        BadInput: ``dossier_unknown``.
        RuleRefusal: ``sign_in_needed``, ``not_permitted``.
    """
    desk.require(Permission.AUDIT)
    with desk.store.reading() as queries:
        asked = subject_of(queries, wanted, dossier_code)
        found = list(queries.audit_page(asked, before=before, limit=limit))
        return found, {each.entry.subject_id: code_of(queries, each.entry.subject_id) for each in found}


def take_out(
    desk: "Desk", wanted: AuditFilter, target: Path, words: Callable[[str], str], *, dossier_code: str = ""
) -> int:
    """Write the entries as ``.xlsx`` or ``.pdf``; return how many.

    Args:
        desk: The counter.
        wanted: Which entries.
        target: The file; it appears whole or not at all.
        words: Calls an act by its name.
        dossier_code: Only those about this dossier.

    Raises:
        BadInput: ``dossier_unknown``.
        RuleRefusal: ``audit_too_long`` (count, most) for paper; ``sign_in_needed``, ``not_permitted``.
        EnvironmentProblem: ``paper_not_saved`` (reason); as `Store.writing`.
    """
    desk.require(Permission.AUDIT)
    paper = target.suffix.lower() == ".pdf"
    with desk.store.reading() as queries:
        asked = subject_of(queries, wanted, dossier_code)
        count = queries.audit_count(asked)
        if paper and count > MOST_ON_PAPER:
            raise RuleRefusal("audit_too_long", count=count, most=MOST_ON_PAPER)
        tip = queries.audit_tip()
        table = ListTable(
            title="Nhật ký của quầy",
            columns=_COLUMNS,
            rows=_rows(queries, asked, words),
            subtitle=f"{count} mục – dấu nhật ký {tip.digits.upper()}, số mục {tip.seq}",
        )
        with desk.store.writing() as transaction:  # before the file is there: what leaves is on record
            transaction.append_audit(
                AuditEntry(
                    at=desk.clock.now(),
                    clerk=desk.clerk,
                    act="audit_exported",
                    subject_id=desk.settings.counter.device_id,
                    detail={"count": count, "form": target.suffix.lower().lstrip(".")},
                )
            )
        if paper:
            from counter_app.services.whole_file import write_whole

            write_whole(target, list_pdf(desk, table, desk.clock.now().date()))
        else:
            write_xlsx(table, target)
    return count


def _rows(
    queries: "Queries", wanted: AuditFilter, words: Callable[[str], str]
) -> Iterator[tuple[object, ...]]:
    before: int | None = None
    codes: dict[str, str] = {}
    while page := queries.audit_page(wanted, before=before, limit=_PAGE):
        for each in page:
            subject = each.entry.subject_id
            if subject not in codes:
                codes[subject] = code_of(queries, subject)
            at = each.entry.at if each.readable else None
            yield each.seq, at, each.entry.clerk, words(each.entry.act), codes[subject] or subject
        before = page[-1].seq
