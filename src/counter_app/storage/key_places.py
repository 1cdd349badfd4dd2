"""Where a key can lie: an entry of the system's keyring, or a line of a private file where there is none."""

import hashlib
from enum import StrEnum

from counter_app.domain.errors import EnvironmentProblem
from counter_app.storage.data_folder import DataFolder, write_private

SERVICE = "quay-mot-cua"
KEY_BYTES = 32


class KeyPlace(StrEnum):
    """Where the key is kept; a file protects only as well as the disk's own encryption."""

    KEYRING = "keyring"
    FILE = "file"


def fingerprint(secret: bytes) -> str:
    """Return 16 hex digits that recognise the key and tell nothing about it."""
    return hashlib.sha256(b"one-stop-counter/database-key/1\x00" + secret).hexdigest()[:16]


def put(folder: DataFolder, entry: str, secret: bytes, *, use_keyring: bool = True) -> KeyPlace:
    """Keep a key beside those that are there, and return where; EnvironmentProblem ``folder_not_writable``.

    A keyring that does not give back what it was given is not trusted.
    """
    if use_keyring and _put_in_keyring(entry, secret):
        return KeyPlace.KEYRING
    lines = [line for line in _lines(folder) if line != secret.hex()]
    _write_lines(folder, [*lines, secret.hex()])
    return KeyPlace.FILE


def find(folder: DataFolder, where: str, entry: str, print_of_key: str) -> bytes | None:
    """Return the key of that fingerprint from its place, or None when it is not there."""
    texts = [_from_keyring(entry)] if where == KeyPlace.KEYRING else _lines(folder)
    for text in texts:
        try:
            secret = bytes.fromhex(text)
        except ValueError:
            continue
        if len(secret) == KEY_BYTES and fingerprint(secret) == print_of_key:
            return secret
    return None


def forget(folder: DataFolder, where: str, entry: str, print_of_key: str) -> None:
    """Take a key out of its place; a keyring that refuses keeps it, which harms nobody but its owner."""
    if where == KeyPlace.KEYRING:
        import keyring
        import keyring.errors

        try:
            keyring.delete_password(SERVICE, entry)
        except keyring.errors.KeyringError:
            return
        return
    kept = [line for line in _lines(folder) if not _is_of(line, print_of_key)]
    if kept != _lines(folder):
        _write_lines(folder, kept)


def _is_of(line: str, print_of_key: str) -> bool:
    try:
        return fingerprint(bytes.fromhex(line)) == print_of_key
    except ValueError:
        return False


def _lines(folder: DataFolder) -> list[str]:
    try:
        return folder.key_file.read_text("ascii").split()
    except (OSError, ValueError):
        return []


def _write_lines(folder: DataFolder, lines: list[str]) -> None:
    try:
        write_private(folder.key_file, "\n".join(lines).encode("ascii"))
    except OSError as error:
        raise EnvironmentProblem("folder_not_writable") from error


def _from_keyring(entry: str) -> str:
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(SERVICE, entry) or ""
    except keyring.errors.KeyringError:
        return ""


def _put_in_keyring(entry: str, secret: bytes) -> bool:
    """Store the key and read it back; False when this machine has no keyring that keeps it."""
    import keyring
    import keyring.errors

    try:
        keyring.set_password(SERVICE, entry, secret.hex())
    except keyring.errors.KeyringError:
        return False
    return _from_keyring(entry) == secret.hex()
