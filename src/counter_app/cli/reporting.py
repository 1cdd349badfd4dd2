"""What a command says and its exit code: outcomes on stdout, errors and bugs on stderr."""

import io
import json
import logging
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from counter_app.domain.errors import EnvironmentProblem, KnownError, RuleRefusal

OK, BUG, BAD_INPUT, REFUSED, ENVIRONMENT = 0, 1, 2, 3, 4

log = logging.getLogger(__name__)


def speak_utf8() -> None:
    """Write UTF-8 wherever the output goes; half a surrogate pair is escaped, as JSON does it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def write_line(text: str) -> None:
    """Print an outcome; a reader that has gone away (``| head``) is no error."""
    try:
        print(text, flush=True)  # noqa: T201 - the command's output
    except BrokenPipeError:
        # What is left in the buffer would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def report(error: KnownError, *, as_json: bool) -> int:
    """Say what went wrong and what to do; return the exit code."""
    from counter_app.messages import text_of, text_of_code

    message = text_of(error)
    if "dossier_id" in error.params:
        message += " " + text_of_code("dossier_saved", error.params)
    details = {key: _plain(value) for key, value in error.params.items()}
    problems = details.get("problems") or ()
    for problem in problems:
        problem["message"] = problem["message"] or text_of_code(problem["code"], problem["params"])
    if as_json:
        _error_json(error.code, message, details)
    else:
        lines = [message, *(f"- {problem['label']}: {problem['message']}" for problem in problems)]
        print("\n".join(lines), file=sys.stderr)  # noqa: T201
    return exit_code_of(error)


def report_bug(bug: Exception, *, as_json: bool) -> int:
    """Tell of a fault of the program."""
    from counter_app.messages import text_of_code

    report_place(bug)
    message = text_of_code("bug", {})
    if as_json:
        _error_json("bug", message, {})
    else:
        print(message, file=sys.stderr)  # noqa: T201
    return BUG


def report_place(bug: Exception) -> None:
    """Log where the program failed; the text of an exception may hold a citizen's words and stays out."""
    frames = traceback.extract_tb(bug.__traceback__)
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    log.error("bug: %s at %s", type(bug).__name__, places)


def exit_code_of(error: KnownError) -> int:
    """Return 2 for bad input, 3 for a rule's refusal, 4 for the environment."""
    if isinstance(error, RuleRefusal):
        return REFUSED
    if isinstance(error, EnvironmentProblem):
        return ENVIRONMENT
    return BAD_INPUT


def _error_json(code: str, message: str, details: dict[str, Any]) -> None:
    payload = {"error": {"code": code, "message": message, "details": details}}
    print(json.dumps(payload, ensure_ascii=False), file=sys.stderr)  # noqa: T201


def _plain(value: object) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value if isinstance(value, str | int | bool | None) else str(value)
