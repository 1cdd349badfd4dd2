"""Disk, folder, clock, second program and data files go wrong; the counter says so and loses nothing."""

import contextlib
import json
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.helpers.builders import MORNING, FixedClock
from tests.helpers.desks import make_desk
from tests.helpers.program import Outcome, run_program
from tests.helpers.raw_database import assert_no_torn_act, assert_outbox_chain
from tests.helpers.visits import BIRTH, CERTIFIED_COPY, FATHER, GRANDMOTHER, MOTHER, card_text

from counter_app.catalogue.catalogue import FileCatalogue
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import EnvironmentProblem, RuleRefusal
from counter_app.locations import program_data
from counter_app.messages import text_of
from counter_app.services.desk import Desk
from counter_app.services.look_up import find, open_dossier
from counter_app.services.receive_dossier import receive

NOW = MORNING.isoformat()
CARDS = tuple(word for p in (GRANDMOTHER, MOTHER, FATHER) for word in ("--card", card_text(p)))
BIRTH_FORM = "forms/templates/ht-khai-sinh/2024-06-06.yaml"


def receive_words(answers: str, out: Path) -> tuple[str, ...]:
    return (
        *(
            "receive",
            "--procedure",
            BIRTH.procedure_id,
            "--case",
            BIRTH.case_id,
            "--answers",
            answers,
            *CARDS,
        ),
        *("--slip", "--out", str(out)),
    )


def assert_said(outcome: Outcome, exit_code: int, code: str) -> None:
    """The command failed with that code and a sentence for the clerk, not with a traceback."""
    assert (outcome.exit_code, outcome.out) == (exit_code, None), outcome.stderr
    assert outcome.error["code"] == code
    assert outcome.error["message"] != code
    assert len(outcome.stderr.splitlines()) == 1


def receive_until_full(desk: Desk) -> tuple[list[Dossier], EnvironmentProblem]:
    received: list[Dossier] = []
    while True:
        try:
            received.append(receive(desk, BIRTH, clerk="Mai"))
        except EnvironmentProblem as problem:
            return received, problem


def fill_up(filler: Path) -> None:
    """Take every byte that is left on the disk of `filler`."""
    with filler.open("ab", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass


@contextlib.contextmanager
def full_disk(folder: Path, small_disk: Path | None) -> Iterator[None]:
    """Fill the disk, or where none could be mounted forbid files to grow."""
    if small_disk is not None:
        fill_up(small_disk / "filler")
        yield
        (small_disk / "filler").unlink()
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    largest = max(path.stat().st_size for path in folder.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 100_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_costs_no_dossier(small_disk: Path | None, tmp_path: Path) -> None:
    """Once with the reserve behind it, once with nothing left, then with room again."""
    folder = (small_disk or tmp_path) / "counter"
    desk = make_desk(folder, MORNING)
    full = "disk_full" if small_disk else "disk_failed"
    received = [receive(desk, BIRTH, clerk="Mai")]
    with full_disk(folder, small_disk):
        for _ in range(2):
            more, problem = receive_until_full(desk)
            received += more
            assert problem.code == full
            assert text_of(problem) != full
            assert_no_torn_act(desk)
            with desk.store.reading() as queries:
                assert queries.dossier_count() == len(received)
        assert [row.dossier_code for row in find(desk, received[-1].dossier_code)] == [
            received[-1].dossier_code
        ]

    received.append(receive(desk, BIRTH, clerk="Mai"))
    codes = [dossier.dossier_code for dossier in received]
    assert codes == [f"H29.12-261123-{1001 + n}" for n in range(len(codes))]
    for dossier in received:
        assert open_dossier(desk, dossier.dossier_code).dossier == dossier
    assert_no_torn_act(desk)
    assert_outbox_chain(desk)
    desk.store.close()


def test_a_full_disk_is_told_on_the_command_line(
    small_disk: Path | None, tmp_path: Path, birth_answers: str
) -> None:
    """The first command on the full disk lives on the reserve, later ones are told; nothing is torn."""
    folder = (small_disk or tmp_path) / "counter"
    make_desk(folder, MORNING).store.close()
    words = receive_words(birth_answers, tmp_path / "out")
    acknowledged: list[str] = []
    with full_disk(folder, small_disk):
        for _ in range(2 if small_disk else 0):
            outcome = run_program(folder, *words, now=NOW)
            if outcome.exit_code == 0:
                acknowledged.append(outcome.out["dossier_code"])
                assert small_disk is not None
                fill_up(small_disk / "filler")
        if small_disk:
            assert_said(run_program(folder, *words, now=NOW), 4, "disk_full")
    again = run_program(folder, *words, now=NOW)
    assert again.exit_code == 0, again.stderr
    acknowledged.append(again.out["dossier_code"])
    assert acknowledged == [f"H29.12-261123-{1001 + n}" for n in range(len(acknowledged))]
    desk = make_desk(folder, MORNING)
    assert_no_torn_act(desk)
    with desk.store.reading() as queries:
        assert queries.dossier_count() == len(acknowledged)
    desk.store.close()


def test_a_second_program_is_told_and_may_still_look_things_up(
    data_dir: Path, tmp_path: Path, birth_answers: str
) -> None:
    desk = make_desk(data_dir, MORNING)
    dossier = receive(desk, BIRTH, clerk="Mai")
    assert_said(
        run_program(data_dir, *receive_words(birth_answers, tmp_path / "out"), now=NOW), 4, "already_running"
    )
    paper = ("print", dossier.dossier_code, "slip", "--out", str(tmp_path / "slip.pdf"))
    assert_said(run_program(data_dir, *paper, now=NOW), 4, "already_running")

    found = run_program(data_dir, "find", "dinh sen", now=NOW)
    assert [row["dossier_code"] for row in found.out] == [dossier.dossier_code]
    shown = run_program(data_dir, "show", dossier.dossier_code, now=NOW)
    assert shown.out["applicant"]["full_name"] == GRANDMOTHER.full_name
    desk.store.close()
    assert run_program(data_dir, *receive_words(birth_answers, tmp_path / "out"), now=NOW).exit_code == 0


@pytest.fixture
def closed_folder(data_dir: Path) -> Iterator[Path]:
    """A counter with one dossier in a folder nobody may write, outside pytest's private folders."""
    desk = make_desk(data_dir, MORNING)
    receive(desk, BIRTH, clerk="Mai")
    desk.store.close()
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        folder = shutil.copytree(data_dir, Path(place) / "counter")
        for path in folder.rglob("*"):
            path.chmod(0o555 if path.is_dir() else 0o444)
        folder.chmod(0o555)
        yield folder
        for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
            path.chmod(0o755)


# A Python of root's own cannot be started by another user, so the program changes its user after it
# has loaded what it needs: by running the same commands on a copy it may write.
OUTSIDER = """
import json, os, sys
from pathlib import Path
from counter_app import bootstrap
from counter_app.cli.run import run_command
open_copy, closed = sys.argv[1:3]
for folder in (open_copy, closed):
    if folder == closed and os.getuid() == 0:
        os.setgid(65534); os.setuid(65534)
    for words in json.loads(sys.argv[3]):
        words = [*words, "--json", "--data-dir", folder]
        code = run_command(words, default_data_dir=Path(folder), doors=bootstrap.doors())
        print(json.dumps(code), flush=True)
"""


def test_a_read_only_folder_can_be_searched_but_not_received_into(
    data_dir: Path, closed_folder: Path, tmp_path: Path, birth_answers: str
) -> None:
    commands = [
        ["find", "dinh sen", "--now", NOW],
        [*receive_words(birth_answers, tmp_path / "out"), "--now", NOW],
        ["doctor", "--now", NOW],
    ]
    done = subprocess.run(
        [sys.executable, "-c", OUTSIDER, str(data_dir), str(closed_folder), json.dumps(commands)],
        capture_output=True,
        text=True,
        check=False,
    )
    error = json.loads(done.stderr)["error"]
    _, _, received, _, healthy, _, found, searched, refused, ill, unfit = json_documents(done.stdout)
    assert received["dossier_code"] == "H29.12-261123-1002"  # the copy could be received into
    assert [row["dossier_code"] for row in found] == ["H29.12-261123-1001"]
    assert (searched, refused, unfit) == (0, 4, 4)
    writable = [next(c for c in report["checks"] if c["name"] == "writable") for report in (healthy, ill)]
    assert [check["ok"] for check in writable] == [True, False]
    assert "chỉ đọc được" in writable[1]["detail"]
    assert error["code"] == "database_read_only"
    assert error["message"] != error["code"]


def json_documents(text: str) -> list[Any]:
    decoder, documents, rest = json.JSONDecoder(), [], text.strip()
    while rest:
        document, end = decoder.raw_decode(rest)
        documents.append(document)
        rest = rest[end:].strip()
    return documents


def test_a_clock_set_back_is_refused_before_it_reaches_paper(
    data_dir: Path, tmp_path: Path, birth_answers: str
) -> None:
    words = receive_words(birth_answers, tmp_path / "out")
    assert run_program(data_dir, *words, now=NOW).exit_code == 0
    papers = sorted((tmp_path / "out").iterdir())
    yesterday = (MORNING - timedelta(days=1)).isoformat()
    outcome = run_program(data_dir, *words, now=yesterday)
    assert_said(outcome, 3, "clock_set_back")
    assert "23/11/2026 08:30" in outcome.error["message"]
    assert sorted((tmp_path / "out").iterdir()) == papers

    checks = {check["name"]: check for check in run_program(data_dir, "doctor", now=yesterday).out["checks"]}
    assert not checks["clock"]["ok"]
    assert "22/11/2026" in checks["clock"]["detail"]
    # The battery is changed and the clock put right: the counter goes on where it was.
    after = run_program(data_dir, *words, now=(MORNING + timedelta(minutes=5)).isoformat())
    assert after.out["dossier_code"] == "H29.12-261123-1002"


def unclosed_quote(text: str) -> str:
    return text.replace("title: TỜ KHAI ĐĂNG KÝ KHAI SINH", 'title: "TỜ KHAI ĐĂNG KÝ KHAI SINH', 1)


def wrong_type(text: str) -> str:
    return text.replace("type: date", "type: ngày", 1)


@pytest.mark.parametrize("spoil", [wrong_type, unclosed_quote])
def test_a_broken_form_takes_away_only_what_prints_it(
    data_dir: Path, tmp_path: Path, birth_answers: str, spoil: Callable[[str], str]
) -> None:
    program = tmp_path / "program"
    for part in ("forms", "resources"):
        shutil.copytree(program_data() / part, program / part)
    form = program / BIRTH_FORM
    whole = form.read_text(encoding="utf-8")
    broken = spoil(whole)
    pairs = zip(whole.split("\n"), broken.split("\n"), strict=True)
    line = next(number for number, (before, after) in enumerate(pairs, 1) if before != after)
    form.write_text(broken, encoding="utf-8")
    env = {"COUNTER_PROGRAM_DATA": str(program)}

    refused = run_program(data_dir, *receive_words(birth_answers, tmp_path / "out"), now=NOW, env=env)
    assert_said(refused, 2, "bad_data_file")
    assert "ht-khai-sinh/2024-06-06.yaml" in refused.error["message"]
    catalogue = FileCatalogue(program / "forms", program / "resources" / "calendars")
    printed = [
        {form_id for case in p.cases for form_id in case.forms} for p in catalogue.procedures(MORNING.date())
    ]
    others = [forms for forms in printed if "ht-khai-sinh" not in forms]
    assert len(others) >= 9
    for form_id in set().union(*others):
        assert catalogue.form(form_id, MORNING.date()).form_id == form_id
    answers = tmp_path / "copy.json"
    facts = {"applicant": {"full_name": "Đinh Thị Sen"}, "facts": dict(CERTIFIED_COPY.facts)}
    answers.write_text(json.dumps(facts), encoding="utf-8")
    words = ("receive", "--procedure", CERTIFIED_COPY.procedure_id, "--answers", str(answers))
    assert run_program(data_dir, *words, "--out", str(tmp_path), now=NOW, env=env).exit_code == 0

    doctor = run_program(data_dir, "doctor", now=NOW, env=env)
    assert doctor.exit_code == 4
    detail = next(check["detail"] for check in doctor.out["checks"] if check["name"] == "catalogue")
    assert "ht-khai-sinh/2024-06-06.yaml" in detail
    assert str(line) in detail
    if spoil is wrong_type:
        assert "fields" in detail
        assert "type" in detail


def test_a_used_up_block_goes_on_provisionally_then_refuses(data_dir: Path, tmp_path: Path) -> None:
    desk = make_desk(data_dir, MORNING)
    with desk.store.writing() as transaction:
        for _ in range(999):
            transaction.take_number(MORNING.date(), 1)
    provisional = receive(desk, replace(BIRTH, slip_asked=True), clerk="Mai")
    assert provisional.provisional_code
    assert provisional.dossier_code == "H29.12-261123-901001"
    with desk.store.writing() as transaction:
        for _ in range(998):
            transaction.take_number(MORNING.date(), 1)
    with pytest.raises(RuleRefusal) as refused:
        receive(desk, BIRTH, clerk="Mai")
    assert refused.value.code == "number_block_exhausted"
    assert text_of(refused.value) != refused.value.code

    clock = desk.clock
    assert isinstance(clock, FixedClock)
    clock.advance(days=2)
    assert receive(desk, BIRTH, clerk="Mai").dossier_code == "H29.12-261125-1001"
    assert_no_torn_act(desk)
    desk.store.close()

    code = provisional.dossier_code
    printed = run_program(
        data_dir, "print", code, "slip", "--out", str(tmp_path / "slip.pdf"), now="2026-11-25T09:00:00"
    )
    assert printed.out["copy_no"] == 1
    assert run_program(data_dir, "show", code, now=NOW).out["provisional"] is True
