"""The events of a push as they came: each body read strictly, each place of the chain computed anew."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from counter_protocol.events import GENESIS_HASH, EventEnvelope, EventKind, chain_hash, moment_of
from counter_protocol.messages import EventItem, Limits, Withheld
from counter_protocol.refusals import Refusal
from counter_server.wire_body import Refused

_MAX_NAME = 100  # characters of an id or a kind
_MAX_EVENT = Limits().event_bytes
_MAX_EVENTS = 500  # of one batch; counters are told to send fewer
_OF_THE_SERVER = frozenset(
    {
        EventKind.STATUS_SET,
        EventKind.CODE_ALIASED,
        EventKind.TASK_GIVEN,
        EventKind.FLAG_RAISED,
        EventKind.FLAG_SETTLED,
    }
)


class _Body(msgspec.Struct, frozen=True):
    """What every event has; fields added later are ignored."""

    event_id: str
    kind: str
    unit_code: str
    device_id: str
    counter: int
    clerk: str
    dossier_id: str
    rev: int
    at: str
    data: dict[str, object]
    schema: int


_decoder = msgspec.json.Decoder(_Body)


class Place(NamedTuple):
    """One place of a chain: an event with its bytes, or why it is withheld."""

    seq: int
    hash: bytes
    body: bytes
    event: EventEnvelope | None
    withheld: Withheld | None

    @property
    def event_id(self) -> str:
        """The id of the event, sent or withheld."""
        return self.event.event_id if self.event else self.withheld.event_id if self.withheld else ""


def places_of(
    items: Sequence[EventItem], first_seq: int, prev_hash: bytes, unit: str, device_id: str
) -> list[Place]:
    """Return the places of a batch, chained from `prev_hash`.

    Raises:
        Refused: ``event_malformed``, ``event_too_big``, ``event_of_another`` with the place to blame;
            ``body_too_big`` for too many; ``not_a_message`` when a hash is none.
    """
    if len(items) > _MAX_EVENTS:
        raise Refused(Refusal.BODY_TOO_BIG, f"more than {_MAX_EVENTS} events")
    if len(prev_hash) != len(GENESIS_HASH):
        raise Refused(Refusal.NOT_A_MESSAGE, "prev_hash")
    places, before = [], prev_hash
    for seq, item in enumerate(items, first_seq):
        place = _withheld_place(seq, item.withheld) if item.withheld else None
        if place is None:
            event = read_event(item.body, seq, unit, device_id)
            place = Place(seq, chain_hash(before, item.body), item.body, event, None)
        before = place.hash
        places.append(place)
    return places


def read_event(body: bytes, seq: int, unit: str, device_id: str) -> EventEnvelope:
    """Read the bytes of a device's event.

    The counter's number is not compared: events of before its desk was renumbered are still its own.

    Raises:
        Refused: ``event_malformed``, ``event_too_big``, ``event_of_another``, with ``seq``.
    """
    if len(body) > _MAX_EVENT:
        raise Refused(Refusal.EVENT_TOO_BIG, seq=seq)
    try:
        body.decode("utf-8")  # the decoder looks at the fields it knows alone
        read = _decoder.decode(body)
        at = moment_of(read.at)
        _check_names(read.event_id, read.kind, read.dossier_id)
    except (ValueError, RecursionError):
        raise Refused(Refusal.EVENT_MALFORMED, seq=seq) from None
    if read.unit_code != unit or read.device_id != device_id or read.kind in _OF_THE_SERVER:
        raise Refused(Refusal.EVENT_OF_ANOTHER, seq=seq)
    return EventEnvelope(
        event_id=read.event_id,
        kind=read.kind,
        unit_code=read.unit_code,
        device_id=read.device_id,
        counter=read.counter,
        clerk=read.clerk,
        dossier_id=read.dossier_id,
        rev=read.rev,
        at=at,
        data=read.data,
        schema=read.schema,
    )


def _withheld_place(seq: int, withheld: Withheld) -> Place:
    try:
        _check_names(withheld.event_id, withheld.kind, withheld.dossier_id)
        _check_names(withheld.reason or "-")
    except ValueError:
        raise Refused(Refusal.EVENT_MALFORMED, seq=seq) from None
    if len(withheld.hash) != len(GENESIS_HASH):
        raise Refused(Refusal.EVENT_MALFORMED, seq=seq)
    return Place(seq, withheld.hash, b"", None, withheld)


def _check_names(first: str, *others: str) -> None:
    """Raise ValueError when the first is empty, or one cannot be a name in the database."""
    if not first:
        raise ValueError("not a name")
    for name in (first, *others):
        if len(name) > _MAX_NAME or "\x00" in name:
            raise ValueError("not a name")
