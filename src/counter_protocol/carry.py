"""The carry file: what counters and the server say to each other, on a stick instead of a line.

It holds the very messages of the line in one signed and encrypted file, so whatever is carried may also
arrive by the line, before or after, in any order, as often as one likes. Nothing counts as sent because it
was written into a file; only the answer of the server, by either way, says so.

The layout, numbers big-endian::

    QMCC1                   magic
    u32, header             a `CarryHeader` in MessagePack, readable by anybody: no personal data
    80 bytes                the content key, HPKE (X25519, HKDF-SHA256, ChaCha20-Poly1305) to the recipient;
                            `info` is a tag and everything before it
    (u32, sealed block)*    ChaCha20-Poly1305 under the content key; nonce: the block's number (8 bytes), then
                            1 for the last block and 0 for any other (4 bytes); associated data: SHA-256 of
                            everything before the content key
    64 bytes                the sender's Ed25519 signature (`signing.CARRY_UP`, `CARRY_DOWN`) over the
                            SHA-256 of everything before it

A block is one zstd frame of at most `BLOCK_BYTES` of the record stream, where a record is a u32 length and a
`Record`; records cross the borders of blocks. The signature is checked over the whole file before the first
block is opened. The header lists how much the file holds, and a reader stops when more or less is in it.
No name of a file is in it anywhere.

| record | body | goes |
|---|---|---|
| ``place`` | SessionRequest: where the counter stands | up |
| ``batch`` | Signed[PushRequest] | up |
| ``scan``, then ``bytes`` | UploadRequest, then its content in order | up |
| ``ack`` | CarryAck | down |
| ``pull`` | CarryPage | down |
| ``pack``, then ``bytes`` | PackOffer, then its content in order | down |
| ``blocks`` | BlockReply | down |

A reader leaves out records of a kind it does not know.
"""

from enum import StrEnum

import msgspec

from counter_protocol.messages import Message, Place, PullReply

MAGIC = b"QMCC1"
VERSION = 1
MAX_HEADER = 64 * 1024
BLOCK_BYTES = 1024 * 1024
PIECE_BYTES = 512 * 1024  # of a scan or pack in one record
MAX_RECORD = 2 * 1024 * 1024
MAX_FILE = 2 * 1024**3
SIGNATURE_BYTES = 64
SEALED_KEY_BYTES = 80
SEAL_TAG = b"one-stop-counter/carry-file/1\x00"
MAX_OFFICE_SEQS = 10_000  # in one `CarryAck`, and as many scans


class Direction(StrEnum):
    """Which way a file goes; values are part of the format."""

    UP = "up"
    DOWN = "down"


class RecordKind(StrEnum):
    """What a record is; values are part of the format."""

    PLACE = "place"
    BATCH = "batch"
    SCAN = "scan"
    ACK = "ack"
    PULL = "pull"
    PACK = "pack"
    BLOCKS = "blocks"
    BYTES = "bytes"


# Above any real file: a counter of ten years without a line has fewer.
COUNT_LIMITS = {
    RecordKind.PLACE: 1,
    RecordKind.BATCH: 100_000,
    RecordKind.SCAN: 100_000,
    RecordKind.ACK: 10_000,
    RecordKind.PULL: 100_000,
    RecordKind.PACK: 100,
    RecordKind.BLOCKS: 1,
    "scan_bytes": MAX_FILE,
    "pack_bytes": MAX_FILE,
    "events": 10_000_000,
    "entries": 10_000_000,
}


class CarryProblem(StrEnum):
    """Why a file is not taken; part of the codes shown to clerks (``carry_<value>``)."""

    NOT_A_FILE = "not_a_file"
    NEWER = "newer"
    DAMAGED = "damaged"
    WRONG_SENDER = "wrong_sender"
    WRONG_RECIPIENT = "wrong_recipient"
    TOO_BIG = "too_big"


class CarryRefused(Exception):
    """The file is not taken, and nothing of it was believed."""

    def __init__(self, problem: CarryProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class CarryHeader(Message, frozen=True, kw_only=True):
    """Who carries how much to whom. ``sender`` and ``recipient`` are device ids or `SERVER`.

    ``file_id`` is a UUIDv7, so a later file of a sender has a greater one; ``created`` UTC text. ``counts``
    has the number of records of each kind, ``events``, ``entries``, ``scan_bytes`` and ``pack_bytes``;
    ``kinds`` the number of events of each kind; ``packs`` their kinds and versions. ``answers`` is the id of
    the file this one answers, "" for none.
    """

    direction: str
    unit: str
    counter: int
    sender: str
    recipient: str
    file_id: str
    created: str
    counts: dict[str, int]
    kinds: dict[str, int] = msgspec.field(default_factory=dict)
    packs: list[str] = msgspec.field(default_factory=list)
    answers: str = ""
    version: int = msgspec.field(default_factory=lambda: VERSION)  # always written, as `version.spoken`


class Record(Message, frozen=True, kw_only=True):
    """One thing in the file; ``kind`` as `RecordKind`, or one this program does not know."""

    kind: str
    body: bytes


class LateNumber(Message, frozen=True, kw_only=True):
    """The number in the office's log of an event that had been withheld and came after all."""

    epoch: int
    seq: int
    office_seq: int


class CarryAck(Message, frozen=True, kw_only=True):
    """What the server has of a device's epoch.

    ``chain`` is as in a session's reply when the file answers one of the counter, else "ok". ``office_seqs``
    are the numbers of the places from ``first_seq`` on; several of these records share long chains between
    them. ``office_seq`` is the end of the office's log. ``scans`` are the ids of attachments the server keeps
    whole, ``late`` the withheld events of the answered file that arrived. ``refused_seq`` is the place of an
    event of that file the server cannot take, 0 for none, and ``refused_code`` why (`refusals.Refusal`).
    ``log_changed`` as in a session's reply.
    """

    chain: str
    epoch: int
    ack: Place
    office_seq: int
    common_seq: int = 0
    first_seq: int = 1
    office_seqs: list[int] = msgspec.field(default_factory=list)
    scans: list[str] = msgspec.field(default_factory=list)
    late: list[LateNumber] = msgspec.field(default_factory=list)
    refused_seq: int = 0
    refused_code: str = ""
    log_changed: bool = False


class CarryPage(Message, frozen=True, kw_only=True):
    """Entries of the office's log after ``after``; a counter that is not that far yet cannot use them."""

    after: int
    page: PullReply
