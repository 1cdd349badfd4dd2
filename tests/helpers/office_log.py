"""An office's log without a server: numbers what counters hand over, and hands it to the others."""

from counter_app.services.desk import Desk
from counter_app.services.sync.apply_log import Applied, apply_page
from counter_protocol.events import EventEnvelope, decode_event, encode_event
from counter_protocol.fold import changes_state, fold_all
from counter_protocol.messages import DownItem

_ALL = 10**6


class OfficeLog:
    """The events of one office in the order they arrived, and what dossiers become by them."""

    def __init__(self) -> None:
        self.events: list[EventEnvelope] = []
        self.bodies: list[bytes] = []
        self.flags: list[str] = []

    def take(self, desk: Desk) -> int:
        """Take everything the counter has, confirm it, and return how much it was."""
        with desk.store.writing() as transaction:
            items = transaction.next_out(_ALL, _ALL * 1000)
            if not items:
                return 0
            numbers = {item.seq: self.add(item.body) for item in items}
            transaction.mark_acked(items[-1].epoch, items[-1].epoch_seq, numbers)
        return len(items)

    def add(self, body: bytes) -> int:
        """Number an event; one that came before keeps its number."""
        event = decode_event(body)
        known = [number for number, each in enumerate(self.events, 1) if each.event_id == event.event_id]
        if known:
            return known[0]
        self.events.append(event)
        self.bodies.append(body)
        return len(self.events)

    def write(self, event: EventEnvelope) -> int:
        """Write an event of the server itself."""
        return self.add(encode_event(event))

    def give(self, desk: Desk) -> Applied:
        """Give the counter everything of others after its cursor."""
        own = desk.settings.counter.device_id
        with desk.store.reading() as queries:
            after = queries.cursor()
        page = [
            DownItem(office_seq=number, body=body)
            for number, (event, body) in enumerate(zip(self.events, self.bodies, strict=True), 1)
            if number > after and event.device_id != own
        ]
        return apply_page(desk, page, after=after, cursor=len(self.events))

    def states(self) -> dict[str, dict[str, object]]:
        """Fold everything and return the states by dossier; `flags` tells what was put aside."""
        logs: dict[str, list[tuple[EventEnvelope, int]]] = {}
        for number, event in enumerate(self.events, 1):
            if changes_state(event):
                logs.setdefault(event.dossier_id, []).append((event, number))
        states: dict[str, dict[str, object]] = {}
        aside: list[tuple[int, str]] = []
        for dossier_id, log in logs.items():
            for _event, number, folded in fold_all(log):
                if folded.state is not None:
                    states[dossier_id] = dict(folded.state)
                if folded.flag is not None:
                    aside.append((number, folded.flag))
        self.flags = [flag for _number, flag in sorted(aside)]
        return states
