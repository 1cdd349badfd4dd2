"""What the sync screen shows."""

from dataclasses import dataclass

from counter_app.services.sync.items import ItemList, SyncItem
from counter_app.services.sync.open_notices import OpenNotice
from counter_app.services.sync.overview import SyncOverview


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncScreenState:
    """``overview`` is None before the first answer. ``after`` continues the list, None when it is whole.

    ``reviewing`` shows the notices instead of a list. ``error`` is a message instead of everything.
    """

    overview: SyncOverview | None = None
    which: ItemList = ItemList.UNSENT
    reviewing: bool = False
    items: tuple[SyncItem, ...] = ()
    after: int | None = None
    notices: tuple[OpenNotice, ...] = ()
    loading: bool = False
    error: str = ""
