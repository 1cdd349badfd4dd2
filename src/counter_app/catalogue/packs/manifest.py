"""The signed list of a pack's files, and what it says of the pack."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from tuf.api.metadata import Metadata, TargetFile, Targets
from tuf.api.serialization import DeserializationError

from counter_app.catalogue.packs.entry_names import CONTENT, SECTIONS, section_of, shown
from counter_app.domain.data_pack import PackInfo, PackKind, PackVersion
from counter_app.domain.dossier_code import is_unit_code
from counter_app.domain.errors import BadInput, RuleRefusal

FORMAT = 1
MAX_TARGETS = 5_000_000
FIELD = "data_pack"
_MAX_TEXT = 500
_YEARS_TO_EXPIRY = 30  # TUF wants a date; see `trust` why it is not enforced


def read_targets(raw: bytes) -> Metadata[Targets]:
    """Read the list; BadInput ``pack_changed``."""
    try:
        targets = Metadata[Targets].from_bytes(raw)
    except DeserializationError as problem:
        raise BadInput("pack_changed", name="targets.json") from problem
    if not isinstance(targets.signed, Targets):
        raise BadInput("pack_changed", name="targets.json")
    return targets


def info_of(targets: Targets, raw: bytes, file_name: str) -> PackInfo:
    """Return what the signed list says of the pack.

    Raises:
        RuleRefusal: ``pack_newer_format``, ``pack_kind_unknown``.
        BadInput: ``pack_bad_data``, ``pack_bad_path``.
    """
    about: Any = targets.unrecognized_fields.get(FIELD)
    number = about.get("format") if isinstance(about, dict) else None
    if not isinstance(number, int) or number < 1:
        raise _bad("format")
    if number > FORMAT:
        raise RuleRefusal("pack_newer_format", found=number, known=FORMAT)
    kind, unit = _kind(about.get("kind")), _text(about, "unit")
    if (kind is PackKind.NATIONAL) != (unit == "") or (unit and not is_unit_code(unit)):
        raise _bad("unit", unit)
    return PackInfo(
        kind=kind,
        version=_version(_text(about, "version")),
        issued_on=_day(_text(about, "issued_on")),
        issuer=_text(about, "issuer"),
        title=_text(about, "title"),
        unit=unit,
        notes=_text(about, "notes"),
        sections=_sections(targets, kind),
        digest=hashlib.sha256(raw).hexdigest(),
        file_name=file_name,
    )


def make_targets(info: PackInfo, files: Mapping[str, bytes]) -> Metadata[Targets]:
    """Return the unsigned list of `files` (entry name → content)."""
    version = info.version
    targets = Targets(
        version=(version.year * 100 + version.month) * 10_000 + version.number,
        expires=datetime.combine(
            info.issued_on.replace(year=info.issued_on.year + _YEARS_TO_EXPIRY, day=1), time(), UTC
        ),
        targets={name: TargetFile.from_data(name, data, ["sha256"]) for name, data in files.items()},
        unrecognized_fields={
            FIELD: {
                "format": FORMAT,
                "kind": info.kind.value,
                "version": str(version),
                "issued_on": info.issued_on.isoformat(),
                "issuer": info.issuer,
                "title": info.title,
                "unit": info.unit,
                "notes": info.notes,
            }
        },
    )
    return Metadata(targets)


def _sections(targets: Targets, kind: PackKind) -> tuple[str, ...]:
    found = set()
    for name, target in targets.targets.items():
        section = section_of(name)
        if not name.startswith(CONTENT) or section not in SECTIONS[kind] or "sha256" not in target.hashes:
            raise BadInput("pack_bad_path", name=shown(name))
        found.add(section)
    if not found:
        raise _bad("targets")
    return tuple(section for section in SECTIONS[kind] if section in found)


def _kind(value: object) -> PackKind:
    try:
        return PackKind(str(value))
    except ValueError as problem:
        raise RuleRefusal("pack_kind_unknown", kind=shown(str(value))) from problem


def _version(text: str) -> PackVersion:
    try:
        return PackVersion.parse(text)
    except BadInput as problem:
        raise _bad("version", text) from problem


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise _bad("issued_on", text) from problem


def _text(about: Mapping[str, Any], key: str) -> str:
    value = about.get(key, "")
    if not isinstance(value, str) or len(value) > _MAX_TEXT or any(ord(sign) < 32 for sign in value):
        raise _bad(key)
    return value


def _bad(field: str, value: str = "") -> BadInput:
    return BadInput(
        "pack_bad_data", file="targets.json", line=1, field=field, problem="does not fit", value=value[:80]
    )
