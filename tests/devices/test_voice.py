"""The voice: found or not, never in the way, never through a shell."""

import sys
from pathlib import Path

import pytest

from counter_app.devices.platform import voice
from counter_app.devices.platform.voice import SystemVoice, call_in_words, find_voice


def test_a_number_is_read_digit_by_digit() -> None:
    assert call_in_words("A012", 2) == "Mời số A 0 1 2, đến quầy 2"


def test_a_computer_without_a_voice_has_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_voice() is None


@pytest.mark.parametrize("by_stdin", [False, True])
def test_the_words_reach_the_program_as_they_are(tmp_path: Path, by_stdin: bool) -> None:
    said = tmp_path / "said"
    source = "sys.stdin.buffer.read().decode()" if by_stdin else "sys.argv[-1]"
    program = f"import sys, pathlib; pathlib.Path({str(said)!r}).write_text({source}, 'utf-8')"
    SystemVoice("test", (sys.executable, "-c", program), by_stdin=by_stdin).say("Mời số A; rm -rf $HOME")
    for process in voice._running:
        process.wait(timeout=30)
    assert said.read_text("utf-8") == "Mời số A; rm -rf $HOME"


def test_a_voice_that_cannot_start_is_silent() -> None:
    SystemVoice("gone", ("/nowhere/espeak-ng",)).say("A 0 1")
