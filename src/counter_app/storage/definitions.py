"""The definitions dossiers were received under, each kept once and never changed."""

import msgspec

from counter_app.domain.definition import Definition, DefinitionT
from counter_app.domain.errors import EnvironmentProblem
from counter_app.domain.working_calendar import WorkingCalendar
from counter_app.services.sync_port import DefinitionBody
from counter_app.storage.definition_bodies import (
    decoded,
    digest_of,
    encoded,
    kind_name,
    name_of,
)
from counter_app.storage.sql import Sql

_KEEP = (
    "INSERT INTO definition (digest, kind, item_id, version, body, told) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT DO NOTHING"
)
_BODY = "SELECT body FROM definition WHERE digest = ? AND kind = ?"
_OF_KIND = "SELECT digest, body FROM definition WHERE kind = ? ORDER BY digest"

# The index of what no event told yet holds nothing most of the time.
_UNTOLD = "SELECT digest, kind, item_id, version, body FROM definition WHERE told = 0 ORDER BY digest"
_TELL = "UPDATE definition SET told = 1 WHERE told = 0"


class KnownDefinitions:
    """What this process has encoded and what it knows to be in the database: receiving stays quick.

    A digest is ``stored`` only once its act is committed; the store says so. Used by the one writer.
    """

    def __init__(self) -> None:
        self._encoded: dict[tuple[str, str, str], tuple[Definition, DefinitionBody]] = {}
        self.stored: set[str] = set()

    def body_of(self, definition: Definition) -> DefinitionBody:
        """Return the encoded definition; the last one of that id and version is remembered."""
        key = name_of(definition)
        known = self._encoded.get(key)
        # Comparing what is mostly the same object costs microseconds, encoding it half a millisecond.
        if known is not None and (known[0] is definition or known[0] == definition):
            return known[1]
        body = encoded(definition)
        self._encoded[key] = (definition, body)
        return body


def keep(sql: Sql, body: DefinitionBody, *, told: bool = False) -> None:
    """Write the definition unless it is there; ``told`` says that the server has it."""
    sql.run(_KEEP, (body.digest, body.kind, body.item_id, body.version, body.body, int(told)))


def take_untold(sql: Sql) -> list[DefinitionBody]:
    """Return the definitions no event told the server of, and count them as told."""
    untold = [DefinitionBody(*row) for row in sql.rows(_UNTOLD)]
    if untold:
        sql.run(_TELL)
    return untold


def load(sql: Sql, digest: str, shape: type[DefinitionT]) -> DefinitionT:
    """Return the definition of that digest.

    Raises:
        EnvironmentProblem: ``definition_missing`` (kind, digest: its first characters) when it is not
            there, or is not what was written.
    """
    body: str | None = sql.value(_BODY, (digest, kind_name(shape)))
    if body is not None and digest_of(body) == digest:
        try:
            return decoded(body, shape)
        except msgspec.ValidationError:
            pass
    raise EnvironmentProblem("definition_missing", kind=kind_name(shape), digest=digest[:8])


def calendars(sql: Sql) -> dict[str, WorkingCalendar]:
    """Return every calendar a promise was made with, by digest."""
    return {digest: decoded(body, WorkingCalendar) for digest, body in sql.rows(_OF_KIND, ("calendar",))}
