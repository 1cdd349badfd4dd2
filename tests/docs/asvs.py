"""Writes docs/asvs.md from docs/asvs.yaml: where each requirement of ASVS 5.0 is met and tested.

python -m tests.docs.asvs
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DATA = ROOT / "docs" / "asvs.yaml"
PAGE = ROOT / "docs" / "asvs.md"
IDS = Path(__file__).parent / "asvs_ids.txt"
STATES = ("met", "met in part", "not met", "not applicable")
_HEAD = """# ASVS 5.0: what is asked, what is met, what is not

OWASP Application Security Verification Standard 5.0.0, all requirements of levels 1 and 2. Made by
`python -m tests.docs.asvs` from `asvs.yaml`; do not edit by hand. The numbers are the standard's, the names
are ours and no substitute for [its text](https://github.com/OWASP/ASVS/tree/v5.0.0) (CC BY-SA). Written by
those who built the program: a claim, with the place and the test to check it by, not an audit. How it fits
together: [security.md](security.md). A test looks that every requirement, path and test is there.

"""


def requirements() -> dict[str, dict[str, Any]]:
    """Return what is said of each requirement, by number."""
    found: dict[str, dict[str, Any]] = _data()["requirements"]
    return found


def levels() -> dict[str, int]:
    """Return the level of every requirement of levels 1 and 2, by number."""
    pairs = (line.split() for line in IDS.read_text("utf-8").splitlines())
    return {number: int(level) for number, level in pairs}


def page() -> str:
    """Return the page."""
    return "".join((_HEAD, _summary(), *_gaps(), *_chapters()))


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(DATA.read_text("utf-8"))
    return loaded


def _summary() -> str:
    known = levels()
    counts = Counter((known[number], each["state"]) for number, each in requirements().items())
    lines = ["| | level 1 | level 2 | together |\n|---|---|---|---|\n"]
    for state in STATES:
        one, two = counts[1, state], counts[2, state]
        lines.append(f"| {state} | {one} | {two} | {one + two} |\n")
    return "".join(lines)


def _gaps() -> Iterator[str]:
    yield "\n## What is missing\n\n"
    for number, each in requirements().items():
        if each["state"] in ("not met", "met in part"):
            missing = each["remark"].partition("Missing: ")[2] or each["remark"]
            yield f"- **{number}** {each['name']} ({each['state']}): {missing}\n"


def _chapters() -> Iterator[str]:
    known = levels()
    for chapter, title in _data()["chapters"].items():
        yield f"\n## V{chapter} {title}\n\n| id | level | what | state | where | test | remark |\n"
        yield "|---|---|---|---|---|---|---|\n"
        for number, each in requirements().items():
            if number.startswith(f"{chapter}."):
                yield _line(number, known[number], each)


def _line(number: str, level: int, each: Mapping[str, Any]) -> str:
    where = "<br>".join(f"`{_short(path)}`" for path in each.get("where", ()))
    tests = "<br>".join(f"`{_short(test)}`" for test in each.get("test", ()))
    untested = f"none: {each['untested']}" if "untested" in each else ""
    cells = (number, level, each["name"], each["state"], where, tests or untested, each.get("remark", ""))
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |\n"


def _short(path: str) -> str:
    return path.removeprefix("src/").removeprefix("tests/").replace("::", " ")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
