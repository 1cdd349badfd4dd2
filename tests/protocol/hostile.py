"""Bytes that look like an event and are none, and values nobody expects."""

import json
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from tests.protocol import samples

from counter_protocol.canonical import canonical_bytes

# A busy machine is no fault of the code.
settings.register_profile("no_deadline", deadline=None)
settings.load_profile("no_deadline")

RECORD: dict[str, Any] = json.loads(samples.events()[2])
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
BAD_EVENTS: dict[str, bytes] = {
    "deep": b'{"data":' * 100_000,
    "deep lists": b"[" * 1_000_000,
    "not a number": canonical_bytes(RECORD).replace(b'"rev":1', b'"rev":NaN'),
    "endless": canonical_bytes(RECORD).replace(b'"rev":1', b'"rev":1,"more":-Infinity'),
    "half a letter": canonical_bytes(RECORD | {"clerk": "CLERK"}).replace(b"CLERK", b"\\ud800"),
    "half a letter within": canonical_bytes(RECORD | {"data": {"a": ["CLERK"]}}).replace(
        b"CLERK", b"\\uDFFF"
    ),
    "half a letter of a name": canonical_bytes(RECORD | {"data": {"CLERK": 1}}).replace(b"CLERK", b"\\uD83d"),
    "bytes that are no text": canonical_bytes(RECORD | {"clerk": "CLERK"}).replace(b"CLERK", b"\xed\xa0\x80"),
    "another coding": canonical_bytes(RECORD).decode().encode("utf-16"),
    "a mark before it": b"\xef\xbb\xbf" + canonical_bytes(RECORD),
    "a number of ten thousand digits": canonical_bytes(RECORD).replace(b'"rev":1', b'"rev":' + b"9" * 10_000),
    "no id": canonical_bytes(RECORD | {"event_id": ""}),
    "a list for data": canonical_bytes(RECORD | {"data": []}),
    "a moment with a zone": canonical_bytes(RECORD | {"at": "2026-11-23T01:30:00.000000+00:00"}),
    "a moment of one digit": canonical_bytes(RECORD | {"at": "2026-1-23T01:30:00.000000Z"}),
    "a moment in other digits": canonical_bytes(RECORD | {"at": "٢٠٢٦-11-23T01:30:00.000000Z"}),
    "the end of time": canonical_bytes(RECORD | {"at": "9999-12-31T23:59:59.999999Z"}),
    "no day": canonical_bytes(RECORD | {"at": "2026-02-30T01:30:00.000000Z"}),
}
