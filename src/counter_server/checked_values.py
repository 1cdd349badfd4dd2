"""Values from outside that go into the database: whatever it could not hold is no message of ours."""

from counter_protocol.refusals import Refusal
from counter_server.wire_body import Refused

_LARGEST = 2**62
MAX_NAME = 100


def checked_text(text: str, limit: int = MAX_NAME) -> str:
    """Return the text; `Refused` ``not_a_message`` when it is too long or holds a NUL."""
    if len(text) > limit or "\x00" in text:
        raise Refused(Refusal.NOT_A_MESSAGE, "a text is too long or unreadable")
    return text


def checked_number(number: int) -> int:
    """Return the number; `Refused` ``not_a_message`` when it is negative or beyond 62 bits."""
    if not 0 <= number < _LARGEST:
        raise Refused(Refusal.NOT_A_MESSAGE, "a number is out of range")
    return number
