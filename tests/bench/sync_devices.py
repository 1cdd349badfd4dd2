"""Many counters made of one: the same day under other ids, in another office, with chains of their own.

The ids of the counter that worked count up; here each becomes one as chance would have made it, because ids
are most of what cannot be packed. Nothing else about the bytes changes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b

from counter_protocol import signing, wire
from counter_protocol.events import GENESIS_HASH, chain_hash
from counter_protocol.messages import EventItem, Place, PushRequest, SessionRequest

_ID = re.compile(rb"01930000-0000-7000-8000-([0-9a-f]{12})")
_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True)
class Device:
    """One counter and its whole chain."""

    unit: str
    device_id: str
    counter: int
    bodies: Sequence[bytes] = field(repr=False)
    key: bytes = field(default_factory=signing.new_private_key, repr=False)

    @property
    def public_key(self) -> bytes:
        return signing.public_key_of(self.key)

    @cached_property
    def hashes(self) -> list[bytes]:
        """The chain's hashes; the first is that of no event."""
        hashes = [GENESIS_HASH]
        for body in self.bodies:
            hashes.append(chain_hash(hashes[-1], body))
        return hashes

    def session(self, now: str) -> bytes:
        """Return the body of its session request."""
        last = len(self.bodies)
        request = SessionRequest(
            unit_code=self.unit,
            device_id=self.device_id,
            epoch=1,
            last=Place(seq=last, hash=self.hashes[last]),
            acked_seq=0,
            cursor=0,
            now=now,
        )
        return self._sealed(signing.SESSION, wire.to_bytes(request))

    def batches(self, size: int) -> list[PushRequest]:
        """Return its pushes, `size` events each."""
        return [
            PushRequest(
                unit_code=self.unit,
                epoch=1,
                first_seq=start + 1,
                prev_hash=self.hashes[start],
                events=[EventItem(body=body) for body in self.bodies[start : start + size]],
            )
            for start in range(0, len(self.bodies), size)
        ]

    def packed(self, push: PushRequest) -> bytes:
        """Return the body of a push, signed and packed as the app does."""
        return self._sealed(signing.PUSH, wire.to_bytes(push))

    def _sealed(self, purpose: bytes, payload: bytes) -> bytes:
        return wire.pack(wire.to_bytes(signing.signed(purpose, self.key, self.device_id, payload)))


def device_like(bodies: Sequence[bytes], *, counter: int, device_id: str, unit: str, number: int) -> Device:
    """Return the `number`-th device, of the office ``H<number // 3>``, that did the same.

    Args:
        bodies: what the pattern did.
        counter: the pattern's number, 1 to 3, which its codes begin with.
        device_id: the pattern's id.
        unit: the pattern's office.
        number: which copy.
    """
    office = f"H{number // 3:05d}"
    known: dict[bytes, bytes] = {}

    def by_chance(found: re.Match[bytes]) -> bytes:
        count = found[1]
        if count not in known:
            known[count] = _id(number, int(count, 16))
        return known[count]

    def copy(text: bytes) -> bytes:
        return _ID.sub(by_chance, text).replace(unit.encode(), office.encode())

    return Device(office, copy(device_id.encode()).decode(), counter, [copy(body) for body in bodies])


def _id(number: int, count: int) -> bytes:
    """Return a UUIDv7 that grows with `count`."""
    chance = blake2b(b"%d %d" % (number, count), digest_size=10).hexdigest()
    moment = f"{0x019AAAA00000 + count % 1_000_000 * 7:012x}"
    variant = "89ab"[int(chance[3], 16) % 4]
    return f"{moment[:8]}-{moment[8:]}-7{chance[:3]}-{variant}{chance[4:7]}-{chance[7:19]}".encode()
