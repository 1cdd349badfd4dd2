"""Everything counters and the server say to each other.

Messages are MessagePack maps (see `wire`); a field added later has a default, an unknown one is ignored.
Hashes are 32 bytes, moments UTC text as in events, sizes bytes, durations seconds.

| call | request | reply |
|---|---|---|
| ``POST /v1/enrol`` | EnrolRequest | EnrolReply |
| ``POST /v1/session`` | Signed[SessionRequest] | SessionReply |
| ``POST /v1/push`` | Signed[PushRequest] | PushReply |
| ``GET /v1/pull?cursor&limit&epoch&wait&at`` (at: as ``cursor_event``) | | PullReply |
| ``POST /v1/blocks`` | BlockRequest | BlockReply |
| ``POST /v1/quarantine`` | QuarantineReport | Done |
| ``POST /v1/uploads`` | UploadRequest | UploadState |
| ``GET /v1/uploads/{id}`` | | UploadState |
| ``PATCH /v1/uploads/{id}`` (headers Upload-Offset, Upload-Checksum: sha256 HEX) | bytes | UploadState |
| ``GET /v1/packs`` | | PackList |
| ``GET /v1/packs/{sha256}`` (Range, ETag) | | bytes |

All but enrol and session carry ``Authorization: Bearer <token of the session>``. Any refusal is an
`ErrorReply` with a status of 4xx or 5xx.
"""

import msgspec

from counter_protocol.version import spoken


class Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A map on the wire; unknown fields are ignored, missing ones take their defaults."""


class Signed(Message, frozen=True):
    """A payload with the device's Ed25519 signature over it (`signing`)."""

    device_id: str
    payload: bytes
    signature: bytes


class EnrolRequest(Message, frozen=True):
    """A counter introduces itself with the one-time code its administrator got from the server."""

    unit_code: str
    code: str
    device_id: str
    counter: int
    public_key: bytes  # Ed25519, 32 bytes
    now: str
    app_version: str = ""
    protocol: int = msgspec.field(default_factory=spoken)
    sealing_key: bytes = b""  # X25519, 32 bytes: carry files to this counter (`carry_keys`)


class NumberBlock(Message, frozen=True):
    """Dossier numbers a counter may give within a day, both ends included, from a day until another."""

    first: int
    last: int
    from_day: str
    until_day: str = ""  # "": until it is returned


class EnrolReply(Message, frozen=True):
    """What the counter must keep of the server."""

    office_name: str
    province: str
    signing_key: bytes  # Ed25519: carry files and packs lists of the server
    sealing_key: bytes  # X25519: carry files to the server
    blocks: list[NumberBlock] = []
    now: str = ""


class Place(Message, frozen=True):
    """A place in a device's chain."""

    seq: int
    hash: bytes


class PackHeld(Message, frozen=True):
    """A data pack on the counter."""

    kind: str
    version: int
    unit: str = ""


class SessionRequest(Message, frozen=True):
    """Where the counter stands. ``checkpoints`` as `chain.checkpoint_places`, of the present epoch.

    ``cursor_event`` is the id of the event the counter knows at its cursor, "" when it knows none: a log that
    has another one there was put back and went on otherwise.

    ``audit_end`` is the end of the counter's audit log; ``audit_known`` the place of the last tip the server
    countersigned, with the hash the log has there now. ``audit_tip`` are the first 8 hex digits of the end.
    """

    unit_code: str
    device_id: str
    epoch: int
    last: Place
    acked_seq: int
    cursor: int
    now: str
    checkpoints: list[Place] = []
    packs: list[PackHeld] = []
    app_version: str = ""
    protocol: int = msgspec.field(default_factory=spoken)
    capabilities: list[str] = []
    audit_tip: str = ""
    cursor_event: str = ""
    audit_end: Place | None = None
    audit_known: Place | None = None


class Limits(Message, frozen=True):
    """What the server takes at once."""

    batch_events: int = 100
    batch_bytes: int = 256 * 1024
    event_bytes: int = 256 * 1024
    chunk_bytes: int = 256 * 1024
    pull_items: int = 200


class PackOffer(Message, frozen=True):
    """A data pack the server has."""

    kind: str
    version: int
    sha256: str
    size: int
    unit: str = ""
    published_at: str = ""


class SessionReply(Message, frozen=True):
    """How the counter's chain stands (`chain.ChainState`), and a token for the other calls.

    ``ack`` is the server's last place in this epoch; ``common_seq`` the newest checkpoint both have.
    ``log_changed``: the office's log is another one up to the counter's cursor and must be pulled anew.
    ``lookup_url`` is where citizens look dossiers up, "" when the server has no public address.
    ``audit_proof`` countersigns ``audit_end`` as of ``now`` (`audit_tips`); b"" for none.
    """

    chain: str
    ack: Place
    common_seq: int
    token: str
    expires_in: int
    now: str
    office_seq: int
    limits: Limits = Limits()
    packs: list[PackOffer] = []
    blocks: list[NumberBlock] = []
    protocol: int = msgspec.field(default_factory=spoken)
    oldest_pull: int = 1
    capabilities: list[str] = []
    server_version: str = ""
    log_changed: bool = False
    lookup_url: str = ""
    audit_proof: bytes = b""


class Withheld(Message, frozen=True):
    """Why an event stays at the counter; its hash keeps the chain whole."""

    hash: bytes
    event_id: str
    dossier_id: str
    kind: str
    reason: str


class EventItem(Message, frozen=True):
    """One place of the chain: the event's exact bytes, or why they are withheld."""

    body: bytes = b""
    withheld: Withheld | None = None


class LateEvent(Message, frozen=True):
    """An event that had been withheld, sent after all."""

    epoch: int
    seq: int
    body: bytes


class PushRequest(Message, frozen=True):
    """The events after ``prev_hash``; the first one stands at ``first_seq``."""

    unit_code: str
    epoch: int
    first_seq: int
    prev_hash: bytes
    events: list[EventItem]
    late: list[LateEvent] = []
    protocol: int = msgspec.field(default_factory=spoken)


class PushNote(Message, frozen=True):
    """What the server noticed about an event it took (`fold.FlagKind`)."""

    seq: int
    code: str


class PushReply(Message, frozen=True):
    """Sent after the commit. ``office_seqs`` are the numbers of the events in the office's log, in order."""

    ack: Place
    office_seqs: list[int]
    notes: list[PushNote] = []
    late_office_seqs: list[int] = []


class DownItem(Message, frozen=True):
    """One entry of the office's log: an event of another counter, of an earlier epoch, or of the server."""

    office_seq: int
    body: bytes


class PullReply(Message, frozen=True):
    """Entries after the cursor, oldest first; ``cursor`` is where to go on even when there are none."""

    cursor: int
    items: list[DownItem] = []
    more: bool = False


class BlockRequest(Message, frozen=True):
    """Ask for a block of ``size`` numbers a day, or hand ``returned`` back as of the day after today."""

    size: int = 0
    today: str = ""
    returned: NumberBlock | None = None


class BlockReply(Message, frozen=True):
    """The blocks that are the counter's now."""

    blocks: list[NumberBlock]


class QuarantinedItem(Message, frozen=True):
    """An item one side could not use: which, and the class of the error, nothing of its content."""

    direction: str  # up, down
    item: str  # event_id, or the office_seq as text
    code: str


class QuarantineReport(Message, frozen=True):
    """What the counter put aside."""

    items: list[QuarantinedItem]


class Done(Message, frozen=True):
    """Nothing more to say."""


class UploadRequest(Message, frozen=True):
    """Announce a scan; a file of the same content is never sent twice."""

    attachment_id: str
    dossier_id: str
    sha256: str
    size: int
    media_type: str = "application/pdf"


class UploadState(Message, frozen=True):
    """How far an upload is; ``done``: the whole file is stored and its sum was right."""

    upload_id: str
    offset: int
    done: bool = False
    chunk_bytes: int = 256 * 1024


class PackList(Message, frozen=True):
    """The data packs for this counter's unit."""

    packs: list[PackOffer]


class ErrorReply(Message, frozen=True):
    """A refusal: ``code`` as in `refusals`; ``seq`` names the one event that is to blame, where one is."""

    code: str
    detail: str = ""
    seq: int = 0
    retry_after: float = 0
