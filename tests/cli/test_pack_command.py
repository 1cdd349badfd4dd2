"""counter-app pack, as an IT centre and a counter use it; through the real program."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.program import INIT, run_program

from counter_app.locations import program_data

ROOT_TOOL = Path(__file__).parents[2] / "tools" / "make_root.py"
PASSWORD = {"COUNTER_PASSWORD": "mật khẩu khóa ký"}


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An IT centre: keys made by the tool, a root, and data in folders."""
    folder = tmp_path_factory.mktemp("centre")
    for name in ("goc", "toan-quoc", "tinh"):
        make_root_tool("new-key", str(folder / f"{name}.pem"))
    plan = {
        "version": 1,
        "root_keys": ["goc.pub.pem"],
        "root_threshold": 1,
        "grants": [
            {"kinds": ["national"], "units": [], "keys": ["toan-quoc.pub.pem"], "threshold": 1},
            {"kinds": ["province"], "units": ["H29"], "keys": ["tinh.pub.pem"], "threshold": 1},
        ],
    }
    (folder / "plan.json").write_text(json.dumps(plan))
    key, root = str(folder / "goc.pem"), str(folder / "root.json")
    make_root_tool("root", str(folder / "plan.json"), "--key", key, "--out", root)
    shutil.copytree(program_data() / "resources" / "calendars", folder / "data" / "calendars")
    year = folder / "data" / "calendars" / "vn-2026.yaml"
    text = year.read_text(encoding="utf-8")
    day_off = '\n  - {date: 2026-12-14, name: Nghỉ bão, decision: "Công văn thử", certainty: provisional}'
    year.write_text(text.replace("days_off:", "days_off:" + day_off, 1), encoding="utf-8")
    overlay = folder / "local" / "overlay" / "2027-01-01.yaml"
    overlay.parent.mkdir(parents=True)
    shutil.copy(program_data() / "docs" / "overlay-example" / "2027-01-01.yaml", overlay)
    return folder


@pytest.fixture
def counter(tmp_path: Path) -> Path:
    done = run_program(tmp_path / "counter", *INIT)
    assert done.exit_code == 0
    return tmp_path / "counter"


def make_root_tool(*words: str) -> None:
    subprocess.run([sys.executable, str(ROOT_TOOL), *words], check=True, env={**os.environ, **PASSWORD})


def build_words(centre: Path, data: str, key: str, out: Path, *more: str) -> tuple[str, ...]:
    return (
        *("pack", "build", str(centre / data), "--version", "2026.12.1", "--key", str(centre / f"{key}.pem")),
        *("--root", str(centre / "root.json"), "--out", str(out), "--issuer", "Trung tâm thử nghiệm", *more),
    )


def test_from_the_key_to_the_counter_and_back(centre: Path, counter: Path, tmp_path: Path) -> None:
    pack = tmp_path / "lich.qmcpack"
    built = run_program(counter, *build_words(centre, "data", "toan-quoc", pack), env=PASSWORD)
    assert built.exit_code == 0, built.stderr
    assert built.out["changes"] == {"added": ["2026-12-14"], "changed": [], "removed": []}
    assert built.out["details"][0]["lines"] == ["14/12/2026: ngày thường → nghỉ (Nghỉ bão, dự kiến)"]
    assert built.out["left_out"] == ["calendars/calendar.schema.json", "calendars/sessions.schema.json"]

    stranger = run_program(counter, "pack", "install", str(pack))
    assert (stranger.exit_code, stranger.error["code"]) == (3, "pack_wrong_key")
    trusted = run_program(counter, "pack", "trust", str(centre / "root.json")).out
    digest = hashlib.sha256((centre / "root.json").read_bytes()).hexdigest()
    assert trusted == {"root_version": 1, "root_sha256": digest}
    assert run_program(counter, "pack", "list").out["root_sha256"] == digest

    for action in ("verify", "diff"):
        seen = run_program(counter, "pack", action, str(pack))
        assert (seen.exit_code, seen.out["kind"], seen.out["version"]) == (0, "national", "2026.12.1")
        assert seen.out["changes"] == built.out["changes"]
    due = ("due", "--received", "2026-12-11T09:00", "--time", "1wd")
    assert run_program(counter, *due).out["due_at"].startswith("2026-12-14")

    done = run_program(counter, "pack", "install", str(pack))
    assert (done.exit_code, done.out["active"], done.out["changes"]) == (0, True, built.out["changes"])
    assert run_program(counter, *due).out["due_at"].startswith("2026-12-15")
    again = run_program(counter, "pack", "install", str(pack))
    assert (again.exit_code, again.error["code"]) == (3, "pack_older")
    listed = run_program(counter, "pack", "list").out
    assert [pack["version"] for pack in listed["packs"]] == ["2026.12.1"]
    sources = {one["section"]: one["source"] for one in listed["sections"]}
    assert sources == {"forms": "bundled", "calendars": "lich.qmcpack", "admin-units": "bundled"}
    check = run_program(counter, "procedures", "check").out
    assert (check["packs"]["issued_on"], check["packs"]["days"]) == ("2026-11-23", 0)

    back = run_program(counter, "pack", "rollback")
    assert (back.exit_code, back.out["now"]) == (0, None)
    assert run_program(counter, *due).out["due_at"].startswith("2026-12-14")
    assert run_program(counter, "pack", "rollback").error["code"] == "pack_no_rollback"


def test_a_provinces_overlay(centre: Path, counter: Path, tmp_path: Path) -> None:
    pack = tmp_path / "tinh.qmcpack"
    words = build_words(centre, "local", "tinh", pack, "--kind", "province", "--unit", "H29")
    built = run_program(counter, *words, env=PASSWORD)
    assert built.exit_code == 0, built.stderr
    assert "le_phi_khai_sinh_qua_han" in built.out["changes"]["added"]
    assert "Không có gì thay đổi" not in built.out["words"]
    (line,) = [line for line in built.out["words"] if line.startswith("Lệ phí đăng ký khai sinh")]
    assert "chưa quy định → " in line
    assert " đ, từ 01/01/2027 (" in line
    run_program(counter, "pack", "trust", str(centre / "root.json"))
    done = run_program(counter, "pack", "install", str(pack))
    assert (done.exit_code, done.out["unit"]) == (0, "H29")
    back = run_program(counter, "pack", "rollback", "--kind", "province", "--unit", "H29")
    assert back.exit_code == 0


def test_a_data_folder_may_be_named_relatively(
    centre: Path, counter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = tmp_path / "tinh.qmcpack"
    words = build_words(centre, "local", "tinh", pack, "--kind", "province", "--unit", "H29")
    assert run_program(counter, *words, env=PASSWORD).exit_code == 0
    monkeypatch.chdir(tmp_path)
    here = Path("counter")
    assert run_program(here, "pack", "trust", str(centre / "root.json")).exit_code == 0
    assert run_program(here, "pack", "verify", "tinh.qmcpack").exit_code == 0
    assert run_program(here, "pack", "install", "tinh.qmcpack").exit_code == 0
    assert run_program(here, "pack", "list").out["problems"] == []


@pytest.mark.parametrize(
    ("change", "exit_code", "code"),
    [
        ({"--key": "tinh.pem"}, 3, "pack_key_not_granted"),
        ({"--key": "goc.pub.pem"}, 2, "pack_key_unusable"),
        ({"--key": "khong-co.pem"}, 2, "pack_key_unusable"),
        ({"--root": "khong-co.json"}, 4, "pack_unreadable"),
        ({"--root": "plan.json"}, 2, "pack_bad_root"),
        ({"--version": "2027.13.1"}, 2, "bad_pack_version"),
        ({"--version": "mới"}, 2, "bad_pack_version"),
    ],
)
def test_what_a_counter_would_refuse_is_not_built(
    centre: Path, tmp_path: Path, change: dict[str, str], exit_code: int, code: str
) -> None:
    words = list(build_words(centre, "data", "toan-quoc", tmp_path / "x.qmcpack"))
    for option, value in change.items():
        words[words.index(option) + 1] = value if option == "--version" else str(centre / value)
    done = run_program(tmp_path / "none", *words, env=PASSWORD)
    assert (done.exit_code, done.error["code"]) == (exit_code, code)
    assert not (tmp_path / "x.qmcpack").exists()


def test_the_passphrase_is_needed_and_comes_from_outside_the_command_line(
    centre: Path, tmp_path: Path
) -> None:
    words = build_words(centre, "data", "toan-quoc", tmp_path / "x.qmcpack")
    none = {"COUNTER_PASSWORD": ""}
    assert run_program(tmp_path / "none", *words, env=none).error["code"] == "pack_key_unusable"
    stdin = PASSWORD["COUNTER_PASSWORD"].encode() + b"\n"
    assert run_program(tmp_path / "none", *words, "--password-stdin", stdin=stdin, env=none).exit_code == 0


def test_the_root_tool_says_that_a_key_does_not_open(centre: Path) -> None:
    words = ("sign", str(centre / "root.json"), "--key", str(centre / "goc.pem"))
    wrong = {**os.environ, "COUNTER_PASSWORD": "sai"}
    done = subprocess.run(
        [sys.executable, str(ROOT_TOOL), *words], capture_output=True, env=wrong, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr.decode()
    assert "goc.pem" in done.stderr.decode()


def test_a_pipe_is_no_pack(tmp_path: Path) -> None:
    pipe = tmp_path / "ong.qmcpack"
    # Where folders hold no pipes, a folder of that name stands for what is no file.
    getattr(os, "mkfifo", os.mkdir)(pipe)
    assert run_program(tmp_path / "none", "pack", "verify", str(pipe)).error["code"] == "pack_not_a_pack"


def test_an_empty_folder_makes_no_pack(centre: Path, tmp_path: Path) -> None:
    (centre / "empty").mkdir(exist_ok=True)
    done = run_program(
        tmp_path / "none", *build_words(centre, "empty", "toan-quoc", tmp_path / "x.qmcpack"), env=PASSWORD
    )
    assert (done.exit_code, done.error["code"]) == (2, "pack_nothing_to_pack")


def test_verifying_needs_no_set_up_counter_and_leaves_no_folder(tmp_path: Path) -> None:
    bad = tmp_path / "anh.qmcpack"
    bad.write_bytes(b"not a pack")
    done = run_program(tmp_path / "none", "pack", "verify", str(bad))
    assert (done.exit_code, done.error["code"]) == (2, "pack_not_a_pack")
    assert not (tmp_path / "none").exists()
    assert run_program(tmp_path / "none", "pack", "list").out["packs"] == []
    assert run_program(tmp_path / "none", "pack", "verify").error["code"] == "usage"
