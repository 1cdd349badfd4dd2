"""The recovery sheet: a new code on paper, the old one void once the paper is there.

The code passes from the vault to the printer (or, where there is none, to the screen on demand) and is
kept nowhere: not in the database, not in a file, not in the audit log, which tells the fingerprint alone.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counter_app.domain.clerks import Permission
from counter_app.domain.errors import KnownError, RuleRefusal
from counter_app.services.keys_port import NewCode
from counter_app.services.paper_content import PaperSize
from counter_app.services.papers.recovery_sheet import TITLE, recovery_sheet
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetInHand:
    """A sheet that does not count yet; its text shows nothing of the code."""

    made: NewCode
    pdf: bytes = field(repr=False)


def print_recovery_sheet(desk: "Desk") -> str:
    """Print a sheet with a new code, void the one before; return the key's fingerprint.

    Raises:
        RuleRefusal: ``sign_in_needed``, ``not_permitted``; ``key_change_waiting``: the sheet of the next
            key is printed already.
        EnvironmentProblem: ``printer_failed`` and the like: the sheet of before still counts.
    """
    sheet = make_sheet(desk, "printer")
    try:
        send_sheet(desk, sheet)
    except KnownError:
        take_back_sheet(desk, sheet)
        raise
    keep_sheet(desk, sheet)
    return sheet.made.fingerprint


def make_sheet(desk: "Desk", goes_to: str) -> SheetInHand:
    """Make a code and its sheet; it counts from now on, and alone after `keep_sheet`.

    Args:
        desk: The counter.
        goes_to: ``printer``, or ``screen`` where the code is copied by hand.
    """
    desk.require(Permission.SAFEKEEP)
    if desk.keys.standing().change_to:
        raise RuleRefusal("key_change_waiting")
    made = desk.keys.add_code(desk.clock.now())
    sheet = SheetInHand(made=made, pdf=b"")
    try:
        sheet = SheetInHand(made=made, pdf=drawn(desk, made))
        note(desk, "recovery_sheet_printed", {"fingerprint": made.fingerprint, "to": goes_to})
    except KnownError:
        desk.keys.drop_code(made.wrap_id)
        raise
    return sheet


def send_sheet(desk: "Desk", sheet: SheetInHand) -> None:
    """Print it; the print job is named by the kind of paper alone."""
    desk.printer.print_pdf(sheet.pdf, printer_name=desk.settings.printer_name, size=PaperSize.A4, title=TITLE)


def keep_sheet(desk: "Desk", sheet: SheetInHand) -> None:
    """Let it count alone: somebody holds it."""
    desk.keys.keep_code(sheet.made.wrap_id)


def take_back_sheet(desk: "Desk", sheet: SheetInHand) -> None:
    """Void a sheet that did not come out; the one of before counts."""
    desk.keys.drop_code(sheet.made.wrap_id)
    note(desk, "recovery_sheet_failed", {"fingerprint": sheet.made.fingerprint})


def drawn(desk: "Desk", made: NewCode) -> bytes:
    """Return the sheet as PDF; EnvironmentProblem ``font_missing``."""
    now = desk.clock.now()
    content = recovery_sheet(made, desk.office(now.date()), desk.settings.counter, now)
    return desk.renderer.recovery_sheet(content)


def note(desk: "Desk", act: str, detail: dict[str, object]) -> None:
    """Append to the audit log; errors as `Transaction.append_audit`."""
    with desk.store.writing() as transaction:
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=desk.clerk,
                act=act,
                subject_id=desk.settings.counter.device_id,
                detail=detail,
            )
        )
