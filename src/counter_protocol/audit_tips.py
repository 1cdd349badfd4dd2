"""What the server signs when it countersigns the tip of a counter's audit log.

Whoever rewrites a log has to explain a signature of the past: it names the counter, the place in its log,
the hash there and the server's time. Fields of variable length are told with their length, so that no two
statements have the same bytes.
"""

from counter_protocol.signing import AUDIT_TIP, BadSignature, sign, verify

HASH_BYTES = 32


def countersigned(
    private_key: bytes, *, unit_code: str, device_id: str, seq: int, hash_: bytes, at: str
) -> bytes:
    """Return the server's signature, 64 bytes; ``at`` is its time as it says it in the same reply."""
    return sign(AUDIT_TIP, private_key, _statement(unit_code, device_id, seq, hash_, at))


def is_countersigned(
    public_key: bytes, signature: bytes, *, unit_code: str, device_id: str, seq: int, hash_: bytes, at: str
) -> bool:
    """Tell whether the server with that key signed exactly this."""
    try:
        verify(AUDIT_TIP, public_key, _statement(unit_code, device_id, seq, hash_, at), signature)
    except BadSignature:
        return False
    return True


def _statement(unit_code: str, device_id: str, seq: int, hash_: bytes, at: str) -> bytes:
    texts = [text.encode("utf-8") for text in (unit_code, device_id, at)]
    return b"".join((*(len(text).to_bytes(4) + text for text in texts), seq.to_bytes(8), hash_))
