"""A store that is opened when it is first asked for, so that a window need not wait for it."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

from counter_app.services.ports import Queries, Store, Transaction


class LateStore:
    """Implements `services.ports.Store` over one opened later, by whichever thread needs it first.

    Opening loads the database library, a quarter of a second on a fast PC; the window is painted by
    then. A failed opening is tried again by the next one who asks.
    """

    def __init__(self, opener: Callable[[], Store]) -> None:
        self._opener = opener
        self._opening = threading.Lock()
        self._store: Store | None = None

    def writing(self) -> AbstractContextManager[Transaction]:
        """As `Store.writing`; also raises what opening raises."""
        return self._opened().writing()

    def reading(self) -> AbstractContextManager[Queries]:
        """As `Store.reading`; also raises what opening raises."""
        return self._opened().reading()

    def scrub(self) -> bool:
        """As `Store.scrub`; also raises what opening raises."""
        return self._opened().scrub()

    def close(self) -> None:
        """Close the store if it was opened."""
        with self._opening:
            if self._store is not None:
                self._store.close()

    def _opened(self) -> Store:
        with self._opening:
            if self._store is None:
                self._store = self._opener()
            return self._store
