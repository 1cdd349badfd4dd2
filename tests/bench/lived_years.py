"""Lets the dossiers of a filled counter have lived: most are returned, some wait, some are late."""

import json
from datetime import UTC, datetime
from typing import Any

from counter_app.services.desk import Desk

_SHIFTED = "strftime('%Y-%m-%dT%H:%M:%S.000000Z', {moment}, '+' || ({days}) || ' days')"
_RESOLVED = _SHIFTED.format(moment="received_at", days="1 + number % 5")
_ENDED = _SHIFTED.format(moment="resolved_at", days="number % 3")
_LATEST = "(SELECT max(number) FROM dossier)"
_STATEMENTS = (
    # The last 3,000 are still on their way; of those before, one in twenty has its result only.
    f"UPDATE dossier SET clerk = 'Cán bộ ' || (number % 4), "
    f"due_at = {_SHIFTED.format(moment='received_at', days=3)}, "
    "sector = CASE number % 11 WHEN 0 THEN 'Đất đai' WHEN 1 THEN 'Bảo trợ xã hội' ELSE sector END, "
    "channel = CASE number % 10 WHEN 0 THEN 'online' WHEN 1 THEN 'postal' ELSE 'counter' END, "
    "assisted = number % 7 = 0, supplements = CASE WHEN number % 40 = 0 THEN 2 ELSE 0 END, "
    "originals_held = CASE WHEN number % 300 = 0 THEN 1 ELSE 0 END",
    "UPDATE dossier SET first_due_at = due_at WHERE number % 50 = 0",
    f"UPDATE dossier SET status = 'returned', resolved_at = {_RESOLVED} WHERE number < {_LATEST} - 3000",
    f"UPDATE dossier SET ended_at = {_ENDED} WHERE resolved_at IS NOT NULL AND number % 20 > 0",
    "UPDATE dossier SET status = 'resolved' WHERE resolved_at IS NOT NULL AND ended_at IS NULL",
    "UPDATE dossier SET status = 'withdrawn' WHERE ended_at IS NOT NULL AND number % 90 = 0",
    "UPDATE dossier SET status = 'awaiting_supplement', waiting_since = received_at "
    "WHERE resolved_at IS NULL AND number % 8 = 0",
    "WITH placed AS (SELECT number AS n, row_number() OVER (PARTITION BY counter, "
    "strftime('%Y', received_at, '+7 hours') ORDER BY number) AS place FROM dossier) "
    "UPDATE dossier SET register_no = (SELECT place FROM placed WHERE n = number)",
    "UPDATE dossier_content SET life = :life WHERE number IN "
    "(SELECT number FROM dossier WHERE ended_at IS NOT NULL)",
    "INSERT INTO print_log (dossier_id, step, paper, copy_no, at, clerk, outcome, detail, of_step) "
    "SELECT dossier_id, step.value, iif(step.value = 1, 'slip', 'form:ht-khai-sinh'), "
    "1 + (number % 30 = 0), received_at, clerk, 'printed', '', 1 FROM dossier, json_each('[1,2]') AS step "
    "WHERE dossier_id NOT IN (SELECT dossier_id FROM print_log)",
)


def live(desk: Desk) -> None:
    """Change the rows in place, as acts over years would have left them."""
    at = datetime(2026, 1, 5, 9, tzinfo=UTC).isoformat()
    life: dict[str, Any] = {
        "rev": 4,
        "holder": {"name": "Nguyễn Văn Chuyên", "agency": False},
        "result": {"at": at, "clerk": "Mai", "name": "Giấy khai sinh", "number": "12/2026"},
        "returned": {"at": at, "clerk": "Mai", "to": "owner", "full_name": "Bùi Thị Hồng Nhung"},
    }
    for statement in _STATEMENTS:
        with desk.store.writing() as transaction:
            values = {"life": json.dumps(life)} if ":life" in statement else ()
            transaction._sql.run(statement, values)  # type: ignore[attr-defined]
