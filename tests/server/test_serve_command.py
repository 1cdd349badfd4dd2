"""The operator's way: an office, a code, a server that stops when it is told to."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from tests.server.raw_counter import RawCounter

_STARTS_WITHIN_S = 60


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "counter_server", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def until_up(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"{url}/healthz", timeout=5)
            return
        except httpx.TransportError:
            continue
    raise AssertionError(f"not up, exit code {process.poll()}")


@pytest.mark.slow
def test_serve_until_sigterm(database_url: str, tmp_path: Path) -> None:
    place = ("--database-url", database_url, "--data-dir", str(tmp_path))
    assert run("office", "add", "H29", *place, "--name", "x", "--province", "x").returncode == 0
    assert run("office", "add", "xyz", *place, "--name", "x", "--province", "x").returncode == 2
    name = "UBND xã Thử"
    assert run("office", "add", "H29.12", *place, "--name", name, "--province", "Tỉnh Thử").returncode == 0
    assert run("enrol-code", "H29.77", "1", *place).returncode == 2
    made = run("enrol-code", "H29.12", "1", *place)
    assert made.returncode == 0, made.stderr
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "counter_server", "serve", *place, "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process, ThreadPoolExecutor(1) as pool:
        try:
            until_up(url, process)
            with RawCounter(url, "H29.12") as raw:
                assert raw.enrol(json.loads(made.stdout)["code"]).office_name == name
                raw.session()
                raw.received(1)
                raw.push()
                waiting = pool.submit(raw.pull, wait=25)
                process.send_signal(signal.SIGTERM)
                begun = time.monotonic()
                assert process.wait(30) == 0
                assert time.monotonic() - begun < 15  # not the whole time of the poll
                # Unless it was asked after the door had closed, it was answered.
                with suppress(httpx.TransportError):
                    assert waiting.result(5).items == []
        finally:
            if process.poll() is None:
                process.kill()
    listed = run("office", "list", *place)
    offices = [json.loads(line) for line in listed.stdout.splitlines()]
    assert [(one["unit"], one["counters"]) for one in offices] == [("H29", []), ("H29.12", [1])]


@pytest.mark.slow
def test_without_a_database_one_runs_in_the_data_folder(tmp_path: Path) -> None:
    arguments = ("--data-dir", str(tmp_path))
    assert "COUNTER_SERVER_DATABASE_URL" not in os.environ
    assert run("office", "add", "H29.12", *arguments, "--name", "x", "--province", "y").returncode == 0
    assert json.loads(run("office", "list", *arguments).stdout)["unit"] == "H29.12"
