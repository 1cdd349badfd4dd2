"""What the server may refuse, and what a counter does then.

A well-formed, rightly signed event is never refused: the citizen already holds its receipt.
"""

from enum import StrEnum


class ErrorClass(StrEnum):
    """What kind of trouble it is; the answer to it depends on nothing else."""

    NETWORK = "network"  # try again, without a limit, and call it no error
    BUSY = "busy"  # try again when the server says
    AUTH = "auth"  # renew the session once; then stop the lane and tell the clerk
    PROTOCOL = "protocol"  # compare chains again; an old program is asked to update, its pushes still count
    POISON = "poison"  # find the item, put it aside, go on with the others
    LOCAL = "local"  # this machine: disk, database, clock


class Refusal(StrEnum):
    """Codes of an `ErrorReply`; values are part of the wire contract."""

    # auth
    TOKEN_MISSING = "token_missing"  # noqa: S105 - a code, no secret
    TOKEN_EXPIRED = "token_expired"  # noqa: S105
    DEVICE_UNKNOWN = "device_unknown"
    DEVICE_REVOKED = "device_revoked"
    BAD_SIGNATURE = "bad_signature"
    WRONG_OFFICE = "wrong_office"
    CLOCK_TOO_FAR = "clock_too_far"
    ENROL_CODE_REFUSED = "enrol_code_refused"
    COUNTER_TAKEN = "counter_taken"
    # protocol
    CHAIN_BROKEN = "chain_broken"
    UPDATE_NEEDED = "update_needed"
    UPLOAD_OFFSET = "upload_offset"
    UPLOAD_UNKNOWN = "upload_unknown"
    # poison
    NOT_A_MESSAGE = "not_a_message"
    BODY_TOO_BIG = "body_too_big"
    EVENT_TOO_BIG = "event_too_big"
    EVENT_MALFORMED = "event_malformed"
    EVENT_OF_ANOTHER = "event_of_another"
    CHECKSUM = "checksum"
    BLOCK_REFUSED = "block_refused"
    PACK_UNKNOWN = "pack_unknown"
    # busy
    RATE_LIMITED = "rate_limited"
    SERVER_BUSY = "server_busy"


_AUTH = {
    Refusal.TOKEN_MISSING,
    Refusal.TOKEN_EXPIRED,
    Refusal.DEVICE_UNKNOWN,
    Refusal.DEVICE_REVOKED,
    Refusal.BAD_SIGNATURE,
    Refusal.WRONG_OFFICE,
    Refusal.CLOCK_TOO_FAR,
    Refusal.ENROL_CODE_REFUSED,
    Refusal.COUNTER_TAKEN,
}
_PROTOCOL = {Refusal.CHAIN_BROKEN, Refusal.UPDATE_NEEDED, Refusal.UPLOAD_OFFSET, Refusal.UPLOAD_UNKNOWN}
_BUSY = {Refusal.RATE_LIMITED, Refusal.SERVER_BUSY}


def class_of(status: int, code: str) -> ErrorClass:
    """Return the class of an answer; a code nobody knows is judged by its HTTP status."""
    if code in _AUTH:
        return ErrorClass.AUTH
    if code in _PROTOCOL:
        return ErrorClass.PROTOCOL
    if code in _BUSY:
        return ErrorClass.BUSY
    if status in (401, 403):
        return ErrorClass.AUTH
    if status in (409, 426):
        return ErrorClass.PROTOCOL
    if status in (408, 425, 429) or status >= 500:
        return ErrorClass.BUSY
    return ErrorClass.POISON
