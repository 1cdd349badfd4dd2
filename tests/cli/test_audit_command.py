"""counter-app audit on a real data folder: checks, lists, exports, and says where a log was changed."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.helpers.builders import MORNING
from tests.helpers.desks import CLERK, make_desk
from tests.helpers.program import run_program
from tests.helpers.visits import CERTIFIED_COPY
from tests.printing.paper_reading import all_text, squeezed

from counter_app.domain.day_close import FindingKind
from counter_app.services.day_close import close_day
from counter_app.services.receive_dossier import receive

NOW = f"{MORNING:%Y-%m-%d}T17:05:00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = make_desk(tmp_path / "counter", MORNING)
    receive(desk, CERTIFIED_COPY, clerk=CLERK)
    close_day(desk, MORNING.date(), 0, dict.fromkeys(FindingKind, "Mất điện"))
    desk.store.close()
    return tmp_path / "counter"


@pytest.mark.slow
def test_a_log_is_checked_listed_and_taken_out(folder: Path, tmp_path: Path) -> None:
    whole = run_program(folder, "audit", "verify", now=NOW).out
    assert (whole["whole"], whole["findings"], whole["anchored"]) == (True, [], {"day_close": 1})
    assert whole["ok"] is True
    assert [(check["name"], check["ok"]) for check in whole["checks"]] == [("log", True), ("anchors", True)]
    day = run_program(folder, "report", "day", "--out", str(tmp_path / "ngay.pdf"), now=NOW).out
    assert (day["audit_seq"], day["audit_tip"]) == (whole["seq"], whole["hash"][:8])
    findings = run_program(folder, "day", "findings", "--day", f"{MORNING:%Y-%m-%d}", now=NOW).out
    assert findings["audit_tip"] == day["audit_tip"]
    asked = run_program(folder, "audit", "verify", "--tip", whole["tip"], now=NOW).out
    assert asked["asked"] == [whole["seq"]]
    wrong = run_program(folder, "audit", "verify", "--tip", "12", now=NOW)
    assert (wrong.exit_code, wrong.error["code"]) == (2, "bad_tip")
    listed = run_program(folder, "audit", "list", "--act", "dossier_", now=NOW).out["entries"]
    assert [(each["act"], each["words"], each["clerk"]) for each in listed] == [
        ("dossier_received", "Tiếp nhận hồ sơ", CLERK)
    ]
    book = tmp_path / "nhat-ky.xlsx"
    entries = whole["entries"] + 3  # both checks and the report are on record
    assert run_program(folder, "audit", "export", str(book), now=NOW).out["count"] == entries
    rows = list(load_workbook(book).active.values)  # type: ignore[union-attr]
    assert [row[0] for row in rows[1:]] == list(range(entries, 0, -1))
    assert listed[0]["dossier_code"] in {row[4] for row in rows[1:]}
    paper = tmp_path / "nhat-ky.pdf"
    run_program(folder, "audit", "export", str(paper), "--code", listed[0]["dossier_code"], now=NOW)
    assert squeezed("Tiếp nhận hồ sơ") in all_text(paper.read_bytes())
    newest = run_program(folder, "audit", "list", "--limit", "1", now=NOW).out["entries"][0]
    assert (newest["act"], newest["detail"]) == ("audit_exported", {"count": 1, "form": "pdf"})


def test_a_changed_log_is_refused_with_the_place(folder: Path) -> None:
    desk = make_desk(folder, MORNING)
    with desk.store.writing() as transaction:
        sql = transaction._sql  # type: ignore[attr-defined]
        sql.run("DROP TRIGGER audit_entry_fixed")
        sql.run("UPDATE audit_entry SET clerk = 'Lò Thị Thử' WHERE act = 'dossier_received'")
        place = sql.value("SELECT seq FROM audit_entry WHERE act = 'dossier_received'")
    desk.store.close()
    refused = run_program(folder, "audit", "verify", now=NOW)
    assert (refused.exit_code, refused.error["code"]) == (3, "audit_not_whole")
    assert f"Mục {place} không còn đúng như lúc ghi." in refused.error["message"]
    (finding,) = refused.error["details"]["findings"]
    assert (finding["finding"], finding["first"], finding["last"]) == ("changed", place, place)
    assert "Trước đó" in finding["around"]
    assert json.dumps(finding)
