"""ZIP archives that leave the office: plain, or sealed as WinZip's AE-2 (AES-256), which 7-Zip opens too.

The format fixes its primitives: PBKDF2-HMAC-SHA1 with 1,000 rounds, AES in counter mode, HMAC-SHA1. So few
rounds protect only a password nobody can guess: `new_password` makes one of 80 bits. Names of members and
their sizes are not hidden by it; ours name no person.
"""

import hashlib
import io
import secrets
import struct
import zipfile
import zlib
from collections.abc import Sequence

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else
_GROUPS, _GROUP = 4, 4
_ROUNDS, _SALT, _KEY, _CHECK, _SEAL = 1000, 16, 32, 2, 10
_BLOCK = 16
_AES = 99  # the method of a member that is sealed; the real one stands in its extra field
_FLAGS = 0x1 | 0x800  # sealed, names in UTF-8
_VERSION = 51
_DOS_DAY = (1 << 5) | 1  # 1980-01-01: when somebody asked is nobody's business
_AE2 = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, zipfile.ZIP_DEFLATED)


def new_password() -> str:
    """Return a password for one archive, in groups to be read aloud: "k7mp-x2fa-…"."""
    groups = ("".join(secrets.choice(_ALPHABET) for _letter in range(_GROUP)) for _group in range(_GROUPS))
    return "-".join(groups)


def make_archive(members: Sequence[tuple[str, bytes]], password: str = "") -> bytes:
    """Return a ZIP of (name, content), sealed when there is a password."""
    return _sealed(members, password) if password else _plain(members)


def _plain(members: Sequence[tuple[str, bytes]]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _sealed(members: Sequence[tuple[str, bytes]], password: str) -> bytes:
    whole, directory = bytearray(), bytearray()
    for name, content in members:
        sealed = seal(_deflated(content), password, secrets.token_bytes(_SALT))
        label = name.encode("utf-8")
        common = struct.pack(
            "<HHHHHIIIHH",
            *(
                _VERSION,
                _FLAGS,
                _AES,
                0,
                _DOS_DAY,
                0,
            ),  # AE-2 leaves the CRC out: it would tell of the content
            *(len(sealed), len(content), len(label), len(_AE2)),
        )
        directory += b"PK\x01\x02" + struct.pack("<H", _VERSION) + common
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(whole)) + label + _AE2
        whole += b"PK\x03\x04" + common + label + _AE2 + sealed
    count, size, start = len(members), len(directory), len(whole)
    return bytes(
        whole + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, size, start, 0)
    )


def seal(content: bytes, password: str, salt: bytes) -> bytes:
    """Return a member's bytes: salt, check of the password, content in AES-CTR, seal over it."""
    from cryptography.hazmat.primitives import hashes, hmac

    material = hashlib.pbkdf2_hmac("sha1", password.encode("utf-8"), salt, _ROUNDS, 2 * _KEY + _CHECK)
    hidden = _counted(material[:_KEY], content)
    over = hmac.HMAC(material[_KEY : 2 * _KEY], hashes.SHA1())  # noqa: S303 - the format's
    over.update(hidden)
    return salt + material[2 * _KEY :] + hidden + over.finalize()[:_SEAL]


def _counted(key: bytes, content: bytes) -> bytes:
    """Encrypt with AES in the counter mode of the format: the counter begins at 1, lowest byte first."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    blocks = -(-len(content) // _BLOCK)
    counters = b"".join(number.to_bytes(_BLOCK, "little") for number in range(1, blocks + 1))
    # Each block of the counter is encrypted once and for itself: that is what counter mode is made of.
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305
    stream = (encryptor.update(counters) + encryptor.finalize())[: len(content)]
    mixed = int.from_bytes(content, "big") ^ int.from_bytes(stream, "big")
    return mixed.to_bytes(len(content), "big")


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()
