"""Which permission each act in the audit log needs; the storage asks before it writes the entry.

Every act of a use case ends in an audit entry of the same transaction, so this one table decides for
all of them, on the command line as in the window. `None` is the program's own act, which nobody asks for.
"""

from counter_app.domain.clerks import Permission

# The first rule whose beginning fits decides; an act without a rule needs the strictest permission.
_RULES: tuple[tuple[str, Permission | None], ...] = (
    # The program's own
    ("signed_in", None),
    ("signed_out", None),
    ("sign_in_failed", None),
    ("account_locked", None),
    ("session_", None),
    ("access_refused", None),
    ("scans_swept", None),
    ("server_address_learned", None),
    ("backup_made", None),
    ("backup_copied", None),
    ("backup_failed", None),
    ("backup_expired", None),
    ("restored", None),
    ("key_recovered", None),
    ("key_change_done", None),
    ("audit_checked", None),
    # Looking
    ("person_viewed", Permission.VIEW),
    ("person_searched", Permission.VIEW),
    ("dossier_viewed", Permission.VIEW),
    ("scan_viewed", Permission.VIEW),
    ("password_changed", Permission.VIEW),
    ("support_bundle_made", Permission.VIEW),
    # Taking back what was done, deciding about others' work
    ("day_reopened", Permission.DECIDE),
    ("dossier_fee_voided", Permission.DECIDE),
    ("people_", Permission.DECIDE),
    ("promise_", Permission.DECIDE),
    # Leaving the program
    ("list_", Permission.EXPORT),
    ("report_", Permission.EXPORT),
    ("scans_exported", Permission.EXPORT),
    ("carry_", Permission.EXPORT),
    # About one citizen's data; that somebody asked is written down by whoever they ask
    ("personal_data_requested", Permission.RECEIVE),
    ("personal_data_", Permission.PERSONAL_DATA),
    ("dossier_purged", Permission.PERSONAL_DATA),
    ("audit_", Permission.AUDIT),
    # The counter itself
    ("account_unlocked", Permission.UNLOCK),
    ("account_", Permission.ACCOUNTS),
    ("backup_", Permission.SAFEKEEP),
    ("key_", Permission.SAFEKEEP),
    ("recovery_", Permission.SAFEKEEP),
    ("settings_", Permission.SET_UP),
    ("desk_settings_", Permission.RECEIVE),
    ("queue_settings_", Permission.SET_UP),
    ("sync_settings_", Permission.SET_UP),
    ("office_value_", Permission.SET_UP),
    ("pack_", Permission.SET_UP),
    ("counter_enrolled", Permission.SET_UP),
    ("clock_confirmed", Permission.RECEIVE),
    # The counter's day
    ("dossier_", Permission.RECEIVE),
    ("day_", Permission.RECEIVE),
    ("paper_", Permission.RECEIVE),
    ("ticket_", Permission.RECEIVE),
    ("intake_", Permission.RECEIVE),
    ("scan_", Permission.RECEIVE),
    ("draft_", Permission.RECEIVE),
    ("rated", Permission.RECEIVE),
    ("authorisation_", Permission.RECEIVE),
    ("family_link_", Permission.RECEIVE),
    ("person_", Permission.RECEIVE),
    ("hand_over", Permission.RECEIVE),
    ("postal", Permission.RECEIVE),
    ("notice_", Permission.RECEIVE),
)


def needed_for(act: str) -> Permission | None:
    """Return what an act needs, None for the program's own; an unknown act is left to administrators."""
    return next((needed for beginning, needed in _RULES if act.startswith(beginning)), Permission.SET_UP)


def is_ruled(act: str) -> bool:
    """Tell whether some rule speaks of the act; a test asks this of every act in the program."""
    return any(act.startswith(beginning) for beginning, _needed in _RULES)
