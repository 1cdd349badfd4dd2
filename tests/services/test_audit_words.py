"""Every act the program can write into the audit log has words, a permission and a group to be found in."""

import ast
import re
from pathlib import Path

import pytest

import counter_app
from counter_app import messages
from counter_app.audit_words import (
    GROUPS,
    anchored_words,
    around_words,
    asked_words,
    audit_act_words,
    finding_words,
    has_words,
    outcome_words,
)
from counter_app.domain.act_permissions import is_ruled
from counter_app.domain.audit_chain import StoredEntry, Tip
from counter_app.domain.intake_notice import NoticeKind
from counter_app.domain.transfer_list import ListKind
from counter_app.services.acts.act_records import RECORDS
from counter_app.services.audit.findings import AuditFinding, AuditReport, FindingKind

SERVICES = Path(counter_app.__file__).parent / "services"
# Acts put together at run time, by the module that does; a new one must be told here.
MADE = {
    "acts/perform.py": {f"dossier_{record.history}" for record in RECORDS.values()}
    | {f"dossier_{act}" for act in ("corrected", "undone", "taken_over", "fee_collected", "fee_voided")},
    "hand_out.py": {
        f"{paper}_{outcome}"
        for paper in ("paper", "list", "day_close")
        for outcome in ("printed", "saved", "failed")
    },
    "intake_notices.py": {f"intake_{kind.value}" for kind in NoticeKind},
    "transfer_lists.py": {
        f"{kind.series}_{act}" for kind in ListKind for act in ("made", "acknowledged") if kind.series
    },
    "scans/scan_records.py": {"scan_attached", "scan_removed"},
}
# What looks like an act in a module whose acts have names, and is none.
ERRORS = set(re.findall(r'^    "([a-z_]+)": ', Path(messages.__file__).read_text("utf-8"), re.MULTILINE))
ERRORS |= {"account_unknown", "authorisation_id", "key_change_needs_room", "key_change_waiting"}
ERRORS |= {"recovery_code", "recovery_code_wrong"}


def acts_of(path: Path) -> tuple[set[str], bool]:
    """Return the acts a module names in its entries, and whether it makes some at run time."""
    tree = ast.parse(path.read_text("utf-8"))
    entries = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "AuditEntry"
    ]
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier()
    }
    found: set[str] = set()
    made = False
    for entry in entries:
        act = next((word.value for word in entry.keywords if word.arg == "act"), None)
        if isinstance(act, ast.JoinedStr):
            made = True
        elif isinstance(act, ast.Constant):
            found.add(str(act.value))
        else:  # a name or a choice: whatever of the module's texts is an act by the look of it
            found |= {text for text in texts if "_" in text and is_ruled(text)} - ERRORS
            made = made or not found
    return found, made


def everything() -> set[str]:
    found: set[str] = set()
    for path in SERVICES.rglob("*.py"):
        named, made = acts_of(path)
        place = path.relative_to(SERVICES).as_posix()
        assert not made or place in MADE, f"{place} makes acts at run time: tell them in MADE"
        found |= named
    return found.union(*MADE.values())


def test_every_act_has_words_and_a_permission() -> None:
    acts = everything()
    assert len(acts) > 60
    assert [act for act in sorted(acts) if not has_words(act)] == []
    assert [act for act in sorted(acts) if not is_ruled(act)] == []


def test_every_act_about_people_is_found_in_some_group() -> None:
    beginnings = tuple(beginning for group in GROUPS for beginning in group.acts)
    apart = {
        "rated",
        "carry_imported",
        "notice_settled",
        "scan_attached",
        "scan_removed",
        "scans_swept",
        "server_address_learned",
    }
    alone = {act for act in everything() if not act.startswith(beginnings)}
    assert {act for act in alone if not act.startswith("ticket_")} <= apart


def test_an_act_of_a_newer_program_is_shown_as_it_is() -> None:
    assert audit_act_words("teleported") == "teleported"


ENTRY = StoredEntry(
    seq=16,
    at="2026-11-23T01:30:00.000000Z",
    clerk="Trần Thị Mai",
    act="dossier_received",
    subject_id="d",
    detail="{}",
    prev_hash=bytes(32),
    hash=bytes(32),
)


@pytest.mark.parametrize("kind", list(FindingKind))
def test_every_finding_is_told_with_its_place(kind: FindingKind) -> None:
    said = finding_words(AuditFinding(kind=kind, first=17, last=19, subjects=("H29.12-1",), count=3))
    assert "{" not in said
    assert "17 đến 19" in said or "H29.12-1" in said


def test_what_stands_around_a_finding_is_told_even_when_it_was_changed() -> None:
    finding = AuditFinding(kind=FindingKind.MISSING, first=17, last=17, before=ENTRY)
    assert around_words(finding) == "Trước đó: mục 16, 23/11/2026 08:30, Trần Thị Mai, Tiếp nhận hồ sơ"
    from dataclasses import replace

    odd = AuditFinding(kind=FindingKind.MISSING, first=17, last=17, after=replace(ENTRY, at="?", clerk=""))
    assert around_words(odd) == "Sau đó: mục 16, ?, –, Tiếp nhận hồ sơ"


def test_the_outcome_says_whole_or_not() -> None:
    whole = AuditReport(entries=3, tip=Tip(seq=3, hash=bytes(32)), findings=())
    assert outcome_words(whole).startswith("Nhật ký nguyên vẹn: 3 mục")
    assert "Chưa có dấu nào" in anchored_words(whole)
    assert "không thuộc nhật ký này" in asked_words(whole, "1A2B 3C4D")
    broken = AuditReport(entries=3, tip=Tip(), findings=(AuditFinding(kind=FindingKind.CHANGED),))
    assert "KHÔNG" in outcome_words(broken)
