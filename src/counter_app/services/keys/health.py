"""What the self-check says of the data key: whether anything gives it back, whether a change waits."""

from typing import TYPE_CHECKING

from counter_app.services.keys_port import WrapKind

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

Finding = tuple[bool, str, dict[str, object]]


def recovery_finding(desk: "Desk") -> Finding:
    """Return ok, code and parameters. Without a sheet citizens are received all the same, but it is said."""
    standing = desk.keys.standing()
    if standing.change_problem:
        return False, "key_change_stuck", {}
    if standing.change_to:
        return True, "key_change_waiting", {}
    if standing.has(WrapKind.RECOVERY):
        return True, "health_recovery", {"fingerprint": standing.fingerprint}
    if standing.has(WrapKind.PASSPHRASE):
        return True, "recovery_passphrase_only", {}
    return True, "recovery_not_printed", {}
