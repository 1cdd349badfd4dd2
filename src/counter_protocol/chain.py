"""Comparing two ends of a device's event chain: who is behind, and from where the two differ."""

from collections.abc import Sequence
from enum import StrEnum

from counter_protocol.events import GENESIS_HASH

MAX_CHECKPOINTS = 40


class ChainState(StrEnum):
    """What the server says of a counter's chain; values are part of the wire contract."""

    OK = "ok"  # push what comes after ack_seq
    COUNTER_BEHIND = "counter_behind"  # the counter was put back: new epoch, pull own events
    FORKED = "forked"  # same place, other event: two machines with one identity, or put back and worked on
    SERVER_BEHIND = "server_behind"  # the server was put back: push again from ack_seq


def checkpoint_places(last_seq: int) -> list[int]:
    """Return the places whose hashes a side names, dense at the end and doubling backwards, newest first."""
    places: list[int] = []
    step = 1
    at = last_seq
    while at > 0 and len(places) < MAX_CHECKPOINTS:
        places.append(at)
        at -= step
        step *= 2
    return places


def newest_common(mine: Sequence[tuple[int, bytes]], theirs: dict[int, bytes]) -> int:
    """Return the newest place both sides have the same hash at, 0 when only the beginning is common."""
    return max((seq for seq, hash_ in mine if theirs.get(seq) == hash_), default=0)


def compare(
    *,
    counter_seq: int,
    counter_hash: bytes,
    acked_seq: int,
    server_seq: int,
    server_hash: bytes,
    server_hash_at_counter: bytes | None,
    counter_hash_at_server: bytes | None,
) -> ChainState:
    """Return how the counter's chain and the server's stand to each other.

    Args:
        counter_seq: the counter's last place, 0 for an empty chain.
        counter_hash: its hash.
        acked_seq: the last place the server confirmed, as far as the counter knows.
        server_seq: the server's last place.
        server_hash: its hash.
        server_hash_at_counter: the server's hash at the counter's last place; None when it is not that far.
        counter_hash_at_server: the counter's hash at the server's last place, when its checkpoints name it.
    """
    if server_seq == 0:
        return ChainState.SERVER_BEHIND if acked_seq else ChainState.OK
    if server_seq > counter_seq or (server_seq == counter_seq and server_hash != counter_hash):
        at_counter = GENESIS_HASH if counter_seq == 0 else server_hash_at_counter
        return ChainState.COUNTER_BEHIND if at_counter == counter_hash else ChainState.FORKED
    if server_seq == counter_seq or counter_hash_at_server == server_hash:
        return ChainState.SERVER_BEHIND if server_seq < acked_seq else ChainState.OK
    return ChainState.FORKED
