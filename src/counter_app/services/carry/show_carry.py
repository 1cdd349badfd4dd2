"""Tells what a carry file holds, from the list every file begins with; nothing personal is opened."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput
from counter_protocol.carry import Direction
from counter_protocol.signing import public_key_of

if TYPE_CHECKING:
    from pathlib import Path

    from counter_app.services.carry.carry_port import CarryFiles
    from counter_app.services.desk import Desk
    from counter_app.services.sync_port import Enrolment
    from counter_protocol.carry import CarryHeader


class SignatureState(StrEnum):
    """What is known of a file's signature."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"  # this machine does not know the sender's key


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A file's list of contents; true only where the signature is good."""

    header: "CarryHeader"
    for_this_counter: bool
    signature: SignatureState


def show_carry(desk: "Desk | None", files: "CarryFiles", source: "Path") -> Shown:
    """Return what a file says it holds, and whether its sender wrote that.

    Raises:
        BadInput, EnvironmentProblem: as `CarryFiles.open`.
    """
    enrolment = None
    if desk is not None:
        with desk.store.reading() as queries:
            enrolment = queries.enrolment()
    with files.open(source) as carry:
        header = carry.header
        key = _sender_key(header, enrolment)
        signature = SignatureState.UNKNOWN
        if key is not None:
            try:
                carry.check(key)
                signature = SignatureState.GOOD
            except BadInput:
                signature = SignatureState.BAD
    ours = enrolment is not None and header.recipient == enrolment.device_id
    return Shown(header=header, for_this_counter=ours, signature=signature)


def _sender_key(header: "CarryHeader", enrolment: "Enrolment | None") -> bytes | None:
    if enrolment is None or header.unit != enrolment.unit_code:
        return None
    if header.direction == Direction.DOWN:
        return enrolment.server_signing_key
    return public_key_of(enrolment.private_key) if header.sender == enrolment.device_id else None
