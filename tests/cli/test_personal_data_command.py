"""The command about citizens' data: found, given, asked, answered, destroyed; no number in its output."""

import json
from pathlib import Path

import pytest
from tests.helpers.desks import make_desk
from tests.helpers.personal_traces import RECEIVED, full_dossier
from tests.helpers.program import run_program
from tests.helpers.visits import FATHER, GRANDMOTHER
from tests.storage.test_sealed_archive import opened

NOW = "2026-11-23T09:00:00"
LATER = "2029-01-02T09:00:00"
CODE = "H29.12-261123-1001"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = make_desk(tmp_path / "counter", RECEIVED)
    full_dossier(desk)
    desk.store.close()
    return tmp_path / "counter"


def test_found_given_and_told_who_looked(folder: Path, tmp_path: Path) -> None:
    found = run_program(folder, "personal-data", "find", "1", now=NOW).out
    assert found["dossiers"] == [CODE]
    assert found["places"]["scan"] == {"certain": 1, "by_name": 0}
    target = tmp_path / "out.zip"
    given = run_program(folder, "personal-data", "export", "1", "--out", str(target), now=NOW).out
    assert (given["dossiers"], given["scans"], given["sealed"]) == (1, 1, True)
    files = opened(target.read_bytes(), given["password"])
    assert json.loads(files["du-lieu-ca-nhan.json"])["person"]["full_name"] == GRANDMOTHER.full_name
    paper = tmp_path / "ai-da-xem.pdf"
    looked = run_program(folder, "personal-data", "accesses", "1", "--out", str(paper), now=NOW).out
    assert [line["act"] for line in looked[:2]] == ["personal_data_exported", "personal_data_searched"]
    assert paper.read_bytes().startswith(b"%PDF")
    assert GRANDMOTHER.personal_id not in json.dumps([found, given, looked])


def test_asked_and_refused_by_letter(folder: Path, tmp_path: Path) -> None:
    asked = run_program(folder, "personal-data", "ask", "1", "--kind", "delete", now=NOW).out
    assert asked["answer_by"] == "2026-11-26"
    assert run_program(folder, "personal-data", "waiting", now=NOW).out == [asked]
    letter = tmp_path / "thu.pdf"
    words = ("answer", asked["request_id"], "--outcome", "refused", "--out", str(letter))
    assert (
        run_program(folder, "personal-data", *words, now=NOW).error["code"] == "person_request_reason_missing"
    )
    done = run_program(folder, "personal-data", *words, "--text", "Còn thời hạn lưu trữ", now=NOW).out
    assert (done["outcome"], letter.read_bytes()[:4]) == ("refused", b"%PDF")
    assert run_program(folder, "personal-data", "waiting", now=NOW).out == []


def test_destroyed_only_when_due_and_confirmed(folder: Path) -> None:
    assert run_program(folder, "personal-data", "due", now=NOW).out["due"] == []
    (due,) = run_program(folder, "personal-data", "due", now=LATER).out["due"]
    assert (due["dossier_code"], due["over_on"], due["verified"]) == (CODE, "2029-01-01", True)
    assert run_program(folder, "personal-data", "purge", now=LATER).error["code"] == "usage"
    done = run_program(folder, "personal-data", "purge", "--confirm", now=LATER).out
    assert done == {
        "purged": [CODE],
        "people": 2,
        "scrubbed": True,
        "in_backups_until": "2029-02-06",
        "not_done": [],
    }
    shown = run_program(folder, "show", CODE, now=LATER).out
    assert shown["applicant"]["full_name"] == ""
    assert len(shown["purged"]["content_digest"]) == 64
    (proof,) = run_program(folder, "personal-data", "purged", now=LATER).out
    assert (proof["dossier_code"], proof["content_digest"]) == (CODE, shown["purged"]["content_digest"])
    assert run_program(folder, "people", "find", FATHER.full_name, now=LATER).out == []
    assert run_program(folder, "personal-data", "scrub", now=LATER).out == {"scrubbed": True}
    assert run_program(folder, "audit", "verify", now=LATER).exit_code == 0
    checks = {each["name"]: each["ok"] for each in run_program(folder, "doctor", now=LATER).out["checks"]}
    assert (checks["database"], checks["scans"]) == (True, True)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("find", "77"), "person_unknown"),
        (("find", GRANDMOTHER.personal_id), "person_unknown"),  # numbers of records only
        (("find",), "usage"),
        (("ask", "1"), "usage"),
        (("export", "1"), "usage"),
        (("answer", "nothing", "--outcome", "answered"), "person_request_unknown"),
        (("purge", "H29.12-261123-9999", "--confirm"), "purge_not_due"),
    ],
)
def test_what_cannot_be_done_is_told(folder: Path, words: tuple[str, ...], code: str) -> None:
    assert run_program(folder, "personal-data", *words, now=NOW).error["code"] == code


def test_the_notice_is_told_and_drawn(folder: Path, tmp_path: Path) -> None:
    paper = tmp_path / "thong-bao.pdf"
    told = run_program(folder, "personal-data", "notice", "--out", str(paper), now=NOW).out
    assert told["lines"][0]["question"] == "Ai xử lý"
    assert paper.read_bytes().startswith(b"%PDF")
