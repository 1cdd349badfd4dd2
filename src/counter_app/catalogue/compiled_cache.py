"""Keeps the compiled catalogue in one file, so that a normal start reads no YAML at all.

The file is only a shortcut: stale, damaged or unreadable, it is built again without a word, and a
folder that cannot be written is no problem either.
"""

import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

import msgspec

from counter_app.domain.condition import Condition
from counter_app.domain.fee import Exemption, FeeRule, FeeTier
from counter_app.domain.form_template import (
    Block,
    Column,
    FormField,
    FormLayout,
    FormTemplate,
    Role,
    SignatureBlock,
    ValidationRule,
)
from counter_app.domain.procedure import (
    CaseAnswer,
    Procedure,
    ProcedureCase,
    ProcedureResult,
    RequiredPart,
    Retention,
    ValueSource,
)
from counter_app.domain.processing_time import ProcessingTime
from counter_app.domain.provenance import Provenance

FORMAT = 2
_MAGIC = b"QMC1"
_SHAPES = (
    Condition, FeeRule, FeeTier, Exemption, FormTemplate, FormField, FormLayout, Block, Column, Role,
    SignatureBlock, ValidationRule, Procedure, ProcedureCase, ProcedureResult, RequiredPart, CaseAnswer,
    Retention, ValueSource, ProcessingTime, Provenance,
)  # fmt: skip

Stamp = tuple[str, int, int]


def stamps(folder: Path, suffixes: Sequence[str]) -> tuple[Stamp, ...]:
    """Return (relative path, size in bytes, mtime in ns) of every data file below `folder`, sorted."""
    return tuple(sorted(_walk(str(folder), "", tuple(suffixes))))


def _walk(folder: str, prefix: str, suffixes: tuple[str, ...]) -> Iterator[Stamp]:
    # os.scandir: on Windows it brings size and time along, where a stat of each file costs a call.
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir():
            yield from _walk(entry.path, f"{prefix}{entry.name}/", suffixes)
        elif entry.name.endswith(suffixes):
            info = entry.stat()
            yield f"{prefix}{entry.name}", info.st_size, info.st_mtime_ns


def key_of(found: Sequence[Stamp], place: str = "") -> bytes:
    """Return the key under which the data of these files is cached.

    The field names of the domain classes are part of it: a newer program never meets an older shape.
    `place` tells folders apart whose files happen to have the same names, sizes and times.
    """
    shape = [(one.__name__, [field.name for field in fields(one)]) for one in _SHAPES]
    return msgspec.msgpack.encode((FORMAT, shape, found, place))


def read_cached(cache_file: Path, key: bytes) -> bytes | None:
    """Return the payload stored under `key`; None when there is none or it is damaged."""
    try:
        raw = cache_file.read_bytes()
    except OSError:
        return None
    head = len(_MAGIC) + 8
    if len(raw) < head or not raw.startswith(_MAGIC):
        return None
    checksum = int.from_bytes(raw[4:8], "big")
    key_length = int.from_bytes(raw[8:12], "big")
    if zlib.crc32(raw[8:]) != checksum or raw[head : head + key_length] != key:
        return None
    return raw[head + key_length :]


def write_cached(cache_file: Path, key: bytes, payload: bytes) -> None:
    """Store `payload` under `key`, whole or not at all; a failure is ignored."""
    rest = len(key).to_bytes(4, "big") + key + payload
    raw = _MAGIC + zlib.crc32(rest).to_bytes(4, "big") + rest
    part = cache_file.with_name(f"{cache_file.name}.{os.getpid()}.part")
    try:
        cache_file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(raw)
        part.replace(cache_file)
    except OSError:
        with suppress(OSError):
            part.unlink()
