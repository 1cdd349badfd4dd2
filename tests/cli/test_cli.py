"""The promises of interfaces: names, options, JSON keys and exit codes, through the real program."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.visits import BIRTH, CERTIFIED_COPY, CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER, card_text
from tests.printing.paper_reading import page_texts

NOW = "2026-11-23T10:45:00"
INIT = (
    *("init", "--unit-code", "H29.12", "--office", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ TRUNG MINH"),
    *("--province", "Phú Thọ", "--counter", "1", "--admin", "Trần Thị Mai", "--password-stdin"),
)


def run(data_dir: Path, *words: str, stdin: bytes = b"", now: str = NOW) -> tuple[int, Any, Any]:
    """Return exit code, JSON on stdout, JSON error on stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "counter_app", "--data-dir", str(data_dir), "--json", "--now", now, *words],
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONWARNINGS": "error", "COUNTER_PASSWORD": "mat-khau-thu"},
        check=False,
    )
    out = json.loads(done.stdout) if done.stdout.strip() else None
    error = json.loads(done.stderr.splitlines()[-1])["error"] if done.stderr.strip() else None
    return done.returncode, out, error


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("counter") / "data"
    code, out, error = run(folder, *INIT, stdin=b"mat-khau-thu\n")
    assert (code, error) == (0, None)
    assert out["code_block"] == {"first": 1001, "last": 1999}
    assert out["counter"] == 1
    assert out["device_id"]
    return folder


def answers_file(tmp_path: Path, **changes: object) -> str:
    answers = {
        "applicant": {"phone": "0912345678"},
        "fields": {"ht-khai-sinh": CHILD_ANSWERS},
        "parts": [{"part_id": "giay_chung_sinh", "original": 1, "copy": 0, "electronic": 0}],
    } | changes
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
    return str(path)


def test_a_whole_intake(counter: Path, tmp_path: Path) -> None:
    cards = [word for person in (GRANDMOTHER, MOTHER, FATHER) for word in ("--card", card_text(person))]
    code, out, error = run(
        *(
            counter,
            "receive",
            "--procedure",
            BIRTH.procedure_id,
            "--case",
            BIRTH.case_id,
            "--answers",
            answers_file(tmp_path),
        ),
        *(*cards, "--clerk", "tranthimai", "--out", str(tmp_path / "out"), "--slip"),
    )
    assert (code, error) == (0, None)
    assert out["same_day"] is True
    assert out["due_at"] == "2026-11-23T17:00:00+07:00"
    assert Path(out["slip"]).read_bytes().startswith(b"%PDF")
    assert [Path(form).exists() for form in out["forms"]] == [True]
    assert out["missing"] == []

    dossier_code = out["dossier_code"]
    assert run(counter, "find", "dinh sen")[1][0]["dossier_code"] == dossier_code
    _, shown, _ = run(counter, "show", dossier_code)
    assert shown["applicant"]["full_name"] == GRANDMOTHER.full_name
    assert shown["applicant"]["phone"] == "0912345678"
    assert shown["people"]["me"]["full_name"] == MOTHER.full_name
    assert [row["paper"] for row in shown["prints"]] == ["form:ht-khai-sinh", "slip"]

    again = tmp_path / "again.pdf"
    _, printed, _ = run(counter, "print", dossier_code, "slip", "--out", str(again), "--size", "A4")
    assert printed == {"path": str(again), "copy_no": 2, "pages": 1, "warnings": []}


def test_certified_copies_without_form_or_slip(counter: Path, tmp_path: Path) -> None:
    answers = {"applicant": {"full_name": "Đinh Thị Sen"}, "facts": dict(CERTIFIED_COPY.facts)}
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(answers), encoding="utf-8")
    code, out, _ = run(
        *(counter, "receive", "--procedure", CERTIFIED_COPY.procedure_id, "--answers", str(path)),
        *("--out", str(tmp_path)),
    )
    assert code == 0
    assert out["slip"] is None
    assert out["forms"] == []
    assert out["charges"][0]["amount_vnd"] == 10_000


def test_scan_decodes_a_card(tmp_path: Path) -> None:
    code, out, _ = run(tmp_path, "scan", card_text(MOTHER))
    assert code == 0
    assert out["kind"] == "citizen_card"
    assert out["full_name"] == "Bùi Thị Hồng Nhung"
    assert out["birth_date"] == "1994-03-12"
    assert out["sex"] == "female"
    assert out["issued_on"] == "2024-08-02"
    assert out["repaired"] is False


def test_scan_reads_bytes(tmp_path: Path) -> None:
    code, out, _ = run(tmp_path, "scan", "--stdin", stdin=card_text(MOTHER).encode())
    assert (code, out["full_name"]) == (0, "Bùi Thị Hồng Nhung")
    code, out, _ = run(tmp_path, "scan", "--hex", card_text(MOTHER).encode().hex())
    assert (code, out["full_name"]) == (0, "Bùi Thị Hồng Nhung")


def test_scan_of_anything_else_is_unknown(tmp_path: Path) -> None:
    code, out, _ = run(tmp_path, "scan", "xin chào")
    assert (code, out["kind"]) == (2, "unknown")


def test_scan_refuses_ten_megabytes(tmp_path: Path) -> None:
    code, _, error = run(tmp_path, "scan", "--stdin", stdin=b"|" * 10_000_000)
    assert (code, error["code"]) == (2, "scan_too_long")


def test_due_names_every_day(tmp_path: Path) -> None:
    code, out, _ = run(tmp_path, "due", "--received", "2026-11-23T10:45", "--time", "2wd")
    assert code == 0
    assert out["due_at"] == "2026-11-26T10:45:00+07:00"
    assert {"date": "2026-11-24", "counted": False, "reason": "holiday"}.items() <= out["days"][1].items()
    assert out["calendar"] == "official"


def test_due_without_a_calendar_is_refused(tmp_path: Path) -> None:
    code, _, error = run(tmp_path, "due", "--received", "2031-01-05T10:00", "--time", "2wd")
    assert (code, error["code"]) == (3, "calendar_missing")


def test_procedures(tmp_path: Path) -> None:
    code, listed, _ = run(tmp_path, "procedures", "list", "--on", "2026-11-23")
    assert code == 0
    assert {"id", "national_code", "name", "sector", "valid_from", "valid_to", "basis", "cases"} <= set(
        listed[0]
    )
    assert len(listed) >= 10
    assert run(tmp_path, "procedures", "search", "ksi")[1][0]["id"] == "dang-ky-khai-sinh"
    assert (
        run(tmp_path, "procedures", "show", "dang-ky-khai-sinh")[1]["forms"][0]["form_id"] == "ht-khai-sinh"
    )
    code, _, error = run(tmp_path, "procedures", "show", "dang-ky-khai-sinh", "--on", "2027-03-01")
    assert (code, error["code"]) == (3, "procedure_expired")
    _, checked, _ = run(tmp_path, "procedures", "check", "--on", "2027-02-10")
    assert "dang-ky-khai-sinh" in {row["id"] for row in checked["expiring"]}


def test_doctor(counter: Path) -> None:
    code, out, _ = run(counter, "doctor")
    assert code == 0
    assert out["ok"] is True
    assert {"database", "clock", "calendar", "catalogue", "key"} <= {check["name"] for check in out["checks"]}


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (("receive", "--procedure", "x", "--answers", "/no/such", "--out", "/tmp"), 2, "bad_answers_file"),
        (("show", "H29.12-261123-9999"), 2, "dossier_unknown"),
        (("due", "--received", "gestern", "--time", "2wd"), 2, "bad_moment"),
        (("due", "--received", "2026-11-23", "--time", "soon"), 2, "bad_processing_time"),
        (("nonsense",), 2, "usage"),
        (INIT, 3, "already_set_up"),
    ],
)
def test_errors_are_json_with_an_exit_code(
    counter: Path, words: tuple[str, ...], exit_code: int, code: str
) -> None:
    status, out, error = run(counter, *words, stdin=b"mat-khau-thu\n")
    assert (status, out, error["code"]) == (exit_code, None, code)
    assert error["message"] != code


def test_a_counter_that_is_not_set_up_says_so(tmp_path: Path) -> None:
    status, _, error = run(tmp_path / "empty", "find", "sen")
    assert (status, error["code"]) == (4, "not_set_up")


def test_the_posting_sheet_and_an_instruction_sheet(counter: Path, tmp_path: Path) -> None:
    post = tmp_path / "niem-yet.pdf"
    code, out, error = run(
        counter, "report", "posting", "--to", "2027-03-01", "--from", "2027-03-01", "--out", str(post)
    )
    assert (code, error) == (0, None)
    assert out["path"] == str(post)
    _, in_force, _ = run(counter, "procedures", "list", "--on", "2027-03-01")
    assert out["totals"]["posted"] == len(in_force)
    assert out["totals"]["unknown_fees"] > 0
    assert out["totals"]["without_limit"] > 0
    assert [each["code"] for each in out["warnings"]] == ["posting_incomplete"]
    pages = page_texts(post.read_bytes())
    assert "trước khi niêm yết" in "\n".join(pages[-2:])
    _, by_default, _ = run(counter, "report", "posting", "--to", "2027-03-01", "--out", str(post))
    assert by_default["totals"]["taken_down"] > 10  # what ended the day before
    sheet = tmp_path / "huong-dan.pdf"
    code, out, error = run(counter, "procedures", "sheet", "dang-ky-khai-sinh", "--out", str(sheet))
    assert (code, error) == (0, None)
    assert "Đăng ký khai sinh".upper() in page_texts(sheet.read_bytes())[0]
    assert run(counter, "procedures", "sheet", "dang-ky-khai-sinh")[0] == 2


@pytest.mark.parametrize(
    ("words", "name", "code"),
    [
        ((), "niem-yet.xlsx", "paper_format_unknown"),
        ((), "niem-yet", "paper_format_unknown"),
        ((), "khong/co/niem-yet.pdf", "out_folder_missing"),
        (("--sector", "Không có"), "niem-yet.pdf", "sector_unknown"),
        (("--to", "2026-11-01", "--from", "2026-11-02"), "niem-yet.pdf", "days_reversed"),
    ],
)
def test_a_posting_sheet_that_cannot_be_leaves_no_file(
    counter: Path, tmp_path: Path, words: tuple[str, ...], name: str, code: str
) -> None:
    status, _, error = run(counter, "report", "posting", *words, "--out", str(tmp_path / name))
    assert (status, error["code"]) == (2, code)
    assert not (tmp_path / name).exists()
    assert not (tmp_path / "khong").exists()
    if code == "sector_unknown":
        assert "Hộ tịch" in error["details"]["sectors"]
