"""What the command line refuses or warns of, so that a script never does harm in silence."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.packs import KeyRing
from tests.helpers.visits import BIRTH, CERTIFIED_COPY, CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER, card_text

from counter_app import bootstrap
from counter_app.cli.run import run_command

NOW = MORNING.isoformat()
PEOPLE = [word for person in (GRANDMOTHER, MOTHER, FATHER) for word in ("--card", card_text(person))]
RECEIVE_BIRTH = ("receive", "--procedure", BIRTH.procedure_id, "--case", BIRTH.case_id)
COPIES = {"applicant": {"full_name": "Đinh Thị Sen"}, "facts": dict(CERTIFIED_COPY.facts)}


class Counter:
    """A counter's folder and the command line in this process."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.place = folder.parent
        self._capsys = capsys

    def __call__(self, *words: str, now: str = NOW, json_wanted: bool = True) -> tuple[int, Any, Any]:
        argv = [*words, "--now", now, "--data-dir", str(self.folder), *(["--json"] if json_wanted else [])]
        code = run_command(argv, default_data_dir=self.folder, doors=bootstrap.doors())
        done = self._capsys.readouterr()
        if not json_wanted:
            return code, done.out, done.err
        out = json.loads(done.out) if done.out.strip() else None
        return code, out, json.loads(done.err.splitlines()[-1])["error"] if done.err.strip() else None

    def answers(self, content: dict[str, Any]) -> str:
        path = self.place / "answers.json"
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return str(path)

    def receive_copies(self, *words: str, **changes: Any) -> tuple[int, Any, Any]:
        procedure = ("receive", "--procedure", CERTIFIED_COPY.procedure_id)
        answers = self.answers(COPIES | changes)
        return self(*procedure, "--answers", answers, "--out", str(self.place / "out"), *words)

    def dossiers(self) -> int:
        return len(self("find", "dinh sen")[1])


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Counter:
    folder = tmp_path / "counter"
    make_desk(folder, MORNING).store.close()
    return Counter(folder, capsys)


@pytest.fixture
def training(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Counter:
    folder = tmp_path / "training"
    make_desk(folder, MORNING, training=True).store.close()
    return Counter(folder, capsys)


def test_practice_and_earnest_are_never_mixed(counter: Counter, training: Counter) -> None:
    code, _, error = counter.receive_copies("--training")
    assert (code, error["code"]) == (3, "training_mismatch")
    code, _, error = training.receive_copies()
    assert (code, error["code"]) == (3, "training_mismatch")
    assert (counter.dossiers(), training.dossiers()) == (0, 0)

    code, received, _ = training.receive_copies("--training", "--slip")
    assert code == 0
    shown = training("show", received["dossier_code"])[1]  # looking does no harm
    assert shown["training"] is True
    paper = ("print", received["dossier_code"], "slip", "--out", str(training.place / "x.pdf"))
    assert training(*paper)[2]["code"] == "training_mismatch"
    assert training(*paper, "--training")[0] == 0


def test_a_case_is_never_guessed(counter: Counter) -> None:
    answers = counter.answers({"fields": {}})
    words = ("receive", "--procedure", BIRTH.procedure_id, "--answers", answers, "--out", str(counter.place))
    code, _, error = counter(*words)
    assert (code, error["code"]) == (2, "case_needed")
    assert error["details"]["cases"] == ["thong-thuong", "tre-bi-bo-roi", "mang-thai-ho"]
    change = ("due", "--received", NOW, "--procedure", "thay-doi-cai-chinh-bo-sung-ho-tich")
    code, _, error = counter(*change)
    assert (code, error["code"]) == (2, "case_needed")
    assert "bo-sung" in error["message"]
    assert counter(*change, "--case", "bo-sung")[0] == 0
    assert counter("due", "--received", NOW, "--procedure", CERTIFIED_COPY.procedure_id)[0] == 0


@pytest.mark.parametrize("out", ["file/papers", "file", "x" * 300])
def test_papers_that_have_nowhere_to_go_stop_the_receipt(counter: Counter, out: str) -> None:
    (counter.place / "file").write_text("in the way")
    code, _, error = counter.receive_copies("--out", str(counter.place / out))
    assert (code, error["code"]) == (4, "papers_folder_not_writable")
    assert counter.dossiers() == 0


def test_a_paper_that_fails_after_the_commit_names_the_dossier(counter: Counter) -> None:
    out = counter.place / "out"
    blocked = out / "H29.12-261123-1001-slip.pdf"
    blocked.mkdir(parents=True)
    (blocked / "in the way").touch()
    code, _, error = counter.receive_copies("--slip")
    assert (code, error["code"]) == (4, "paper_not_saved")
    assert error["details"]["dossier_code"] == "H29.12-261123-1001"
    assert error["details"]["dossier_id"]
    assert "đừng tiếp nhận lại" in error["message"]
    assert counter("show", "H29.12-261123-1001")[1]["dossier_id"] == error["details"]["dossier_id"]


def test_an_open_dossier_of_the_same_kind_is_named(counter: Counter) -> None:
    person = {"full_name": GRANDMOTHER.full_name, "personal_id": GRANDMOTHER.personal_id}
    _, first, _ = counter.receive_copies(applicant=person)
    assert first["warnings"] == []
    _, second, _ = counter.receive_copies(applicant=person)
    assert [warning["code"] for warning in second["warnings"]] == ["open_dossier_same_procedure"]
    assert first["dossier_code"] in second["warnings"][0]["message"]


def test_a_typed_number_is_doubted_like_a_scanned_one(counter: Counter) -> None:
    person = {"full_name": "Đinh Thị Sen", "personal_id": "999059004321", "sex": "female"}
    _, out, _ = counter.receive_copies(applicant=person | {"birth_date": "2/4/1958", "phone": "0912.345.678"})
    codes = [warning["code"] for warning in out["warnings"]]
    assert codes == ["unknown_province", "sex_mismatch", "birth_year_mismatch"]
    applicant = counter("show", out["dossier_code"])[1]["applicant"]
    assert (applicant["birth_date"], applicant["phone"]) == ("1958-04-02", "0912345678")


def test_a_slip_is_found_by_what_its_qr_says(counter: Counter) -> None:
    _, received, _ = counter.receive_copies("--slip")
    code = received["dossier_code"]
    for text in (f"{code}/K7MQ", code.replace("-", "'"), code.replace("-", "").replace(".", "").lower()):
        assert counter("show", text)[1]["dossier_code"] == code
    assert [row["dossier_code"] for row in counter("find", f"{code}/K7MQ")[1]] == [code]
    printed = counter("print", f"{code}/K7MQ", "slip", "--out", str(counter.place / "again.pdf"))[1]
    assert printed["copy_no"] == 2
    scanned = counter("scan", code.replace("-", "").replace(".", ""))
    assert (scanned[0], scanned[1]["dossier_code"]) == (0, code)


def test_a_reprint_with_the_clock_set_back_is_printed_and_said(counter: Counter) -> None:
    _, received, _ = counter.receive_copies("--slip")
    words = ("print", received["dossier_code"], "slip", "--out", str(counter.place / "again.pdf"))
    code, out, _ = counter(*words, now="2026-11-22T08:00:00")
    assert (code, [warning["code"] for warning in out["warnings"]]) == (0, ["clock_set_back"])


def test_find_asks_for_enough(counter: Counter) -> None:
    counter.receive_copies()
    for text in ("", "*", "s", "%", "261"):
        assert counter("find", text)[1] == []
    assert len(counter("find", "sen")[1]) == 1
    for limit in ("0", "-5"):
        code, _, error = counter("find", "sen", "--limit", limit)
        assert (code, error["code"]) == (2, "number_out_of_range")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("scan", "x", "--stdin"), "usage"),
        (("due", "--received", NOW, "--case", "x"), "usage"),
        (("due", "--received", NOW, "--case", "x", "--time", "2wd"), "usage"),
        (("procedures", "list", "khai-sinh"), "usage"),
        (("due", "--received", "0001-01-01T00:00", "--time", "2wd"), "bad_moment"),
        (("due", "--received", "9999-12-31T23:00", "--time", "2wd"), "bad_moment"),
        (("due", "--received", "9999-12-31T23:00-12:00", "--time", "2wd"), "bad_moment"),
        (("procedures", "check", "--on", "9999-12-31"), "bad_day"),
        (("procedures", "check", "--on", "31/12/2026"), "bad_day"),
        (("procedures", "show"), "usage"),
        (("procedures", "list", "x"), "usage"),
    ],
)
def test_words_that_mean_nothing_are_refused(counter: Counter, words: tuple[str, ...], code: str) -> None:
    status, _, error = counter(*words)
    assert (status, error["code"]) == (2, code)


def test_english_is_english_throughout(counter: Counter) -> None:
    _, _, err = counter("--lang", "en", "due", json_wanted=False)
    assert err.startswith("The command is not right")
    _, out, _ = counter("--lang", "en", "doctor", json_wanted=False)
    assert "ok: yes" in out
    assert counter("doctor", json_wanted=False)[1].startswith("ok: có")


def test_wrong_answers_are_told_one_a_line(counter: Counter) -> None:
    path = counter.answers({"fields": {"ht-khai-sinh": CHILD_ANSWERS | {"ks_dan_toc": "Ă" * 501}}})
    words = (*RECEIVE_BIRTH, "--answers", path, *PEOPLE, "--out", str(counter.place))
    code, _, err = counter(*words, json_wanted=False)
    assert code == 2
    assert "Dân tộc của người được khai sinh: Dài quá 500 chữ. Hãy viết gọn lại." in err


def test_a_byte_order_mark_is_no_fault(counter: Counter) -> None:
    path = Path(counter.answers(COPIES))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    words = ("receive", "--procedure", CERTIFIED_COPY.procedure_id, "--answers", str(path))
    assert counter(*words, "--out", str(counter.place))[0] == 0


def test_show_tells_a_script_all_it_must_answer(counter: Counter) -> None:
    birth = counter("procedures", "show", BIRTH.procedure_id, "--on", "2026-11-23")[1]
    fields = {field["key"]: field for field in birth["forms"][0]["fields"]}
    assert fields["nyc_so_dinh_danh"]["required_when"] == {"field": "nyc_giay_to", "filled": False}
    assert fields["nyc_ngay_sinh"]["when"] == {"field": "nyc_so_dinh_danh", "filled": False}
    assert set(fields["ks_que_quan"]["shape"]) == {"detail", "commune", "province", "legacy_text"}
    assert set(fields["nyc_giay_to"]["shape"]) == {"kind", "number", "issued_on", "issued_by"}
    fee = birth["cases"][0]["fees"][0]
    assert "ho_ngheo" in {exemption["exemption_id"] for exemption in fee["exemptions"]}
    assert fee["when"] == {"field": "so_ngay_tu_khi_sinh", "at_least": 61}
    copies = counter("procedures", "show", CERTIFIED_COPY.procedure_id, "--on", "2026-11-23")[1]
    facts = copies["cases"][0]["facts"]
    assert [(fact["key"], fact["least"], fact["most"]) for fact in facts] == [
        ("pages", 1, 9999),
        ("copies_certified", 1, 9999),
    ]


def init(folder: Path, *words: str, password: str | None = None, stdin: bytes = b"") -> tuple[int, Any, Any]:
    argv = [sys.executable, "-m", "counter_app", "--json", "--now", NOW, "--data-dir", str(folder), "init"]
    argv += ["--unit-code", "H29.12", "--office", "TRUNG TÂM", "--province", "Phú Thọ", "--counter", "1"]
    env = {key: value for key, value in os.environ.items() if key != "COUNTER_PASSWORD"}
    env |= {"COUNTER_PASSWORD": password} if password is not None else {}
    done = subprocess.run(
        [*argv, "--admin", "Mai", *words], input=stdin, env=env, capture_output=True, check=False
    )
    out = json.loads(done.stdout) if done.stdout.strip() else None
    return done.returncode, out, json.loads(done.stderr)["error"] if done.stderr.strip() else None


def test_the_password_of_the_first_clerk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, error = init(tmp_path / "a", "--password-stdin", stdin=b"\n")
    assert (code, error["code"], error["details"]) == (2, "password_too_short", {"length": 8})
    assert init(tmp_path / "b", password="mat-khau-thu")[1]["password_set"] is True
    code, out, _ = init(tmp_path / "c")
    assert (code, out["password_set"]) == (0, False)
    for name, finding in (("b", "Đã đặt"), ("c", "Chưa đặt")):
        code, report, _ = Counter(tmp_path / name, capsys)("doctor")
        check = next(check for check in report["checks"] if check["name"] == "password")
        assert (code, check["ok"]) == (0, True)
        assert finding in check["detail"]


def test_init_marks_a_training_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(tmp_path / "practice", "--training")[0] == 0
    assert Counter(tmp_path / "practice", capsys).receive_copies("--training")[0] == 0


def test_a_reader_that_goes_away_is_no_error(counter: Counter) -> None:
    words = [sys.executable, "-m", "counter_app", "--json", "procedures", "list", "--on", "2026-11-23"]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(words, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_bug_is_told_without_a_citizens_words(
    counter: Counter, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from counter_app.cli.commands import find_command

    def broken(*_: object) -> None:
        raise ZeroDivisionError("Đinh Thị Sen")

    monkeypatch.setattr(find_command, "run", broken)
    code, _, error = counter("find", "sen")
    assert (code, error["code"], error["details"]) == (1, "bug", {})
    assert "ZeroDivisionError at test_cli_guards.py" in caplog.text
    assert "Sen" not in caplog.text + error["message"]


def test_the_documented_answers_are_received(counter: Counter) -> None:
    text = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
    example = json.loads(text.split("```json")[1].split("```")[0])
    words = (*RECEIVE_BIRTH, "--answers", counter.answers(example), "--out", str(counter.place / "out"))
    code, out, error = counter(*words)
    assert (code, error) == (0, None)
    assert (out["missing"], out["warnings"], out["slip"] is not None) == ([], [], True)


def test_a_damaged_pack_is_told_with_every_receipt(counter: Counter) -> None:
    pointer = counter.folder / "packs" / "installed.json"
    pointer.parent.mkdir(exist_ok=True)
    pointer.write_text("{", encoding="utf-8")
    code, out, _ = counter.receive_copies()
    assert (code, [warning["code"] for warning in out["warnings"]]) == (0, ["pack_damaged"])
    assert "niêm yết" in out["warnings"][0]["message"]


def test_a_clock_set_back_stops_what_the_audit_log_would_stamp(counter: Counter) -> None:
    entry = ("office", "set", "phone", "0218 3851 234")
    assert counter(*entry)[0] == 0
    root = counter.place / "root.json"
    root.write_bytes(KeyRing(counter.place / "keys").root())
    for words in (
        entry,
        ("office", "take-back", "phone"),
        ("pack", "rollback"),
        ("pack", "trust", str(root)),
    ):
        code, _, error = counter(*words, now="2020-01-02T09:00:00")
        assert (code, error["code"]) == (3, "clock_set_back")
    assert counter(*entry, "--clock-confirmed", now="2020-01-02T09:00:00")[0] == 0
