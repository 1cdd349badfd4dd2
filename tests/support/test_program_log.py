"""The log says what broke and where; never a word anybody typed."""

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app import program_log
from counter_app.domain.errors import EnvironmentProblem
from counter_app.program_log import FILES, MAX_BYTES, log_texts, safe_words, start_log, stop_log

NAME = "Đinh Thị Mười Hai"
PERSONAL_ID = "017199000123"


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    before = threading.excepthook
    start_log(tmp_path)
    yield tmp_path
    stop_log()
    threading.excepthook = before


def _fail(name: str) -> None:
    try:
        int(name)
    except ValueError as error:
        raise EnvironmentProblem("disk_failed", citizen=name) from error


def written(data_dir: Path) -> str:
    return log_texts(data_dir).get("counter.log", "")


def test_an_error_is_told_by_kind_and_place_without_its_text(data_dir: Path) -> None:
    try:
        _fail(f"{NAME} {PERSONAL_ID}")
    except EnvironmentProblem:
        logging.getLogger("counter_app.somewhere").exception("an act failed")
    text = written(data_dir)
    assert "an act failed | EnvironmentProblem at test_program_log.py:" in text
    assert "_fail" in text
    assert "; from ValueError at test_program_log.py:" in text
    assert NAME not in text
    assert PERSONAL_ID not in text


def test_nothing_is_opened_before_there_is_something_to_say(data_dir: Path) -> None:
    logging.getLogger("counter_app.somewhere").info("all is well")
    assert not (data_dir / "logs").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((3, "disk_full"), "tried 3: disk_full"),
        ((3, NAME), "tried %s: %s"),
        ((PERSONAL_ID, "disk_full"), "tried %s: %s"),
        ((3, "ValueError"), "tried 3: ValueError"),
        ((3, f"x {PERSONAL_ID}"), "tried %s: %s"),
    ],
)
def test_arguments_are_told_only_where_they_are_numbers_or_codes(
    arguments: tuple[object, ...], told: str
) -> None:
    record = logging.LogRecord("counter_app.x", logging.ERROR, "", 1, "tried %s: %s", arguments, None)
    assert safe_words(record) == told


def test_a_finished_text_of_a_library_is_not_told(data_dir: Path) -> None:
    logging.getLogger("urllib9").warning(f"GET /dossier?name={NAME}")  # noqa: G004 - as a library might
    assert "urllib9: …" in written(data_dir)
    assert NAME not in written(data_dir)


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_whatever_a_citizen_is_called_stays_out(name: str, other: str) -> None:
    record = logging.LogRecord("counter_app.x", logging.ERROR, "", 1, "met %s", (f"{name} {other}",), None)
    assert safe_words(record) == "met %s"


def test_a_bug_in_a_thread_is_told(data_dir: Path) -> None:
    thread = threading.Thread(target=_fail, args=(NAME,))
    thread.start()
    thread.join()
    assert "unhandled error in a thread | EnvironmentProblem at " in written(data_dir)
    assert NAME not in written(data_dir)


def test_the_log_turns_over(data_dir: Path) -> None:
    log = logging.getLogger("counter_app.chatty")
    for _round in range(MAX_BYTES * (FILES + 2) // 1000):
        log.error("x" * 900)
    files = sorted((data_dir / "logs").iterdir())
    assert len(files) == FILES
    assert all(file.stat().st_size <= MAX_BYTES for file in files)


def test_a_log_that_cannot_be_written_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    before = threading.excepthook
    start_log(tmp_path)
    try:
        logging.getLogger("counter_app.somewhere").error("lost: %s", NAME)
    finally:
        stop_log()
        threading.excepthook = before
    assert capsys.readouterr().err == ""


def test_a_start_replaces_the_log_of_before(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    start_log(other)
    logging.getLogger("counter_app.somewhere").error("told once")
    assert written(data_dir) == ""
    assert written(other).count("told once") == 1


def test_a_dying_interpreter_leaves_its_last_places(tmp_path: Path) -> None:
    code = (
        "import ctypes, sys\nfrom pathlib import Path\nfrom counter_app.program_log import watch_faults\n"
        "watch_faults(Path(sys.argv[1]))\nctypes.string_at(0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, capture_output=True)
    assert done.returncode < 0
    assert "Segmentation fault" in log_texts(tmp_path)["faults.log"]
    assert program_log.log_folder(tmp_path).stat().st_mode & 0o077 == 0
