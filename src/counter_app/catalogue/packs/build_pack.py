"""Makes a signed pack file from a folder of data; the same folder gives the same bytes."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.signer import CryptoSigner

from counter_app.catalogue.packs.entry_names import CONTENT, SECTIONS, TARGETS, section_of
from counter_app.catalogue.packs.manifest import make_targets
from counter_app.catalogue.packs.safe_files import writing_packs
from counter_app.catalogue.packs.trust import read_root
from counter_app.domain.data_pack import PackInfo
from counter_app.domain.errors import BadInput

_MADE_AT = (1980, 1, 1, 0, 0, 0)  # the first moment a zip file can state: no clock in the bytes
_LEFT_OUT = ("schema",)


def build_pack(
    folder: Path, info: PackInfo, *, keys: Sequence[CryptoSigner], roots: Sequence[bytes], out: Path
) -> tuple[str, ...]:
    """Write a pack of the sections in `folder`; return the files left out because they are no data.

    ``info.sections`` and ``info.digest`` are found here and need not be given.

    Raises:
        BadInput: ``pack_nothing_to_pack``, ``pack_bad_root``.
        EnvironmentProblem: ``pack_not_written``.
    """
    files, left_out = _files(folder, info)
    if not files:
        raise BadInput("pack_nothing_to_pack", folder=folder.name)
    targets = make_targets(info, files)
    for key in keys:
        targets.sign(key, append=True)
    entries = {f"root/{read_root(root).signed.version}.root.json": root for root in roots}
    entries |= {TARGETS: targets.to_bytes(), **files}
    with writing_packs(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, _MADE_AT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            pack.writestr(entry, content)
    return left_out


def open_key(path: Path, passphrase: str) -> CryptoSigner:
    """Open an Ed25519 private key in PEM; BadInput ``pack_key_unusable`` (``file``)."""
    try:
        key = load_pem_private_key(path.read_bytes(), passphrase.encode() or None)
        signer = CryptoSigner(key)
    except (OSError, ValueError, TypeError) as problem:
        raise BadInput("pack_key_unusable", file=path.name) from problem
    if signer.public_key.keytype != "ed25519":
        raise BadInput("pack_key_unusable", file=path.name)
    return signer


def _files(folder: Path, info: PackInfo) -> tuple[dict[str, bytes], tuple[str, ...]]:
    files: dict[str, bytes] = {}
    left_out: list[str] = []
    for section in SECTIONS[info.kind]:
        for path in sorted((folder / section).rglob("*")):
            inner = path.relative_to(folder).as_posix()
            is_data = section_of(CONTENT + inner) is not None and not _is_program_file(path, folder / section)
            if path.is_file() and is_data:
                files[CONTENT + inner] = path.read_bytes()
            elif path.is_file():
                left_out.append(inner)
    return files, tuple(left_out)


def _is_program_file(path: Path, section: Path) -> bool:
    """Schemas and the version of the bundled data belong to the program, not to a pack."""
    inner = path.relative_to(section)
    return inner.parts[0] in _LEFT_OUT or inner.as_posix() == "bundle.yaml" or ".schema." in path.name
