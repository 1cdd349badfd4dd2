"""The key's passphrase: a second way to the data beside the sheet, in an administrator's head.

Who has a copied disk can try passphrases as fast as machines can, so it must be much harder to guess than
a password that is only tried at this counter.
"""

from typing import TYPE_CHECKING

from counter_app.domain.clerks import Permission
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.services.accounts.passwords import known_words, strength
from counter_app.services.keys.sheet import note

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

MIN_LENGTH = 12
MAX_LENGTH = 100
LOWEST_STRENGTH = 3


def set_passphrase(desk: "Desk", passphrase: str) -> None:
    """Seal the key under a passphrase, in place of the one before.

    Raises:
        BadInput: ``passphrase_too_short``, ``passphrase_too_long`` (length), ``passphrase_too_easy``.
        RuleRefusal: ``sign_in_needed``, ``not_permitted``, ``key_change_waiting``.
        EnvironmentProblem: ``database_key_missing``, ``folder_not_writable``.
    """
    desk.require(Permission.SAFEKEEP)
    if desk.keys.standing().change_to:
        raise RuleRefusal("key_change_waiting")
    check_passphrase(desk, passphrase)
    note(desk, "key_passphrase_set", {"fingerprint": desk.keys.standing().fingerprint})
    desk.keys.put_passphrase(passphrase, desk.clock.now())


def check_passphrase(desk: "Desk", passphrase: str) -> None:
    """Refuse one too short or too easily guessed by somebody who knows the office; errors as above."""
    entered = passphrase.strip()
    if len(entered) < MIN_LENGTH:
        raise BadInput("passphrase_too_short", length=MIN_LENGTH)
    if len(entered) > MAX_LENGTH:
        raise BadInput("passphrase_too_long", length=MAX_LENGTH)
    words = known_words(desk.settings.office, *desk.settings.clerks)
    if strength(desk.hasher, entered, words) < LOWEST_STRENGTH:
        raise BadInput("passphrase_too_easy")
