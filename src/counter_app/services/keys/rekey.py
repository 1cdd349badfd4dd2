"""Another key for the database: ordered here, carried out when the program next starts.

Nothing may have the database open meanwhile, so a start is the moment; `storage.key_change` has the steps.
The sheet of the next key is printed first: at no moment is there a key without one.
"""

from typing import TYPE_CHECKING

from counter_app.domain.clerks import Permission
from counter_app.domain.errors import EnvironmentProblem, KnownError, RuleRefusal
from counter_app.services.audit_port import AuditFilter
from counter_app.services.keys.recover import passphrase_is_right
from counter_app.services.keys.sheet import SheetInHand, drawn, send_sheet
from counter_app.services.keys_port import WrapKind
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.keys_port import KeyVault
    from counter_app.services.ports import Clock, Store

ORDERED, DONE = "key_changed", "key_change_done"


def order_change(desk: "Desk", passphrase: str = "") -> str:
    """Make the next key, print its sheet, and let it take over at the next start.

    Args:
        desk: The counter.
        passphrase: The key's passphrase, where there is one: it will open the next key too.

    Returns:
        The fingerprint of the next key.

    Raises:
        RuleRefusal: ``sign_in_needed``, ``not_permitted``, ``passphrase_needed``, ``passphrase_wrong``,
            ``key_try_later``.
        EnvironmentProblem: ``key_change_needs_room`` (needed_mb), ``printer_failed`` and the like: the
            key and its sheet stay.
    """
    sheet = begin_change(desk, passphrase)
    try:
        send_sheet(desk, sheet)
    except KnownError:
        desk.keys.cancel_change()
        raise
    settle_change(desk, sheet)
    return sheet.made.fingerprint


def begin_change(desk: "Desk", passphrase: str = "") -> SheetInHand:
    """Make the next key and its sheet; without `settle_change` nothing comes of it. Errors as above."""
    desk.require(Permission.SAFEKEEP)
    lacking = desk.keys.room_needed()
    if lacking:
        raise EnvironmentProblem("key_change_needs_room", needed_mb=lacking // 1_000_000 + 1)
    if desk.keys.standing().has(WrapKind.PASSPHRASE):
        if not passphrase:
            raise RuleRefusal("passphrase_needed")
        if not passphrase_is_right(desk, passphrase):
            raise RuleRefusal("passphrase_wrong")
    elif passphrase:
        raise RuleRefusal("passphrase_never_set")
    made = desk.keys.begin_change(passphrase, desk.clock.now())
    try:
        return SheetInHand(made=made, pdf=drawn(desk, made))
    except KnownError:
        desk.keys.cancel_change()
        raise


def settle_change(desk: "Desk", sheet: SheetInHand) -> None:
    """Let the key of a printed sheet take over at the next start; the audit log tells who wanted it."""
    before = desk.keys.standing().fingerprint
    try:
        with desk.store.writing() as transaction:
            transaction.append_audit(
                AuditEntry(
                    at=desk.clock.now(),
                    clerk=desk.clerk,
                    act=ORDERED,
                    subject_id=desk.settings.counter.device_id,
                    detail={"before": before, "after": sheet.made.fingerprint},
                )
            )
            desk.keys.settle_change()
    except KnownError:
        desk.keys.cancel_change()
        raise


def cancel_change(desk: "Desk") -> None:
    """Take an ordered change back before the next start; its sheet is void."""
    desk.require(Permission.SAFEKEEP)
    coming = desk.keys.standing().change_to
    if not coming:
        return
    with desk.store.writing() as transaction:
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=desk.clerk,
                act="key_change_cancelled",
                subject_id=desk.settings.counter.device_id,
                detail={"after": coming},
            )
        )
        desk.keys.cancel_change()


def note_change(store: "Store", keys: "KeyVault", clock: "Clock") -> None:
    """After a start: let the audit log tell that the key was changed, in the name of who ordered it."""
    done = keys.change_done()
    if done is None:
        return
    with store.writing() as transaction:
        last = transaction.audit_page(AuditFilter(acts=(ORDERED, DONE)), limit=2)
        order = next((each.entry for each in last if each.entry.act == ORDERED), None)
        noted = any(each.entry.act == DONE and each.entry.detail.get("after") == done.after for each in last)
        if not noted:
            transaction.append_audit(
                AuditEntry(
                    at=clock.now(),
                    clerk="" if order is None else order.clerk,
                    act=DONE,
                    subject_id="" if order is None else order.subject_id,
                    detail={"before": done.before, "after": done.after},
                )
            )
    keys.change_noted()
