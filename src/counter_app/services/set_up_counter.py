"""First run: names the office and the counter, so that codes and papers are right from the start."""

from typing import TYPE_CHECKING

from counter_app.domain.dossier_code import NumberBlock, blocks_of
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.office import Counter, Office
from counter_app.services import office_settings
from counter_app.services.accounts.first_account import administrator, put_first
from counter_app.services.accounts.manage import suggested_username
from counter_app.services.desk import Desk
from counter_app.services.office_settings import OfficeSettings
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.domain.clerks import Account


def set_up_counter(
    desk: Desk,
    *,
    office: Office,
    counter_number: int,
    clerk: str,
    password: str = "",
    username: str = "",
    training: bool = False,
) -> NumberBlock:
    """Store office, counter and first clerk; return the block of numbers this counter will use.

    With a password the clerk gets an administrator's account, under `username` or the name in plain
    letters, and from then on nobody acts without signing in; nobody is signed in by this.

    Raises:
        RuleRefusal: ``already_set_up``; a counter keeps its identity for ever.
        BadInput: as `first_account.make_first_account` and `office_settings.check`.
    """
    if desk.is_set_up:
        raise RuleRefusal("already_set_up")
    clerk = clerk.strip()
    settings = OfficeSettings(
        office=office,
        counter=Counter(number=counter_number, device_id=desk.ids.new_id(), training=training),
        clerk=clerk,
        clerks=(clerk,),
    )
    office_settings.check(settings)
    first: Account | None = None
    if password:
        first = administrator(desk, office, username or suggested_username(clerk), clerk, password)
    with desk.store.writing() as transaction:
        office_settings.store(transaction, settings)
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=clerk,
                act="settings_changed",
                subject_id=settings.counter.device_id,
            )
        )
        if first is not None:
            put_first(transaction, first)
    return blocks_of(counter_number)[0]
