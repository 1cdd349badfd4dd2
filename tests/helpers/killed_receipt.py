"""A power cut between saving a dossier and printing it, made to happen exactly there."""

import os
import signal
import subprocess
import time
from pathlib import Path

from tests.helpers.program import command

from counter_app.bootstrap import open_desk

PATIENCE_S = 30.0


def kill_before_the_first_paper(data_dir: Path, out: Path, words: tuple[str, ...], *, now: str) -> None:
    """Run a `receive` whose first paper can never be written, and kill it once the dossier is saved.

    The file the form is written to is a pipe nobody reads, so the program stops there by itself.

    Args:
        data_dir: A set-up counter without dossiers on the day of `now`.
        out: The folder of the papers.
        words: The `receive` command of a procedure with the form ht-khai-sinh.
        now: The moment of the receipt, ISO.
    """
    out.mkdir(exist_ok=True)
    os.mkfifo(out / f"H29.12-{now[2:4]}{now[5:7]}{now[8:10]}-1001-form-ht-khai-sinh.pdf.part")
    victim = subprocess.Popen(command(data_dir, *words, now=now), stdout=subprocess.PIPE)
    try:
        _wait_for_a_dossier(data_dir)
        assert victim.poll() is None
    finally:
        victim.send_signal(signal.SIGKILL)
        victim.communicate()
    assert victim.returncode == -signal.SIGKILL
    for unfinished in out.iterdir():
        unfinished.unlink()


def _wait_for_a_dossier(data_dir: Path) -> None:
    desk = open_desk(data_dir, access="read")
    deadline = time.monotonic() + PATIENCE_S
    try:
        while time.monotonic() < deadline:
            with desk.store.reading() as queries:
                if queries.dossier_count() == 1:
                    return
            time.sleep(0.01)
        raise AssertionError("the dossier was never saved")
    finally:
        desk.store.close()
