"""The chain of trust: which keys may sign which data, and how one root hands over to the next.

Roots are those of The Update Framework (TUF 1.0, "Root"): each next one is signed by the threshold of
the one before and of itself. Our own field ``data_grants``, signed with the rest, says which keys may
sign which kinds of packs for which units. Expiry dates are not enforced: a counter without a network,
or with a wrong clock, would lose its data for a date, and an attacker gains nothing that the rule
"never an older version" does not already refuse.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Role, Root, Targets
from tuf.api.serialization import DeserializationError, SerializationError

from counter_app.domain.data_pack import PackKind
from counter_app.domain.errors import BadInput, RuleRefusal

MAX_ROOT = 256_000
GRANTS = "data_grants"
_REFUSED = (RepositoryError, ValueError, SerializationError, TypeError, KeyError, AttributeError)


@dataclass(frozen=True, slots=True)
class Grant:
    """`threshold` of these keys together may sign packs of these kinds, overlays for these units only."""

    kinds: tuple[str, ...]
    units: tuple[str, ...]
    keyids: tuple[str, ...]
    threshold: int

    def covers(self, kind: PackKind, unit: str) -> bool:
        """Tell whether the grant is for such a pack."""
        if kind not in self.kinds:
            return False
        return kind is PackKind.NATIONAL or any(unit_within(unit, area) for area in self.units)


def unit_within(unit: str, area: str) -> bool:
    """Tell whether a unit code (H29.12, or 000.17.22.H56 of before) lies in `area` (H29, H29.12)."""
    return unit == area or unit.startswith(f"{area}.") or unit.endswith(f".{area}")


def read_root(raw: bytes) -> Metadata[Root]:
    """Read a root that is signed by the threshold of its own keys and has sound grants.

    Raises:
        BadInput: ``pack_bad_root``, ``pack_root_half_signed`` (``signed``, ``needed``).
    """
    try:
        if len(raw) > MAX_ROOT:
            raise ValueError
        root = Metadata[Root].from_bytes(raw)
        if not isinstance(root.signed, Root):
            raise TypeError
        found = root.signed.get_verification_result("root", root.signed_bytes, root.signatures)
        if 0 < len(found.signed) < found.threshold:
            raise BadInput("pack_root_half_signed", signed=len(found.signed), needed=found.threshold)
        root.signed.verify_delegate("root", root.signed_bytes, root.signatures)
        tuple(_grants(root.signed))
    except (*_REFUSED, DeserializationError) as problem:
        raise BadInput("pack_bad_root") from problem
    return root


def succeeds(new: Metadata[Root], old: Metadata[Root]) -> bool:
    """Tell whether `new` is the next version of `old` and signed by its keys too."""
    if new.signed.version != old.signed.version + 1:
        return False
    try:
        old.signed.verify_delegate("root", new.signed_bytes, new.signatures)
    except _REFUSED:
        return False
    return True


def newest_root(trusted: bytes, chain: dict[int, bytes]) -> bytes:
    """Follow the chain (number → root) from the trusted root to its end.

    Raises:
        RuleRefusal: ``pack_wrong_key`` when a link is missing or not signed by the one before.
        BadInput: ``pack_bad_root``.
    """
    current = read_root(trusted)
    for number in range(current.signed.version + 1, max(chain, default=0) + 1):
        raw = chain.get(number)
        following = read_root(raw) if raw is not None else None
        if raw is None or following is None or not succeeds(following, current):
            raise RuleRefusal("pack_wrong_key")
        trusted, current = raw, following
    return trusted


def check_signed(root_raw: bytes, targets: Metadata[Targets], kind: PackKind | None, unit: str) -> None:
    """Require the signatures of a grant that covers the pack; with `kind` None, of any grant.

    Raises:
        RuleRefusal: ``pack_wrong_key``.
    """
    root = read_root(root_raw).signed
    for grant in _grants(root):
        if kind is not None and not grant.covers(kind, unit):
            continue
        # The library counts the signatures of a role: the grant takes the role's place.
        root.roles["targets"] = Role(list(grant.keyids), grant.threshold)
        try:
            root.verify_delegate("targets", targets.signed_bytes, targets.signatures)
        except _REFUSED:
            continue
        return
    raise RuleRefusal("pack_wrong_key")


def _grants(root: Root) -> Iterator[Grant]:
    listed: Any = root.unrecognized_fields[GRANTS]
    for entry in listed:
        kinds, units, keyids = (tuple(map(_text, entry[key])) for key in ("kinds", "units", "keyids"))
        threshold = entry["threshold"]
        known = all(keyid in root.keys for keyid in keyids)
        if not (known and isinstance(threshold, int) and 1 <= threshold <= len(set(keyids))):
            raise ValueError
        yield Grant(kinds, units, keyids, threshold)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
