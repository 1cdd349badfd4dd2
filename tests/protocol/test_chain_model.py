"""How two chains stand to each other, for any way in which they part and either side is put back."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_protocol.chain import MAX_CHECKPOINTS, ChainState, checkpoint_places, compare, newest_common
from counter_protocol.events import GENESIS_HASH, chain_hash


def chained(*parts: tuple[str, int]) -> list[bytes]:
    """Return the hashes of a chain whose parts are told by a name and a length; the genesis hash first."""
    hashes = [GENESIS_HASH]
    for name, length in parts:
        for place in range(length):
            hashes.append(chain_hash(hashes[-1], f"{name}{place}".encode()))
    return hashes


@dataclass(frozen=True)
class Ends:
    """Both sides' chains after they parted, and what the counter was told last."""

    counter: list[bytes]
    server: list[bytes]
    acked: int

    @property
    def common(self) -> int:
        """The last place both have the same event at."""
        pairs = zip(self.counter, self.server, strict=False)
        return sum(1 for mine, theirs in pairs if mine == theirs) - 1


ends = st.builds(
    lambda common, mine, theirs, acked: Ends(
        chained(("common", common), ("mine", mine)),
        chained(("common", common), ("theirs", theirs)),
        acked,
    ),
    st.integers(0, 300),
    st.integers(0, 40) | st.just(0),
    st.integers(0, 40) | st.just(0),
    st.integers(0, 340),
)


def state_of(sides: Ends) -> ChainState:
    """Ask as a session does when every place can be named."""
    mine, theirs = sides.counter, sides.server
    counter_seq, server_seq = len(mine) - 1, len(theirs) - 1
    return compare(
        counter_seq=counter_seq,
        counter_hash=mine[-1],
        acked_seq=sides.acked,
        server_seq=server_seq,
        server_hash=theirs[-1],
        server_hash_at_counter=theirs[counter_seq] if 0 < counter_seq <= server_seq else None,
        counter_hash_at_server=mine[server_seq] if 0 < server_seq <= counter_seq else None,
    )


def wanted(sides: Ends) -> ChainState:
    """Say how the chains stand from the events themselves."""
    counter_seq, server_seq = len(sides.counter) - 1, len(sides.server) - 1
    if sides.common < min(counter_seq, server_seq):
        return ChainState.FORKED
    if server_seq > counter_seq:
        return ChainState.COUNTER_BEHIND
    return ChainState.SERVER_BEHIND if server_seq < sides.acked else ChainState.OK


@settings(max_examples=300, deadline=None)
@given(ends)
def test_the_state_is_what_the_events_say(sides: Ends) -> None:
    assert state_of(sides) is wanted(sides)


@settings(max_examples=300, deadline=None)
@given(ends, st.data())
def test_what_was_put_back_is_never_taken_for_well(sides: Ends, data: st.DataObject) -> None:
    """From one chain both have, either side loses its end, and goes on or not."""
    whole = chained(("common", len(sides.counter) - 1))
    cut = data.draw(st.integers(0, len(whole) - 1))
    more = data.draw(st.integers(0, 5))
    acked = len(whole) - 1
    server_back = Ends(whole, whole[: cut + 1], acked)
    assert state_of(server_back) is (ChainState.OK if cut == acked else ChainState.SERVER_BEHIND)
    gone_on = [*whole[: cut + 1], *chained(("other", more))[1:]]
    counter_back = Ends(gone_on, whole, min(acked, cut))
    if cut == acked:
        assert state_of(counter_back) is ChainState.OK
    else:
        assert state_of(counter_back) is (ChainState.FORKED if more else ChainState.COUNTER_BEHIND)


@settings(max_examples=300, deadline=None)
@given(ends)
def test_the_newest_common_place_is_the_newest_named_one_before_they_part(sides: Ends) -> None:
    named = [(seq, sides.counter[seq]) for seq in checkpoint_places(len(sides.counter) - 1)]
    theirs = {seq: sides.server[seq] for seq, _hash in named if seq < len(sides.server)}
    found = newest_common(named, theirs)
    assert found == max((seq for seq, _hash in named if seq <= sides.common), default=0)
    # What is told again beyond it is never more than what was lost, and as much once more.
    lost = len(sides.counter) - 1 - sides.common
    assert sides.common - found <= lost + 1


@settings(deadline=None)
@given(st.integers(0, 2**62))
def test_the_named_places_are_few_and_dense_at_the_end(last: int) -> None:
    places = checkpoint_places(last)
    assert len(places) <= MAX_CHECKPOINTS
    assert places == sorted(set(places), reverse=True)
    assert all(0 < place <= last for place in places)
    assert places[:3] == [place for place in (last, last - 1, last - 3) if place > 0][: len(places)]
    for newer, older in pairwise(places):
        assert newer - older <= max(1, last - newer + 1)


@pytest.mark.parametrize("last", [1, 2, 3, 10, 1000, 10**6, 2**39])
def test_chains_of_a_real_length_are_named_down_to_their_beginning(last: int) -> None:
    places = checkpoint_places(last)
    assert places[-1] <= last // 2 + 1
    assert last - places[-1] >= (last - 1) // 2
