"""Who dossiers were handed to before, the last first: offered at the next hand-over."""

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries

_KEY = "acts.holders"
_MOST = 12
# Until the office has handed something over: the roles every commune has (never a person).
USUAL = ("Công chức tư pháp - hộ tịch", "Công chức địa chính - xây dựng", "Công chức văn hóa - xã hội")


def known_holders(queries: "Queries") -> tuple[str, ...]:
    """Return those handed to, the last first, then the usual ones."""
    kept = queries.setting(_KEY)
    names = [name for name in json.loads(kept) if isinstance(name, str)] if kept else []
    return tuple(dict.fromkeys([*names, *USUAL]))


def remember_holder(desk: "Desk", name: str) -> None:
    """Put a name first; errors as `Store.writing`."""
    with desk.store.writing() as transaction:
        names = [name, *(each for each in known_holders(transaction) if each not in (name, *USUAL))]
        transaction.put_setting(_KEY, json.dumps(names[:_MOST], ensure_ascii=False))
