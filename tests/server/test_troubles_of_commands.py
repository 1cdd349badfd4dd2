"""What stands in the way of an operator is said in words, with the right exit code and without a secret."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from counter_server.commands.troubles import words_of


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    quiet = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "COUNTER_"))}
    command = [sys.executable, "-m", "counter_server", *words]
    return subprocess.run(
        command, capture_output=True, text=True, stdin=subprocess.DEVNULL, env=quiet, timeout=60, check=False
    )


NOWHERE = "postgresql://somebody:geheim@127.0.0.1:1/nothing"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("office", "list", "--database-url", NOWHERE), 4, "Không nối được cơ sở dữ liệu"),
        (("office", "list", "--database-url", "bogus"), 2, "postgresql://"),
        (("office", "list", "--data-dir", "/proc/nowhere"), 4, "/proc/nowhere"),
        (("scans", "check", "--database-url", NOWHERE, "--objects", "ftp://x"), 2, "s3://"),
        (("serve", "--port", "99999", "--database-url", NOWHERE), 2, "65535"),
        (("leader", "add", "x", "--all", "--database-url", NOWHERE), 2, "COUNTER_PASSWORD"),
    ],
)
def test_the_operator_reads_what_is_wrong(words: tuple[str, ...], code: int, said: str) -> None:
    done = run(*words)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "geheim" not in done.stderr


@pytest.mark.slow
def test_a_port_somebody_has_is_said(database_url: str, tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("serve", "--port", port, "--database-url", database_url, "--data-dir", str(tmp_path))
    assert done.returncode == 2
    assert port in done.stderr


def test_a_bug_stays_a_bug() -> None:
    assert words_of(KeyError("dossier")) is None
