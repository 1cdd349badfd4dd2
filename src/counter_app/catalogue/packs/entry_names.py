"""Which names may stand in a pack; everything else is refused before a byte of it is unpacked."""

import re
from collections.abc import Iterable

from counter_app.domain.data_pack import PackKind
from counter_app.domain.errors import BadInput

SECTIONS = {
    PackKind.NATIONAL: ("forms", "calendars", "admin-units"),
    PackKind.PROVINCE: ("overlay",),
    PackKind.OFFICE: ("overlay",),
}
TARGETS = "targets.json"
CONTENT = "content/"
MAX_NAME = 200

_SEGMENT = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_ROOT = re.compile(r"root/([1-9][0-9]{0,2})\.root\.json")
_CONTENT = re.compile(rf"content/([a-z-]+)/((?:{_SEGMENT}/){{0,4}}{_SEGMENT})")
# Names Windows gives to devices, whatever their suffix.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_SUFFIXES = {
    "forms": (".yaml", ".json"),
    "calendars": (".yaml",),
    "admin-units": (".yaml", ".csv", ".txt", ".md", "NOTICE"),
    "overlay": (".yaml",),
}


def root_number(name: str) -> int | None:
    """Return N of ``root/N.root.json``; None for any other name."""
    found = _ROOT.fullmatch(name)
    return int(found.group(1)) if found else None


def section_of(name: str) -> str | None:
    """Return the section an entry belongs to; None when no such file may stand in a pack."""
    found = _CONTENT.fullmatch(name)
    if found is None or len(name) > MAX_NAME:
        return None
    section, rest = found.groups()
    parts = rest.split("/")
    if any(_DEVICE.fullmatch(part) or part.endswith(".") or ".." in part for part in parts):
        return None
    return section if rest.endswith(_SUFFIXES.get(section, ())) and section in _SUFFIXES else None


def check_names(names: Iterable[str]) -> None:
    """Refuse names that could leave the folder or mean one file twice.

    Raises:
        BadInput: ``pack_bad_path`` (``name``).
    """
    seen: set[str] = set()
    for name in names:
        known = name == TARGETS or root_number(name) is not None or section_of(name) is not None
        # Windows and macOS take two names for one when only the case differs.
        if not known or name.casefold() in seen:
            raise BadInput("pack_bad_path", name=shown(name))
        seen.add(name.casefold())


def shown(name: str) -> str:
    """Return a stranger's file name in a form that can be shown."""
    return name.encode("ascii", "backslashreplace").decode()[:80]
