"""Scanners through the system's command: the test device of SANE, and a command that fails in every way."""

import io
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from counter_app.devices.scan_device import Colour, DeviceScan, can_scan, scan_devices
from counter_app.domain.errors import EnvironmentProblem

FakeCommand = Callable[[str], None]


@pytest.fixture
def test_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SANE know its test device only."""
    (tmp_path / "dll.conf").write_text("test\n")
    (tmp_path / "test.conf").write_text("number_of_devices 1\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCommand:
    """Make the system's command do what a script says."""

    def make(script: str) -> None:
        file = tmp_path / "scanimage"
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    return make


@pytest.mark.usefixtures("test_device")
def test_the_devices_of_the_system_are_listed() -> None:
    assert can_scan()
    (device,) = scan_devices()
    assert device.name == "test:0"
    assert "frontend-tester" in device.label


@pytest.mark.usefixtures("test_device")
@pytest.mark.parametrize(("colour", "mode"), [(Colour.GRAY, "L"), (Colour.COLOUR, "RGB")])
def test_a_sheet_is_scanned_with_the_resolution_asked_for(colour: Colour, mode: str) -> None:
    picture = Image.open(io.BytesIO(DeviceScan("test:0", dpi=200, colour=colour).run()))
    assert picture.mode == mode
    assert [round(dots) for dots in picture.info["dpi"]] == [200, 200]
    assert picture.width > 1500


def problem_of(scan: DeviceScan, **options: float) -> EnvironmentProblem:
    with pytest.raises(EnvironmentProblem) as problem:
        scan.run(**options)
    return problem.value


@pytest.mark.usefixtures("test_device")
def test_a_device_that_is_not_there_is_told() -> None:
    assert problem_of(DeviceScan("test:7")).code == "scan_device_gone"
    assert problem_of(DeviceScan("")).code == "scan_no_device"


@pytest.mark.parametrize(
    ("exit_code", "code"),
    [
        (3, "scan_device_busy"),
        (6, "scan_device_jammed"),
        (7, "scan_device_empty"),
        (8, "scan_device_open"),
        (11, "scan_device_denied"),
        (9, "scan_device_failed"),
    ],
)
def test_what_the_device_says_is_said_in_words(command: FakeCommand, exit_code: int, code: str) -> None:
    command(f"echo 'scanimage: sane_start: Error during device I/O' >&2; exit {exit_code}")
    problem = problem_of(DeviceScan("x"))
    assert problem.code == code
    if code == "scan_device_failed":
        assert problem.params["reason"] == "sane_start: Error during device I/O"


def test_a_simple_scanner_is_asked_again_without_what_it_does_not_know(command: FakeCommand) -> None:
    command('case "$*" in *--mode*) echo "unrecognized option --mode" >&2; exit 1;; esac; printf ok')
    assert DeviceScan("x").run() == b"ok"


def test_a_scanner_that_never_answers_is_stopped(command: FakeCommand) -> None:
    command("exec sleep 60")
    assert problem_of(DeviceScan("x"), seconds=0.3).code == "scan_device_slow"


def test_a_scan_is_cancelled_from_another_thread(command: FakeCommand, tmp_path: Path) -> None:
    started = tmp_path / "started"
    os.mkfifo(started)
    command(f"echo > {started}; exec sleep 60")
    scan = DeviceScan("x")
    problems: list[str] = []
    worker = threading.Thread(target=lambda: problems.append(problem_of(scan).code))
    worker.start()
    started.read_bytes()  # waits until the command runs
    scan.cancel()
    worker.join(timeout=20)
    assert problems == ["scan_cancelled"]


def test_without_the_command_there_is_no_device(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not can_scan()
    assert scan_devices() == ()
    assert problem_of(DeviceScan("test:0")).code == "scan_no_device"
