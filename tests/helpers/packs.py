"""Keys, roots and packs for tests. TEST KEYS: made anew for every run, trusted by tests only."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from securesystemslib.signer import CryptoSigner
from tools.make_root import make_root

from counter_app.catalogue.packs.build_pack import build_pack
from counter_app.domain.data_pack import PackInfo, PackKind, PackVersion

REPOSITORY = Path(__file__).resolve().parents[2]
ISSUED = date(2027, 2, 1)


@dataclass
class KeyRing:
    """Private keys by name, and their public halves in a folder as the ceremony leaves them."""

    folder: Path
    keys: dict[str, Ed25519PrivateKey] = field(default_factory=dict)

    def signer(self, name: str) -> CryptoSigner:
        return CryptoSigner(self._key(name))

    def root(
        self,
        *,
        version: int = 1,
        root_keys: Sequence[str] = ("root",),
        threshold: int = 1,
        signed_by: Sequence[str] = ("root",),
        grants: Sequence[dict[str, Any]] | None = None,
    ) -> bytes:
        """Return a root; by default the key "nation" signs national data, "province" overlays of H29."""
        given = grants if grants is not None else DEFAULT_GRANTS
        plan = {
            "version": version,
            "root_keys": [self._public(name) for name in root_keys],
            "root_threshold": threshold,
            "grants": [entry | {"keys": [self._public(name) for name in entry["keys"]]} for entry in given],
        }
        return make_root(plan, self.folder, [self.signer(name) for name in signed_by])

    def _key(self, name: str) -> Ed25519PrivateKey:
        return self.keys.setdefault(name, Ed25519PrivateKey.generate())

    def _public(self, name: str) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        public = self._key(name).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (self.folder / f"{name}.pub.pem").write_bytes(public)
        return f"{name}.pub.pem"


DEFAULT_GRANTS: tuple[dict[str, Any], ...] = (
    {"kinds": ["national"], "units": [], "keys": ["nation"], "threshold": 1},
    {"kinds": ["province", "office"], "units": ["H29"], "keys": ["province"], "threshold": 1},
)


@dataclass
class PackMaker:
    """Makes packs under one root."""

    ring: KeyRing
    roots: tuple[bytes, ...]
    folder: Path

    @classmethod
    def below(cls, folder: Path) -> "PackMaker":
        """Return a maker with fresh keys and one root, whose packs lie on a stick below `folder`."""
        ring = KeyRing(folder / "keys")
        return cls(ring, (ring.root(),), folder / "usb")

    def make(
        self,
        content: Path,
        version: str,
        *,
        kind: PackKind = PackKind.NATIONAL,
        unit: str = "",
        signed_by: Sequence[str] = ("nation",),
        roots: Sequence[bytes] | None = None,
        name: str = "",
    ) -> Path:
        """Pack the sections of a folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        out = self.folder / (name or f"{kind.value}-{version}.qmcpack")
        info = PackInfo(
            kind=kind,
            version=PackVersion.parse(version),
            issued_on=ISSUED,
            issuer="Trung tâm thử nghiệm",
            title="Gói thử",
            unit=unit,
            notes="",
            sections=(),
            digest="",
            file_name=out.name,
        )
        keys = [self.ring.signer(name) for name in signed_by]
        build_pack(content, info, keys=keys, roots=self.roots if roots is None else roots, out=out)
        return out


def small_program(folder: Path, forms: Path) -> Path:
    """Return a program folder with a few invented forms, the shipped calendars and three communes."""
    program = folder / "program"
    shutil.copytree(forms, program / "forms")
    (program / "forms" / "bundle.yaml").write_text("version: 2026.11.1\nissued_on: 2026-11-22\n")
    shutil.copytree(REPOSITORY / "resources" / "calendars", program / "resources" / "calendars")
    return program
