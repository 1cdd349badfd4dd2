"""A context whose object store and database are cut off at a chosen step, before or after it took effect."""

import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from counter_server.context import ServerContext

_STORE_STEPS = frozenset({"put_async", "get_async", "delete_async", "head_async"})


class CutOff(Exception):
    """The process died here, as far as the caller can tell."""


class Steps:
    """Counts steps; the one numbered ``fails_at`` (from 1) is cut off. 0: none is."""

    def __init__(self, fails_at: int = 0, *, after: bool = False) -> None:
        self.fails_at = fails_at
        self.after = after
        self.taken = 0

    def before(self) -> int:
        self.taken += 1
        if self.taken == self.fails_at and not self.after:
            raise CutOff
        return self.taken

    def done(self, step: int) -> None:
        if step == self.fails_at and self.after:
            raise CutOff


class CutStore:
    """An object store around another one."""

    def __init__(self, store: Any, steps: Steps) -> None:
        self._store = store
        self._steps = steps

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)
        if name not in _STORE_STEPS:
            return method

        async def step(*arguments: Any, **named: Any) -> Any:
            number = self._steps.before()
            result = await method(*arguments, **named)
            self._steps.done(number)
            return result

        return step


class CutDatabase:
    """A database around another one: a transaction fails before it begins, or after its commit."""

    def __init__(self, database: Any, steps: Steps) -> None:
        self._database = database
        self._steps = steps

    @asynccontextmanager
    async def office(self, unit: str) -> AsyncIterator[Any]:
        number = self._steps.before()
        async with self._database.office(unit) as connection:
            yield connection
        self._steps.done(number)


def cut(context: ServerContext, steps: Steps) -> ServerContext:
    """Return the context with the steps counted."""
    broken: Any = {
        "objects": CutStore(context.objects, steps),
        "database": CutDatabase(context.database, steps),
    }
    return dataclasses.replace(context, **broken)
