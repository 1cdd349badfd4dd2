"""Makes keys and roots of trust for data packs; for the ceremony of docs/data-packs.md, not shipped.

    make_root.py new-key KEY.pem                     a new Ed25519 key; passphrase from COUNTER_PASSWORD
    make_root.py root PLAN.json --key KEY.pem … --out root.json
                                                     a root as the plan says, signed by these keys
    make_root.py sign ROOT.json --key KEY.pem        one more signature, each holder with an own passphrase

The plan: {"version": 1, "root_keys": ["KEY.pub.pem"], "root_threshold": 1,
"grants": [{"kinds": ["national"], "units": [], "keys": ["KEY.pub.pem"], "threshold": 1}]}
"""

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_public_key,
)
from securesystemslib.signer import CryptoSigner, SSlibKey
from tuf.api.metadata import Metadata, Role, Root

from counter_app.catalogue.packs.build_pack import open_key
from counter_app.catalogue.packs.trust import GRANTS
from counter_app.domain.errors import KnownError
from counter_app.messages import text_of

# TUF wants a date; counters do not enforce it (docs/adr/0014).
EXPIRES = datetime(2056, 1, 1, tzinfo=UTC)


def new_key(path: Path, passphrase: str) -> None:
    """Write a new private key to `path` and its public half beside it (``.pub.pem``)."""
    key = Ed25519PrivateKey.generate()
    lock = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    path.with_suffix(".pub.pem").write_bytes(public)


def make_root(plan: Mapping[str, Any], folder: Path, signers: Sequence[CryptoSigner]) -> bytes:
    """Return the root a plan describes; its public keys lie in `folder`."""
    root = Root(version=plan["version"], expires=EXPIRES, consistent_snapshot=False)
    root_ids = [_added(root, folder / name) for name in plan["root_keys"]]
    grants = []
    for entry in plan["grants"]:
        keyids = [_added(root, folder / name) for name in entry["keys"]]
        grants.append(
            {
                "kinds": list(entry["kinds"]),
                "units": list(entry["units"]),
                "keyids": keyids,
                "threshold": entry["threshold"],
            }
        )
    root.roles["root"] = Role(root_ids, plan["root_threshold"])
    root.unrecognized_fields[GRANTS] = grants
    metadata = Metadata(root)
    for signer in signers:
        metadata.sign(signer, append=True)
    return metadata.to_bytes()


def with_signature(root: bytes, signer: CryptoSigner) -> bytes:
    """Return the root signed by one more key."""
    metadata = Metadata[Root].from_bytes(root)
    metadata.sign(signer, append=True)
    return metadata.to_bytes()


def _added(root: Root, public_key: Path) -> str:
    key = SSlibKey.from_crypto(load_pem_public_key(public_key.read_bytes()))
    root.keys[key.keyid] = key
    return key.keyid


def main() -> None:
    """Run one of the commands; a key that cannot be opened is told in words."""
    try:
        _run()
    except KnownError as problem:
        sys.exit(text_of(problem))


def _run() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("new-key", "root", "sign"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--key", action="append", type=Path, default=[])
    parser.add_argument("--out", type=Path, default=Path("root.json"))
    arguments = parser.parse_args()
    passphrase = os.environ.get("COUNTER_PASSWORD", "")
    if arguments.command == "new-key":
        new_key(arguments.file, passphrase)
        return
    if arguments.command == "sign":
        for path in arguments.key:
            arguments.file.write_bytes(
                with_signature(arguments.file.read_bytes(), open_key(path, passphrase))
            )
        return
    plan = json.loads(arguments.file.read_text(encoding="utf-8"))
    signers = [open_key(path, passphrase) for path in arguments.key]
    arguments.out.write_bytes(make_root(plan, arguments.file.parent, signers))


if __name__ == "__main__":
    main()
