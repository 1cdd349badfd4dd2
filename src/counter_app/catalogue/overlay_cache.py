"""The local values from their compiled cache, or from the overlay files when they changed."""

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import msgspec

from counter_app.catalogue.compiled_cache import key_of, read_cached, write_cached
from counter_app.domain.local_values import LocalFee, LocalFormText, LocalTime, LocalValues

_SHAPES = (LocalValues, LocalFee, LocalTime, LocalFormText)


def cached_local_values(files: Sequence[Path], schema: Path, cache_file: Path | None) -> LocalValues:
    """Return what the overlay files say together; BadInput ``bad_data_file`` when one is wrong."""
    key = _key((*files, schema)) if cache_file else b""
    payload = read_cached(cache_file, key) if cache_file else None
    if payload is not None:
        try:
            return msgspec.msgpack.decode(payload, type=LocalValues)
        except msgspec.MsgspecError:
            pass
    # Reading the files imports YAML.
    from counter_app.catalogue.overlay_files import load_overlays

    values = load_overlays(files, schema)
    if cache_file:
        write_cached(cache_file, key, msgspec.msgpack.encode(values))
    return values


def _key(files: Sequence[Path]) -> bytes:
    stamps = []
    for path in files:
        info = path.stat()
        stamps.append((str(path), info.st_size, info.st_mtime_ns))
    shape = [(one.__name__, [field.name for field in fields(one)]) for one in _SHAPES]
    return key_of(stamps) + msgspec.msgpack.encode(shape)
