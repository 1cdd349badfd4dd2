"""The program's log: where it went wrong and what kind of thing, never a word anybody typed.

Text of exceptions and arguments of messages may hold a citizen's name, so only the names of errors, the
places in the code, numbers and our own codes are written. The file turns over at 512 KiB and five are
kept; nothing is opened before there is something to say.
"""

import faulthandler
import logging
import re
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from logging.handlers import RotatingFileHandler

MAX_BYTES = 512 * 1024
FILES = 5
_NAME = "counter.log"
_FAULTS = "faults.log"
_OWNER_ONLY = 0o700
_CODE = re.compile(r"[a-z][a-z0-9_.:-]{0,63}|[A-Z][A-Za-z]{0,63}(Error|Problem|Refusal|Input|Exception)")
_open_faults: list[IO[str]] = []  # the interpreter writes there when it dies, so it stays open


def log_folder(data_dir: Path) -> Path:
    """Return where a counter's logs lie."""
    return data_dir / "logs"


def start_log(data_dir: Path) -> None:
    """Send what the program has to say into the counter's log, and what nobody caught too."""
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each, LateFile)]:
        root.removeHandler(handler)
        handler.close()
    root.addHandler(LateFile(log_folder(data_dir)))
    threading.excepthook = _bug_in_a_thread


def watch_faults(data_dir: Path) -> None:
    """Let the interpreter write where each thread was, should it die of a fault in a library."""
    folder = log_folder(data_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY)
        file = (folder / _FAULTS).open("a", encoding="utf-8")
    except OSError:
        return
    faulthandler.enable(file)
    for old in _open_faults:
        old.close()
    _open_faults[:] = [file]


class LateFile(logging.Handler):
    """A log file that is made when the first thing worth keeping is said; a full disk loses only the line."""

    def __init__(self, folder: Path) -> None:
        super().__init__(logging.WARNING)
        self._folder = folder
        self._file: RotatingFileHandler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record, without anything that may be personal."""
        try:
            self._opened().emit(record)
        except OSError:
            self._file = None

    def close(self) -> None:
        """Close the file if there is one."""
        if self._file is not None:
            self._file.close()
            self._file = None
        super().close()

    def _opened(self) -> "RotatingFileHandler":
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            self._folder.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY)
            self._file = _quiet(RotatingFileHandler)(
                self._folder / _NAME, maxBytes=MAX_BYTES, backupCount=FILES - 1, encoding="utf-8"
            )
            self._file.setFormatter(SafeFormatter())
        return self._file


def _quiet(kind: "type[RotatingFileHandler]") -> "type[RotatingFileHandler]":
    """Return a handler that never prints the record it could not write: stderr may be anybody's."""

    class Quiet(kind):  # type: ignore[valid-type, misc]
        def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802, ARG002  (logging)
            raise OSError("the log cannot be written")

    return Quiet


class SafeFormatter(logging.Formatter):
    """``2026-11-22T08:15:00+0700 ERROR counter_app.ui.app: message | KeyError at a.py:3 < b.py:7``."""

    def __init__(self) -> None:
        super().__init__(datefmt="%Y-%m-%dT%H:%M:%S%z")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        when = self.formatTime(record, self.datefmt)
        line = f"{when} {record.levelname} {record.name}: {safe_words(record)}"
        error = record.exc_info[1] if record.exc_info else None
        return line if error is None else f"{line} | {places(error)}"


def safe_words(record: logging.LogRecord) -> str:
    """Return the message; its arguments only where they are numbers or codes, else the bare template."""
    template = str(record.msg)
    if record.name.split(".")[0] not in ("counter_app", "counter_protocol"):
        template = template if "%" in template else "…"  # a finished text may hold anything
    arguments = record.args.values() if isinstance(record.args, dict) else record.args or ()
    if arguments and all(_is_safe(each) for each in arguments):
        return record.getMessage()
    return template


def places(error: BaseException) -> str:
    """Return what kind of error it was, where, and what it came from; none of its text."""
    told: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        told.append(f"{type(link).__name__} at {_frames(link.__traceback__)}")
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "; from ".join(told)


def _frames(trace: TracebackType | None) -> str:
    frames: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return " < ".join(reversed(frames)) or "?"


def _is_safe(value: object) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and _CODE.fullmatch(value) is not None)


def _bug_in_a_thread(hint: threading.ExceptHookArgs) -> None:
    if hint.exc_type is not SystemExit and hint.exc_value is not None:
        log = logging.getLogger("counter_app.threads")
        log.error("unhandled error in a thread", exc_info=hint.exc_value)


def log_texts(data_dir: Path, most_bytes: int = 200_000) -> dict[str, str]:
    """Return the last part of each log by file name, the newest first."""
    folder = log_folder(data_dir)
    names = [_NAME, *(f"{_NAME}.{n}" for n in range(1, FILES)), _FAULTS]
    texts: dict[str, str] = {}
    for name in names:
        try:
            content = (folder / name).read_bytes()[-most_bytes:]
        except OSError:
            continue
        if content:
            texts[name] = content.decode("utf-8", errors="replace")
    return texts


def stop_log() -> None:
    """Close the log's file; what is said later goes where logging sends it by itself."""
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each, LateFile)]:
        root.removeHandler(handler)
        handler.close()
    if _open_faults:
        faulthandler.enable(sys.__stderr__ or _open_faults[0])
        _open_faults.pop().close()
