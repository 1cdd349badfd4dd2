"""What the lanes of one counter share: the connection, its session, and what was done so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from counter_app.sync import handshake
from counter_app.sync.answers import Answer, Refused
from counter_app.sync.gateway import Gateway
from counter_protocol.chain import ChainState
from counter_protocol.refusals import ErrorClass, Refusal

if TYPE_CHECKING:
    from datetime import date

    from counter_app.services.desk import Desk
    from counter_app.services.sync_port import Enrolment
    from counter_app.sync.pace import Pace
    from counter_protocol.messages import SessionReply

T = TypeVar("T")
_RENEW = frozenset({Refusal.TOKEN_EXPIRED, Refusal.TOKEN_MISSING})
_MARGIN_S = 30.0  # a token is renewed before it ends
_HANDSHAKES = 4


@dataclass(slots=True)
class Tally:
    """What was done; bytes count what travelled since they were last booked."""

    sent: int = 0
    received: int = 0
    quarantined: int = 0
    scans_sent: int = 0
    packs_complete: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0


@dataclass(slots=True)
class Traffic:
    """Bytes that travelled."""

    sent: int = 0
    received: int = 0

    def count(self, sent: int, received: int) -> None:
        """Add what travelled."""
        self.sent += sent
        self.received += received


@dataclass(slots=True)
class Link:
    """The line to one server. ``offers`` counts sessions: each may offer other data packs.

    ``exchanges`` counts exchanges of acts: each may let other scans be sent.
    """

    desk: Desk
    enrolment: Enrolment
    pace: Pace
    gateway: Gateway
    tally: Tally = field(default_factory=Tally)
    beat: Callable[[], None] = lambda: None
    traffic: Traffic = field(default_factory=Traffic)
    offers: int = 0
    exchanges: int = 0
    pull_refused_until: float = 0.0
    block_refused_on: date | None = None
    reported: set[str] = field(default_factory=set)
    _session: SessionReply | None = None
    _expires: float = 0.0

    @classmethod
    def to(cls, desk: Desk, enrolment: Enrolment, pace: Pace) -> Link:
        """Return the line to the counter's server; nothing is sent yet."""
        traffic = Traffic()
        gateway = Gateway(enrolment.server_url, on_bytes=traffic.count)
        return cls(desk=desk, enrolment=enrolment, pace=pace, gateway=gateway, traffic=traffic)

    def session(self) -> SessionReply:
        """Return the session, a new one where there is none; Refused."""
        if self._session is None or self.pace.seconds() >= self._expires:
            self._session = self._agreed()
            lasts = max(self._session.expires_in - _MARGIN_S, _MARGIN_S)
            self._expires = self.pace.seconds() + lasts
            self.offers += 1
        return self._session

    def drop_session(self) -> None:
        """Compare chains again before anything else is sent."""
        self._session = None

    def ask(self, call: Callable[[str], T]) -> T:
        """Make a call with the session's token, once more when only the token is to blame; Refused."""
        self.beat()
        try:
            return call(self.session().token)
        except Refused as refused:
            if refused.answer.code not in _RENEW:
                raise
        self.drop_session()
        return call(self.session().token)

    def _agreed(self) -> SessionReply:
        just_begun = False
        for _ in range(_HANDSHAKES):
            self.beat()
            reply = handshake.ask(self.desk, self._present_enrolment(), self.gateway)
            if handshake.settle(self.desk, reply, just_begun=just_begun):
                return reply
            just_begun = reply.chain != ChainState.SERVER_BEHIND
        raise Refused(Answer(error_class=ErrorClass.PROTOCOL, code=Refusal.CHAIN_BROKEN))

    def _present_enrolment(self) -> Enrolment:
        with self.desk.store.reading() as queries:
            return queries.enrolment() or self.enrolment
