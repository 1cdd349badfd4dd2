"""The page on security says what the program does."""

import io
import json
import logging

import structlog
from tests.docs.permission_table import PAGE, PURPOSES, ROLES, between_the_marks, table

from counter_app.domain import clerks, scan_file
from counter_app.domain.clerks import Permission, Role
from counter_app.program_log import SafeFormatter
from counter_app.services.accounts.sign_in import ONE_TIME_PASSWORD_LIVES
from counter_app.services.office_settings import IDLE_LOCK_MINUTES
from counter_app.ui.session.idle_watch import LONGEST_S
from counter_protocol import wire
from counter_server import log
from counter_server.context import Settings
from counter_server.web import login, passwords


def test_the_table_of_permissions_is_the_programs() -> None:
    text = PAGE.read_text("utf-8")
    assert between_the_marks(text) == table(), "run: python -m tests.docs.permission_table"
    assert set(PURPOSES) == set(Permission)
    assert set(ROLES) == set(Role)


def test_the_figures_are_the_programs() -> None:
    text = " ".join(PAGE.read_text("utf-8").split())
    settings = Settings()
    for told in (
        f"at least {clerks.MIN_PASSWORD_LENGTH} characters at a counter",
        f"{passwords.MIN_LENGTH} for leaders",
        f"after {clerks.LOCK_AFTER} wrong ones in a row",
        f"{IDLE_LOCK_MINUTES[0]} to {IDLE_LOCK_MINUTES[-1]} minutes",
        f"{LONGEST_S / 3600:.0f} hours after the last password",
        f"{login.LASTS.total_seconds() / 3600:.0f} hours, then the login is asked again",
        f"| {login.IDLE.total_seconds() / 60:.0f} minutes | {login.LASTS.total_seconds() / 3600:.0f} hours",
        f"{settings.token_seconds // 3600} hour, renewed by itself",
        f"one-time password: {ONE_TIME_PASSWORD_LIVES.days} days",
        f"{scan_file.MAX_FILE_BYTES // 1_000_000} MB, {scan_file.MAX_PAGES} pages",
        f"{wire.MAX_PACKED // 2**20} MiB packed, {wire.MAX_UNPACKED // 2**20} MiB unpacked",
        f"{settings.push_per_minute} calls a minute",
    ):
        assert told in text, told


def test_no_text_makes_a_line_of_a_log_of_its_own() -> None:
    forged = "x\n2026-11-22T08:15:00+0700 ERROR counter_app: đã xóa\r\n\x1b[2K"
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(SafeFormatter())
    for name, message, words in (
        ("counter_app.ui", "refused %s", (forged,)),
        ("library", forged, ()),
        ("library", "%s", ({"name": forged},)),
    ):
        try:
            raise ValueError(forged)
        except ValueError as error:
            told = (type(error), error, error.__traceback__)
            handler.emit(logging.LogRecord(name, logging.ERROR, __file__, 1, message, words, told))
    assert len(written.getvalue().splitlines()) == 3
    assert "đã xóa" not in written.getvalue()

    served = io.StringIO()
    log.configure(served)
    try:
        structlog.get_logger().info("request", route=forged)
    finally:
        structlog.reset_defaults()
    (line,) = served.getvalue().splitlines()
    assert json.loads(line)["route"] == forged
