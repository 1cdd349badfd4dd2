"""Structured logs, one JSON document a line, that never say anything about a person.

What is logged is chosen field by field. Texts of errors are left out, because a database names values in
them; the type and the places it passed are enough to find the fault.
"""

import logging
import sys
import traceback
from typing import TextIO

import structlog

REFUSED = "refused"  # where a handler leaves the code of its refusal, in the scope's state
_OURS = "uvicorn"  # its messages name addresses of the server and nothing a client sent


def configure(stream: TextIO | None = None) -> None:
    """Send all logs of this process to a stream, standard output by default."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(stream or sys.stdout),
    )
    logging.basicConfig(handlers=[_FromLibraries()], level=logging.WARNING, force=True)


def failure(event: str, error: BaseException, **fields: object) -> None:
    """Log an error nobody expected: its type and where it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    structlog.get_logger().error(
        event,
        error=type(error).__qualname__,
        at=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
        **fields,
    )


class _FromLibraries(logging.Handler):
    """Takes over what libraries log; the text only of those known to say nothing of a request's content."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            failure("library", error, logger=record.name)
            return
        text = record.getMessage() if record.name.startswith(_OURS) else ""
        structlog.get_logger().log(record.levelno, "library", logger=record.name, text=text)
