"""Archives for a citizen: any program opens them with the password, and nobody without."""

import hashlib
import hmac
import io
import struct
import zipfile
import zlib

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from counter_app.storage.sealed_archive import make_archive, new_password, seal

PASSWORD = "k7mp-x2fa-abcd-efgh"
MEMBERS = [("du-lieu.json", "Đinh Thị Sen".encode() * 4000), ("giấy/1.pdf", b"%PDF-1.7"), ("trong.txt", b"")]
# libarchive 3.6 opens an archive whose members are sealed so.
SEALED = (
    "000102030405060708090a0b0c0d0e0fa1f2267659493e988c0a0b758ba7a95c"
    "cd3ddcc0af68bbe0874ec2ba889540089da15bf5c16bf8"
)


def opened(archive: bytes, password: str) -> dict[str, bytes]:
    """Open a sealed archive by the published format, written without looking at ours."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(archive)) as listing:
        for info in listing.infolist():
            assert (info.compress_type, info.CRC, info.flag_bits & 1) == (99, 0, 1)
            name_length, extra_length = struct.unpack_from("<HH", archive, info.header_offset + 26)
            start = info.header_offset + 30 + name_length + extra_length
            body = archive[start : start + info.compress_size]
            found[info.filename] = zlib.decompress(_unsealed(body, password), -15)
            assert len(found[info.filename]) == info.file_size
    return found


def _unsealed(body: bytes, password: str) -> bytes:
    salt, check, hidden, mac = body[:16], body[16:18], body[18:-10], body[-10:]
    keys = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, 1000, 66)
    if keys[64:] != check:
        raise PermissionError
    assert hmac.new(keys[32:64], hidden, "sha1").digest()[:10] == mac
    plain = b""
    for number, at in enumerate(range(0, len(hidden), 16), 1):
        block = (
            Cipher(algorithms.AES(keys[:32]), modes.ECB()).encryptor().update(number.to_bytes(16, "little"))
        )
        plain += bytes(a ^ b for a, b in zip(hidden[at : at + 16], block, strict=False))
    return plain


def test_a_plain_archive_is_a_zip() -> None:
    with zipfile.ZipFile(io.BytesIO(make_archive(MEMBERS))) as archive:
        assert archive.testzip() is None
        assert [(name, archive.read(name)) for name in archive.namelist()] == MEMBERS


def test_a_sealed_archive_opens_with_its_password_only() -> None:
    archive = make_archive(MEMBERS, PASSWORD)
    assert list(opened(archive, PASSWORD).items()) == MEMBERS
    with pytest.raises(PermissionError):
        opened(archive, PASSWORD + "x")
    assert b"Sen" not in archive
    assert make_archive(MEMBERS, PASSWORD) != archive  # a salt of its own each time


@given(st.binary(max_size=200), st.text(min_size=1, max_size=40))
def test_whatever_is_sealed_comes_back(content: bytes, password: str) -> None:
    ((_name, found),) = opened(make_archive([("a", content)], password), password).items()
    assert found == content


def test_a_member_is_sealed_as_other_programs_expect() -> None:
    assert seal("Xin chào, Đinh Thị Sen!".encode(), PASSWORD, bytes(range(16))).hex() == SEALED


def test_passwords_are_long_and_never_the_same() -> None:
    made = {new_password() for _time in range(50)}
    assert len(made) == 50
    assert {len(each) for each in made} == {19}
    assert not set("".join(made)) & set("0O1lIoi")
