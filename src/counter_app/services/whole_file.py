"""Writes a file so that it appears whole or not at all."""

import contextlib
from pathlib import Path

from counter_app.domain.errors import EnvironmentProblem


def write_whole(target: Path, content: bytes) -> None:
    """Write `content` to `target`, making its folder.

    Raises:
        EnvironmentProblem: ``paper_not_saved`` (reason); what was there before is untouched.
    """
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(target)
    except OSError as problem:
        with contextlib.suppress(OSError):
            part.unlink()
        raise EnvironmentProblem("paper_not_saved", reason=problem.strerror or "") from problem
