"""Adapters that are made when they are first used: the window takes keys before their libraries load."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

_Port = TypeVar("_Port")


class _Late:
    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make
        self._made: object | None = None
        self._making = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        with self._making:
            if self._made is None:
                self._made = self._make()
        return getattr(self._made, name)


def late(make: Callable[[], _Port]) -> _Port:
    """Return what stands for the adapter until somebody asks it for something."""
    return cast("_Port", _Late(make))
