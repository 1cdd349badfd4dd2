"""First run: names the office and the counter, so that codes and papers are right from the start."""

from counter_app.domain.dossier_code import NumberBlock, blocks_of
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.office import Counter, Office
from counter_app.services.desk import Desk
from counter_app.services.office_settings import OfficeSettings


def set_up_counter(
    desk: Desk, *, office: Office, counter_number: int, clerk: str, training: bool = False
) -> NumberBlock:
    """Store office, counter and first clerk; return the block of numbers this counter will use.

    Raises:
        RuleRefusal: ``already_set_up``; a counter keeps its identity for ever.
        BadInput: as `office_settings.check`.
    """
    if desk.is_set_up:
        raise RuleRefusal("already_set_up")
    clerk = clerk.strip()
    desk.save_settings(
        OfficeSettings(
            office=office,
            counter=Counter(number=counter_number, device_id=desk.ids.new_id(), training=training),
            clerk=clerk,
            clerks=(clerk,),
        )
    )
    return blocks_of(counter_number)[0]
