"""Which numbers a counter gives after it was put back from a backup: none it may have given since.

What was given after the backup and never reached the server is known to nobody but the citizens who hold
the papers. So numbers jump ahead by what could have been given at most. Nobody receives faster than one
dossier in 50 seconds from 06:00 to 18:30: a *slot*. The slots between two moments add up, and so a second
restore of the same backup passes what was given after the first.

- Codes of the day: the counter goes on in its six-digit provisional block 9NNxxx, at 100 and the slots
  since 06:00. It touches none of the four-digit numbers, whatever was given of them.
- Numbers of papers and of the register: ahead by the slots since the backup, and 10.
"""

from datetime import date, datetime, time, timedelta

from counter_app.domain.working_calendar import OFFICE_ZONE

_SLOT_S = 50
_DAY_BEGINS = time(6, 0)
_SLOTS_A_DAY = 900  # until 18:30
_FIRST_PROVISIONAL = 100
_LAST_PROVISIONAL = 998  # one number is left even for a restore late in the evening
_PAPER_MARGIN = 10


def slots_of_day(moment: datetime) -> int:
    """Return how many receipts could have been given on the day until the moment."""
    local = moment.astimezone(OFFICE_ZONE)
    begin = datetime.combine(local.date(), _DAY_BEGINS, OFFICE_ZONE)
    passed = int((local - begin) / timedelta(seconds=_SLOT_S))
    return min(max(passed, 0), _SLOTS_A_DAY)


def slots_between(since: datetime, until: datetime) -> int:
    """Return how many could have been given between two moments, 0 when the second is not later."""
    if until <= since:
        return 0
    return _slots(until) - _slots(since)


def provisional_after_restore(now: datetime) -> int:
    """Return the last provisional number to be taken for given on the day of a restore."""
    return min(_FIRST_PROVISIONAL + slots_of_day(now), _LAST_PROVISIONAL)


def paper_jump(since: datetime, now: datetime) -> int:
    """Return by how much a series of papers goes ahead, for a backup that knows everything until `since`."""
    return slots_between(since, now) + _PAPER_MARGIN


def _slots(moment: datetime) -> int:
    """Count from a fixed day on, so that differences add up exactly."""
    days = (moment.astimezone(OFFICE_ZONE).date() - date(2000, 1, 1)).days
    return days * _SLOTS_A_DAY + slots_of_day(moment)
