"""One dossier's values as the gateway's codes, and all that could not be turned into one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from counter_server.dvcqg.mapping import Table

_LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a dossier cannot be told; ``value`` never is a citizen's name or number.

    ``reason`` is ``unmapped``, ``missing``, ``too_long`` or ``unreadable``.
    """

    unit: str
    dossier_code: str
    field: str
    value: str
    reason: str = "unmapped"


class Unmapped(Exception):
    """A dossier cannot be told; every reason, not the first only."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{each.dossier_code} {each.field}: {each.value}" for each in problems))
        self.problems = problems


class Coding:
    """Codes of one dossier. What has none is kept and raised by `check`, so no blank ever gets out."""

    def __init__(self, tables: Mapping[str, Table], unit: str, dossier_code: str) -> None:
        self._tables = tables
        self._unit = unit
        self._dossier_code = dossier_code
        self._problems: list[Problem] = []

    def code(self, field: str, value: str) -> str:
        """Return the code of a value; the field's table has its name."""
        code = self._tables[field].code(value)
        return self.problem(field, value) if code is None else code

    def needed(self, field: str, text: str) -> str:
        """Return a text that may not be empty."""
        return text or self.problem(field, "", "missing")

    def within(self, field: str, text: str, limit: int) -> str:
        """Return a text that may not be longer than `limit` characters."""
        return text if len(text) <= limit else self.problem(field, f"{len(text)} > {limit}", "too_long")

    def problem(self, field: str, value: str, reason: str = "unmapped") -> str:
        """Keep a problem, and return what stands in its place until `check` raises it."""
        found = Problem(
            unit=self._unit, dossier_code=self._dossier_code, field=field, value=value, reason=reason
        )
        if found not in self._problems:
            self._problems.append(found)
        return ""

    def check(self) -> None:
        """Raise Unmapped when there was a problem."""
        if self._problems:
            raise Unmapped(tuple(self._problems))


def moment(value: object) -> str:
    """Return ``yyyyMMddHHmmss`` in Vietnam of a moment as states and events write it, "" for none.

    Raises:
        ValueError: it is no moment, or a naive one.
    """
    if value is None or value == "":
        return ""
    read = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if read.tzinfo is None:
        raise ValueError("naive moment")
    return read.astimezone(_LOCAL).strftime("%Y%m%d%H%M%S")
