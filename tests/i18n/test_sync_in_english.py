"""Whatever sync has to tell is told in English too: answers, notices, findings, errors of a command."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.helpers.builders import MORNING
from tests.helpers.desks import make_desk
from tests.helpers.program import INIT, run_program
from tests.sync.stick_server import StickServer, enrol

from counter_app import messages, notice_words, sync_words
from counter_protocol.fold import FlagKind
from counter_protocol.refusals import Refusal

VIETNAMESE = re.compile("[à-ỹÀ-ỸđĐ]")
NOBODY = "https://127.0.0.1:1"
SOMEBODY = {"counter": 2, "clerk": "Bui Van Thu", "at": "2026-11-23T02:15:00Z"}


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("code", sorted({*sync_words._ANSWERS, *Refusal, "disk_full", "never_heard_of"}))
def test_an_answer_is_told_in_english(code: str) -> None:
    words = sync_words.text_of_answer(code)
    assert len(words.split()) > 5
    assert not VIETNAMESE.search(words), words


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("code", sorted(sync_words.ERRORS))
def test_an_error_and_a_finding_are_told_in_english(code: str) -> None:
    words = messages.text_of_code(code, {"answer": "captive_portal", "cause": "line_broken"})
    assert not VIETNAMESE.search(words), words


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("params", [{}, SOMEBODY])
@pytest.mark.parametrize("kind", [*FlagKind, "call_the_citizen"])
def test_a_notice_is_told_in_english(kind: str, params: Mapping[str, object]) -> None:
    told = (
        notice_words.title_of(kind),
        notice_words.happened(kind, params),
        notice_words.to_do(kind),
    )
    assert all(told)
    assert not VIETNAMESE.search(" ".join(told)), told


@pytest.mark.parametrize("kind", list(FlagKind))
def test_every_flag_has_a_title_of_its_own(kind: FlagKind) -> None:
    assert [each for each in FlagKind if notice_words.title_of(each) == notice_words.title_of(kind)] == [kind]


@pytest.mark.slow
def test_errors_of_the_command_line_are_told_in_english(tmp_path: Path) -> None:
    bare, data = tmp_path / "bare", tmp_path / "data"
    assert run_program(bare, *INIT, stdin=b"mat-khau-thu\n").exit_code == 0
    desk = make_desk(data, MORNING)
    enrolment = enrol(desk, MORNING)
    desk.store.close()
    torn = tmp_path / "torn.qmc"
    torn.write_bytes(b"QMCC1 and no more")
    other = StickServer().write(tmp_path / "other.qmc", enrolment, [], recipient="another-device")
    wanted: dict[str, tuple[Path, *tuple[str, ...]]] = {
        "sync_not_enrolled": (bare, "sync", "--once"),
        "server_url_insecure": (bare, "enrol", "--server", "http://motcua.example.vn", "--code", "ABCD-2345"),
        "bad_server_url": (bare, "enrol", "--server", "ftp://motcua.example.vn", "--code", "ABCD-2345"),
        "server_not_reached": (bare, "enrol", "--server", NOBODY, "--code", "ABCD-2345"),
        "outbox_item_unknown": (bare, "outbox", "retry", "no-such-item"),
        "usage": (bare, "outbox", "retry"),
        "out_folder_missing": (data, "carry", "export", str(tmp_path / "no" / "up.qmc")),
        "carry_damaged": (data, "carry", "import", str(torn)),
        "carry_unreadable": (data, "carry", "show", str(tmp_path / "none.qmc")),
        "carry_for_other_counter": (data, "carry", "import", str(other)),
    }
    for code, (folder, *words) in wanted.items():
        error = run_program(folder, "--lang", "en", *words).error
        assert error["code"] == code
        assert not VIETNAMESE.search(error["message"]), error["message"]
        assert len(error["message"].split()) > 5, error["message"]
