"""First run: names the office and the counter, so that codes and papers are right from the start."""

import hashlib

from counter_app.domain.dossier_code import NumberBlock, blocks_of
from counter_app.domain.errors import BadInput, RuleRefusal
from counter_app.domain.office import Counter, Office
from counter_app.services.desk import Desk
from counter_app.services.office_settings import OfficeSettings

MIN_PASSWORD_LENGTH = 8
PASSWORD_SETTING = "admin.password"  # noqa: S105 - the setting's name
_SCRYPT = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024}


def set_up_counter(
    desk: Desk,
    *,
    office: Office,
    counter_number: int,
    clerk: str,
    password: str = "",
    training: bool = False,
) -> NumberBlock:
    """Store office, counter and first clerk; return the block of numbers this counter will use.

    Raises:
        RuleRefusal: ``already_set_up``; a counter keeps its identity for ever.
        BadInput: ``password_too_short``, and as `office_settings.check`.
    """
    if desk.is_set_up:
        raise RuleRefusal("already_set_up")
    if password and len(password) < MIN_PASSWORD_LENGTH:
        raise BadInput("password_too_short", length=MIN_PASSWORD_LENGTH)
    clerk = clerk.strip()
    desk.save_settings(
        OfficeSettings(
            office=office,
            counter=Counter(number=counter_number, device_id=desk.ids.new_id(), training=training),
            clerk=clerk,
            clerks=(clerk,),
        )
    )
    if password:
        _keep_password(desk, password)
    return blocks_of(counter_number)[0]


def _keep_password(desk: Desk, password: str) -> None:
    """Keep a salted hash of the administrator's password; nobody can read the password from it."""
    salt = desk.ids.new_salt()
    digest = hashlib.scrypt(password.encode(), salt=salt, **_SCRYPT)
    record = f"scrypt${_SCRYPT['n']}${_SCRYPT['r']}${_SCRYPT['p']}${salt.hex()}${digest.hex()}"
    with desk.store.writing() as transaction:
        transaction.put_setting(PASSWORD_SETTING, record)
