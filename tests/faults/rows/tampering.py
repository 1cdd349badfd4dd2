"""Row 21: somebody with the key and a tool of his own changes the audit log."""

import random
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.faults.rows.row import Found, Size
from tests.helpers.builders import MORNING
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.visits import BIRTH

from counter_app.domain.audit_chain import Anchor, AnchorKind, entry_hash
from counter_app.services.audit.findings import AuditFinding
from counter_app.services.audit.verify import check
from counter_app.services.desk import Desk
from counter_app.services.ports import AuditEntry
from counter_app.services.receive_dossier import receive

_ENTRIES, _ANCHOR = 60, 40  # the tip of place 40 is on a sheet; all that is after stands only in the chain
_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'"
_ROW = "SELECT seq, at, clerk, act, subject_id, detail FROM audit_entry WHERE seq >= ? ORDER BY seq"
_INSERT = (
    "INSERT INTO audit_entry (seq, at, clerk, act, subject_id, detail, prev_hash, hash) "
    "SELECT ?, at, 'Người khác', act, subject_id, detail, prev_hash, hash FROM audit_entry WHERE seq = ?"
)


def tampering(size: Size, folder: Path) -> Found:
    """Tamper in every way at every few places; each time ask where."""
    desk = make_desk(folder / "whole", MORNING)
    for _ in range(4):
        receive(desk, BIRTH, clerk=CLERK)
    _fill(desk)
    desk.store.close()
    chance, found, located = random.Random(21), Found(), Counter[str]()
    ways: dict[str, Callable[[Any, int], None]] = {
        "edited": _edit,
        "edited and chained anew": _edit_and_chain,
        "deleted": _delete,
        "cut off": _cut,
        "inserted": _insert,
        "reordered": _swap,
    }
    times = size.of(30, 3)
    for name, tamper in ways.items():
        for _ in range(times):
            # What was chained anew is known by the tip that was told: only what lies before it can be.
            place = chance.randrange(2, _ANCHOR - 1 if "anew" in name else _ENTRIES - 1)
            found_here = _tampered(folder, tamper, place)
            located[name] += any(_about(each, place, name) for each in found_here)
    for name in ways:
        found.figures[f"{name}, located"] = f"{located[name]} of {times}"
        found.must(located[name] == times, f"{name}: {located[name]} of {times} located")
    found.figures["detection"] = f"{100 * located.total() / (times * len(ways)):g} %"
    return found


def _fill(desk: Desk) -> None:
    with desk.store.writing() as transaction:
        while (seq := transaction.audit_tip().seq) < _ENTRIES:
            transaction.append_audit(
                AuditEntry(
                    at=MORNING + timedelta(seconds=seq),
                    clerk=CLERK,
                    act="ticket_called",
                    subject_id=f"v{seq}",
                    detail={"desk": seq},
                )
            )
            if (tip := transaction.audit_tip()).seq == _ANCHOR:
                transaction.add_audit_anchor(Anchor(tip=tip, at="", kind=AnchorKind.BACKUP))


def _tampered(folder: Path, tamper: Callable[[Any, int], None], place: int) -> tuple[AuditFinding, ...]:
    data = shutil.copytree(folder / "whole", folder / "tampered")
    desk = make_desk(data, MORNING)
    with desk.store.writing() as transaction:
        sql = transaction._sql  # type: ignore[attr-defined]
        for (name,) in sql.rows(_TRIGGERS):
            sql.run(f"DROP TRIGGER {name}")
        tamper(sql, place)
    with desk.store.reading() as queries:
        found = check(queries).findings
    desk.store.close()
    shutil.rmtree(data)
    return found


def _about(finding: AuditFinding, place: int, way: str) -> bool:
    if way == "cut off":
        return finding.first == place and finding.last >= place
    return finding.first - 1 <= place <= finding.last + 1


def _edit(sql: Any, place: int) -> None:
    sql.run("UPDATE audit_entry SET clerk = 'Người khác' WHERE seq = ?", (place,))


def _edit_and_chain(sql: Any, place: int) -> None:
    _edit(sql, place)
    prev = sql.value("SELECT hash FROM audit_entry WHERE seq = ?", (place - 1,))
    for row in list(sql.rows(_ROW, (place,))):
        value = entry_hash(
            prev, *(row[name] for name in ("seq", "at", "clerk", "act", "subject_id", "detail"))
        )
        sql.run("UPDATE audit_entry SET prev_hash = ?, hash = ? WHERE seq = ?", (prev, value, row["seq"]))
        prev = value
    sql.run("UPDATE audit_head SET hash = ?", (prev,))


def _delete(sql: Any, place: int) -> None:
    sql.run("DELETE FROM audit_entry WHERE seq = ?", (place,))


def _cut(sql: Any, place: int) -> None:
    sql.run("DELETE FROM audit_entry WHERE seq >= ?", (place,))


def _insert(sql: Any, place: int) -> None:
    """Make room for an entry that never was."""
    sql.run("UPDATE audit_entry SET seq = -(seq + 1) WHERE seq >= ?", (place,))
    sql.run("UPDATE audit_entry SET seq = -seq WHERE seq < 0")
    sql.run(_INSERT, (place, place - 1))


def _swap(sql: Any, place: int) -> None:
    for old, new in ((place, -1), (place + 1, place), (-1, place + 1)):
        sql.run("UPDATE audit_entry SET seq = ? WHERE seq = ?", (new, old))
