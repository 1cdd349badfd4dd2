"""What the server asks a counter to look at, as data of the raising and the settling events.

``{"notice_id": text, "kind": text, "params": {…}}``. ``kind`` is a `fold.FlagKind`, or "task" whose params
have ``text``. The settling kinds carry ``notice_id`` and ``reason``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from counter_protocol.events import EventEnvelope, EventKind

TASK = "task"
RAISING = frozenset({EventKind.FLAG_RAISED, EventKind.TASK_GIVEN})
SETTLING = frozenset({EventKind.FLAG_SETTLED, EventKind.NOTICE_SETTLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeData:
    """One flag or task, or the settling of one."""

    notice_id: str
    kind: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    reason: str = ""

    def as_data(self) -> dict[str, object]:
        """Return the data of the event."""
        return {
            "notice_id": self.notice_id,
            "kind": self.kind,
            "params": dict(self.params),
            "reason": self.reason,
        }


def notice_of(event: EventEnvelope) -> NoticeData:
    """Read the data of such an event.

    Raises:
        ValueError: it has none.
    """
    data = event.data
    notice_id, params = data.get("notice_id"), data.get("params", {})
    if not isinstance(notice_id, str) or not notice_id or not isinstance(params, Mapping):
        raise ValueError("no notice")
    return NoticeData(
        notice_id=notice_id,
        kind=str(data.get("kind", "")),
        params=params,
        reason=str(data.get("reason", "")),
    )
