"""Rows that are made of tests: how many were run, how many held."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from tests.faults.rows.row import Found


def run_suite(found: Found, name: str, arguments: Sequence[str], folder: Path) -> None:
    """Run tests with pytest and add ``name`` (those that held) to the figures."""
    report = folder / f"{name.replace(' ', '-')}.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider"]
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    subprocess.run(
        [*command, f"--junitxml={report}", f"--basetemp={folder / 'pytest'}", *arguments],
        check=False,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    suite = ElementTree.parse(report).getroot().find("testsuite") if report.exists() else None
    if suite is None:
        found.must(kept=False, words=f"{name}: the tests could not be run")
        return
    run, skipped = int(suite.get("tests", "0")), int(suite.get("skipped", "0"))
    bad = int(suite.get("failures", "0")) + int(suite.get("errors", "0"))
    found.figures[name] = run - skipped - bad
    found.must(run > skipped, f"{name}: no test was run")
    failed = [case.get("name", "") for case in suite.iter("testcase") if case.find("failure") is not None]
    found.must(not bad, f"{name}: {bad} of {run} did not hold {failed[:3]}")
