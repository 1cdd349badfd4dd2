"""What an office configures about its queue and the citizen's screen; stored as settings."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from counter_app.domain.ticket_group import DEFAULT_GROUPS, TicketGroup, checked_groups
from counter_app.services.ports import AuditEntry

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.ports import Queries

_GROUPS, _VOICE, _SCREEN, _PAPER = "queue.groups", "queue.voice", "citizen.screen", "queue.print"


class SecondScreen(StrEnum):
    """Whether the citizen's screen uses a second monitor when there is one."""

    AUTO = "auto"
    PAGE = "page"  # only the full-screen page on the clerk's own monitor


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSettings:
    """Groups in the order of their keys; ``voice`` reads calls aloud, ``print_tickets`` on paper."""

    groups: tuple[TicketGroup, ...] = DEFAULT_GROUPS
    voice: bool = False
    print_tickets: bool = True
    second_screen: SecondScreen = SecondScreen.AUTO


def load(queries: "Queries") -> QueueSettings:
    """Read the settings; what was never set, or cannot be read, is as the program came."""
    return QueueSettings(
        groups=_groups(queries.setting(_GROUPS) or ""),
        voice=queries.setting(_VOICE) == "1",
        print_tickets=queries.setting(_PAPER) != "0",
        second_screen=SecondScreen.PAGE
        if queries.setting(_SCREEN) == SecondScreen.PAGE
        else SecondScreen.AUTO,
    )


def queue_settings(desk: "Desk") -> QueueSettings:
    """Return the queue's settings of a desk."""
    with desk.store.reading() as queries:
        return load(queries)


def save_queue_settings(desk: "Desk", settings: QueueSettings) -> QueueSettings:
    """Store the settings as one act and return them as kept; errors as `checked_groups`."""
    kept = replace(settings, groups=checked_groups(settings.groups))
    with desk.store.writing() as transaction:
        transaction.put_setting(_GROUPS, json.dumps([asdict(g) for g in kept.groups], ensure_ascii=False))
        transaction.put_setting(_VOICE, "1" if kept.voice else "0")
        transaction.put_setting(_PAPER, "1" if kept.print_tickets else "0")
        transaction.put_setting(_SCREEN, kept.second_screen.value)
        transaction.append_audit(
            AuditEntry(
                at=desk.clock.now(),
                clerk=desk.clerk,
                act="queue_settings_changed",
                subject_id=desk.settings.counter.device_id,
            )
        )
    return kept


def _groups(text: str) -> tuple[TicketGroup, ...]:
    try:
        rows = json.loads(text) if text else []
    except ValueError:
        rows = []
    groups = tuple(
        TicketGroup(group_id=str(row["group_id"]), name=str(row["name"]), letter=str(row["letter"]))
        for row in rows
        if isinstance(row, Mapping) and {"group_id", "name", "letter"} <= set(row)
    )
    return groups or DEFAULT_GROUPS
