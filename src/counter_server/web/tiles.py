"""The few numbers at the head of a page: what a leader needs when there is no time for the tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from counter_server.web import words
from counter_server.web.figures import DUE_SOON_DAYS, OfficeFigures
from counter_server.web.working_days import lost_contact


@dataclass(frozen=True, slots=True)
class Tile:
    """A number with its words; the tone is "", "warn" or "bad"."""

    label: str
    number: str
    tone: str = ""


def now_tiles(offices: Sequence[OfficeFigures], now: datetime) -> tuple[Tile, ...]:
    """Return how things stand: what needs somebody first."""
    lost = sum(lost_contact(each.seen_at, now) for office in offices for each in office.counters)
    return (
        _alarming("Hồ sơ quá hạn", sum(each.overdue for each in offices), "bad"),
        _alarming(f"Đến hạn trong {DUE_SOON_DAYS} ngày", sum(each.due_soon for each in offices), "warn"),
        _alarming("Quầy mất liên lạc", lost, "bad"),
        _alarming("Việc cần xem lại", sum(each.flags for each in offices), "warn"),
        Tile("Đang giải quyết", words.number(sum(each.open for each in offices))),
    )


def period_tiles(offices: Iterable[OfficeFigures]) -> tuple[Tile, ...]:
    """Return what the period brought."""
    known = list(offices)
    resolved = sum(each.resolved for each in known)
    return (
        Tile("Tiếp nhận", words.number(sum(each.received for each in known))),
        Tile("Giải quyết đúng hạn", words.share(sum(each.in_time for each in known), resolved)),
        Tile("Đã trả kết quả", words.number(sum(each.returned for each in known))),
        Tile("Cán bộ khai giúp", words.number(sum(each.assisted for each in known))),
        Tile("Hướng dẫn, từ chối", words.number(sum(each.guidance for each in known))),
    )


def _alarming(label: str, count: int, tone: str) -> Tile:
    return Tile(label, words.number(count), tone if count else "")
