"""A counter without the app: keys, events, signed messages over real HTTP."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import httpx
from tests.server.serving import Served
from uuid_utils import uuid7

from counter_protocol import wire
from counter_protocol.chain import checkpoint_places
from counter_protocol.events import GENESIS_HASH, EventEnvelope, EventKind, chain_hash, encode_event
from counter_protocol.messages import (
    EnrolReply,
    EnrolRequest,
    ErrorReply,
    EventItem,
    LateEvent,
    Message,
    Place,
    PullReply,
    PushReply,
    PushRequest,
    SessionReply,
    SessionRequest,
    Withheld,
)
from counter_protocol.signing import PUSH, SESSION, new_private_key, public_key_of, signed

M = TypeVar("M", bound=Message)
_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


class Refused(Exception):
    """The server refused; ``reply`` says why."""

    def __init__(self, status: int, reply: ErrorReply) -> None:
        super().__init__(f"{status} {reply.code} {reply.detail}")
        self.status = status
        self.reply = reply
        self.code = reply.code


@dataclass
class RawCounter:
    """One device. ``bodies`` is its chain of the present epoch; every event it makes is in it."""

    url: str
    unit: str
    counter: int = 1
    device_id: str = field(default_factory=lambda: str(uuid7()))
    key: bytes = field(default_factory=new_private_key)
    epoch: int = 1
    token: str = ""
    cursor: int = 0
    acked: int = 0
    bodies: list[bytes] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=lambda: [GENESIS_HASH])
    now: datetime | None = None
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=30))

    def __enter__(self) -> "RawCounter":
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    # Events

    def clock(self) -> datetime:
        return self.now or datetime.now(UTC)  # noqa: TID251 - a machine's clock

    def event(
        self,
        kind: str,
        dossier_id: str = "",
        data: Mapping[str, object] | None = None,
        *,
        event_id: str = "",
        at: datetime | None = None,
        rev: int = 1,
    ) -> bytes:
        """Make an event and chain it; return its bytes."""
        body = encode_event(
            EventEnvelope(
                event_id=event_id or str(uuid7()),
                kind=kind,
                unit_code=self.unit,
                device_id=self.device_id,
                counter=self.counter,
                clerk="Lò Thị Thử",
                dossier_id=dossier_id,
                rev=rev,
                at=at or self.clock(),
                data=data or {},
            )
        )
        self.chain(body)
        return body

    def chain(self, body: bytes) -> None:
        """Put bytes at the end of the chain."""
        self.bodies.append(body)
        self.hashes.append(chain_hash(self.hashes[-1], body))

    def received(self, number: int, dossier_id: str = "", **changes: object) -> str:
        """Make the receipt of a dossier; return the dossier's id."""
        dossier_id = dossier_id or str(uuid7())
        self.event(EventKind.DOSSIER_RECEIVED, dossier_id, {"state": {"set": self.state(number, **changes)}})
        return dossier_id

    def act(self, kind: str, dossier_id: str, *, seen: int = 0, rev: int = 2, **values: object) -> bytes:
        """Make an act that sets fields of a dossier."""
        return self.event(kind, dossier_id, {"seen": seen, "state": {"set": values}}, rev=rev)

    def returned(self, dossier_id: str, *, seen: int = 0) -> bytes:
        """Make the return of a result."""
        moment = self.clock().strftime(_MOMENT)
        return self.act(EventKind.RESULT_RETURNED, dossier_id, seen=seen, status="returned", ended_at=moment)

    def state(self, number: int, **changes: object) -> dict[str, object]:
        """Return the state of a dossier of an invented citizen."""
        at = self.clock()
        return {
            "dossier_code": f"{self.unit}-{at:%y%m%d}-{self.counter}{number:03d}",
            "lookup_secret": "3467",
            "counter": self.counter,
            "clerk": "Lò Thị Thử",
            "channel": "direct",
            "status": "received",
            "received_at": at.strftime(_MOMENT),
            "due_at": (at + timedelta(days=3)).strftime(_MOMENT),
            "first_due_at": (at + timedelta(days=3)).strftime(_MOMENT),
            "return_by": "counter",
            "copies": 1,
            "register_no": number,
            "waiting_since": None,
            "resolved_at": None,
            "ended_at": None,
            "charges_vnd": 8000,
            "training": False,
            "assisted": False,
            "stands_still": False,
            "procedure": {
                "procedure_id": "chung-thuc-ban-sao",
                "version": "2025-07-01",
                "name": "Chứng thực bản sao từ bản chính",
                "case_id": "",
                "national_code": "2.000815",
                "sector": "chung-thuc",
            },
            "applicant": {"full_name": "Vừ A Thử", "identity_number": "001099000000"},
            "people": [],
            "forms": [],
            "parts": [],
            "charges": [],
            "aliases": [],
            "life.supplements": [],
            "life.extension": None,
            "life.paid_vnd": 0,
            **changes,
        }

    # Calls

    def enrol(self, code: str, **changes: Any) -> EnrolReply:
        request = EnrolRequest(
            unit_code=self.unit,
            code=code,
            device_id=self.device_id,
            counter=self.counter,
            public_key=public_key_of(self.key),
            now=self.clock().strftime(_MOMENT),
            **changes,
        )
        return self.post("/v1/enrol", request, EnrolReply)

    def session(self, **changes: Any) -> SessionReply:
        """Open a session; the token is kept for the other calls."""
        reply = self.post("/v1/session", self.session_request(**changes), SessionReply)
        self.token = reply.token
        return reply

    def session_request(self, **changes: Any) -> Message:
        last = len(self.bodies)
        fields: dict[str, Any] = {
            "unit_code": self.unit,
            "device_id": self.device_id,
            "epoch": self.epoch,
            "last": Place(seq=last, hash=self.hashes[last]),
            "acked_seq": self.acked,
            "cursor": self.cursor,
            "now": self.clock().strftime(_MOMENT),
            "checkpoints": [Place(seq=seq, hash=self.hashes[seq]) for seq in checkpoint_places(last)],
            **changes,
        }
        return signed(SESSION, self.key, self.device_id, wire.to_bytes(SessionRequest(**fields)))

    def push_request(
        self,
        first: int = 0,
        last: int = 0,
        *,
        withheld: Iterable[int] = (),
        late: list[LateEvent] | None = None,
        **changes: Any,
    ) -> PushRequest:
        """Return the request for places ``first`` to ``last``; everything not yet confirmed without them."""
        first, last = first or self.acked + 1, last or len(self.bodies)
        hidden = set(withheld)
        fields: dict[str, Any] = {
            "unit_code": self.unit,
            "epoch": self.epoch,
            "first_seq": first,
            "prev_hash": self.hashes[first - 1],
            "events": [self.item(seq, hidden=seq in hidden) for seq in range(first, last + 1)],
            "late": late or [],
            **changes,
        }
        return PushRequest(**fields)

    def item(self, seq: int, *, hidden: bool = False) -> EventItem:
        if not hidden:
            return EventItem(body=self.bodies[seq - 1])
        event = wire_event(self.bodies[seq - 1])
        return EventItem(
            withheld=Withheld(
                hash=self.hashes[seq],
                event_id=event["event_id"],
                dossier_id=event["dossier_id"],
                kind=event["kind"],
                reason="event_malformed",
            )
        )

    def push(self, first: int = 0, last: int = 0, **changes: Any) -> PushReply:
        """Send places of the chain, and note what the server confirmed."""
        reply = self.send(self.push_request(first, last, **changes))
        self.acked = max(self.acked, reply.ack.seq)
        return reply

    def send(self, request: PushRequest, *, key: bytes = b"") -> PushReply:
        payload = wire.to_bytes(request)
        return self.post("/v1/push", signed(PUSH, key or self.key, self.device_id, payload), PushReply)

    def pull(self, *, wait: float = 0, limit: int = 200, cursor: int | None = None) -> PullReply:
        """Pull one page and move the cursor."""
        at = self.cursor if cursor is None else cursor
        answer = self.client.get(
            f"{self.url}/v1/pull",
            params={"cursor": at, "limit": limit, "epoch": self.epoch, "wait": wait},
            headers=self.headers(),
        )
        reply = read(answer, PullReply)
        self.cursor = reply.cursor
        return reply

    def pull_events(self) -> list[dict[str, Any]]:
        """Pull everything; return the events."""
        events: list[dict[str, Any]] = []
        while True:
            reply = self.pull()
            events += [wire_event(item.body) for item in reply.items]
            if not reply.more:
                return events

    def post(self, path: str, message: Message, kind: type[M]) -> M:
        return read(self.post_bytes(path, wire.pack(wire.to_bytes(message))), kind)

    def post_bytes(self, path: str, body: bytes, *, encoding: str = wire.ENCODING) -> httpx.Response:
        headers = {**self.headers(), "Content-Type": wire.MEDIA_TYPE, "Content-Encoding": encoding}
        return self.client.post(f"{self.url}{path}", content=body, headers=headers)

    def headers(self) -> dict[str, str]:
        # The client would unpack by itself; what travels is for the tests to see.
        plain = {"Accept-Encoding": "identity"}
        return {**plain, "Authorization": f"Bearer {self.token}"} if self.token else plain

    def new_epoch(self, after: int) -> None:
        """Go on in a new epoch with what follows a place of the present one."""
        again = self.bodies[after:]
        self.epoch += 1
        self.acked, self.bodies, self.hashes = 0, [], [GENESIS_HASH]
        for body in again:
            self.chain(body)


def read(answer: httpx.Response, kind: type[M]) -> M:
    """Return the message of an answer; `Refused` for an error."""
    assert answer.headers["content-type"] == wire.MEDIA_TYPE, answer.text
    if answer.status_code >= 400:
        raise Refused(answer.status_code, wire.from_bytes(answer.content, ErrorReply))
    return wire.from_bytes(answer.content, kind)


def wire_event(body: bytes) -> dict[str, Any]:
    """Return an event as its JSON says."""
    import json

    record: dict[str, Any] = json.loads(body)
    return record


def code_for(server: Served, unit: str, counter: int, *, replaces: bool = False) -> str:
    """Return a one-time code."""
    from counter_server.devices.enrolment import make_code

    return server.run(make_code(server.context, unit, counter, replaces=replaces)).code


def enrolled(server: Served, unit: str = "H29.12", counter: int = 1, **fields: Any) -> RawCounter:
    """Return a counter with an open session; the office is added when it is not there."""
    if not server.rows("SELECT 1 FROM office WHERE unit = $1", unit):
        server.add_office(unit)
    raw = RawCounter(server.url, unit, counter, **fields)
    raw.enrol(code_for(server, unit, counter))
    raw.session()
    return raw
