"""Where scans and packs lie: an S3 bucket, or a folder of this machine, behind one interface.

Keys are made here and nowhere else, of sums and of units cleaned; nothing a counter names reaches a path.
"""

import asyncio
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_TIMEOUT = "20s"  # for one request to the store; a chunk is 1 MiB
_NOT_A_NAME = re.compile(r"[^0-9A-Za-z.]|\.(?=\.)")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class BadStoreAddress(ValueError):
    """No object store of a kind we know lies there."""


def open_store(url: str | None, data_dir: Path) -> "ObjectStore":
    """Open ``s3://bucket/prefix`` or ``file:///folder``; None is the folder ``objects`` of the data folder.

    Credentials, region and ``AWS_ENDPOINT_URL`` come from the environment, as S3 clients do.

    Raises:
        BadStoreAddress: it is of another kind.
    """
    from obstore.store import LocalStore, S3Store

    parts = urlsplit(url or "")
    if parts.scheme == "s3":
        endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL", "")
        return S3Store.from_url(
            url or "",
            client_options={"allow_http": endpoint.startswith("http://"), "timeout": _TIMEOUT},
            # A counter whose piece could not be stored soon comes again by itself.
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=20)},
        )
    if url is not None and (parts.scheme != "file" or parts.netloc):
        raise BadStoreAddress("objects lie in s3://bucket/prefix or file:///folder")
    folder = data_dir.resolve() / "objects" if url is None else Path(unquote(parts.path))
    return LocalStore(folder, mkdir=True)


def scan_key(unit: str, sha256: str) -> str:
    """Return where a whole scan of an office lies."""
    return f"{scans_root(unit)}/{_sum(sha256)}"


def scans_root(unit: str) -> str:
    """Return the folder of all scans of an office."""
    return f"{_clean(unit)}/scans"


def chunk_key(unit: str, upload_id: str, start: int, sha256: str) -> str:
    """Return where a piece of an upload lies; two different pieces never share a place."""
    return f"{chunks_prefix(unit, upload_id)}/{start:012d}-{_sum(sha256)}"


def chunks_prefix(unit: str, upload_id: str) -> str:
    """Return the folder of an upload's pieces."""
    return f"{chunks_root(unit)}/{_clean(upload_id)}"


def chunks_root(unit: str) -> str:
    """Return the folder of all pieces of an office."""
    return f"{_clean(unit)}/chunks"


def pack_key(sha256: str) -> str:
    """Return where a data pack lies."""
    return f"packs/{_sum(sha256)}"


async def settle(store: "ObjectStore", key: str) -> None:
    """Return when a power cut cannot take the object back; a bucket has said so with its answer."""
    from obstore.store import LocalStore

    if isinstance(store, LocalStore) and store.prefix is not None:
        await asyncio.to_thread(_flush, store.prefix / key)


def _flush(path: Path) -> None:
    for place in (path, path.parent, path.parent.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _clean(name: str) -> str:
    return _NOT_A_NAME.sub("_", name)


def _sum(sha256: str) -> str:
    if _SHA256.fullmatch(sha256) is None:
        raise ValueError("not a SHA-256 in hex")
    return sha256
