"""A data pack: what it is for, its version, and which data of which pack a counter works with."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from counter_app.domain.errors import BadInput

if TYPE_CHECKING:
    from counter_app.domain.catalogue_changes import CatalogueChanges
    from counter_app.domain.local_changes import LocalChanges

_VERSION = re.compile(r"(20[0-9]{2})\.([1-9]|1[0-2])\.([1-9][0-9]{0,3})")


class PackKind(StrEnum):
    """Whom the data of a pack is for."""

    NATIONAL = "national"
    PROVINCE = "province"
    OFFICE = "office"


@dataclass(frozen=True, slots=True, order=True)
class PackVersion:
    """Year, month, and a running number within the month; compared as numbers, so 2027.10.1 > 2027.9.2."""

    year: int
    month: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "PackVersion":
        """Read ``2027.3.1``; BadInput ``bad_pack_version`` (``text``)."""
        found = _VERSION.fullmatch(text)
        if found is None:
            raise BadInput("bad_pack_version", text=text[:20])
        return cls(*map(int, found.groups()))

    def __str__(self) -> str:
        return f"{self.year}.{self.month}.{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackInfo:
    """What a signed pack says of itself.

    ``unit`` is the province (H29) or the office (H29.12) of an overlay, "" for national data;
    ``digest`` the SHA-256 of its signed list of files, in hex.
    """

    kind: PackKind
    version: PackVersion
    issued_on: date
    issuer: str
    title: str
    unit: str
    notes: str
    sections: tuple[str, ...]
    digest: str
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledPack:
    """A pack on this counter. Not ``active``: newer data came with the program itself, or it is damaged."""

    info: PackInfo
    installed_at: datetime
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FormGap:
    """A form a procedure asks for that has no version in force from ``from_day`` on."""

    procedure_id: str
    name: str
    form_id: str
    from_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPreview:
    """What installing a pack would change: national data by day, an overlay's values by id.

    ``form_gaps`` are the procedures of the pack that outlive a form they ask for.
    """

    info: PackInfo
    changes: "CatalogueChanges"
    values: "LocalChanges"
    form_gaps: tuple[FormGap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DataVersion:
    """Where the data of one section comes from: "bundled" with the program, or a pack's file name.

    ``section`` is forms, calendars, admin-units or overlay; ``unit`` tells overlays apart.
    """

    section: str
    pack_version: str
    issued_on: date
    installed_at: datetime | None
    source: str
    unit: str = ""
