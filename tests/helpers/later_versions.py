"""Gives a procedure or a form a successor from a day on, in a folder of data a test may edit."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path


def add_successor(
    forms: Path, kind: str, item_id: str, first_day: date, edits: Sequence[tuple[str, str]] = ()
) -> None:
    """End the only version of an item the day before, and let an edited copy of it follow.

    `kind` is procedures or templates; every edit must find its text.
    """
    (before,) = (forms / kind / item_id).glob("2*.yaml")
    text = before.read_text(encoding="utf-8")
    end = f"valid_to: {first_day - timedelta(days=1)}"
    later = re.sub(r"^valid_to: .*\n", "", text, count=1, flags=re.M)
    later = re.sub(r"^valid_from: .*$", f"valid_from: {first_day}", later, count=1, flags=re.M)
    later = re.sub(r"^version: .*$", f'version: "{first_day}"', later, count=1, flags=re.M)
    for old, new in edits:
        assert old in later, old
        later = later.replace(old, new)
    before.with_name(f"{first_day}.yaml").write_text(later, encoding="utf-8")
    if re.search(r"^valid_to: ", text, flags=re.M):
        ended = re.sub(r"^valid_to: .*$", end, text, count=1, flags=re.M)
    else:
        ended = re.sub(r"^(valid_from: .*)$", rf"\1\n{end}", text, count=1, flags=re.M)
    before.write_text(ended, encoding="utf-8")
