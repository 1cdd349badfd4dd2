"""How long to wait before trying again, so that a server that comes back is not run down by everybody."""

from counter_app.sync.answers import Answer
from counter_app.sync.pace import Pace
from counter_protocol.refusals import ErrorClass

_BASE_S = 2.0
_CEILING_S = 900.0
FIRST_CONTACT_S = 600.0
AUTH_PAUSE_S = 3600.0
_LONGEST_RETRY_AFTER_S = 6 * 3600.0


def wait_after(failures: int, answer: Answer, pace: Pace) -> float:
    """Return the seconds until the next try after the `failures`-th failure in a row, 1 for the first.

    Full jitter without an attempt limit; the server's own wish comes first, spread by a tenth and more.
    """
    if answer.error_class is ErrorClass.AUTH:
        return AUTH_PAUSE_S
    jitter = pace.between(0.0, min(_CEILING_S, _BASE_S * 2.0 ** min(failures, 20)))
    if answer.retry_after > 0:
        told = min(answer.retry_after, _LONGEST_RETRY_AFTER_S)
        return told + pace.between(0.0, max(told / 10, _BASE_S))
    return jitter


def first_contact(pace: Pace) -> float:
    """Return the seconds a counter waits in the morning: all offices of the country open at one minute."""
    return pace.between(0.0, FIRST_CONTACT_S)
