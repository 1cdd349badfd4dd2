"""Passwords of leaders, kept as scrypt hashes (RFC 7914; the cost follows OWASP's list of 2^15, 8, 3)."""

import asyncio
import hashlib
import hmac
import re
import secrets
from concurrent.futures import ThreadPoolExecutor

MIN_LENGTH = 12
MAX_LENGTH = 200
_LOWEST_STRENGTH = 2  # of 4, as at the counters
_JUDGED = 72  # characters the judge reads
_USUAL = ("matkhau", "motcua", "quaymotcua", "chutich", "ubnd", "uyban", "lanhdao", "giamsat", "vietnam")
_LOG_N, _R, _P = 15, 8, 3
_MEMORY = 64 * 1024 * 1024
_WORKERS = ThreadPoolExecutor(2, "scrypt")  # each check takes 32 MiB and a quarter of a second of a core


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    salt = secrets.token_bytes(16)
    return f"scrypt${_LOG_N}${_R}${_P}${salt.hex()}${_digest(password, salt, _LOG_N, _R, _P).hex()}"


async def hashed_aside(password: str) -> str:
    """Return `hashed`; the work is done beside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_WORKERS, hashed, password)


def is_easy(password: str, *known: str) -> bool:
    """Tell whether somebody who knows the person and the lists of usual passwords guesses it soon."""
    from zxcvbn import zxcvbn

    parts = (part for word in known for part in re.split(r"[\s._-]+", word.lower()))
    words = [each for each in (*_USUAL, *(word.lower() for word in known), *parts) if each]
    return int(zxcvbn(password[:_JUDGED], user_inputs=words)["score"]) < _LOWEST_STRENGTH


# What an unknown name is checked against, so that the answer takes as long.
NOBODYS = f"scrypt${_LOG_N}${_R}${_P}${bytes(16).hex()}${bytes(32).hex()}"


async def matches(password: str, kept: str) -> bool:
    """Tell whether it is the password; the work is done beside the event loop."""
    if len(password) > MAX_LENGTH:
        password, kept = "", NOBODYS
    return await asyncio.get_running_loop().run_in_executor(_WORKERS, _matches, password, kept)


def _matches(password: str, kept: str) -> bool:
    _, log_n, r, p, salt, digest = kept.split("$")
    found = _digest(password, bytes.fromhex(salt), int(log_n), int(r), int(p))
    return hmac.compare_digest(found, bytes.fromhex(digest))


def _digest(password: str, salt: bytes, log_n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=1 << log_n, r=r, p=p, maxmem=_MEMORY, dklen=32)
