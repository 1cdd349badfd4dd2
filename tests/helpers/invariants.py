"""What must hold between an office's counters and the server; one checker, used by every suite and the demo.

`broken` says in words what does not hold, nothing when all is well. What holds at any moment is told apart
from what holds once everything was exchanged.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.helpers.sync_records import CounterRecords, OfficeRecords, Place

from counter_app.storage.dossier_state import state_of
from counter_protocol.dossier_state import State
from counter_protocol.events import GENESIS_HASH, SERVER, EventEnvelope, chain_hash, decode_event
from counter_protocol.fold import NOT_YET, OWNER, FlagKind, changes_state, fold_all
from counter_protocol.notices import RAISING, SETTLING

_FOLLOWING = frozenset({"waiting_since", "stands_still", "resolved_at", "ended_at"})
_EACH_TIME = frozenset({FlagKind.RETURNED_TWICE, FlagKind.RECEIVED_TWICE})
_FOLDS = frozenset(
    {
        FlagKind.RETURNED_TWICE,
        FlagKind.RECEIVED_TWICE,
        FlagKind.RECEIPT_MISSING,
        FlagKind.NOT_OWNER,
        FlagKind.ACT_AFTER_END,
        FlagKind.STATUS_AFTER_END,
        FlagKind.STATUS_CONFLICT,
    }
)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What a suite knows besides.

    ``printed`` are codes on paper; by default those of all receipts. ``gone`` are events that the machine
    that wrote them and the server both lost, to faults no program can mend; ``synced`` says that everything
    was exchanged, so that both sides must agree. ``withheld`` are events put aside on purpose.
    """

    printed: Collection[str] | None = None
    gone: Collection[str] = ()
    withheld: Collection[str] = ()
    synced: bool = True


@dataclass
class _Folded:
    """All dossiers of an office, folded anew from the log; ``aside`` has the subjects of the flags due."""

    states: dict[str, State] = field(default_factory=dict)
    aside: set[str] = field(default_factory=set)


def assert_holds(
    counters: Sequence[CounterRecords], office: OfficeRecords, known: Known | None = None
) -> None:
    """Fail with everything that does not hold."""
    wrong = broken(counters, office, known)
    assert not wrong, "\n".join(wrong[:40])


def broken(
    counters: Sequence[CounterRecords], office: OfficeRecords, known: Known | None = None
) -> list[str]:
    """Return what does not hold, in words."""
    known = known or Known()
    folded, forked = _fold_all(office), _forked(office)
    wrong = [*_numbers(office), *_chains(office), *_flags(office, folded), *_server_states(office, folded)]
    for counter in counters:
        own = [
            *_own_chain(counter),
            *_acked(counter, office, known),
            *_against_server(counter, office),
            *_own_states(counter, forked),
            *_histories(counter),
        ]
        if known.synced:
            own += _nothing_waits(counter, known)
            own += _same_dossiers(counter, office, known, forked)
        wrong += [f"{counter.name}: {each}" for each in own]
    return wrong + list(_codes(counters, office, known))


# The server by itself


def _numbers(office: OfficeRecords) -> Iterator[str]:
    """Numbers run without a gap, and no event has two; a late event leaves the number of its empty place."""
    bodies = Counter(place.office_seq for place in office.places if place.body)
    yield from (f"number {number} is {count} events'" for number, count in bodies.items() if count > 1)
    ids = Counter(place.event_id for place in office.places if place.body)
    yield from (f"event {one} is there {count} times" for one, count in ids.items() if count > 1)
    used = {place.office_seq for place in office.places}
    gaps = set(range(1, office.end + 1)) - used
    arrived_late = sum(flag.kind == FlagKind.EVENT_WITHHELD and flag.settled for flag in office.flags)
    if len(gaps) > arrived_late:
        yield f"numbers {sorted(gaps)[:5]} are nobody's"
    if beyond := {number for number in used if number > office.end}:
        yield f"numbers {sorted(beyond)[:5]} lie beyond the end {office.end}"


def _chains(office: OfficeRecords) -> Iterator[str]:
    chains: dict[tuple[str, int], list[Place]] = {}
    for place in office.places:
        if place.device_id != SERVER:
            chains.setdefault((place.device_id, place.epoch), []).append(place)
    if missing := set(office.chains) ^ set(chains):
        yield f"chains {sorted(missing)} have an end and no places, or places and no end"
    for key, places in chains.items():
        places.sort(key=lambda place: place.seq)
        if [place.seq for place in places] != list(range(1, len(places) + 1)):
            yield f"chain {key} has gaps"
        for before, place in zip((GENESIS_HASH, *(each.hash for each in places)), places, strict=False):
            yield from (f"chain {key} at {place.seq}: {wrong}" for wrong in _place(office, place, before))
        end = (len(places), places[-1].hash)
        if office.chains.get(key, end) != end:
            yield f"chain {key} does not end where it is said to"


def _place(office: OfficeRecords, place: Place, before: bytes) -> Iterator[str]:
    told = office.bodies.get(place.event_id)
    if told is None:
        if not _is_withheld(office, place):
            yield "its event is not there"
    elif chain_hash(before, told.body) != place.hash:
        yield "it breaks"
    elif not place.body and told.office_seq != place.office_seq:
        yield "another number than its event's"


def _is_withheld(office: OfficeRecords, place: Place) -> bool:
    subject = f"{FlagKind.EVENT_WITHHELD}:{place.event_id}"
    return any(flag.subject == subject and not flag.settled for flag in office.flags)


def _fold_all(office: OfficeRecords) -> _Folded:
    folded = _Folded()
    logs: dict[str, list[tuple[EventEnvelope, int]]] = {}
    for place in sorted(office.bodies.values(), key=lambda place: place.office_seq):
        event = decode_event(place.body)
        if changes_state(event):
            logs.setdefault(event.dossier_id, []).append((event, place.office_seq))
    for dossier_id, log in logs.items():
        for event, _number, after in fold_all(log):
            if after.state is not None:
                folded.states[dossier_id] = after.state
            if after.flag is not None:
                about = event.event_id if after.flag in _EACH_TIME else event.device_id
                folded.aside.add(f"{after.flag}:{dossier_id}:{about}")
    return folded


def _flags(office: OfficeRecords, folded: _Folded) -> Iterator[str]:
    """Every event put aside has its flag, every flag of the fold its event, every flag its entry."""
    raised = {flag.subject for flag in office.flags if flag.kind in _FOLDS}
    yield from (f"no flag tells of {subject}" for subject in sorted(folded.aside - raised))
    yield from (f"nothing explains the flag {subject}" for subject in sorted(raised - folded.aside))
    told = sum(
        decode_event(place.body).kind == "flag_raised"
        for place in office.bodies.values()
        if place.device_id == SERVER
    )
    if told != len(office.flags):
        yield f"{len(office.flags)} flags, {told} told"


def _server_states(office: OfficeRecords, folded: _Folded) -> Iterator[str]:
    if missing := set(folded.states) ^ set(office.dossiers):
        yield f"dossiers {sorted(missing)[:5]} are in the log or in the table alone"
    for one, state in folded.states.items():
        there = office.dossiers.get(one, state)
        if dict(state) != dict(there):
            yield f"the server's state of {one} is not its log's: {_difference(state, there)}"
        if office.owners.get(one, state[OWNER]) != state[OWNER]:
            yield f"the server's owner of {one} is not its log's"


# A counter by itself


def _own_chain(counter: CounterRecords) -> Iterator[str]:
    before: dict[int, tuple[int, bytes]] = {}
    for item in counter.out:
        seq, tip = before.get(item.epoch, (0, GENESIS_HASH))
        if (item.epoch_seq, item.prev_hash) != (seq + 1, tip) or chain_hash(tip, item.body) != item.hash:
            yield f"its chain breaks at {item.epoch}/{item.epoch_seq}"
        before[item.epoch] = (item.epoch_seq, item.hash)
    ids = Counter([*(item.event_id for item in counter.out), *(entry.event_id for entry in counter.inbox)])
    yield from (f"it holds event {one} {count} times" for one, count in ids.items() if count > 1)


def _own_states(counter: CounterRecords, forked: set[str]) -> Iterator[str]:
    for one, dossier in counter.dossiers.items():
        state = _fold_log(counter.logs[one])
        if state is None:
            yield f"{one} is there without a receipt"
            continue
        if wrong := _difference(state, state_of(dossier), forked=one in forked):
            yield f"its {one} is not what its log adds up to: {wrong}"
        if state[OWNER] != (dossier.owner or counter.device_id):
            yield f"its owner of {one} is not its log's"


def _fold_log(log: Sequence[tuple[EventEnvelope, int | None]]) -> State | None:
    state: State | None = None
    for _event, _number, after in fold_all((one, NOT_YET if seq is None else seq) for one, seq in log):
        state = after.state
    return state


def _histories(counter: CounterRecords) -> Iterator[str]:
    """The history of a dossier tells every event once."""
    for one, log in counter.logs.items():
        told = Counter((step.act, step.at, step.clerk) for step in counter.histories[one])
        due = Counter(
            (str(event.data.get("act", event.kind)), event.at, event.clerk)
            for event, _number in log
            if changes_state(event)
        )
        if told != due:
            yield f"the history of {one} differs from its log: {_words(told - due)} / {_words(due - told)}"


def _words(steps: Mapping[tuple[str, object, str], int]) -> str:
    return ", ".join(f"{count} {act} {at}" for (act, at, _clerk), count in steps.items()) or "-"


def _nothing_waits(counter: CounterRecords, known: Known) -> Iterator[str]:
    aside = {item.event_id for item in counter.out if counter.states[item.seq] != "acked"}
    if counter.waiting or aside - set(known.withheld):
        yield f"{counter.waiting} events wait, {len(aside)} are not confirmed"
    parked = [entry for entry in counter.inbox if entry.problem and entry.office_seq is not None]
    yield from (f"entry {each.office_seq} is parked: {each.problem}" for each in parked)


# A counter against the server


def _acked(counter: CounterRecords, office: OfficeRecords, known: Known) -> Iterator[str]:
    """What the server confirmed it has, whole; unless it was put back and nobody told the counter yet."""
    if not known.synced:
        return
    for item in counter.out:
        if counter.states[item.seq] != "acked":
            continue
        place = office.bodies.get(item.event_id)
        if place is None:
            yield f"{item.kind} {item.event_id} is confirmed, and the server has it not"
        elif place.body != item.body:
            yield f"{item.event_id} says something else at the server"
        elif item.office_seq not in (None, place.office_seq):
            yield f"{item.event_id} is number {item.office_seq} here and {place.office_seq} there"


def _against_server(counter: CounterRecords, office: OfficeRecords) -> Iterator[str]:
    """In the present epoch the server's chain is the beginning of the counter's."""
    own = {item.epoch_seq: item.hash for item in counter.out if item.epoch == counter.epoch}
    for place in office.places:
        if (place.device_id, place.epoch) == (counter.device_id, counter.epoch) and (
            own.get(place.seq) != place.hash
        ):
            yield f"the server's place {place.epoch}/{place.seq} is not this counter's"


def _same_dossiers(
    counter: CounterRecords, office: OfficeRecords, known: Known, forked: set[str]
) -> Iterator[str]:
    gone = set(known.gone)
    for entry in counter.inbox:
        place = office.bodies.get(entry.event_id)
        forgotten = entry.device_id == SERVER and entry.office_seq is None  # said before it was put back
        if place is None and entry.event_id not in gone and not forgotten:
            yield f"entry {entry.event_id} is not in the server's log"
        elif place is not None and place.office_seq != entry.office_seq:
            yield f"entry {entry.event_id} is number {entry.office_seq} here, {place.office_seq} there"
    if missing := [one for one in office.bodies if one not in counter.held()]:
        yield f"{len(missing)} events of the log are not here"
    apart = {
        event.dossier_id for log in counter.logs.values() for event, _number in log if event.event_id in gone
    }
    both = set(office.dossiers) | set(counter.dossiers)
    for one in sorted(both - apart):
        here, there = counter.dossiers.get(one), office.dossiers.get(one)
        if here is None or there is None:
            yield f"{one} is {'not here' if here is None else 'here alone'}"
            continue
        if wrong := _difference(state_of(here), there, forked=one in forked):
            yield f"{one} differs from the server's: {wrong}"
        if (here.owner or counter.device_id) != there[OWNER]:
            yield f"{one} has another owner than at the server"


# Codes on paper


def _codes(counters: Sequence[CounterRecords], office: OfficeRecords, known: Known) -> Iterator[str]:
    """A code leads to one dossier, or a flag says that it leads to more."""
    if known.printed is not None:
        printed = set(known.printed)
    elif known.synced:
        printed = {one.dossier_code for counter in counters for one in counter.dossiers.values()}
        printed -= _codes_of_gone(counters, set(known.gone))
    else:
        printed = set()
    for code in sorted(printed | set(office.aliases)):
        ids = office.aliases.get(code, frozenset())
        if not ids:
            yield f"code {code} leads nowhere"
        flagged = {
            flag.dossier_id
            for flag in office.flags
            if flag.kind == FlagKind.DUPLICATE_CODE and f":{code}:" in flag.subject
        }
        if len(ids - flagged) > 1:
            yield f"code {code} leads to {len(ids)} dossiers, and no flag tells of it"


def _codes_of_gone(counters: Sequence[CounterRecords], gone: set[str]) -> set[str]:
    return {
        counter.dossiers[one].dossier_code
        for counter in counters
        for one, log in counter.logs.items()
        if any(event.event_id in gone for event, _number in log)
    }


def _forked(office: OfficeRecords) -> set[str]:
    """Return dossiers that a device worked on twice at once: its acts did not know of each other.

    All of them stand, and what follows from status and life together may then follow from neither.
    """
    forked = {flag.subject.split(":")[1] for flag in office.flags if flag.kind == FlagKind.FORKED_DEVICE}
    return {place.dossier_id for place in office.bodies.values() if place.device_id in forked}


def _difference(one: Mapping[str, object], other: Mapping[str, object], *, forked: bool = False) -> str:
    """Return in words where two states differ, "" where they do not; what the fold keeps is its own."""
    names = sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
    told = [name for name in names if not name.startswith("fold.") and not (forked and name in _FOLLOWING)]
    return ", ".join(f"{name} {one.get(name)!r:.60} / {other.get(name)!r:.60}" for name in told[:6])


def office_events(office: OfficeRecords) -> int:
    """Return how many events of counters, notices left out, the server holds."""
    quiet = {str(kind) for kind in (*RAISING, *SETTLING)}
    return sum(decode_event(place.body).kind not in quiet for place in office.bodies.values())
