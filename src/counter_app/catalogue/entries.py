"""What the loader hands to the catalogue: small heads to search in, bodies decoded when first asked for."""

from datetime import date

import msgspec


class Head(msgspec.Struct, frozen=True, array_like=True):
    """What lists and the search need of one version of a procedure or form, and its encoded body."""

    item_id: str
    version: str
    valid_from: date
    valid_to: date | None
    body: bytes
    name: str = ""
    short_name: str = ""
    sector: str = ""
    national_code: str = ""
    keywords: tuple[str, ...] = ()

    def in_force(self, on: date) -> bool:
        """Tell whether this version is in force on day `on`."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Fault(msgspec.Struct, frozen=True, array_like=True):
    """A data file that could not be used, and from when on it would have counted.

    ``item_id`` is the folder's name ("" for a list); ``since`` None means: from always.
    """

    kind: str
    item_id: str
    since: date | None
    file: str
    line: int
    field: str
    problem: str
    value: str


class Compiled(msgspec.Struct, frozen=True, array_like=True):
    """The whole catalogue as read from the data files."""

    procedures: tuple[Head, ...]
    forms: tuple[Head, ...]
    faults: tuple[Fault, ...]
